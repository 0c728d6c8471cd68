"""Free times, from the one function that the page, the API and the booking action ask (promise 2)."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from booking_service.bookings import store
from booking_service.calendars.models import Approval
from booking_service.calendars.slots import Audience as Audience
from booking_service.calendars.slots import Month, Taken, answer_deadline, free_starts
from booking_service.calendars.store import Timetable, timetables
from booking_service.directory.models import Service

EVENING = 17 * 60
NOON = 12 * 60
FEW = 3
"""A day with so many starts or fewer is drawn as nearly full."""
HORIZON = timedelta(days=400)
"""How far a look into the future reaches at most; a practice's own horizon ends it sooner."""


class Part(StrEnum):
    """A part of the day that a patient may ask for, by local wall time."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class Slot:
    """A free start. `answer_by` is set where the clinic approves by hand: when it must have answered a request."""

    start: datetime
    end: datetime
    calendar_id: UUID
    service_id: UUID
    approval: Approval
    day: date
    minute: int
    answer_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """Days that have times. `previous` and `next` are the `from_day` of the neighbouring pages, none at the ends."""

    days: tuple[Day, ...]
    previous: date | None
    next: date | None


@dataclass(frozen=True, slots=True)
class StripDay:
    """A day of a doctor's strip: 0 nothing free, 1 a few times, 2 more."""

    day: date
    level: int


def free_times(
    session: Session,
    services: Sequence[Service] | Sequence[UUID],
    start: datetime,
    end: datetime,
    *,
    now: datetime,
    audience: Audience = Audience.PUBLIC,
) -> dict[UUID, list[Slot]]:
    """The free starts of each service in [start, end), ascending; a service that offers none has an empty list.

    The number of queries is the same for any number of services. Held, requested and booked time of a doctor blocks at
    every clinic; a hold that has lapsed does not.
    """
    ids = [service if isinstance(service, UUID) else service.id for service in services]
    found: dict[UUID, list[Slot]] = {service_id: [] for service_id in ids}
    for timetable, taken in _open(session, ids, start, end, now):
        found[timetable.service_id] += _slots(timetable, taken, start, end, now, audience)
    for slots in found.values():
        slots.sort(key=lambda slot: slot.start)
    return {service_id: _once(slots) for service_id, slots in found.items()}


def first_days(
    session: Session,
    service: Service | UUID,
    *,
    now: datetime,
    days: int = 5,
    from_day: date | None = None,
    part: Part | None = None,
    audience: Audience = Audience.PUBLIC,
) -> Days:
    """The next days with times, from a local day on (or from now), perhaps only those of a part of the day."""
    service_id = service if isinstance(service, UUID) else service.id
    slots = free_times(session, [service_id], now, now + HORIZON, now=now, audience=audience)[service_id]
    grouped: dict[date, list[Slot]] = {}
    for slot in slots:
        if part is None or part is part_of(slot.minute):
            grouped.setdefault(slot.day, []).append(slot)
    every = list(grouped)
    at = next((number for number, day in enumerate(every) if from_day is None or day >= from_day), len(every))
    shown = every[at : at + days]
    return Days(
        days=tuple(Day(day, tuple(grouped[day])) for day in shown),
        previous=every[max(0, at - days)] if at else None,
        next=every[at + days] if at + days < len(every) else None,
    )


def strip(
    session: Session,
    services: Sequence[Service] | Sequence[UUID],
    *,
    now: datetime,
    today: date,
    days: int = 14,
    audience: Audience = Audience.PUBLIC,
) -> list[StripDay]:
    """How free a doctor is on each of the next days, all given services together; `today` is local."""
    found = free_times(session, services, now, now + timedelta(days=days + 1), now=now, audience=audience)
    return strip_of([slot for slots in found.values() for slot in slots], today, days)


def strip_of(slots: Sequence[Slot], today: date, days: int = 14) -> list[StripDay]:
    """The same from slots that were asked for already."""
    starts: dict[date, set[datetime]] = {}
    for slot in slots:
        starts.setdefault(slot.day, set()).add(slot.start)
    shown = [today + timedelta(days=number) for number in range(days)]
    return [StripDay(day, 0 if day not in starts else 1 if len(starts[day]) <= FEW else 2) for day in shown]


def part_of(minute: int) -> Part:
    """The part of the day of a local minute."""
    if minute < NOON:
        return Part.MORNING
    return Part.AFTERNOON if minute < EVENING else Part.EVENING


def nearest(
    session: Session, service_id: UUID, start: datetime, *, now: datetime, audience: Audience = Audience.PUBLIC
) -> list[Slot]:
    """Up to five free times of a service, the nearest to a start first: what to offer for one that is gone."""
    since, until = max(now, start - timedelta(days=3)), max(now, start) + timedelta(days=14)
    slots = free_times(session, [service_id], since, until, now=now, audience=audience)[service_id]
    return sorted(slots, key=lambda slot: abs(slot.start - start))[:5]


def walk(
    session: Session, services: Sequence[UUID], start: datetime, end: datetime, *, now: datetime
) -> dict[UUID, Iterator[Slot]]:
    """Free starts for the public as they are asked for: a caller that needs only the first ones stops early."""
    found: dict[UUID, list[Iterator[Slot]]] = {}
    for timetable, taken in _open(session, services, start, end, now):
        found.setdefault(timetable.service_id, []).append(_slots(timetable, taken, start, end, now, Audience.PUBLIC))
    return {service_id: heapq.merge(*walks, key=lambda slot: slot.start) for service_id, walks in found.items()}


def _open(
    session: Session, services: Sequence[UUID], start: datetime, end: datetime, now: datetime
) -> Iterator[tuple[Timetable, Taken]]:
    """Each timetable with what is taken of its doctor's time."""
    since = min(start, now)
    tables = timetables(session, services, since, end)
    if not tables:
        return
    taken = store.taken(session, {table.doctor_id for table in tables}, since, end, now)
    if any(table.plan.months for table in tables):
        tables = _less_holds(session, tables, now)
    for table in tables:
        cells, extras = taken.get(table.doctor_id, (set(), []))
        yield table, Taken(cells, [*table.closed, *extras])


def _less_holds(session: Session, tables: list[Timetable], now: datetime) -> list[Timetable]:
    """Count live holds against the month that they are in, so that each of them can still become a booking."""
    holds = store.holds_of_months(session, {table.doctor_id for table in tables}, now)
    counted = []
    for table in tables:
        months = dict(table.plan.months)
        for starts in holds.get(table.calendar_id, ()):
            month = starts.astimezone(table.place.zone).date().replace(day=1)
            if month in months:
                months[month] = Month(months[month].left - 1, months[month].closed_until)
        counted.append(replace(table, plan=replace(table.plan, months=months)))
    return counted


def _slots(
    table: Timetable, taken: Taken, start: datetime, end: datetime, now: datetime, audience: Audience
) -> Iterator[Slot]:
    minutes = timedelta(minutes=table.need.minutes)
    answer_by = answer_deadline(table.place, now) if table.plan.manual else None
    starts = free_starts(table.plan, table.place, table.need, taken, since=start, until=end, now=now, audience=audience)
    for seconds in starts:
        moment = datetime.fromtimestamp(seconds, UTC)
        local = moment.astimezone(table.place.zone)
        yield Slot(
            start=moment,
            end=moment + minutes,
            calendar_id=table.calendar_id,
            service_id=table.service_id,
            approval=table.approval,
            day=local.date(),
            minute=local.hour * 60 + local.minute,
            answer_by=answer_by,
        )


def _once(slots: list[Slot]) -> list[Slot]:
    """One slot a start: where two calendars offer the same, the one that confirms at once wins."""
    kept: list[Slot] = []
    for slot in slots:
        if kept and kept[-1].start == slot.start:
            if kept[-1].approval is Approval.MANUAL and slot.approval is Approval.AUTOMATIC:
                kept[-1] = slot
        else:
            kept.append(slot)
    return kept
