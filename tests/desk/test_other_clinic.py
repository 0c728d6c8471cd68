"""Clinic A gets 404 for anything of clinic B: pages and acts alike, and nothing changes."""

from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings.models import Booking, State
from booking_service.calendars.models import Calendar, DayOff
from booking_service.journal.models import JournalEntry
from tests.builders import bookings
from tests.builders.clinics import House
from tests.builders.desks import sign_in, stored
from tests.pages import Browser

PAGES = [
    "",
    "?view=list",
    "requests",
    "patients",
    "hours",
    "days-off/new",
    "new",
    "new/{service}",
    "new/{service}/patient?start=2027-03-10T08:00:00%2B00:00",
    "bookings/{booking}",
    "bookings/{booking}/move",
    "bookings/{booking}/decline",
    "bookings/{booking}/cancel",
    "patients/{patient}",
    "hours/calendars/{calendar}",
    "hours/{practice}/paid",
]
ACTS = [
    "patients",
    "bookings/{booking}/approve",
    "bookings/{booking}/decline",
    "bookings/{booking}/cancel",
    "bookings/{booking}/mark",
    "bookings/{booking}/reveal",
    "bookings/{booking}/move",
    "patients/{patient}/reveal",
    "hours/calendars/{calendar}",
    "hours/calendars/{calendar}/close",
    "hours/{practice}/paid",
    "days-off/new",
    "new/{service}/find?start=2027-03-10T08:00:00%2B00:00",
    "new/{service}/patient?start=2027-03-10T08:00:00%2B00:00",
]
TYPED = {
    "act": "arrive",
    "start": "2027-03-10T09:00:00+00:00",
    "q": "Ozola",
    "first": "2027-03-10",
    "last": "2027-03-10",
    "sure": "yes",
    "given": "Anna",
    "family": "Ozola",
    "birth": "27.03.1984",
    "phone": "20000000",
}


@pytest.fixture
def theirs(other: House, sessions: sessionmaker[Session]) -> Booking:
    """A request at the other clinic."""
    with sessions.begin() as session:
        return bookings.booked(session, other)


def named(path: str, other: House, booking: Booking) -> str:
    return path.format(
        booking=booking.id,
        patient=booking.patient_id,
        service=other.service.id,
        calendar=other.calendar.id,
        practice=other.practice.id,
    )


def desks(path: str, other: House) -> list[str]:
    """The other clinic's desk, and the own one where the path names something of the other."""
    return [other.clinic.slug, *(["veja-roze"] if "{" in path else [])]


def test_a_page_of_another_clinic_is_not_found(clerk: Browser, house: House, other: House, theirs: Booking) -> None:
    sign_in(clerk)

    for path in PAGES:
        for slug in desks(path, other):
            assert clerk.open(f"/desk/{slug}/{named(path, other, theirs)}").status == 404, (slug, path)


def test_nothing_can_be_done_to_another_clinic(
    clerk: Browser, house: House, other: House, theirs: Booking, sessions: sessionmaker[Session]
) -> None:
    sign_in(clerk)
    before = traces(sessions, other.clinic.id)

    for path in ACTS:
        for slug in desks(path, other):
            page = clerk.post(f"/desk/{slug}/{named(path, other, theirs)}", TYPED)
            assert page.status == 404, (slug, path)

    assert stored(sessions, theirs).state is State.REQUESTED
    assert traces(sessions, other.clinic.id) == before


def test_a_search_finds_the_own_patients_alone(clerk: Browser, house: House, theirs: Booking) -> None:
    sign_in(clerk)

    clerk.post("/desk/veja-roze/patients", {"q": "Ozola"})

    assert "Ozola Anna" not in clerk.here.main
    assert theirs.number not in clerk.post("/desk/veja-roze/patients", {"q": theirs.number}).main


def traces(sessions: sessionmaker[Session], clinic_id: UUID) -> tuple[int, int, int]:
    """How much there is of a clinic that a clerk could have changed."""
    with sessions() as session:
        lines = select(func.count()).select_from(JournalEntry).where(JournalEntry.clinic_id == clinic_id)
        hours = select(func.count()).select_from(Calendar).where(Calendar.closed_at.is_(None))
        off = select(func.count()).select_from(DayOff).where(DayOff.clinic_id == clinic_id)
        return session.scalar(lines) or 0, session.scalar(hours) or 0, session.scalar(off) or 0
