"""Booking a held time: once, confirmed or requested, with its letter."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from booking_service.bookings import actions
from booking_service.bookings.models import Cell, State
from booking_service.bookings.rules import Holder, Payment, Pays
from booking_service.mail.models import Letter
from tests.builders import clinics, people

PAID = Payment(Pays.SELF)
START = clinics.instant("2027-03-03 10:00")


def test_a_held_time_becomes_a_confirmed_booking_with_one_letter(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    account = people.account(session)
    holder = Holder(people.visitor(session).id, account.id)
    booking = actions.hold(session, service_id=house.service.id, start=START, holder=holder, now=now)

    booked = actions.book(
        session, booking.id, person_facts=people.patient_facts(), payment=PAID, account=account, now=now
    )

    assert booked.state is State.CONFIRMED
    assert booked.number.startswith("VR-")
    assert session.scalar(select(func.count()).select_from(Cell)) == 6
    assert session.scalars(select(Letter.kind)).all() == ["confirmed"]
