"""Forms of the desk take what is the clinic's own alone, also where only a hand-made form would say otherwise."""

from datetime import datetime

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.accounts.actions import grant
from booking_service.accounts.models import RoleKind
from booking_service.bookings.models import Booking
from booking_service.calendars.models import DayOff
from tests.builders.clinics import House
from tests.builders.desks import sign_in, stored
from tests.pages import Browser


def test_a_visit_does_not_move_to_a_service_of_another_clinic(
    clerk: Browser, house: House, other: House, booking: Booking, sessions: sessionmaker[Session]
) -> None:
    sign_in(clerk)

    page = clerk.post(
        f"/desk/veja-roze/bookings/{booking.id}/move",
        {"start": "2027-03-10T12:00:00+00:00", "service": str(other.service.id)},
    )

    assert page.status == 404
    assert stored(sessions, booking).starts == booking.starts


def test_a_day_off_of_nobody_does_not_close_the_clinic(
    clerk: Browser, house: House, sessions: sessionmaker[Session]
) -> None:
    sign_in(clerk)

    page = clerk.post("/desk/veja-roze/days-off/new", {"doctor": "x", "first": "2027-03-10", "last": "2027-03-10"})

    assert page.status == 404
    with sessions() as session:
        assert session.scalars(select(DayOff)).all() == []


def test_the_demo_signs_in_as_invented_people_alone(
    clerk: Browser, house: House, sessions: sessionmaker[Session], now: datetime, app: Flask
) -> None:
    with sessions.begin() as session:
        real = grant(session, email="inga@veja-roze.lv", clinic_slug="veja-roze", role=RoleKind.HEAD, now=now)
        account_id = real.account_id

    clerk.open("/desk/")
    assert str(account_id) not in clerk.here.response.text
    assert clerk.post("/desk/demo", {"as": f"{account_id}:veja-roze"}).status == 404
