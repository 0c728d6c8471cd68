"""What pages ask of the directory: cards with their practices and services, each in a fixed number of queries."""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from booking_service.directory.models import Clinic, Doctor, OldSlug, Payer, Practice, Service

OPEN = (
    Service.bookable,
    Service.withdrawn_at.is_(None),
    Practice.withdrawn_at.is_(None),
    Doctor.withdrawn_at.is_(None),
    Clinic.withdrawn_at.is_(None),
)
"""What can be booked online, as far as content says so."""


class Offered(NamedTuple):
    """A service that can be booked online, as programs ask for it: no more than an answer with its times needs."""

    id: UUID
    slug: str
    old_slugs: list[str]
    payer: Payer
    clinic: str
    zone: str
    branch: str


_OFFERED = (
    select(Service.id, Service.slug, Service.old_slugs, Service.payer, Clinic.slug, Clinic.zone, Practice.branch)
    .select_from(Service)
    .join(Practice, Practice.id == Service.practice_id)
    .join(Doctor, Doctor.id == Practice.doctor_id)
    .join(Clinic, Clinic.id == Practice.clinic_id)
    .where(Doctor.slug == bindparam("doctor"), *OPEN)
    .order_by(Clinic.slug, Practice.branch, Service.position)
)


def offered(session: Session, doctor_slug: str) -> list[Offered]:
    """The services of a doctor that can be booked online, in the order of the card. One query, made once."""
    return [Offered(*row) for row in session.connection().execute(_OFFERED, {"doctor": doctor_slug})]


def doctor(session: Session, slug: str) -> Doctor | None:
    """A doctor's row by its present slug; none for one that was withdrawn."""
    return session.scalar(select(Doctor).where(Doctor.slug == slug, Doctor.withdrawn_at.is_(None)))


def clinic(session: Session, slug: str) -> Clinic | None:
    """A clinic's row by its present slug; none for one that was withdrawn."""
    return session.scalar(select(Clinic).where(Clinic.slug == slug, Clinic.withdrawn_at.is_(None)))


def present_slug(session: Session, kind: str, slug: str) -> str | None:
    """The slug that a former one of a doctor or a clinic leads to."""
    table = Doctor if kind == "doctor" else Clinic
    return session.scalar(
        select(table.slug)
        .join(OldSlug, OldSlug.target_id == table.id)
        .where(OldSlug.kind == kind, OldSlug.slug == slug, table.withdrawn_at.is_(None))
    )


def services_of(session: Session, slugs: Collection[str]) -> list[Service]:
    """Every service bookable online of the doctors with these slugs, in the order of their cards. One query."""
    return list(
        session.scalars(
            _services(Doctor.slug.in_(list(slugs))).order_by(
                Doctor.slug, Clinic.slug, Practice.branch, Service.position
            )
        )
    )


def services_by_id(session: Session, ids: Collection[UUID]) -> dict[UUID, Service]:
    """Those of these services that are bookable online. One query."""
    return {service.id: service for service in session.scalars(_services(Service.id.in_(list(ids))))}


def service(session: Session, doctor_slug: str, clinic_slug: str, service_slug: str) -> list[Service]:
    """The service at an address, by its present id or a former one; several where a clinic's branches share the id."""
    found = session.scalars(_services(Doctor.slug == doctor_slug, Clinic.slug == clinic_slug).order_by(Practice.branch))
    services = list(found)
    return [one for one in services if one.slug == service_slug] or [
        one for one in services if service_slug in one.old_slugs
    ]


def service_by_id(session: Session, service_id: UUID) -> Service | None:
    """A service with its practice, doctor and clinic, whether it can still be booked or not."""
    return session.scalar(
        select(Service)
        .where(Service.id == service_id)
        .options(
            joinedload(Service.practice).joinedload(Practice.doctor),
            joinedload(Service.practice).joinedload(Practice.clinic),
        )
    )


def alike(session: Session, town: str, payer: Payer, specialties: Sequence[str], *, but: UUID) -> list[Service]:
    """Services in a town with the same payer, of other doctors who share a specialty. One query."""
    found = session.scalars(_services(Clinic.town == town, Service.payer == payer, Doctor.id != but))
    return [one for one in found if set(one.practice.doctor.specialties) & set(specialties)]


def _services(*conditions: ColumnElement[bool]) -> Select[Service]:
    return (
        select(Service)
        .join(Service.practice)
        .join(Practice.doctor)
        .join(Practice.clinic)
        .options(
            contains_eager(Service.practice).contains_eager(Practice.doctor),
            contains_eager(Service.practice).contains_eager(Practice.clinic),
        )
        .where(*OPEN, *conditions)
    )
