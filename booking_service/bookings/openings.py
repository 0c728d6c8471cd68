"""The maintained first free starts of each service, rewritten in the transaction of any change of their doctor, and how
free its next days are, counted by the worker a moment later.

Lists, board, TOP and search read them; times that are shown are asked again from `availability`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from booking_service.bookings.availability import EVENING, FEW, Slot, walk
from booking_service.bookings.models import Booking, State
from booking_service.bookings.upcoming import SATURDAY, fits
from booking_service.calendars import store as calendars
from booking_service.calendars.models import Calendar, DateException, Opening, PublicHoliday, WeeklyHours
from booking_service.calendars.slots import Need
from booking_service.calendars.wall_time import instant
from booking_service.directory.cards import OPEN
from booking_service.directory.models import Clinic, Doctor, Payer, Practice, Service

LONGEST_BLOCK = timedelta(hours=12)
DAYS = 15
"""How many days are counted: one more than are shown, so that a fortnight is left at midnight until the next count."""
MANY = FEW + 1
"""The highest count of a day: so many free starts or more."""

_SERVICES = (
    select(Service.id, Service.practice_id, Service.payer, Practice.doctor_id, Practice.notice_minutes, Clinic.zone)
    .join(Practice, Practice.id == Service.practice_id)
    .join(Doctor, Doctor.id == Practice.doctor_id)
    .join(Clinic, Clinic.id == Practice.clinic_id)
    .where(
        Practice.doctor_id.in_(bindparam("doctors", expanding=True)),
        *OPEN,
    )
)

# The worker is to count the days anew; and what was shown tells whether it can stay until then.
_HASTEN = (
    update(Opening)
    .where(Opening.practice_id.in_(select(Practice.id).where(Practice.doctor_id == bindparam("doctor"))))
    .values(valid_until=bindparam("now"))
    .returning(Opening.first, Opening.first_evening, Opening.first_weekend)
    .execution_options(synchronize_session=False)
)

_EVER = (
    select(
        Calendar.practice_id,
        Calendar.payer,
        Calendar.id,
        Calendar.notice_minutes,
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
    .group_by(Calendar.id, Calendar.practice_id, Calendar.payer, Calendar.notice_minutes)
)


class Ever(NamedTuple):
    """Whether a practice's calendars of one payer ever have an evening or a weekend: else nobody need look for one.

    `notice` has the minutes of those calendars that ask for a notice of their own.
    """

    evening: bool = False
    weekend: bool = False
    notice: Mapping[UUID, int] = {}


class Firsts(NamedTuple):
    """The first slot of all, of an evening and of a weekend; and the free starts of each day that was counted."""

    first: Slot | None
    evening: Slot | None
    weekend: Slot | None
    days: str | None

    def starts(self) -> dict[str, datetime | None]:
        return {
            "first": self.first.start if self.first else None,
            "first_evening": self.evening.start if self.evening else None,
            "first_weekend": self.weekend.start if self.weekend else None,
        }


def taken(session: Session, doctor_id: UUID, start: datetime, need: Need, now: datetime) -> None:
    """Time of a doctor was taken: rewrite the openings if one of them stood near it; the worker counts the days."""
    since, until = (
        start - timedelta(minutes=need.before) - LONGEST_BLOCK,
        start + timedelta(minutes=need.minutes + need.after),
    )
    shown = session.execute(_HASTEN, {"doctor": doctor_id, "now": now}).all()
    if any(moment and since <= moment <= until for row in shown for moment in row):
        refresh(session, [doctor_id], now)


def freed(session: Session, doctor_id: UUID, now: datetime) -> None:
    """Time of a doctor became free, or its hours changed: rewrite the openings."""
    refresh(session, [doctor_id], now)


def refresh(session: Session, doctors: Collection[UUID], now: datetime, *, count: bool = False) -> None:
    """Write the openings of these doctors anew: in the transaction of a change, or (`count`) by the worker.

    Only the worker counts the free starts of the days, which takes half as long again; until then those of before
    stay, and the openings are due to it at once.
    """
    session.flush()
    services = session.execute(_SERVICES, {"doctors": list(doctors)}).all()
    found = walk(session, [row.id for row in services], now=now)
    ever = _ever(session, {row.practice_id for row in services}, now)
    lapses = _first_lapses(session, doctors, now)
    opens = _first_openings(session, [row.practice_id for row in services], now)
    rows = []
    for row in services:
        known = ever.get((row.practice_id, row.payer), Ever())
        today = now.astimezone(calendars.zone(row.zone)).date()
        firsts = _firsts(found[row.id], known, today if count else None)
        changes = (lapses.get(row.doctor_id), opens.get(row.practice_id))
        valid_until = _lapses(row, firsts, known, [moment for moment in changes if moment], today, now)
        values = {"practice_id": row.practice_id, "service_id": row.id, **firsts.starts()}
        if count:
            rows.append({**values, "valid_until": valid_until, "days_from": today, "days": firsts.days})
        else:
            rows.append({**values, "valid_until": now})
    _write(session, doctors, rows)


def _lapses(row: Any, firsts: Firsts, ever: Ever, changes: Iterable[datetime], today: date, now: datetime) -> datetime:
    """When time alone may have changed what is written.

    That is at midnight, when a day more comes into the horizon, and when it is too late for one of the firsts: the
    count of a day shrinks with its first start.
    """
    midnight = instant(today + timedelta(days=1), 0, calendars.zone(row.zone))
    ends = [datetime.fromtimestamp(midnight, UTC), *changes]
    for slot in (firsts.first, firsts.evening, firsts.weekend):
        if slot is not None:
            notice = max(row.notice_minutes, ever.notice.get(slot.calendar_id, 0))
            ends.append(slot.start - timedelta(minutes=notice))
    # A minute at least, or a slot that can be booked to the very second would be asked again without a pause.
    return max(min(ends), now + timedelta(minutes=1))


def _write(session: Session, doctors: Collection[UUID], rows: list[dict[str, Any]]) -> None:
    """Make these the openings of the doctors; columns that the rows lack stay as they were."""
    practices = select(Practice.id).where(Practice.doctor_id.in_(list(doctors)))
    kept = [row["service_id"] for row in rows]
    session.execute(delete(Opening).where(Opening.practice_id.in_(practices), Opening.service_id.not_in(kept)))
    if rows:
        build = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
        written = build(Opening)
        changed = {name: written.excluded[name] for name in rows[0] if name not in ("practice_id", "service_id")}
        session.connection().execute(
            written.on_conflict_do_update(index_elements=["practice_id", "service_id"], set_=changed), rows
        )


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
    """Doctors with an open calendar, a service to book and no opening yet: as after a first sync or an import."""
    statement = (
        select(Practice.doctor_id)
        .join(Calendar, Calendar.practice_id == Practice.id)
        .join(Service, Service.practice_id == Practice.id)
        .join(Doctor, Doctor.id == Practice.doctor_id)
        .join(Clinic, Clinic.id == Practice.clinic_id)
        .where(
            Calendar.draft.is_(False),
            Calendar.closed_at.is_(None),
            *OPEN,
            Practice.id.not_in(select(Opening.practice_id)),
        )
        .distinct()
        .limit(limit)
    )
    return sorted(session.scalars(statement))


def _firsts(slots: Iterator[Slot], ever: Ever, count_from: date | None) -> Firsts:
    """The firsts, and the starts of the days from `count_from` on; the look ends when all that can be found are."""
    first = evening = weekend = None
    counts = [0] * DAYS
    end = count_from + timedelta(days=DAYS) if count_from else date.min
    for slot in slots:
        first = first or slot
        if evening is None and fits(slot, "evening"):
            evening = slot
        if weekend is None and fits(slot, "weekend"):
            weekend = slot
        if count_from and slot.day < end:
            counts[(slot.day - count_from).days] += 1
        elif (evening or not ever.evening) and (weekend or not ever.weekend):
            break
    days = "".join(str(min(number, MANY)) for number in counts) if count_from else None
    return Firsts(first, evening, weekend, days)


def _ever(session: Session, practices: Collection[UUID], now: datetime) -> dict[tuple[UUID, Payer], Ever]:
    found: dict[tuple[UUID, Payer], Ever] = {}
    rows = session.execute(_EVER, {"practices": list(practices), "today": now.date()})
    for practice_id, payer, calendar_id, notice, latest, last_weekday, exceptions, worked in rows:
        known = found.get((practice_id, payer), Ever())
        evening = known.evening or bool(exceptions) or (latest or 0) > EVENING
        weekend = known.weekend or bool(exceptions) or bool(worked) or (last_weekday or 0) >= SATURDAY
        found[practice_id, payer] = Ever(evening, weekend, {**known.notice, calendar_id: notice or 0})
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
