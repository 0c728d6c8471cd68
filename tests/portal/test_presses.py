"""Two presses at once, from one browser: one booking, one person, one letter."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings.models import Booking, State
from booking_service.mail.models import Letter
from booking_service.patients.models import Patient, Person
from tests.builders.clinics import House
from tests.pages import HERE, Browser
from tests.portal.steps import code_for, press_time

AT_ONCE = 4


def at_once(app: Flask, visitor: Browser, address: str, values: dict[str, str]) -> list[str]:
    """Send the same form from one browser several times in the same instant; where each answer leads."""
    cookie = visitor.client.get_cookie("__Host-session")
    barrier = Barrier(AT_ONCE)

    def send(_number: int) -> str:
        client = app.test_client()
        if cookie:
            client.set_cookie("__Host-session", cookie.value)
        barrier.wait()
        return client.post(address, data=values, headers=HERE).headers.get("Location", "")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(send, range(AT_ONCE)))


def test_confirming_several_times_at_once_makes_one_booking(
    app: Flask, visitor: Browser, house: House, sessions: sessionmaker[Session]
) -> None:
    press_time(visitor, "10.00")
    visitor.press("Turpināt", given="Anna", family="Ozola", code="161175-19997", pays="self")
    visitor.press("Turpināt", phone="2000 0000", email="anna@example.lv")
    visitor.press("Turpināt", code=code_for(sessions, "anna@example.lv"))
    check = visitor.here.address

    answers = at_once(app, visitor, check, {})

    assert set(answers) == {check.replace("/check", "/done")}
    with sessions() as session:
        assert session.scalars(select(Booking.state)).all() == [State.CONFIRMED]
        assert len(session.scalars(select(Person.id)).all()) == 1
        assert len(session.scalars(select(Patient.id)).all()) == 1
        assert session.scalars(select(Letter.kind).where(Letter.kind != "sign-in-code")).all() == ["confirmed"]


def test_pressing_one_time_several_times_at_once_holds_it_once(
    app: Flask, visitor: Browser, house: House, sessions: sessionmaker[Session]
) -> None:
    press_time(visitor, "11.00")

    answers = at_once(app, visitor, "/book/ilze-berzina/veja-roze/konsultacija/", {"start": "2027-03-03T08:00+00:00"})

    assert len(set(answers)) == 1
    with sessions() as session:
        held = session.scalars(select(Booking.id).where(Booking.state == State.HELD)).all()
        assert len(held) == 1
