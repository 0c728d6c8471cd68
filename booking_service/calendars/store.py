"""Reading calendars: a fixed number of queries brings everything that free times need, for any number of services."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from booking_service.calendars.models import Approval, OpenTo
from booking_service.calendars.reads import CALENDARS, CLOSED, DATES, TERMS, rows, values_of
from booking_service.calendars.slots import Holiday, Month, Need, Place, Plan, WeekSpan
from booking_service.directory.models import Payer

ANSWER_WINDOW = timedelta(days=30)
"""How far past the asked time a clinic's own days off are read, since the time to answer counts opening days."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """One service by one calendar. `closed` are intervals in Unix seconds in which the doctor takes no visits there."""

    service_id: UUID
    practice_id: UUID
    doctor_id: UUID
    clinic_id: UUID
    calendar_id: UUID
    approval: Approval
    need: Need
    plan: Plan
    place: Place
    closed: Sequence[tuple[int, int]]


class _Dates(NamedTuple):
    exceptions: dict[UUID, dict[date, list[list[int]]]]
    months: dict[UUID, dict[date, Month]]
    holidays: dict[date, Holiday]


class _Closed(NamedTuple):
    of_doctor: dict[UUID, list[tuple[int, int]]]
    of_clinic: dict[UUID, list[tuple[int, int]]]
    of_doctor_there: dict[tuple[UUID, UUID], list[tuple[int, int]]]


def timetables(session: Session, services: Sequence[UUID], since: datetime, until: datetime) -> list[Timetable]:
    """Every open calendar of each bookable service, with what holds from `since` to `until`; four queries at most."""
    terms = rows(session, TERMS, len(services) == 1, values_of("services", services))
    if not terms:
        return []
    practices = {row.practice_id for row in terms}
    found_rows = rows(session, CALENDARS, len(practices) == 1, values_of("practices", practices))
    calendars = [(row, _weekly(row.spans)) for row in found_rows]
    if not calendars:
        return []
    dates = _dates(session, [row.id for row, _ in calendars], since, until)
    closed = _closed(session, terms, since, until)
    by_practice = defaultdict(list)
    for calendar, weekly in calendars:
        by_practice[calendar.practice_id].append((calendar, weekly))
    places: dict[UUID, Place] = {}
    found = []
    for row in terms:
        place = places.setdefault(row.clinic_id, _place(row, dates, closed))
        for calendar, weekly in by_practice[row.practice_id]:
            if calendar.payer == row.payer and (not calendar.services or str(row.id) in calendar.services):
                found.append(_timetable(row, calendar, weekly, place, dates, closed))
    return found


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _weekly(spans: str | None) -> list[WeekSpan]:
    """Read what `_SPANS` wrote, in order of the week."""
    return sorted((WeekSpan(*map(int, span.split("."))) for span in (spans or "").split()), key=_order)


def _order(span: WeekSpan) -> tuple[int, int]:
    return span.weekday, span.start


def _dates(session: Session, calendars: list[UUID], since: datetime, until: datetime) -> _Dates:
    # A day more on both sides: the local date may differ from that of UTC.
    first, last = since.date() - timedelta(days=1), until.date() + timedelta(days=1)
    values = {
        **values_of("calendars", calendars),
        "first": first,
        "last": last,
        "first_month": first.replace(day=1),
        "last_answer": last + ANSWER_WINDOW,
    }
    dates = _Dates(defaultdict(dict), defaultdict(dict), {})
    for calendar_id, day, spans, number, flag, until_day in rows(session, DATES, len(calendars) == 1, values):
        if calendar_id is None:
            dates.holidays[day] = Holiday(flag, number)
        elif flag is None:
            dates.exceptions[calendar_id][day] = spans
        else:
            dates.months[calendar_id][day] = Month(number, until_day)
    return dates


def _closed(session: Session, terms: Sequence[Any], since: datetime, until: datetime) -> _Closed:
    doctors, clinics = {row.doctor_id for row in terms}, {row.clinic_id for row in terms}
    one = len(doctors) == len(clinics) == 1
    values = {
        "doctors": next(iter(doctors)) if one else list(doctors),
        "clinics": next(iter(clinics)) if one else list(clinics),
        "since": since,
        "until": until + ANSWER_WINDOW,
    }
    closed = _Closed(defaultdict(list), defaultdict(list), defaultdict(list))
    for doctor_id, clinic_id, starts, ends in rows(session, CLOSED, one, values):
        interval = (int(starts.timestamp()), int(ends.timestamp()))
        if doctor_id is None:
            closed.of_clinic[clinic_id].append(interval)
        elif clinic_id is None:
            closed.of_doctor[doctor_id].append(interval)
        else:
            closed.of_doctor_there[doctor_id, clinic_id].append(interval)
    return closed


def _place(row: Any, dates: _Dates, closed: _Closed) -> Place:
    return Place(
        zone=zone(row.zone),
        hours=row.hours,
        holidays=dates.holidays,
        works_on_holidays=bool(row.works_on_holidays),
        answer_days=row.answer_days or 1,
        closed=closed.of_clinic.get(row.clinic_id, ()),
    )


def _timetable(
    row: Any, calendar: Any, weekly: list[WeekSpan], place: Place, dates: _Dates, closed: _Closed
) -> Timetable:
    horizon = row.horizon_days if calendar.horizon_days is None else min(row.horizon_days, calendar.horizon_days)
    plan = Plan(
        weekly=weekly,
        exceptions=dates.exceptions.get(calendar.id, {}),
        notice_minutes=max(row.notice_minutes, calendar.notice_minutes or 0),
        horizon_days=horizon,
        grid_minutes=calendar.grid_minutes,
        manual=calendar.approval == Approval.MANUAL,
        # What is booked by telephone is offered to the desk alone.
        open_to=calendar.open_to if row.bookable else OpenTo.DESK,
        open_to_all_days=calendar.open_to_all_days if row.bookable else None,
        # Family doctors keep what the state pays for to those on their list; anyone may pay.
        own_patients_only=row.own_patients_only and row.payer == Payer.STATE,
        opens_at=calendar.opens_at,
        valid_from=calendar.valid_from,
        valid_to=calendar.valid_to,
        away_until=row.away_until,
        months=dates.months.get(calendar.id, {}),
    )
    intervals = [
        *closed.of_doctor.get(row.doctor_id, ()),
        *closed.of_doctor_there.get((row.doctor_id, row.clinic_id), ()),
        *place.closed,
    ]
    return Timetable(
        service_id=row.id,
        practice_id=row.practice_id,
        doctor_id=row.doctor_id,
        clinic_id=row.clinic_id,
        calendar_id=calendar.id,
        approval=calendar.approval,
        need=Need(row.minutes, row.buffer_before, row.buffer_after),
        plan=plan,
        place=place,
        closed=intervals,
    )
