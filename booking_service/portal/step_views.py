"""What the pages of the steps share: the marks, the hold line, and where to go next."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from sqlalchemy.orm import Session

from booking_service.bookings import store
from booking_service.bookings.models import Booking, State
from booking_service.bookings.rules import Holder
from booking_service.directory.models import CodeRule
from booking_service.portal import progress
from booking_service.portal.offers import Offer, phone_of, weekday_hours
from booking_service.portal.progress import Asked
from booking_service.portal.typed import Typed
from booking_service.web import sessions
from booking_service.web.context import now
from booking_service.web.sessions import Caller
from theme.formats import span
from theme.words import N_, translate

NAMES = {
    "service": N_("service"),
    "time": N_("time"),
    "who": N_("patient"),
    "contact": N_("contacts"),
    "code": N_("code"),
    "check": N_("check"),
}
BEFORE = {"contact": "who", "code": "contact", "check": "who"}


def step_marks(session: Session, current: str) -> dict[str, object]:
    """Names of this visitor's steps in words, and the number of the current one."""
    caller = sessions.caller(session)
    names = progress.steps(typed_of(caller), current, signed_in=caller is not None and caller.signed_in)
    return {"names": [translate(NAMES[name]) for name in names], "current": names.index(current) + 1}


def typed_of(caller: Caller | None) -> Typed:
    return Typed.of(sessions.typed(caller))


def holder_of(caller: Caller, network: str) -> Holder:
    return Holder(session_id=caller.id, account_id=caller.account_id, network=network)


def asked_of(booking: Booking) -> Asked:
    rule = booking.clinic.settings.ask_code if booking.clinic.settings else CodeRule.ALWAYS
    insurers = [str(one["slug"]) for one in booking.clinic.facts.get("insurers") or ()]
    return progress.asked(booking.service.payer.value, rule, insurers)


def today_at(booking: Booking) -> date:
    return now().astimezone(ZoneInfo(booking.clinic.zone)).date()


def next_step(booking: Booking, caller: Caller) -> str:
    """The address of the first step that is not finished."""
    wanted, typed = asked_of(booking), typed_of(caller)
    name = progress.missing(typed, wanted, today_at(booking), signed_in=caller.signed_in)
    return url_for(f"portal.{name}", booking_id=booking.id)


def after_hold(session: Session, booking: Booking, caller: Caller, *, again: bool) -> str:
    """Where a held time leads: to `who`, or on from where the visitor was when a time had gone."""
    if not again:
        return url_for("portal.who", booking_id=booking.id)
    whole = store.load(session, booking.id)
    return next_step(whole or booking, caller)


def is_live(booking: Booking, instant: datetime) -> bool:
    return booking.state is State.HELD and booking.held_until is not None and booking.held_until > instant


def frame(session: Session, booking: Booking, caller: Caller, current: str) -> dict[str, object]:
    """What every step of a held time shows round its own question."""
    return {
        "back": _before(booking, current),
        "step": step_marks(session, current),
        "hold": {
            "until": booking.held_until,
            # Counted here: a visitor's clock may be wrong.
            "left": int((booking.held_until - now()).total_seconds()) if booking.held_until else 0,
            "zone": booking.clinic.zone,
            # Only a proven address may hold a time longer.
            "extend": url_for("portal.extend", booking_id=booking.id) if caller.signed_in else "",
            "next": current,
        },
        "action": url_for(f"portal.{current}", booking_id=booking.id),
        **help_of(booking),
    }


def _before(booking: Booking, current: str) -> str:
    before = BEFORE.get(current)
    return url_for(f"portal.{before}", booking_id=booking.id) if before else times_href(booking)


def help_of(booking: Booking) -> dict[str, str]:
    """Whom to call, and when somebody answers."""
    return _help(phone_of(booking.practice, booking.clinic), booking.clinic.hours)


def help_of_offer(offer: Offer) -> dict[str, str]:
    return _help(offer.phone, offer.hours)


def _help(phone: str, hours: Sequence[Sequence[int]]) -> dict[str, str]:
    open_hours = weekday_hours(hours)
    words = translate("on working days %(hours)s", hours=span(*open_hours)) if open_hours else ""
    return {"help_phone": phone, "help_hours": words}


def times_href(booking: Booking, *, near: bool = False) -> str:
    """The times of what is booked; `near` begins with the day of the booking."""
    day = booking.starts.astimezone(ZoneInfo(booking.clinic.zone)).date().isoformat()
    query: dict[str, Any] = {"from": day} if near else {}
    return url_for(
        "portal.times",
        doctor=booking.doctor.slug,
        clinic=booking.clinic.slug,
        service=booking.service.slug,
        branch=booking.practice.branch or None,
        **query,
    )
