"""What the desk does with calendars: hours, single dates, days off; and the holidays that everyone shares.

Each change lets the doctor's openings lapse at once, so that nobody goes on reading what was true before.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from booking_service.calendars import holidays
from booking_service.calendars.models import (
    Approval,
    Calendar,
    DateException,
    DayOff,
    Opening,
    PublicHoliday,
    WeeklyHours,
)
from booking_service.calendars.slots import WeekSpan
from booking_service.directory.models import Clinic, Doctor, Payer, Practice, Service
from booking_service.refusals import Refusal

MIDDAY = 13 * 60
BY_LAW = "law"
LONGEST_REASON = 40


def propose(session: Session, practice: Practice, now: datetime, *, draft: bool = False) -> list[Calendar]:
    """Make a practice's first calendars from its clinic's opening hours, one for each payer among its services.

    Where there are both, the state pays for the first half of the day and patients for the second: a start to change.
    A practice with calendars, and one whose clinic states no hours, gets none.
    """
    if session.scalar(select(Calendar.id).where(Calendar.practice_id == practice.id).limit(1)):
        return []
    hours = session.scalar(select(Clinic.hours).where(Clinic.id == practice.clinic_id)) or []
    payers = session.scalars(
        select(Service.payer)
        .where(Service.practice_id == practice.id, Service.bookable, Service.withdrawn_at.is_(None))
        .distinct()
    ).all()
    made = []
    for payer in sorted(payers, reverse=True):
        spans = _half(hours, payer) if len(payers) > 1 else [WeekSpan(*span) for span in hours]
        if spans := [rounded for span in spans if (rounded := _rounded(span))]:
            made.append(create(session, practice.id, payer, spans, now=now, draft=draft))
    return made


def create(
    session: Session,
    practice_id: UUID,
    payer: Payer,
    spans: Sequence[WeekSpan],
    *,
    now: datetime,
    approval: Approval = Approval.AUTOMATIC,
    draft: bool = False,
    title: str = "",
) -> Calendar:
    """Make a calendar of a practice. Refused: `hours-wrong`, `hours-overlap`."""
    _check(spans)
    calendar = Calendar(id=uuid4(), practice_id=practice_id, payer=payer, approval=approval, draft=draft, title=title)
    session.add(calendar)
    session.flush()
    _write_hours(session, calendar.id, spans)
    _let_lapse(session, Practice.id == practice_id, now)
    return calendar


def set_hours(session: Session, calendar: Calendar, spans: Sequence[WeekSpan], *, now: datetime) -> None:
    """Give a calendar other weekly hours; booked visits stay. Refused: `hours-wrong`, `hours-overlap`."""
    _check(spans)
    session.execute(delete(WeeklyHours).where(WeeklyHours.calendar_id == calendar.id))
    _write_hours(session, calendar.id, spans)
    _let_lapse(session, Practice.id == calendar.practice_id, now)


def set_approval(session: Session, calendar: Calendar, approval: Approval, *, now: datetime) -> None:
    """Let bookings be confirmed at once or by hand; requests that already wait still want their answer."""
    calendar.approval = approval
    session.flush()
    _let_lapse(session, Practice.id == calendar.practice_id, now)


def close(session: Session, calendar: Calendar, *, now: datetime) -> None:
    """Offer no more times of a calendar; its bookings stay."""
    calendar.closed_at = calendar.closed_at or now
    session.flush()
    _let_lapse(session, Practice.id == calendar.practice_id, now)


def set_day(
    session: Session, calendar: Calendar, day: date, spans: Sequence[tuple[int, int]] | None, *, now: datetime
) -> None:
    """Give one date other hours, none at all (an empty list), or those of its week again (None)."""
    if spans is not None:
        _check([WeekSpan(day.weekday(), start, end) for start, end in spans])
    session.execute(delete(DateException).where(DateException.calendar_id == calendar.id, DateException.day == day))
    if spans is not None:
        kept = [list(span) for span in sorted(spans)]
        session.add(DateException(calendar_id=calendar.id, day=day, spans=kept))
    session.flush()
    _let_lapse(session, Practice.id == calendar.practice_id, now)


def add_day_off(
    session: Session,
    *,
    doctor_id: UUID | None,
    clinic_id: UUID | None,
    starts: datetime,
    ends: datetime,
    reason: str = "",
    now: datetime,
) -> DayOff:
    """Take no visits for a time: one doctor (at one clinic, or everywhere), or a whole clinic without a doctor.

    Visits that are booked stay and want moving. Refused: `day-off-wrong`.
    """
    if starts >= ends or (doctor_id is None and clinic_id is None):
        raise Refusal("day-off-wrong")
    day_off = DayOff(
        id=uuid4(), doctor_id=doctor_id, clinic_id=clinic_id, starts=starts, ends=ends, reason=reason[:LONGEST_REASON]
    )
    session.add(day_off)
    session.flush()
    _let_lapse(session, _whose(day_off), now)
    return day_off


def remove_day_off(session: Session, day_off: DayOff, *, now: datetime) -> None:
    """Take visits again."""
    whose = _whose(day_off)
    session.delete(day_off)
    session.flush()
    _let_lapse(session, whose, now)


def fill_holidays(session: Session, now: datetime, years: int = 3) -> int:
    """Write the law's holidays of this and the next years; what an operator added or changed is left alone.

    Returns how many days are written anew or changed.
    """
    span = range(now.year, now.year + years)
    wanted = {holiday.day: holiday for year in span for holiday in holidays.of_year(year)}
    first, last = date(span[0], 1, 1), date(span[-1], 12, 31)
    rows = session.scalars(select(PublicHoliday).where(PublicHoliday.day.between(first, last)))
    known = {row.day: row for row in rows}
    changed = 0
    for day, row in known.items():
        if row.source == BY_LAW and day not in wanted:
            session.delete(row)
            changed += 1
    for day, holiday in wanted.items():
        values = {"names": holiday.names, "works": holiday.works, "as_weekday": holiday.as_weekday}
        found = known.get(day)
        if found is None:
            session.add(PublicHoliday(day=day, source=BY_LAW, **values))
            changed += 1
        elif found.source == BY_LAW and any(getattr(found, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(found, name, value)
            changed += 1
    session.flush()
    return changed


def let_openings_lapse(session: Session, doctors: Iterable[UUID], now: datetime) -> None:
    """Have the openings of these doctors asked again: after a sync, say.

    The doctors are locked first: a booking that is being made has read the old hours, and what it writes lapses too.
    """
    ids = list(doctors)
    session.execute(select(Doctor.id).where(Doctor.id.in_(ids)).order_by(Doctor.id).with_for_update(key_share=True))
    session.execute(
        update(Opening)
        .where(Opening.practice_id.in_(select(Practice.id).where(Practice.doctor_id.in_(ids))))
        .values(valid_until=now)
        .execution_options(synchronize_session=False)
    )


def _let_lapse(session: Session, whose: ColumnElement[bool], now: datetime) -> None:
    """A doctor's hours at one clinic change what is free nowhere else, but their openings are few: all are asked."""
    let_openings_lapse(session, session.scalars(select(Practice.doctor_id).where(whose)).all(), now)


def _whose(day_off: DayOff) -> ColumnElement[bool]:
    if day_off.doctor_id is not None:
        return Practice.doctor_id == day_off.doctor_id
    return Practice.clinic_id == day_off.clinic_id


def _write_hours(session: Session, calendar_id: UUID, spans: Iterable[WeekSpan]) -> None:
    for span in spans:
        session.add(
            WeeklyHours(
                calendar_id=calendar_id,
                weekday=span.weekday,
                start_minute=span.start,
                end_minute=span.end,
                week=span.week,
                weeks=span.weeks,
            )
        )
    session.flush()


def _check(spans: Sequence[WeekSpan]) -> None:
    """Spans are whole five minutes from earlier to later, and two of one day and week do not overlap."""
    for span in spans:
        whole = span.start % 5 == 0 and span.end % 5 == 0
        if not (whole and 0 <= span.start < span.end <= 24 * 60 and 0 <= span.weekday <= 6):
            raise Refusal("hours-wrong")
    ordered = sorted(spans, key=lambda span: (span.weekday, span.start))
    for number, span in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.weekday != span.weekday:
                break
            if other.start < span.end and (not span.week or not other.week or span.week == other.week):
                raise Refusal("hours-overlap")


def _half(hours: Sequence[Sequence[int]], payer: Payer) -> list[WeekSpan]:
    """The hours of each day before or after one o'clock, or its middle where the day lies on one side of that."""
    cut = []
    for weekday, start, end in hours:
        opens = min(span[1] for span in hours if span[0] == weekday)
        closes = max(span[2] for span in hours if span[0] == weekday)
        middle = MIDDAY if opens < MIDDAY < closes else (opens + closes) // 10 * 5
        half = (start, min(end, middle)) if payer is Payer.STATE else (max(start, middle), end)
        cut.append(WeekSpan(weekday, *half))
    return cut


def _rounded(span: WeekSpan) -> WeekSpan | None:
    """A span cut to whole five minutes; none where nothing is left."""
    start, end = -(-span.start // 5) * 5, span.end // 5 * 5
    return WeekSpan(span.weekday, start, end) if start < end else None
