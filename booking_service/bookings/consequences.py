"""What a change of content means for bookings: openings asked again, and visits that now have no card named."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from booking_service.bookings.models import Booking
from booking_service.bookings.states import COMING
from booking_service.calendars import actions as calendars
from booking_service.directory.models import Clinic, Doctor, Practice, Service
from booking_service.directory.rows import SyncReport


@dataclass(frozen=True)
class Stranded:
    """A coming visit whose service, doctor, practice or clinic content no longer names; it stays booked."""

    booking_id: UUID
    number: str
    starts: datetime
    zone: str
    clinic: str
    doctor: str
    service: str


def follow_sync(session: Session, report: SyncReport, *, now: datetime) -> list[Stranded]:
    """Finish a sync in its own transaction: holidays filled in, openings let lapse; returns the stranded visits."""
    calendars.fill_holidays(session, now)
    calendars.let_openings_lapse(session, report.doctors_touched, now)
    return stranded(session, now=now)


def stranded(session: Session, *, now: datetime) -> list[Stranded]:
    """Every coming visit of something withdrawn, in order of time."""
    rows = session.execute(
        select(Booking.id, Booking.number, Booking.starts, Clinic.zone, Clinic.slug, Doctor.slug, Service.slug)
        .join(Clinic, Clinic.id == Booking.clinic_id)
        .join(Doctor, Doctor.id == Booking.doctor_id)
        .join(Practice, Practice.id == Booking.practice_id)
        .join(Service, Service.id == Booking.service_id)
        .where(
            Booking.state.in_(COMING),
            Booking.starts > now,
            or_(*(table.withdrawn_at.is_not(None) for table in (Clinic, Doctor, Practice, Service))),
        )
        .order_by(Booking.starts, Booking.id)
    )
    return [Stranded(*row) for row in rows]
