"""Every page of the desk asks its database a fixed number of times, however much there is to show."""

from uuid import UUID

from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings.models import Booking
from booking_service.db import db
from tests.builders import bookings, clinics
from tests.builders.clinics import House
from tests.builders.desks import sign_in
from tests.builders.queries import statements
from tests.pages import Browser

MOST = 24


def pages(house: House, booking: Booking) -> dict[str, str]:
    return {
        "day": "?day=2027-03-10",
        "requests": "requests",
        "booking": f"bookings/{booking.id}",
        "move": f"bookings/{booking.id}/move",
        "end": f"bookings/{booking.id}/decline",
        "patient": f"patients/{booking.patient_id}",
        "services": "new",
        "times": f"new/{house.service.id}",
        "new patient": f"new/{house.service.id}/patient?start=2027-03-10T12:00:00%2B00:00",
        "hours": "hours",
        "calendar": f"hours/calendars/{house.calendar.id}",
        "day off": "days-off/new",
    }


def counts(app: Flask, clerk: Browser, addresses: dict[str, str]) -> dict[str, int]:
    with app.app_context():
        engine = db.engine
    found = {}
    for kind, path in addresses.items():
        # What was opened is noted once an hour: the second look shows what every later one costs.
        clerk.open(f"/desk/veja-roze/{path}")
        with statements(engine) as asked:
            assert clerk.open(f"/desk/veja-roze/{path}").status == 200
        found[kind] = len([one for one in asked if not one.startswith(("BEGIN", "SAVEPOINT", "RELEASE"))])
    return found


def test_more_doctors_and_visits_cost_no_more_queries(
    app: Flask, clerk: Browser, manual: House, asked: Booking, sessions: sessionmaker[Session]
) -> None:
    sign_in(clerk)
    addresses = pages(manual, asked)
    few = counts(app, clerk, addresses)

    with sessions.begin() as session:
        for number, hour in enumerate(("09:00", "09:30", "10:30", "11:00", "14:00")):
            start = clinics.instant(f"2027-03-10 {hour}")
            bookings.booked(session, manual, start, email=f"p{number}@example.lv", family=f"Liepa{number}", code=None)
        for number in range(4):
            colleague(session, manual.clinic.id, number)
    many = counts(app, clerk, addresses)

    assert many == few
    assert max(many.values()) <= MOST, many


def colleague(session: Session, clinic_id: UUID, number: int) -> None:
    """One more doctor at the clinic, with hours and services."""
    at = session.get_one(clinics.Clinic, clinic_id)
    practice = clinics.practice(session, clinics.doctor(session, f"kolegis-{number}"), at)
    clinics.service(session, practice)
    clinics.service(session, practice, "otra", position=1)
    clinics.calendar(session, practice)
