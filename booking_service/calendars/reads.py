"""The statements that free times are made from, built once; each has a form for one id and one for several."""

from collections.abc import Collection, Mapping
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
from booking_service.db import Json
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


TERMS = {
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

CALENDARS = {
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


DATES = {
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

CLOSED = {
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
