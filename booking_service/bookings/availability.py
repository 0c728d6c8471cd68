"""Free times, from the one function that the page, the API and the booking action ask (promise 2)."""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from booking_service.bookings.taken import holds_of_months, taken_of
from booking_service.calendars.models import Approval
from booking_service.calendars.slots import Audience as Audience
from booking_service.calendars.slots import Month, Taken, answer_deadline, free_starts
from booking_service.calendars.store import Timetable, timetables
from booking_service.directory.models import Service

EVENING = 17 * 60
NOON = 12 * 60
FEW = 3
"""A day with so many starts or fewer is drawn as nearly full."""
ONE_DAY = timedelta(days=1)
SOON = timedelta(days=4)
NEAR = timedelta(days=21)
HORIZON = timedelta(days=400)
"""How far a look into the future reaches at most; a practice's own horizon ends it sooner."""


class Part(StrEnum):
    """A part of the day that a patient may ask for, by local wall time."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Slot(NamedTuple):
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
    found: dict[UUID, list[Iterator[Slot]]] = {service_id: [] for service_id in ids}
    for timetable, taken in _open(session, ids, start, end, now):
        found[timetable.service_id].append(_slots(timetable, taken, start, end, now, audience))
    return {service_id: list(_merged(walks)) for service_id, walks in found.items()}


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
    before: list[date] = []
    shown: dict[date, list[Slot]] = {}
    following = None
    for slot in walk(session, [service_id], now=now, audience=audience)[service_id]:
        if part is not None and part is not part_of(slot.minute):
            continue
        if from_day is not None and slot.day < from_day:
            if not before or before[-1] != slot.day:
                before.append(slot.day)
        elif slot.day in shown:
            shown[slot.day].append(slot)
        elif len(shown) < days:
            shown[slot.day] = [slot]
        else:
            following = slot.day
            break
    return Days(
        days=tuple(Day(day, tuple(slots)) for day, slots in shown.items()),
        previous=before[max(0, len(before) - days)] if before else None,
        next=following,
    )


def strip_of(slots: Sequence[Slot], today: date, days: int = 14) -> list[StripDay]:
    """How free a doctor is on each of the next local days, from the free starts of all services together."""
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
    session: Session,
    services: Sequence[UUID],
    *,
    now: datetime,
    audience: Audience = Audience.PUBLIC,
    since: Mapping[UUID, datetime] | None = None,
) -> dict[UUID, Iterator[Slot]]:
    """The free starts of each service from now on, one by one: whoever needs only the first ones stops early.

    The near days are asked first, and what lies beyond only if somebody walks so far: twice the queries at the most.
    `since` lets services begin later; those that begin in one span of days are asked together.
    """
    spans = _spans(session, services, since, now=now, audience=audience)
    return {service_id: (slot for _, slots in of for slot in slots) for service_id, of in spans.items()}


def next_days(
    session: Session,
    since: Mapping[UUID, datetime],
    *,
    now: datetime,
    most: int,
    wanted: Callable[[Slot], bool] = lambda _: True,
) -> dict[UUID, list[Slot]]:
    """The first free starts, so many at most, of each service's next day that has any that is wanted.

    `since` says from when to look. Where that promises what is gone the look goes on to later days.
    """
    found: dict[UUID, list[Slot]] = {}
    for service_id, spans in _spans(session, list(since), since, now=now).items():
        day: list[Slot] = []
        for end, slots in spans:
            for slot in slots:
                if not wanted(slot):
                    continue
                if len(day) == most or (day and slot.day != day[0].day):
                    break
                day.append(slot)
            # What lies beyond the span is another day: it need not be read to see that.
            if len(day) == most or (day and day[0].start + ONE_DAY <= end):
                break
        found[service_id] = day
    return found


def _spans(
    session: Session,
    services: Sequence[UUID],
    since: Mapping[UUID, datetime] | None,
    *,
    now: datetime,
    audience: Audience = Audience.PUBLIC,
) -> dict[UUID, Iterator[tuple[datetime, Iterator[Slot]]]]:
    """The free starts of each service in spans of days with the end of each, read when they are come to."""
    ends = (NEAR, HORIZON) if since is None else (SOON, NEAR, HORIZON)
    spans = list(pairwise((now, *(now + end for end in ends))))
    begins = {service_id: max(now, since.get(service_id, now)) if since else now for service_id in services}
    homes = {service_id: _home(begin, spans) for service_id, begin in begins.items()}
    asked: dict[tuple[int, int], dict[UUID, list[tuple[Timetable, Taken]]]] = {}

    def of(service_id: UUID) -> Iterator[tuple[datetime, Iterator[Slot]]]:
        home = homes[service_id]
        for at, (start, end) in enumerate(spans[home:], home):
            if (at, home) not in asked:
                together = [one for one in services if homes[one] == home]
                asked[at, home] = defaultdict(list)
                for pair in _open(session, together, start, end, now):
                    asked[at, home][pair[0].service_id].append(pair)
            found = asked[at, home].get(service_id, [])
            begin = max(start, begins[service_id])
            yield end, _merged([_slots(*pair, begin, end, now, audience) for pair in found])

    return {service_id: of(service_id) for service_id in services}


def _home(begin: datetime, spans: Sequence[tuple[datetime, datetime]]) -> int:
    """The number of the span to begin with, which holds a whole day from there on."""
    return next((at for at, (_, end) in enumerate(spans) if begin + ONE_DAY <= end), len(spans) - 1)


def _open(
    session: Session, services: Sequence[UUID], start: datetime, end: datetime, now: datetime
) -> Iterator[tuple[Timetable, Taken]]:
    """Each timetable with what is taken of its doctor's time."""
    since = min(start, now)
    tables = timetables(session, services, since, end)
    if not tables:
        return
    taken = taken_of(session, {table.doctor_id for table in tables}, since, end, now)
    if any(table.plan.months for table in tables):
        tables = _less_holds(session, tables, now)
    for table in tables:
        cells, extras = taken.get(table.doctor_id, (set[int](), []))
        yield table, Taken(cells, [*table.closed, *extras])


def _less_holds(session: Session, tables: list[Timetable], now: datetime) -> list[Timetable]:
    """Count live holds against the month that they are in, so that each of them can still become a booking."""
    holds = holds_of_months(session, {table.doctor_id for table in tables}, now)
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
    table: Timetable, taken: Taken, since: datetime, until: datetime, now: datetime, audience: Audience
) -> Iterator[Slot]:
    minutes = timedelta(minutes=table.need.minutes)
    answer_by = answer_deadline(table.place, now) if table.plan.manual else None
    starts = free_starts(
        table.plan, table.place, table.need, taken, since=since, until=until, now=now, audience=audience
    )
    for seconds, day, minute in starts:
        start = datetime.fromtimestamp(seconds, UTC)
        yield Slot(start, start + minutes, table.calendar_id, table.service_id, table.approval, day, minute, answer_by)


def _merged(walks: list[Iterator[Slot]]) -> Iterator[Slot]:
    """The slots of several calendars, one a start: the one that confirms at once wins over one that asks first."""
    if len(walks) == 1:
        return walks[0]
    return _once(heapq.merge(*walks, key=lambda slot: (slot.start, slot.approval is Approval.MANUAL)))


def _once(slots: Iterable[Slot]) -> Iterator[Slot]:
    last = None
    for slot in slots:
        if last is None or slot.start != last.start:
            yield slot
        last = slot
