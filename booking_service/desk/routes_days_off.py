"""Days off of a doctor or of the whole clinic; visits that stand on them are shown before anything is saved."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from booking_service.bookings.models import Booking
from booking_service.calendars import actions as calendars
from booking_service.calendars.slots import instant
from booking_service.calendars.store import zone
from booking_service.db import transaction
from booking_service.desk import access, frame, seen, store
from booking_service.desk.access import Clerk
from booking_service.desk.hours_text import clock_minute
from booking_service.desk.routes_move import id_of
from booking_service.journal.actions import record
from booking_service.web.context import now

pages = Blueprint("desk_days_off", __name__, url_prefix="/desk/<clinic>/days-off")

DAY = 24 * 60


@dataclass(frozen=True)
class Typed:
    """The form as it was sent; `starts` and `ends` only where `mistakes` (field and code) is empty."""

    doctor: str
    first: str
    last: str
    since: str
    until: str
    starts: datetime | None = None
    ends: datetime | None = None
    mistakes: tuple[tuple[str, str], ...] = ()


@pages.get("/new")
def new(clinic: str) -> str:
    with transaction(writes=False) as session:
        clerk = access.full_clerk(session, clinic)
        day = frame.today(clerk).isoformat()
        return _form(session, clerk, Typed("", day, day, "", ""), [])


@pages.post("/new")
def add(clinic: str) -> ResponseReturnValue:
    with transaction() as session:
        clerk = access.full_clerk(session, clinic)
        typed = _read(clerk)
        doctors = {practice.doctor_id for practice in store.practices(session, clerk.clinic.id)}
        doctor_id = id_of(typed.doctor)
        # Nothing chosen is the whole clinic; what is no doctor of it must not become that.
        if typed.doctor and doctor_id not in doctors:
            abort(404)
        if typed.starts is None or typed.ends is None:
            return _form(session, clerk, typed, []), 422
        whose = [doctor_id] if doctor_id else sorted(doctors)
        touched = store.coming_of_doctors(session, clerk.clinic.id, whose, typed.starts, typed.ends)
        seen.listed(session, clerk, what="touched", patients=len(touched), now=now())
        if touched and "sure" not in request.form:
            return _form(session, clerk, typed, touched)
        calendars.add_day_off(
            session,
            doctor_id=doctor_id,
            clinic_id=clerk.clinic.id,
            starts=typed.starts,
            ends=typed.ends,
            now=now(),
        )
        _note(session, clerk, "day-off", typed.starts, typed.ends)
    return redirect(url_for("desk_hours.show", clinic=clinic, said="saved"), 303)


@pages.post("/<uuid:day_off_id>/remove")
def remove(clinic: str, day_off_id: UUID) -> ResponseReturnValue:
    with transaction() as session:
        clerk = access.full_clerk(session, clinic)
        found = [one for one in store.days_off(session, clerk.clinic.id, now()) if one.id == day_off_id]
        if not found:
            abort(404)
        _note(session, clerk, "day-off-removed", found[0].starts, found[0].ends)
        calendars.remove_day_off(session, found[0], now=now())
    return redirect(url_for("desk_hours.show", clinic=clinic, said="removed"), 303)


def _form(session: Session, clerk: Clerk, typed: Typed, touched: list[Booking]) -> str:
    practices = store.practices(session, clerk.clinic.id)
    return frame.page(session, clerk, "day_off", current="hours", practices=practices, typed=typed, touched=touched)


def _read(clerk: Clerk) -> Typed:
    """A first and a last day, both whole, or hours of them: from the first day's hour to the last day's."""
    doctor, first, last, since, until = (
        request.form.get(name, "").strip()[:60] for name in ("doctor", "first", "last", "since", "until")
    )
    first_day, last_day = frame.day_of(first), frame.day_of(last or first)
    opens = clock_minute(since) if since else 0
    closes = clock_minute(until) if until else DAY
    faults = [("first", "day-wrong")] if first_day is None else []
    faults += [("last", "day-wrong")] if last_day is None else []
    faults += [("since", "time-wrong")] if opens is None or opens % 5 else []
    faults += [("until", "time-wrong")] if closes is None or closes % 5 else []
    if faults or first_day is None or last_day is None or opens is None or closes is None:
        return Typed(doctor, first, last, since, until, mistakes=tuple(faults))
    starts, ends = _moment(clerk, first_day, opens), _moment(clerk, last_day, closes)
    if starts >= ends:
        return Typed(doctor, first, last, since, until, mistakes=(("last", "day-order"),))
    if ends <= now():
        return Typed(doctor, first, last, since, until, mistakes=(("last", "day-past"),))
    return Typed(doctor, first, last, since, until, starts, ends)


def _moment(clerk: Clerk, day: date, minute: int) -> datetime:
    return datetime.fromtimestamp(instant(day, minute, zone(clerk.clinic.zone)), UTC)


def _note(session: Session, clerk: Clerk, verb: str, starts: datetime, ends: datetime) -> None:
    record(
        session,
        verb,
        actor="staff",
        now=now(),
        account_id=clerk.account_id,
        role=clerk.role.value,
        clinic_id=clerk.clinic.id,
        starts=starts.isoformat(),
        ends=ends.isoformat(),
    )
