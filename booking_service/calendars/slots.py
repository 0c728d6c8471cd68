"""Free starts from hours, limits and taken time. Pure: `now`, limits and what is taken arrive as arguments.

Hours are local wall time and become instants day by day, never by adding 24 hours: a wall time that a clock change
skips is the moment of the change, and of the two same wall times in autumn only the first is offered.
Instants inside this module are Unix seconds, which stepping may add to without a thought of zones.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from booking_service.calendars.wall_time import instant as instant
from booking_service.calendars.wall_time import midnight

CELL = 300
"""Seconds in a cell: starts, lengths and buffers are multiples of five minutes."""
ROTATION_BEGINS = date(2027, 1, 4)
"""The Monday from which rotating weeks are counted where a calendar names no first day: ISO week 1 of 2027."""
LONGEST_WAIT_DAYS = 120
NO_HOURS = tuple((weekday, 9 * 60, 17 * 60) for weekday in range(5))
"""When a clinic that has stated no hours is taken to be open, for the time that it has to answer."""


class Audience(StrEnum):
    """Who asks: public pages, feeds and the API ask as public."""

    PUBLIC = "public"
    OWN_PATIENT = "own-patient"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class WeekSpan:
    """Bookable hours on a weekday (0 is Monday), minutes after local midnight; `week` of `weeks`, 0 is every week."""

    weekday: int
    start: int
    end: int
    week: int = 0
    weeks: int = 1


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday, or (`works`) a weekend day that is worked by the plan of another weekday."""

    works: bool = False
    as_weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A clinic as times need it. `closed` are its own days off, in Unix seconds."""

    zone: ZoneInfo
    hours: Sequence[tuple[int, int, int]] = ()
    holidays: Mapping[date, Holiday] = field(default_factory=dict)
    works_on_holidays: bool = False
    answer_days: int = 1
    closed: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """What is left of a month's state-paid visits; not offered before `closed_until`."""

    left: int
    closed_until: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A calendar with the limits that hold for it, the practice's own already counted in.

    `exceptions` are single dates with other hours, no spans meaning closed; `away_until` is the last day away.
    """

    weekly: Sequence[WeekSpan] = ()
    exceptions: Mapping[date, Sequence[Sequence[int]]] = field(default_factory=dict)
    notice_minutes: int = 0
    horizon_days: int = 90
    grid_minutes: int | None = None
    manual: bool = False
    open_to: str = "all"
    open_to_all_days: int | None = None
    own_patients_only: bool = False
    opens_at: datetime | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    away_until: date | None = None
    months: Mapping[date, Month] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Need:
    """How long a visit takes, in minutes, with what is kept free round it."""

    minutes: int
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """A doctor's time that is gone: cells of bookings, and intervals in Unix seconds (busy time, days off, extras)."""

    cells: set[int] | frozenset[int] = frozenset()
    intervals: Sequence[tuple[int, int]] = ()


class Start(NamedTuple):
    """A free start: Unix seconds, and the local day and minute that it stands on."""

    seconds: int
    day: date
    minute: int


def free_starts(
    plan: Plan,
    place: Place,
    need: Need,
    taken: Taken,
    *,
    since: datetime,
    until: datetime,
    now: datetime,
    audience: Audience = Audience.PUBLIC,
) -> Iterator[Start]:
    """Yield the free starts in [since, until), ascending."""
    if not _open_yet(plan, now, audience):
        return
    earliest = max(since, _soonest(plan, place, now, audience))
    today = now.astimezone(place.zone).date()
    first = earliest.astimezone(place.zone).date()
    last = min(until.astimezone(place.zone).date(), _last_day(plan, today, audience))
    lower, upper = _ceil(earliest.timestamp()), until.timestamp()
    for day, spans in open_days(plan, place, first, last):
        if audience is not Audience.DESK and not _month_allows(plan, day, today):
            continue
        day_start, plain = midnight(day, place.zone)
        for start, end in spans:
            for seconds in _starts(start, end, plan.grid_minutes, need):
                if seconds >= upper:
                    return
                if seconds < lower or not _free(seconds, need, taken):
                    continue
                if plain:
                    yield Start(seconds, day, (seconds - day_start) // 60)
                elif not (local := datetime.fromtimestamp(seconds, place.zone)).fold:
                    yield Start(seconds, day, local.hour * 60 + local.minute)


def open_days(plan: Plan, place: Place, first: date, last: date) -> Iterator[tuple[date, list[tuple[int, int]]]]:
    """Yield each local day from first to last on which the calendar has hours, with its spans in Unix seconds."""
    if plan.valid_from:
        first = max(first, plan.valid_from)
    if plan.away_until:
        first = max(first, plan.away_until + timedelta(days=1))
    if plan.valid_to:
        last = min(last, plan.valid_to)
    for number in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(number)
        spans = [
            (instant(day, start, place.zone), instant(day, end, place.zone)) for start, end in _hours(plan, place, day)
        ]
        if spans:
            yield day, spans


def answer_deadline(place: Place, now: datetime) -> datetime:
    """When a request made now must be answered: the end of the clinic's next opening day, or of a later one.

    The day of the request does not count, so that a request of Friday evening lives until Monday evening.
    """
    today = now.astimezone(place.zone).date()
    left = max(1, place.answer_days)
    for ahead in range(1, LONGEST_WAIT_DAYS):
        day = today + timedelta(days=ahead)
        ends = [end for start, end in _opening(place, day) if not _inside(start, end, place.closed)]
        if ends:
            left -= 1
            if not left:
                return datetime.fromtimestamp(max(ends), UTC)
    return now + timedelta(days=LONGEST_WAIT_DAYS)


def _hours(plan: Plan, place: Place, day: date) -> Sequence[Sequence[int]]:
    """The spans of a day in local minutes: a single date's own hours win over holidays, and those over the week."""
    if (own := plan.exceptions.get(day)) is not None:
        return own
    weekday = _weekday(place, day)
    if weekday is None:
        return ()
    return [
        (span.start, span.end)
        for span in plan.weekly
        if span.weekday == weekday and (span.week == 0 or span.week == _week(day, span.weeks, plan.valid_from))
    ]


def _opening(place: Place, day: date) -> list[tuple[int, int]]:
    weekday = _weekday(place, day)
    return [
        (instant(day, start, place.zone), instant(day, end, place.zone))
        for of, start, end in place.hours or NO_HOURS
        if of == weekday
    ]


def _weekday(place: Place, day: date) -> int | None:
    """The weekday whose plan a day follows; none on a holiday that the clinic keeps."""
    holiday = None if place.works_on_holidays else place.holidays.get(day)
    if holiday is None:
        return day.weekday()
    if not holiday.works:
        return None
    return day.weekday() if holiday.as_weekday is None else holiday.as_weekday


def _week(day: date, weeks: int, begins: date | None) -> int:
    """The number, from 1, of a day's week in a rotation of so many weeks."""
    anchor = begins or ROTATION_BEGINS
    monday = anchor - timedelta(days=anchor.weekday())
    return (day - monday).days // 7 % max(1, weeks) + 1


def _open_yet(plan: Plan, now: datetime, audience: Audience) -> bool:
    if audience is Audience.DESK:
        return True
    if plan.opens_at and now < plan.opens_at:
        return False
    if audience is Audience.OWN_PATIENT:
        return plan.open_to != "desk" or plan.open_to_all_days is not None
    return not plan.own_patients_only and (plan.open_to == "all" or plan.open_to_all_days is not None)


def _soonest(plan: Plan, place: Place, now: datetime, audience: Audience) -> datetime:
    if audience is Audience.DESK:
        return now
    soonest = now + timedelta(minutes=plan.notice_minutes)
    return max(soonest, answer_deadline(place, now)) if plan.manual else soonest


def _last_day(plan: Plan, today: date, audience: Audience) -> date:
    if audience is Audience.DESK:
        return date.max
    days = plan.horizon_days
    kept = plan.open_to == "desk" or (plan.open_to == "own-patients" and audience is Audience.PUBLIC)
    if kept and plan.open_to_all_days is not None:
        days = min(days, plan.open_to_all_days)
    return today + timedelta(days=days)


def _month_allows(plan: Plan, day: date, today: date) -> bool:
    month = plan.months.get(day.replace(day=1))
    return month is None or (month.left > 0 and (month.closed_until is None or today >= month.closed_until))


def _starts(start: int, end: int, grid_minutes: int | None, need: Need) -> range:
    """Starts on the span's grid, the visit and its buffers inside the span."""
    step = (grid_minutes or need.before + need.minutes + need.after) * 60
    return range(start + need.before * 60, end - (need.minutes + need.after) * 60 + 1, step)


def _free(seconds: int, need: Need, taken: Taken) -> bool:
    start, end = seconds - need.before * 60, seconds + (need.minutes + need.after) * 60
    if not taken.cells.isdisjoint(range(start // CELL, -(-end // CELL))):
        return False
    return not any(start < closed and opened < end for opened, closed in taken.intervals)


def _inside(start: int, end: int, intervals: Sequence[tuple[int, int]]) -> bool:
    return any(opened <= start and end <= closed for opened, closed in intervals)


def _ceil(seconds: float) -> int:
    return int(-(-seconds // 1))
