"""Visits of the demo: from a week ago to ten days ahead, in every state that a booking can be in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from booking_service.bookings.models import Origin
from booking_service.bookings.states import State
from booking_service.calendars.models import Approval
from booking_service.calendars.slots import answer_deadline, open_days
from booking_service.calendars.store import Timetable
from booking_service.directory.models import Service

BEFORE, AHEAD = 5, 9
"""Days that are filled before and after today."""
HELD = timedelta(minutes=9)
"""A held time is let go by the worker soon after the demo was made."""


@dataclass(frozen=True)
class Planned:
    """A visit to be written: when, what, how it was made and what became of it."""

    table: Timetable
    service: Service
    start: datetime
    state: State
    origin: Origin
    made_at: datetime
    answer_by: datetime | None = None

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.service.minutes)


def plan(
    tables: Sequence[Timetable], services: Sequence[Service], rng: Random, now: datetime, fill: float
) -> Iterator[Planned]:
    """Fill the days of one practice; a calendar's hours are used up from their beginning, with gaps."""
    by_id = {service.id: service for service in services}
    by_calendar: dict[object, list[Timetable]] = {}
    for table in tables:
        by_calendar.setdefault(table.calendar_id, []).append(table)
    for of_calendar in by_calendar.values():
        first = of_calendar[0]
        today = now.astimezone(first.place.zone).date()
        for day, spans in open_days(first.plan, first.place, today - timedelta(BEFORE), today + timedelta(AHEAD)):
            emptier = fill * (1 - max(0, (day - today).days) / (AHEAD + 4))
            for start, end in spans:
                yield from _fill(of_calendar, by_id, start, end, rng, now, emptier)


def _fill(
    tables: Sequence[Timetable],
    services: dict[UUID, Service],
    start: int,
    end: int,
    rng: Random,
    now: datetime,
    fill: float,
) -> Iterator[Planned]:
    at = start
    while True:
        table = rng.choice(tables)
        service = services[table.service_id]
        length = (service.buffer_before + service.minutes + service.buffer_after) * 60
        if at + length > end:
            return
        if rng.random() < fill and not _closed(table, at, at + length):
            moment = datetime.fromtimestamp(at + service.buffer_before * 60, UTC)
            yield _one(table, service, moment, rng, now)
        at += length


def _closed(table: Timetable, start: int, end: int) -> bool:
    return any(start < closed and opened < end for opened, closed in table.closed)


def _one(table: Timetable, service: Service, start: datetime, rng: Random, now: datetime) -> Planned:
    origin = Origin.ONLINE if rng.random() < 0.55 else Origin.DESK
    earliest = min(start, now)
    made_at = earliest - timedelta(hours=rng.randrange(3, 200), minutes=rng.randrange(60))
    end = start + timedelta(minutes=service.minutes)
    state = _state(start, end, rng, now)
    manual = table.approval is Approval.MANUAL and origin is Origin.ONLINE
    if state is State.CONFIRMED and manual and rng.random() < 0.4:
        asked = now - timedelta(minutes=rng.randrange(5, 300))
        deadline = answer_deadline(table.place, asked)
        if deadline > now and start > deadline:
            return Planned(table, service, start, State.REQUESTED, origin, asked, deadline)
    if state in (State.DECLINED, State.EXPIRED, State.HELD):
        origin = Origin.ONLINE
    return Planned(table, service, start, state, origin, made_at)


def _state(start: datetime, end: datetime, rng: Random, now: datetime) -> State:
    chance = rng.random()
    if chance < 0.05:
        return State.CANCELLED
    if chance < 0.06:
        return State.DECLINED
    if chance < 0.07 and start > now:
        return State.EXPIRED
    if end <= now:
        return State.MISSED if chance < 0.13 else State.DONE
    if start <= now + timedelta(minutes=15):
        return State.ARRIVED if chance < 0.9 else State.CONFIRMED
    if chance > 0.97 and start < now + timedelta(hours=30):
        return State.HELD
    return State.CONFIRMED
