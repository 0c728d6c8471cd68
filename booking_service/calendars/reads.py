"""The statements that free times are made from, built once; each has a form for one id and one for several."""

from collections.abc import Collection, Mapping
from enum import IntEnum
from typing import Any
from uuid import UUID

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
    Busy,
    Calendar,
    DateException,
    DayOff,
    MonthlyCount,
    PublicHoliday,
    WeeklyHours,
)
from booking_service.db import Instant, Json
from booking_service.directory.models import Clinic, ClinicSettings, Doctor, Practice, Service


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

# A row for each service and open calendar of its payer.
OFFERS = {
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
        Calendar.id.label("calendar_id"),
        Calendar.approval,
        Calendar.open_to,
        Calendar.open_to_all_days,
        Calendar.notice_minutes.label("own_notice"),
        Calendar.horizon_days.label("own_horizon"),
        Calendar.grid_minutes,
        Calendar.opens_at,
        Calendar.valid_from,
        Calendar.valid_to,
        Calendar.services,
        _SPANS.label("spans"),
    )
    .join(Practice, Practice.id == Service.practice_id)
    .join(Doctor, Doctor.id == Practice.doctor_id)
    .join(Clinic, Clinic.id == Practice.clinic_id)
    .join(Calendar, and_(Calendar.practice_id == Practice.id, Calendar.payer == Service.payer))
    .outerjoin(ClinicSettings, ClinicSettings.clinic_id == Clinic.id)
    .where(
        member(Service.id, "services", one),
        Service.withdrawn_at.is_(None),
        Practice.withdrawn_at.is_(None),
        Doctor.withdrawn_at.is_(None),
        Clinic.withdrawn_at.is_(None),
        Calendar.draft.is_(False),
        Calendar.closed_at.is_(None),
    )
    for one in (True, False)
}


class Kind(IntEnum):
    """What a row of `PARTICULARS` tells, and how it uses the columns that all of them share."""

    EXCEPTION = 1  # first: calendar; day; spans
    MONTH = 2  # first: calendar; day: the first of the month; number: what is left; until: closed until
    HOLIDAY = 3  # day; number: as which weekday; flag: worked
    CLOSED = 4  # first: doctor, second: clinic, either perhaps empty; starts and ends


_EMPTY = {
    "first": cast(null(), Uuid),
    "second": cast(null(), Uuid),
    "day": cast(null(), Date),
    "spans": cast(null(), Json),
    "number": cast(null(), Integer),
    "flag": cast(null(), Boolean),
    "until": cast(null(), Date),
    "starts": cast(null(), Instant),
    "ends": cast(null(), Instant),
}


def _part(kind: Kind, **columns: Any) -> Any:
    """One part of the union: PostgreSQL must be told the type of an empty column."""
    return select(literal(int(kind)).label("kind"), *(value.label(name) for name, value in (_EMPTY | columns).items()))


PARTICULARS = {
    one: union_all(
        _part(Kind.EXCEPTION, first=DateException.calendar_id, day=DateException.day, spans=DateException.spans).where(
            member(DateException.calendar_id, "calendars", one),
            DateException.day.between(bindparam("first_day"), bindparam("last_day")),
        ),
        _part(
            Kind.MONTH,
            first=MonthlyCount.calendar_id,
            day=MonthlyCount.month,
            number=MonthlyCount.paid_visits - MonthlyCount.used,
            until=MonthlyCount.closed_until,
        ).where(
            member(MonthlyCount.calendar_id, "calendars", one),
            MonthlyCount.month.between(bindparam("first_month"), bindparam("last_day")),
        ),
        _part(Kind.HOLIDAY, day=PublicHoliday.day, number=PublicHoliday.as_weekday, flag=PublicHoliday.works).where(
            PublicHoliday.day.between(bindparam("first_day"), bindparam("last_answer"))
        ),
        _part(
            Kind.CLOSED, first=DayOff.doctor_id, second=DayOff.clinic_id, starts=DayOff.starts, ends=DayOff.ends
        ).where(
            DayOff.ends > bindparam("since"),
            DayOff.starts < bindparam("until"),
            or_(
                member(DayOff.doctor_id, "doctors", one),
                and_(DayOff.doctor_id.is_(None), member(DayOff.clinic_id, "clinics", one)),
            ),
        ),
        # Time taken elsewhere is taken at every clinic.
        _part(Kind.CLOSED, first=Busy.doctor_id, starts=Busy.starts, ends=Busy.ends).where(
            Busy.ends > bindparam("since"),
            Busy.starts < bindparam("until"),
            member(Busy.doctor_id, "doctors", one),
        ),
    )
    for one in (True, False)
}
