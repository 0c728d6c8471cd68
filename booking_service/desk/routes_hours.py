"""When doctors can be booked: each practice's calendars with weekly hours, payer and way of approval."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from booking_service.bookings.models import Booking
from booking_service.calendars import actions as calendars
from booking_service.calendars.models import Approval, Calendar
from booking_service.calendars.slots import WeekSpan
from booking_service.calendars.store import zone
from booking_service.db import transaction
from booking_service.desk import access, frame, seen, store
from booking_service.desk.access import Clerk
from booking_service.desk.hours_text import HoursMistake, outside, read_day, write_week
from booking_service.directory.models import Payer, Practice
from booking_service.journal.actions import record
from booking_service.web.context import now

pages = Blueprint("desk_hours", __name__, url_prefix="/desk/<clinic>/hours")


@dataclass(frozen=True)
class Typed:
    """A calendar's form as it was sent: seven texts, what they mean, and the day whose text cannot be read."""

    payer: Payer
    approval: Approval
    days: list[str]
    spans: list[WeekSpan]
    mistakes: dict[int, str]


@pages.get("")
def show(clinic: str) -> str:
    with transaction(writes=False) as session:
        clerk = access.full_clerk(session, clinic)
        by_practice: dict[UUID, list[tuple[Calendar, list[str]]]] = {}
        for calendar in store.calendars(session, clerk.clinic.id):
            by_practice.setdefault(calendar.practice_id, []).append((calendar, write_week(_spans(calendar))))
        return frame.page(
            session,
            clerk,
            "hours",
            current="hours",
            practices=store.practices(session, clerk.clinic.id),
            calendars=by_practice,
            days_off=store.days_off(session, clerk.clinic.id, now()),
        )


@pages.get("/<uuid:practice_id>/<any(state, paid):payer>")
def new(clinic: str, practice_id: UUID, payer: str) -> str:
    """A new calendar, its hours proposed from the clinic's opening hours."""
    with transaction(writes=False) as session:
        clerk = access.full_clerk(session, clinic)
        practice = _practice(session, clerk, practice_id)
        days = write_week(clerk.clinic.hours)
        return _form(session, clerk, practice, Typed(Payer(payer), Approval.AUTOMATIC, days, [], {}), None)


@pages.post("/<uuid:practice_id>/<any(state, paid):payer>")
def make(clinic: str, practice_id: UUID, payer: str) -> ResponseReturnValue:
    typed = _read(Payer(payer))
    with transaction() as session:
        clerk = access.full_clerk(session, clinic)
        practice = _practice(session, clerk, practice_id)
        if typed.mistakes:
            return _form(session, clerk, practice, typed, None), 422
        made = calendars.create(session, practice.id, typed.payer, typed.spans, approval=typed.approval, now=now())
        _note(session, clerk, "hours-made", made)
    return redirect(url_for("desk_hours.show", clinic=clinic, said="saved"), 303)


@pages.get("/calendars/<uuid:calendar_id>")
def edit(clinic: str, calendar_id: UUID) -> str:
    with transaction(writes=False) as session:
        clerk = access.full_clerk(session, clinic)
        calendar = _calendar(session, clerk, calendar_id)
        spans = _spans(calendar)
        typed = Typed(calendar.payer, calendar.approval, write_week(spans), spans, {})
        return _form(session, clerk, _practice(session, clerk, calendar.practice_id), typed, calendar)


@pages.post("/calendars/<uuid:calendar_id>")
def change(clinic: str, calendar_id: UUID) -> ResponseReturnValue:
    """Save other hours; visits that would then stand outside them are shown first and stay as they are."""
    with transaction() as session:
        clerk = access.full_clerk(session, clinic)
        calendar = _calendar(session, clerk, calendar_id)
        practice = _practice(session, clerk, calendar.practice_id)
        typed = _read(calendar.payer)
        touched = [] if typed.mistakes else _touched(session, clerk, calendar, practice, typed.spans)
        seen.listed(session, clerk, what="touched", patients=len(touched), now=now())
        if typed.mistakes or (touched and "sure" not in request.form):
            return _form(session, clerk, practice, typed, calendar, touched), 422 if typed.mistakes else 200
        calendars.set_hours(session, calendar, typed.spans, now=now())
        if calendar.approval is not typed.approval:
            calendars.set_approval(session, calendar, typed.approval, now=now())
        _note(session, clerk, "hours-changed", calendar)
    return redirect(url_for("desk_hours.show", clinic=clinic, said="saved"), 303)


@pages.post("/calendars/<uuid:calendar_id>/close")
def close(clinic: str, calendar_id: UUID) -> ResponseReturnValue:
    with transaction() as session:
        clerk = access.full_clerk(session, clinic)
        calendar = _calendar(session, clerk, calendar_id)
        calendars.close(session, calendar, now=now())
        _note(session, clerk, "hours-closed", calendar)
    return redirect(url_for("desk_hours.show", clinic=clinic, said="removed"), 303)


def _form(
    session: Session,
    clerk: Clerk,
    practice: Practice,
    typed: Typed,
    calendar: Calendar | None,
    touched: list[Booking] | None = None,
) -> str:
    return frame.page(
        session,
        clerk,
        "calendar",
        current="hours",
        practice=practice,
        typed=typed,
        calendar=calendar,
        touched=touched or [],
    )


def _read(payer: Payer) -> Typed:
    days = [request.form.get(f"day-{weekday}", "").strip()[:120] for weekday in range(7)]
    spans: list[WeekSpan] = []
    mistakes: dict[int, str] = {}
    for weekday, text in enumerate(days):
        try:
            spans += read_day(weekday, text)
        except HoursMistake as mistake:
            mistakes[weekday] = mistake.code
    manual = request.form.get("approval") == Approval.MANUAL
    return Typed(payer, Approval.MANUAL if manual else Approval.AUTOMATIC, days, spans, mistakes)


def _touched(
    session: Session, clerk: Clerk, calendar: Calendar, practice: Practice, spans: list[WeekSpan]
) -> list[Booking]:
    """Coming visits of the calendar that stand inside its hours now and would not any more."""
    before, where = _spans(calendar), zone(clerk.clinic.zone)
    found = []
    for booking in store.coming_of_doctors(session, clerk.clinic.id, [practice.doctor_id], now()):
        if booking.calendar_id != calendar.id:
            continue
        start, end = booking.starts.astimezone(where), booking.ends.astimezone(where)
        minutes = (start.hour * 60 + start.minute, end.hour * 60 + end.minute or 24 * 60)
        if outside(spans, start.weekday(), *minutes) and not outside(before, start.weekday(), *minutes):
            found.append(booking)
    return found


def _spans(calendar: Calendar) -> list[WeekSpan]:
    rows = sorted(calendar.weekly, key=lambda row: (row.weekday, row.start_minute))
    return [WeekSpan(row.weekday, row.start_minute, row.end_minute, row.week, row.weeks) for row in rows]


def _practice(session: Session, clerk: Clerk, practice_id: UUID) -> Practice:
    found = [practice for practice in store.practices(session, clerk.clinic.id) if practice.id == practice_id]
    return found[0] if found else abort(404)


def _calendar(session: Session, clerk: Clerk, calendar_id: UUID) -> Calendar:
    found = [calendar for calendar in store.calendars(session, clerk.clinic.id) if calendar.id == calendar_id]
    return found[0] if found else abort(404)


def _note(session: Session, clerk: Clerk, verb: str, calendar: Calendar) -> None:
    record(
        session,
        verb,
        actor="staff",
        now=now(),
        account_id=clerk.account_id,
        role=clerk.role.value,
        clinic_id=clerk.clinic.id,
        calendar=str(calendar.id),
    )
