"""Queries that only operators ask: who works where, and which letters did not go out."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session, joinedload

from booking_service.accounts.models import Address, Role, RoleKind
from booking_service.bookings.models import Booking, State
from booking_service.directory.models import Clinic, Doctor
from booking_service.mail.models import Letter, LetterState


def staff(session: Session, clinic_slug: str = "") -> list[Row[str, str, RoleKind, str | None, datetime]]:
    """Everyone's live roles: clinic, address, role, the doctor of a doctor's role, given at."""
    query = (
        select(Clinic.slug, Address.value, Role.kind, Doctor.slug, Role.given_at)
        .join(Role, Role.clinic_id == Clinic.id)
        .join(Address, Address.account_id == Role.account_id)
        .outerjoin(Doctor, Doctor.id == Role.doctor_id)
        .where(Role.ended_at.is_(None))
        .order_by(Clinic.slug, Role.kind, Address.value)
    )
    return list(session.execute(query.where(Clinic.slug == clinic_slug) if clinic_slug else query))


def failed_letters(session: Session) -> list[Letter]:
    return list(
        session.scalars(select(Letter).where(Letter.state == LetterState.FAILED).order_by(Letter.made_at, Letter.id))
    )


def failed_letter_ids(session: Session) -> list[UUID]:
    return list(session.scalars(select(Letter.id).where(Letter.state == LetterState.FAILED)))


def waiting_letters(session: Session) -> tuple[int, datetime | None]:
    """How many letters wait, and when the oldest of them was due."""
    count, oldest = session.execute(
        select(func.count(), func.min(Letter.next_try_at)).where(Letter.state == LetterState.WAITING)
    ).one()
    return count, oldest


def coming_of(session: Session, withdrawn: Sequence[UUID], now: datetime) -> list[Booking]:
    """Coming visits of these clinics, doctors, practices or services, in order of time."""
    if not withdrawn:
        return []
    columns = (Booking.clinic_id, Booking.doctor_id, Booking.practice_id, Booking.service_id)
    query = (
        select(Booking)
        .where(
            or_(*(column.in_(list(withdrawn)) for column in columns)),
            Booking.state.in_((State.REQUESTED, State.CONFIRMED)),
            Booking.starts > now,
        )
        .order_by(Booking.starts, Booking.number)
        .options(joinedload(Booking.clinic), joinedload(Booking.doctor), joinedload(Booking.service))
    )
    return list(session.scalars(query))
