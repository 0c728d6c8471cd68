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
from booking_service.calendars.reads import OFFERS, PARTICULARS, Kind, rows, values_of
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


class _Particulars(NamedTuple):
    """Single dates and closed time, each by whose they are; intervals are Unix seconds."""

    exceptions: dict[UUID, dict[date, list[list[int]]]]
    months: dict[UUID, dict[date, Month]]
    holidays: dict[date, Holiday]
    of_doctor: dict[UUID, list[tuple[int, int]]]
    of_clinic: dict[UUID, list[tuple[int, int]]]
    of_doctor_there: dict[tuple[UUID, UUID], list[tuple[int, int]]]


def timetables(session: Session, services: Sequence[UUID], since: datetime, until: datetime) -> list[Timetable]:
    """Every open calendar of each service, with what holds from `since` to `until`; two queries for any number."""
    offers = rows(session, OFFERS, len(services) == 1, values_of("services", services))
    if not offers:
        return []
    particulars = _particulars(session, offers, since, until)
    places: dict[UUID, Place] = {}
    weeks: dict[UUID, list[WeekSpan]] = {}
    found = []
    for row in offers:
        if row.services and str(row.id) not in row.services:
            continue
        if row.clinic_id not in places:
            places[row.clinic_id] = _place(row, particulars)
        if row.calendar_id not in weeks:
            weeks[row.calendar_id] = _weekly(row.spans)
        found.append(_timetable(row, weeks[row.calendar_id], places[row.clinic_id], particulars))
    return found


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _weekly(spans: str | None) -> list[WeekSpan]:
    """Read what `_SPANS` wrote, in order of the week."""
    return sorted((WeekSpan(*map(int, span.split("."))) for span in (spans or "").split()), key=_order)


def _order(span: WeekSpan) -> tuple[int, int]:
    return span.weekday, span.start


def _particulars(session: Session, offers: Sequence[Any], since: datetime, until: datetime) -> _Particulars:
    # A day more on both sides: the local date may differ from that of UTC.
    first, last = since.date() - timedelta(days=1), until.date() + timedelta(days=1)
    ids = {
        "calendars": {row.calendar_id for row in offers},
        "doctors": {row.doctor_id for row in offers},
        "clinics": {row.clinic_id for row in offers},
    }
    one = all(len(each) == 1 for each in ids.values())
    values = {
        **{name: next(iter(each)) if one else list(each) for name, each in ids.items()},
        "first_day": first,
        "last_day": last,
        "first_month": first.replace(day=1),
        "last_answer": last + ANSWER_WINDOW,
        "since": since,
        "until": until + ANSWER_WINDOW,
    }
    found = _Particulars(
        exceptions=defaultdict(dict),
        months=defaultdict(dict),
        holidays={},
        of_doctor=defaultdict(list),
        of_clinic=defaultdict(list),
        of_doctor_there=defaultdict(list),
    )
    for row in rows(session, PARTICULARS, one, values):
        _sort_in(found, *row)
    return found


def _sort_in(
    found: _Particulars,
    kind: int,
    first: Any,
    second: Any,
    day: date,
    spans: list[list[int]],
    number: int,
    flag: bool,
    until: date | None,
    starts: datetime,
    ends: datetime,
) -> None:
    """Put a row where it belongs; `reads.Kind` says what its columns mean."""
    if kind == Kind.EXCEPTION:
        found.exceptions[first][day] = spans
    elif kind == Kind.MONTH:
        found.months[first][day] = Month(number, until)
    elif kind == Kind.HOLIDAY:
        found.holidays[day] = Holiday(flag, number)
    else:
        interval = (int(starts.timestamp()), int(ends.timestamp()))
        if first is None:
            found.of_clinic[second].append(interval)
        elif second is None:
            found.of_doctor[first].append(interval)
        else:
            found.of_doctor_there[first, second].append(interval)


def _place(row: Any, particulars: _Particulars) -> Place:
    return Place(
        zone=zone(row.zone),
        hours=row.hours,
        holidays=particulars.holidays,
        works_on_holidays=bool(row.works_on_holidays),
        answer_days=row.answer_days or 1,
        closed=particulars.of_clinic.get(row.clinic_id, ()),
    )


def _timetable(row: Any, weekly: list[WeekSpan], place: Place, particulars: _Particulars) -> Timetable:
    plan = Plan(
        weekly=weekly,
        exceptions=particulars.exceptions.get(row.calendar_id, {}),
        notice_minutes=max(row.notice_minutes, row.own_notice or 0),
        horizon_days=row.horizon_days if row.own_horizon is None else min(row.horizon_days, row.own_horizon),
        grid_minutes=row.grid_minutes,
        manual=row.approval == Approval.MANUAL,
        # What is booked by telephone is offered to the desk alone.
        open_to=row.open_to if row.bookable else OpenTo.DESK,
        open_to_all_days=row.open_to_all_days if row.bookable else None,
        # Family doctors keep what the state pays for to those on their list; anyone may pay.
        own_patients_only=row.own_patients_only and row.payer == Payer.STATE,
        opens_at=row.opens_at,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        away_until=row.away_until,
        months=particulars.months.get(row.calendar_id, {}),
    )
    closed = [
        *particulars.of_doctor.get(row.doctor_id, ()),
        *particulars.of_doctor_there.get((row.doctor_id, row.clinic_id), ()),
        *place.closed,
    ]
    return Timetable(
        service_id=row.id,
        practice_id=row.practice_id,
        doctor_id=row.doctor_id,
        clinic_id=row.clinic_id,
        calendar_id=row.calendar_id,
        approval=row.approval,
        need=Need(row.minutes, row.buffer_before, row.buffer_after),
        plan=plan,
        place=place,
        closed=closed,
    )
