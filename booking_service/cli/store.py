"""Queries that only operators ask: who works where, and which letters did not go out."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from booking_service.accounts.models import Address, Role, RoleKind
from booking_service.directory.models import Clinic, Doctor, Practice
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


def addresses(session: Session) -> list[str]:
    """Every account's addresses."""
    return list(session.scalars(select(Address.value)))


def clinics(session: Session) -> list[Clinic]:
    return list(session.scalars(select(Clinic).where(Clinic.withdrawn_at.is_(None)).order_by(Clinic.slug)))


def bookable_practices(session: Session) -> list[Practice]:
    """Every practice with its doctor and services, in the order of doctors and clinics."""
    query = (
        select(Practice)
        .join(Doctor, Doctor.id == Practice.doctor_id)
        .join(Clinic, Clinic.id == Practice.clinic_id)
        .where(Practice.withdrawn_at.is_(None), Doctor.withdrawn_at.is_(None), Clinic.withdrawn_at.is_(None))
        .order_by(Doctor.slug, Clinic.slug, Practice.branch)
        .options(joinedload(Practice.doctor), selectinload(Practice.services))
    )
    return list(session.scalars(query))
