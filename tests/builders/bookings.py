"""Bookings in each state, made through the real actions."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from booking_service.accounts.models import Account
from booking_service.bookings import actions
from booking_service.bookings.models import Booking
from booking_service.bookings.rules import Actor, ActorKind, Holder, Payment, Pays
from booking_service.directory.models import Payer
from tests.builders import clinics, people
from tests.builders.clinics import House
from tests.conftest import NOW

START = clinics.instant("2027-03-10 10:00")
"""Wednesday of next week, 10.00 in Riga: past every deadline of a clinic's answer."""
PAID = Payment(Pays.SELF)


def holder(session: Session, account: Account | None = None, network: str = "192.0.2.0") -> Holder:
    """A session that holds a time, of a proven account if one is given."""
    account_id = account.id if account else None
    return Holder(people.visitor(session, account_id=account_id, network=network).id, account_id, network)


def clerk(house: House) -> Actor:
    """The desk clerk of the house's clinic."""
    return Actor(ActorKind.STAFF, account_id=None, role="reception", clinic_id=house.clinic.id)


def patient(account: Account) -> Actor:
    return Actor(ActorKind.PATIENT, account_id=account.id)


def held(
    session: Session,
    house: House,
    start: datetime = START,
    *,
    account: Account | None = None,
    now: datetime = NOW,
    **values: Any,
) -> Booking:
    """A held time."""
    by = values.pop("holder", None) or holder(session, account)
    return actions.hold(session, service_id=house.service.id, start=start, holder=by, now=now, **values)


def booked(
    session: Session,
    house: House,
    start: datetime = START,
    *,
    account: Account | None = None,
    email: str = "anna@example.lv",
    now: datetime = NOW,
    **facts: Any,
) -> Booking:
    """A visit that a signed-in patient booked: confirmed, or requested where the calendar is manual."""
    account = account or people.account(session, email, now=now)
    booking = held(session, house, start, account=account, now=now)
    representative = facts.pop("representative", None)
    person_id = facts.pop("person_id", None)
    payment = Payment(Pays.STATE) if house.service.payer is Payer.STATE else PAID
    return actions.book(
        session,
        booking.id,
        person_facts=people.patient_facts(email=email, **facts),
        payment=payment,
        account=account,
        now=now,
        person_id=person_id,
        representative=representative,
    )
