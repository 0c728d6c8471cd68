"""The maintained first free starts of each service, rewritten in the transaction of any change of their doctor.

Lists, board, TOP and search read them; what is shown is asked again from `availability`.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, func, insert, or_, select
from sqlalchemy.orm import Session

from booking_service.bookings.availability import EVENING, Slot, walk
from booking_service.bookings.models import Booking, State
from booking_service.calendars import store as calendars
from booking_service.calendars.models import Calendar, DateException, Opening, PublicHoliday, WeeklyHours
from booking_service.calendars.slots import Need
from booking_service.calendars.wall_time import instant
from booking_service.directory.models import Clinic, Doctor, Payer, Practice, Service

LONGEST_BLOCK = timedelta(hours=12)
SATURDAY = 5

_SERVICES = (
    select(Service.id, Service.practice_id, Service.payer, Practice.doctor_id, Practice.notice_minutes, Clinic.zone)
    .join(Practice, Practice.id == Service.practice_id)
    .join(Doctor, Doctor.id == Practice.doctor_id)
    .join(Clinic, Clinic.id == Practice.clinic_id)
    .where(
        Practice.doctor_id.in_(bindparam("doctors", expanding=True)),
        Service.bookable,
        Service.withdrawn_at.is_(None),
        Practice.withdrawn_at.is_(None),
        Doctor.withdrawn_at.is_(None),
        Clinic.withdrawn_at.is_(None),
    )
)

_TOUCHED = select(func.count()).where(
    Opening.practice_id.in_(select(Practice.id).where(Practice.doctor_id == bindparam("doctor"))),
    or_(
        *(
            column.between(bindparam("since"), bindparam("until"))
            for column in (Opening.first, Opening.first_evening, Opening.first_weekend)
        )
    ),
)


_EVER = (
    select(
        Calendar.practice_id,
        Calendar.payer,
        func.max(WeeklyHours.end_minute),
        func.max(WeeklyHours.weekday),
        exists().where(DateException.calendar_id == Calendar.id, DateException.day >= bindparam("today")),
        exists().where(PublicHoliday.works, PublicHoliday.day >= bindparam("today")),
    )
    .outerjoin(WeeklyHours, WeeklyHours.calendar_id == Calendar.id)
    .where(
        Calendar.practice_id.in_(bindparam("practices", expanding=True)),
        Calendar.draft.is_(False),
        Calendar.closed_at.is_(None),
    )
    .group_by(Calendar.id, Calendar.practice_id, Calendar.payer)
)


class Ever(NamedTuple):
    """Whether a practice's calendars of one payer ever have an evening or a weekend: else nobody need look for one."""

    evening: bool = False
    weekend: bool = False


def taken(session: Session, doctor_id: UUID, start: datetime, need: Need, now: datetime) -> None:
    """Time of a doctor was taken: rewrite the openings if one of them stood near it."""
    end = start + timedelta(minutes=need.minutes + need.after)
    values = {"doctor": doctor_id, "since": start - timedelta(minutes=need.before) - LONGEST_BLOCK, "until": end}
    if session.scalar(_TOUCHED, values):
        refresh(session, [doctor_id], now)


def freed(session: Session, doctor_id: UUID, now: datetime) -> None:
    """Time of a doctor became free, or its hours changed: rewrite the openings."""
    refresh(session, [doctor_id], now)


def refresh(session: Session, doctors: Collection[UUID], now: datetime) -> None:
    """Write the openings of these doctors anew."""
    session.flush()
    services = session.execute(_SERVICES, {"doctors": list(doctors)}).all()
    found = walk(session, [row.id for row in services], now=now)
    ever = _ever(session, {row.practice_id for row in services}, now)
    lapses = _first_lapses(session, doctors, now)
    opens = _first_openings(session, [row.practice_id for row in services], now)
    practices = select(Practice.id).where(Practice.doctor_id.in_(list(doctors)))
    session.execute(delete(Opening).where(Opening.practice_id.in_(practices)))
    rows = []
    for row in services:
        first, evening, weekend = _firsts(found[row.id], ever.get((row.practice_id, row.payer), Ever()))
        zone = calendars.zone(row.zone)
        tomorrow = now.astimezone(zone).date() + timedelta(days=1)
        ends = [datetime.fromtimestamp(instant(tomorrow, 0, zone), now.tzinfo)]
        ends += [shown - timedelta(minutes=row.notice_minutes) for shown in (first, evening, weekend) if shown]
        ends += [moment for moment in (lapses.get(row.doctor_id), opens.get(row.practice_id)) if moment]
        rows.append(
            {
                "practice_id": row.practice_id,
                "service_id": row.id,
                "first": first,
                "first_evening": evening,
                "first_weekend": weekend,
                # Some calendars ask for more notice than their practice: then the worker looks a minute later again.
                "valid_until": max(min(ends), now + timedelta(minutes=1)),
            }
        )
    if rows:
        session.execute(insert(Opening), rows)


def stale(session: Session, now: datetime, limit: int = 200) -> list[UUID]:
    """Doctors with an opening that must be asked again."""
    statement = (
        select(Practice.doctor_id)
        .join(Opening, Opening.practice_id == Practice.id)
        .where(Opening.valid_until <= now)
        .distinct()
        .limit(limit)
    )
    return sorted(session.scalars(statement))


def unwritten(session: Session, limit: int = 200) -> list[UUID]:
    """Doctors with an open calendar and no opening yet: as after a first sync or an import."""
    statement = (
        select(Practice.doctor_id)
        .join(Calendar, Calendar.practice_id == Practice.id)
        .where(
            Calendar.draft.is_(False),
            Calendar.closed_at.is_(None),
            Practice.withdrawn_at.is_(None),
            Practice.id.not_in(select(Opening.practice_id)),
        )
        .distinct()
        .limit(limit)
    )
    return sorted(session.scalars(statement))


def _firsts(slots: Iterator[Slot], ever: Ever) -> Sequence[datetime | None]:
    """The first start of all, of an evening and of a weekend; the look ends when all that there can be are found."""
    first = evening = weekend = None
    for slot in slots:
        first = first or slot.start
        if slot.minute >= EVENING:
            evening = evening or slot.start
        if slot.day.weekday() >= SATURDAY:
            weekend = weekend or slot.start
        if (evening or not ever.evening) and (weekend or not ever.weekend):
            break
    return first, evening, weekend


def _ever(session: Session, practices: Collection[UUID], now: datetime) -> dict[tuple[UUID, Payer], Ever]:
    found: dict[tuple[UUID, Payer], Ever] = {}
    rows = session.execute(_EVER, {"practices": list(practices), "today": now.date()})
    for practice_id, payer, latest, last_weekday, exceptions, worked in rows:
        known = found.get((practice_id, payer), Ever())
        evening = known.evening or bool(exceptions) or (latest or 0) > EVENING
        weekend = known.weekend or bool(exceptions) or bool(worked) or (last_weekday or 0) >= SATURDAY
        found[practice_id, payer] = Ever(evening, weekend)
    return found


def _first_lapses(session: Session, doctors: Collection[UUID], now: datetime) -> dict[UUID, datetime]:
    """When the first live hold of each doctor lapses: its time may then be the first free one."""
    rows = session.execute(
        select(Booking.doctor_id, func.min(Booking.held_until))
        .where(Booking.state == State.HELD, Booking.held_until > now, Booking.doctor_id.in_(list(doctors)))
        .group_by(Booking.doctor_id)
    )
    return {doctor_id: moment for doctor_id, moment in rows if moment is not None}


def _first_openings(session: Session, practices: Collection[UUID], now: datetime) -> dict[UUID, datetime]:
    """When the next calendar of each practice opens for booking."""
    rows = session.execute(
        select(Calendar.practice_id, func.min(Calendar.opens_at))
        .where(Calendar.practice_id.in_(list(practices)), Calendar.opens_at > now)
        .group_by(Calendar.practice_id)
    )
    return {practice_id: moment for practice_id, moment in rows if moment is not None}
