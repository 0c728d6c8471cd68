"""Reading calendars: a fixed number of queries brings everything that free times need, for any number of services."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Boolean,
    Date,
    Executable,
    Integer,
    String,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
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


def member(column: Any, name: str, one: bool) -> Any:
    """The column is one of the values bound as `name`. For a single value, the usual case, equality is much quicker."""
    return column == bindparam(name) if one else column.in_(bindparam(name, expanding=True))


def values_of(name: str, values: Collection[UUID]) -> dict[str, Any]:
    """What `member` binds."""
    return {name: next(iter(values)) if len(values) == 1 else list(values)}


def rows(session: Session, statements: Mapping[bool, Executable], one: bool, values: dict[str, Any]) -> list[Any]:
    """Run a hot read on the session's connection, which spares the session's own work; pending changes go first."""
    session.flush()
    return list(session.connection().execute(statements[one], values))


_TERMS = {
    one: select(
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
        member(Service.id, "services", one),
        Service.withdrawn_at.is_(None),
        Practice.withdrawn_at.is_(None),
        Doctor.withdrawn_at.is_(None),
        Clinic.withdrawn_at.is_(None),
    )
    for one in (True, False)
}


def _text(column: Any) -> Any:
    return cast(column, String)


_SPANS = (
    select(
        func.aggregate_strings(
            _text(WeeklyHours.weekday)
            + "."
            + _text(WeeklyHours.start_minute)
            + "."
            + _text(WeeklyHours.end_minute)
            + "."
            + _text(WeeklyHours.week)
            + "."
            + _text(WeeklyHours.weeks),
            " ",
        )
    )
    .where(WeeklyHours.calendar_id == Calendar.id)
    .scalar_subquery()
)

_CALENDARS = {
    one: select(
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
        _SPANS.label("spans"),
    ).where(
        member(Calendar.practice_id, "practices", one),
        Calendar.draft.is_(False),
        Calendar.closed_at.is_(None),
    )
    for one in (True, False)
}


_DATES = {
    one: union_all(
        select(
            DateException.calendar_id.label("calendar_id"),
            DateException.day.label("day"),
            DateException.spans.label("spans"),
            cast(null(), Integer).label("number"),
            cast(null(), Boolean).label("flag"),
            cast(null(), Date).label("until"),
        ).where(
            member(DateException.calendar_id, "calendars", one),
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
            member(MonthlyCount.calendar_id, "calendars", one),
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
    for one in (True, False)
}

_CLOSED = {
    one: union_all(
        select(DayOff.doctor_id, DayOff.clinic_id, DayOff.starts, DayOff.ends).where(
            DayOff.ends > bindparam("since"),
            DayOff.starts < bindparam("until"),
            or_(
                member(DayOff.doctor_id, "doctors", one),
                and_(DayOff.doctor_id.is_(None), member(DayOff.clinic_id, "clinics", one)),
            ),
        ),
        # Time taken elsewhere is taken at every clinic.
        select(Busy.doctor_id, cast(null(), Uuid), Busy.starts, Busy.ends).where(
            Busy.ends > bindparam("since"),
            Busy.starts < bindparam("until"),
            member(Busy.doctor_id, "doctors", one),
        ),
    )
    for one in (True, False)
}


def timetables(session: Session, services: Sequence[UUID], since: datetime, until: datetime) -> list[Timetable]:
    """Every open calendar of each bookable service, with what holds from `since` to `until`; four queries at most."""
    terms = rows(session, _TERMS, len(services) == 1, values_of("services", services))
    if not terms:
        return []
    practices = {row.practice_id for row in terms}
    found_rows = rows(session, _CALENDARS, len(practices) == 1, values_of("practices", practices))
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
    for calendar_id, day, spans, number, flag, until_day in rows(session, _DATES, len(calendars) == 1, values):
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
    for doctor_id, clinic_id, starts, ends in rows(session, _CLOSED, one, values):
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
