"""Queries that only the desk asks. Every one names the clinic, or the account that asks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from booking_service.accounts.models import Address, Role, RoleKind
from booking_service.bookings.models import Booking, State
from booking_service.bookings.states import OCCUPYING
from booking_service.calendars.models import Calendar, DayOff
from booking_service.directory.models import Clinic, Doctor, Practice
from booking_service.journal.models import JournalEntry
from booking_service.mail.models import Letter
from booking_service.mail.outbox import CLINIC_KINDS

INVENTED = ".example"
HALF_DAY = timedelta(hours=12)


class StaffRow(NamedTuple):
    """One live role of an account."""

    account_id: UUID
    email: str
    kind: RoleKind
    doctor_id: UUID | None
    clinic: Clinic


def roles(session: Session, account_id: UUID) -> list[StaffRow]:
    """Where an account works, by clinic."""
    return _roles(session, account_id)


def everybody(session: Session) -> list[StaffRow]:
    """Every live role of an invented person anywhere: what demo mode offers to sign in as.

    Their addresses end in a domain that nobody can own (RFC 2606): a real person's desk is never opened so.
    """
    return [row for row in _roles(session, None) if row.email.endswith(INVENTED)]


def _roles(session: Session, account_id: UUID | None) -> list[StaffRow]:
    email = select(func.min(Address.value)).where(Address.account_id == Role.account_id).scalar_subquery()
    query = (
        select(Role.account_id, email, Role.kind, Role.doctor_id, Clinic)
        .join(Clinic, Clinic.id == Role.clinic_id)
        .where(Role.ended_at.is_(None), Clinic.withdrawn_at.is_(None))
        .order_by(Clinic.slug, Role.kind, Role.id)
    )
    if account_id is not None:
        query = query.where(Role.account_id == account_id)
    return [StaffRow(*row) for row in session.execute(query)]


def practices(session: Session, clinic_id: UUID) -> list[Practice]:
    """Who works at a clinic, in the order of names, with their services."""
    query = (
        select(Practice)
        .join(Doctor, Doctor.id == Practice.doctor_id)
        .where(Practice.clinic_id == clinic_id, Practice.withdrawn_at.is_(None), Doctor.withdrawn_at.is_(None))
        .order_by(Doctor.sort_key, Practice.branch)
        .options(joinedload(Practice.doctor), selectinload(Practice.services))
    )
    return list(session.scalars(query))


def request_count(session: Session, clinic_id: UUID) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Booking)
            .where(Booking.clinic_id == clinic_id, Booking.state == State.REQUESTED)
        )
        or 0
    )


def history(session: Session, clinic_id: UUID, booking_id: UUID) -> list[JournalEntry]:
    """What happened to a booking, the first first; who merely looked is left out."""
    query = (
        select(JournalEntry)
        .where(
            JournalEntry.booking_id == booking_id,
            JournalEntry.clinic_id == clinic_id,
            JournalEntry.verb.not_in(("seen", "revealed")),
        )
        .order_by(JournalEntry.at, JournalEntry.id)
    )
    return list(session.scalars(query))


def noted_since(session: Session, verb: str, account_id: UUID, patient_id: UUID, since: datetime) -> bool:
    """Whether an account left such a line about a patient since an instant."""
    query = select(JournalEntry.id).where(
        JournalEntry.patient_id == patient_id,
        JournalEntry.verb == verb,
        JournalEntry.account_id == account_id,
        JournalEntry.at > since,
    )
    return session.scalars(query.limit(1)).first() is not None


def listed_since(session: Session, account_id: UUID, clinic_id: UUID, what: str, since: datetime) -> bool:
    """Whether an account opened such a list of a clinic since an instant."""
    query = select(JournalEntry.facts).where(
        JournalEntry.clinic_id == clinic_id,
        JournalEntry.verb == "listed",
        JournalEntry.account_id == account_id,
        JournalEntry.at > since,
    )
    return any(facts.get("what") == what for facts in session.scalars(query))


def visits_of_patient(session: Session, clinic_id: UUID, patient_id: UUID) -> list[Booking]:
    """A patient's visits at the clinic, the latest first."""
    query = (
        select(Booking)
        .where(Booking.clinic_id == clinic_id, Booking.patient_id == patient_id)
        .order_by(Booking.starts.desc())
        .options(joinedload(Booking.doctor), joinedload(Booking.service))
    )
    return list(session.scalars(query))


def same_day(
    session: Session, clinic_id: UUID, patients: Sequence[UUID], waiting: Sequence[Booking]
) -> dict[UUID, Booking]:
    """For each waiting request, another visit of the same patient within half a day of it, where there is one."""
    query = (
        select(Booking)
        .where(
            Booking.clinic_id == clinic_id,
            Booking.patient_id.in_(list(patients)),
            Booking.state.in_((State.REQUESTED, State.CONFIRMED)),
        )
        .options(joinedload(Booking.doctor))
        .order_by(Booking.starts)
    )
    others = list(session.scalars(query)) if patients else []
    found = {}
    for booking in waiting:
        near = (
            other
            for other in others
            if other.patient_id == booking.patient_id
            and other.id != booking.id
            and abs(other.starts - booking.starts) <= HALF_DAY
        )
        if (other := next(near, None)) is not None:
            found[booking.id] = other
    return found


def coming_of_doctors(
    session: Session, clinic_id: UUID, doctors: Sequence[UUID], since: datetime, until: datetime | None = None
) -> list[Booking]:
    """Requested and confirmed visits of these doctors at the clinic that touch the interval, in order of time."""
    query = (
        select(Booking)
        .where(
            Booking.clinic_id == clinic_id,
            Booking.doctor_id.in_(list(doctors)),
            Booking.state.in_((State.REQUESTED, State.CONFIRMED)),
            Booking.ends > since,
        )
        .order_by(Booking.starts)
        .options(joinedload(Booking.doctor), joinedload(Booking.service), joinedload(Booking.patient))
    )
    return list(session.scalars(query if until is None else query.where(Booking.starts < until)))


def calendars(session: Session, clinic_id: UUID) -> list[Calendar]:
    """A clinic's calendars that are not closed, with their weekly hours."""
    query = (
        select(Calendar)
        .join(Practice, Practice.id == Calendar.practice_id)
        .where(Practice.clinic_id == clinic_id, Calendar.closed_at.is_(None))
        .order_by(Calendar.practice_id, Calendar.payer, Calendar.id)
        .options(selectinload(Calendar.weekly))
    )
    return list(session.scalars(query))


def days_off(session: Session, clinic_id: UUID, since: datetime) -> list[DayOff]:
    """Days off at a clinic that have not ended: the clinic's own, and its doctors' at this clinic."""
    query = select(DayOff).where(DayOff.clinic_id == clinic_id, DayOff.ends > since).order_by(DayOff.starts, DayOff.id)
    return list(session.scalars(query))


def letters_of(session: Session, clinic_id: UUID, booking_id: UUID) -> list[Letter]:
    """The letters to the patient about a booking, the first first: what was written, whether and when it went."""
    query = (
        select(Letter)
        .where(Letter.booking_id == booking_id, Letter.clinic_id == clinic_id, Letter.kind.not_in(CLINIC_KINDS))
        .order_by(Letter.made_at, Letter.id)
    )
    return list(session.scalars(query))


def overlapping(session: Session, doctor_id: UUID, clinic_id: UUID, start: datetime, minutes: int) -> list[Booking]:
    """The doctor's visits at the clinic that a visit of this length would overlap."""
    query = (
        select(Booking)
        .where(
            Booking.clinic_id == clinic_id,
            Booking.doctor_id == doctor_id,
            Booking.state.in_(OCCUPYING),
            Booking.starts < start + timedelta(minutes=minutes),
            Booking.ends > start,
        )
        .order_by(Booking.starts)
        .options(joinedload(Booking.patient))
    )
    return list(session.scalars(query))
