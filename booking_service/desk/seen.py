"""What staff looked at, in the journal: one `seen` line per person, patient and hour, one `revealed` each time."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from booking_service.bookings.models import Booking
from booking_service.desk import store
from booking_service.desk.access import Clerk
from booking_service.journal.actions import record
from booking_service.patients.models import Patient

HOUR = timedelta(hours=1)


def seen(session: Session, clerk: Clerk, patient: Patient, *, now: datetime, booking: Booking | None = None) -> None:
    """Note that a patient's page, or a visit of theirs, was opened; once an hour is enough."""
    if store.noted_since(session, "seen", clerk.account_id, patient.id, now - HOUR):
        return
    _note(session, "seen", clerk, patient, now, booking)


def revealed(session: Session, clerk: Clerk, patient: Patient, *, now: datetime, booking: Booking | None) -> None:
    """Note that a personal code was shown whole."""
    _note(session, "revealed", clerk, patient, now, booking)


def listed(session: Session, clerk: Clerk, *, what: str, patients: int, now: datetime) -> None:
    """Note that a list with patients' names was opened: a day, the requests, found patients; once an hour for each."""
    if patients and not store.listed_since(session, clerk.account_id, clerk.clinic.id, what, now - HOUR):
        record(
            session,
            "listed",
            actor="staff",
            now=now,
            account_id=clerk.account_id,
            role=clerk.role.value,
            clinic_id=clerk.clinic.id,
            what=what,
            patients=patients,
        )


def _note(session: Session, verb: str, clerk: Clerk, patient: Patient, now: datetime, booking: Booking | None) -> None:
    record(
        session,
        verb,
        actor="staff",
        now=now,
        account_id=clerk.account_id,
        role=clerk.role.value,
        clinic_id=clerk.clinic.id,
        booking_id=booking.id if booking else None,
        patient_id=patient.id,
    )
