"""A clinic's day as lanes: one for each doctor on duty, with bookable hours and visits. Pure; minutes are local."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from booking_service.bookings.models import Booking
from booking_service.bookings.states import OCCUPYING, State
from booking_service.calendars.slots import open_days
from booking_service.calendars.store import Timetable
from booking_service.directory.models import Payer, Practice

HOUR = 60
SHORTEST = (8 * HOUR, 17 * HOUR)
"""What a day shows at least, so that a quiet day does not shrink to one visit."""


@dataclass(frozen=True)
class Span:
    """Bookable hours of one payer, in minutes after local midnight."""

    payer: Payer
    start: int
    end: int


@dataclass(frozen=True)
class Visit:
    """A booking where it stands in its lane."""

    booking: Booking
    start: int
    end: int
    past: bool


@dataclass(frozen=True)
class Lane:
    """A doctor's day at the clinic; `practice` is the first of the doctor's that has hours."""

    practice: Practice
    spans: tuple[Span, ...]
    visits: tuple[Visit, ...]


@dataclass(frozen=True)
class Day:
    """`now` is None on any day but today. `ended` are the day's declined and cancelled visits."""

    day: date
    lanes: tuple[Lane, ...]
    start: int
    end: int
    now: int | None
    ended: tuple[Booking, ...]


def lay_out(
    day: date,
    practices: Sequence[Practice],
    timetables: Sequence[Timetable],
    bookings: Sequence[Booking],
    *,
    zone: ZoneInfo,
    now: datetime,
) -> Day:
    """Lay out a local day. A doctor without hours and without visits that day has no lane."""
    hours = _hours(day, practices, timetables, zone)
    by_doctor: dict[UUID, list[Visit]] = {}
    for booking in bookings:
        if booking.state in OCCUPYING and not _lapsed(booking, now):
            by_doctor.setdefault(booking.doctor_id, []).append(_visit(booking, zone, now))
    lanes = []
    for practice in _one_of_each_doctor(practices, hours):
        spans = [span for other in practices if other.doctor_id == practice.doctor_id for span in hours[other.id]]
        visits = by_doctor.get(practice.doctor_id, [])
        if spans or visits:
            lanes.append(Lane(practice, tuple(sorted(spans, key=lambda span: span.start)), tuple(visits)))
    edges = [edge for lane in lanes for span in lane.spans for edge in (span.start, span.end)]
    edges += [edge for lane in lanes for visit in lane.visits for edge in (visit.start, visit.end)]
    local = now.astimezone(zone)
    return Day(
        day=day,
        lanes=tuple(lanes),
        start=min([SHORTEST[0], *edges]) // HOUR * HOUR,
        end=-(-max([SHORTEST[1], *edges]) // HOUR) * HOUR,
        now=local.hour * HOUR + local.minute if local.date() == day else None,
        ended=tuple(booking for booking in bookings if booking.state in (State.DECLINED, State.CANCELLED)),
    )


def led_by(shown: Day, doctor_id: UUID) -> Day:
    """The same day with one doctor's lane first, so that an open visit stands beside its words."""
    return replace(shown, lanes=tuple(sorted(shown.lanes, key=lambda lane: lane.practice.doctor_id != doctor_id)))


def _hours(
    day: date, practices: Sequence[Practice], timetables: Sequence[Timetable], zone: ZoneInfo
) -> Mapping[UUID, list[Span]]:
    """Each practice's bookable hours of the day, days off taken out; a calendar counts once, whatever its services."""
    payers = {service.id: service.payer for practice in practices for service in practice.services}
    hours: dict[UUID, list[Span]] = {practice.id: [] for practice in practices}
    seen = set()
    for table in timetables:
        if table.calendar_id in seen:
            continue
        seen.add(table.calendar_id)
        for _, spans in open_days(table.plan, table.place, day, day):
            for start, end in _without(spans, table.closed):
                span = Span(payers[table.service_id], _minute(start, day, zone), _minute(end, day, zone))
                hours[table.practice_id].append(span)
    return hours


def _without(spans: Sequence[tuple[int, int]], closed: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of spans that no closed interval covers."""
    left = list(spans)
    for opens, ends in closed:
        left = [
            (start, end)
            for known in left
            for start, end in ((known[0], min(known[1], opens)), (max(known[0], ends), known[1]))
            if start < end
        ]
    return left


def _one_of_each_doctor(practices: Sequence[Practice], hours: Mapping[UUID, list[Span]]) -> list[Practice]:
    chosen: dict[UUID, Practice] = {}
    for practice in practices:
        known = chosen.get(practice.doctor_id)
        if known is None or (hours[practice.id] and not hours[known.id]):
            chosen[practice.doctor_id] = practice
    return list(chosen.values())


def _visit(booking: Booking, zone: ZoneInfo, now: datetime) -> Visit:
    day = booking.starts.astimezone(zone).date()
    start, end = (_minute(int(moment.timestamp()), day, zone) for moment in (booking.starts, booking.ends))
    coming = booking.state in (State.HELD, State.REQUESTED, State.ARRIVED)
    return Visit(booking, start, end, past=booking.ends <= now and not coming)


def _lapsed(booking: Booking, now: datetime) -> bool:
    return booking.state is State.HELD and booking.held_until is not None and booking.held_until <= now


def _minute(seconds: int, day: date, zone: ZoneInfo) -> int:
    local = datetime.fromtimestamp(seconds, zone)
    return (local.date() - day).days * 24 * HOUR + local.hour * HOUR + local.minute
