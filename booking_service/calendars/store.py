"""Reading calendars: a fixed number of queries brings everything that free times need, for any number of services."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Boolean,
    Date,
    Integer,
    Uuid,
    and_,
    bindparam,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from booking_service.calendars.models import (
    Approval,
    Busy,
    Calendar,
    DateException,
    DayOff,
    MonthlyCount,
    OpenTo,
    PublicHoliday,
    WeeklyHours,
)
from booking_service.calendars.slots import Holiday, Month, Need, Place, Plan, WeekSpan
from booking_service.db import Json
from booking_service.directory.models import Clinic, ClinicSettings, Doctor, Payer, Practice, Service

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


_TERMS = (
    select(
        Service.id,
        Service.practice_id,
        Service.payer,
        Service.minutes,
        Service.buffer_before,
        Service.buffer_after,
        Service.bookable,
        Practice.doctor_id,
        Practice.clinic_id,
        Practice.notice_minutes,
        Practice.horizon_days,
        Practice.own_patients_only,
        Doctor.away_until,
        Clinic.zone,
        Clinic.hours,
        ClinicSettings.works_on_holidays,
        ClinicSettings.answer_days,
    )
    .join(Practice, Practice.id == Service.practice_id)
    .join(Doctor, Doctor.id == Practice.doctor_id)
    .join(Clinic, Clinic.id == Practice.clinic_id)
    .outerjoin(ClinicSettings, ClinicSettings.clinic_id == Clinic.id)
    .where(
        Service.id.in_(bindparam("services", expanding=True)),
        Service.withdrawn_at.is_(None),
        Practice.withdrawn_at.is_(None),
        Doctor.withdrawn_at.is_(None),
        Clinic.withdrawn_at.is_(None),
    )
)

_CALENDARS = (
    select(
        Calendar.id,
        Calendar.practice_id,
        Calendar.payer,
        Calendar.approval,
        Calendar.open_to,
        Calendar.open_to_all_days,
        Calendar.notice_minutes,
        Calendar.horizon_days,
        Calendar.grid_minutes,
        Calendar.opens_at,
        Calendar.valid_from,
        Calendar.valid_to,
        Calendar.services,
        WeeklyHours.weekday,
        WeeklyHours.start_minute,
        WeeklyHours.end_minute,
        WeeklyHours.week,
        WeeklyHours.weeks,
    )
    .outerjoin(WeeklyHours, WeeklyHours.calendar_id == Calendar.id)
    .where(
        Calendar.practice_id.in_(bindparam("practices", expanding=True)),
        Calendar.draft.is_(False),
        Calendar.closed_at.is_(None),
    )
    .order_by(Calendar.id, WeeklyHours.weekday, WeeklyHours.start_minute)
)


_DATES = union_all(
    select(
        DateException.calendar_id.label("calendar_id"),
        DateException.day.label("day"),
        DateException.spans.label("spans"),
        cast(null(), Integer).label("number"),
        cast(null(), Boolean).label("flag"),
        cast(null(), Date).label("until"),
    ).where(
        DateException.calendar_id.in_(bindparam("calendars", expanding=True)),
        DateException.day.between(bindparam("first"), bindparam("last")),
    ),
    select(
        MonthlyCount.calendar_id,
        MonthlyCount.month,
        cast(null(), Json),
        MonthlyCount.paid_visits - MonthlyCount.used,
        literal(True),
        MonthlyCount.closed_until,
    ).where(
        MonthlyCount.calendar_id.in_(bindparam("calendars", expanding=True)),
        MonthlyCount.month.between(bindparam("first_month"), bindparam("last")),
    ),
    select(
        cast(null(), Uuid),
        PublicHoliday.day,
        cast(null(), Json),
        PublicHoliday.as_weekday,
        PublicHoliday.works,
        cast(null(), Date),
    ).where(PublicHoliday.day.between(bindparam("first"), bindparam("last_answer"))),
)

_CLOSED = union_all(
    select(DayOff.doctor_id, DayOff.clinic_id, DayOff.starts, DayOff.ends).where(
        DayOff.ends > bindparam("since"),
        DayOff.starts < bindparam("until"),
        or_(
            DayOff.doctor_id.in_(bindparam("doctors", expanding=True)),
            and_(DayOff.doctor_id.is_(None), DayOff.clinic_id.in_(bindparam("clinics", expanding=True))),
        ),
    ),
    # Time taken elsewhere is taken at every clinic.
    select(Busy.doctor_id, cast(null(), Uuid), Busy.starts, Busy.ends).where(
        Busy.ends > bindparam("since"),
        Busy.starts < bindparam("until"),
        Busy.doctor_id.in_(bindparam("doctors", expanding=True)),
    ),
)


def timetables(session: Session, services: Sequence[UUID], since: datetime, until: datetime) -> list[Timetable]:
    """Every open calendar of each bookable service, with what holds from `since` to `until`; four queries at most."""
    terms = session.execute(_TERMS, {"services": list(services)}).all()
    if not terms:
        return []
    practices = list({row.practice_id for row in terms})
    calendars = _calendars(session.execute(_CALENDARS, {"practices": practices}).all())
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


def _calendars(rows: Sequence[Any]) -> list[tuple[Any, list[WeekSpan]]]:
    found: list[tuple[Any, list[WeekSpan]]] = []
    for row in rows:
        if not found or found[-1][0].id != row.id:
            found.append((row, []))
        if row.weekday is not None:
            found[-1][1].append(WeekSpan(row.weekday, row.start_minute, row.end_minute, row.week, row.weeks))
    return found


def _dates(session: Session, calendars: list[UUID], since: datetime, until: datetime) -> _Dates:
    # A day more on both sides: the local date may differ from that of UTC.
    first, last = since.date() - timedelta(days=1), until.date() + timedelta(days=1)
    values = {
        "calendars": calendars,
        "first": first,
        "last": last,
        "first_month": first.replace(day=1),
        "last_answer": last + ANSWER_WINDOW,
    }
    dates = _Dates(defaultdict(dict), defaultdict(dict), {})
    for calendar_id, day, spans, number, flag, until_day in session.execute(_DATES, values):
        if calendar_id is None:
            dates.holidays[day] = Holiday(flag, number)
        elif flag is None:
            dates.exceptions[calendar_id][day] = spans
        else:
            dates.months[calendar_id][day] = Month(number, until_day)
    return dates


def _closed(session: Session, terms: Sequence[Any], since: datetime, until: datetime) -> _Closed:
    values = {
        "doctors": list({row.doctor_id for row in terms}),
        "clinics": list({row.clinic_id for row in terms}),
        "since": since,
        "until": until + ANSWER_WINDOW,
    }
    closed = _Closed(defaultdict(list), defaultdict(list), defaultdict(list))
    for doctor_id, clinic_id, starts, ends in session.execute(_CLOSED, values):
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
