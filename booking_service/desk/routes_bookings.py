"""One booking at the desk: who, when and what, with everything that staff may do to it."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from booking_service.bookings import actions, representatives
from booking_service.bookings import store as bookings
from booking_service.bookings.letters import address_of
from booking_service.bookings.models import Booking
from booking_service.calendars.store import zone
from booking_service.db import transaction
from booking_service.desk import access, frame, seen, store
from booking_service.desk.access import Clerk
from booking_service.desk.codes import code_of
from booking_service.desk.day import led_by
from booking_service.desk.reading import read_day
from booking_service.patients.store import born
from booking_service.refusals import Refusal
from booking_service.web.context import now
from booking_service.web.errors import sentence

pages = Blueprint("desk_booking", __name__, url_prefix="/desk/<clinic>/bookings/<uuid:booking_id>")

MARKS = ("arrive", "finish", "miss", "undo")
WORD_LENGTH = 300


def opened(session: Session, clerk: Clerk, booking_id: UUID) -> Booking:
    """The booking, if this member of staff may see it; else 404."""
    booking = bookings.at_clinic(session, clerk.clinic.id, booking_id)
    if booking is None or booking.patient is None or not clerk.sees(booking):
        abort(404)
    return booking


@pages.get("")
def show(clinic: str, booking_id: UUID) -> str:
    with transaction() as session:
        clerk = access.clerk(session, clinic)
        return _page(session, clerk, opened(session, clerk, booking_id))


@pages.post("/reveal")
def reveal(clinic: str, booking_id: UUID) -> str:
    """Show the personal code whole, once: the page that answers is kept nowhere."""
    with transaction() as session:
        clerk = access.clerk(session, clinic)
        booking = opened(session, clerk, booking_id)
        if booking.patient is not None:
            seen.revealed(session, clerk, booking.patient, now=now(), booking=booking)
        return _page(session, clerk, booking, whole_code=True)


@pages.post("/approve")
def approve(clinic: str, booking_id: UUID) -> ResponseReturnValue:
    return _act(clinic, booking_id, "approve", actions.approve)


@pages.post("/mark")
def mark(clinic: str, booking_id: UUID) -> ResponseReturnValue:
    act = request.form.get("act", "")
    if act not in MARKS:
        abort(400)

    def marked(session: Session, booking_id: UUID, actor: actions.Actor, *, now: datetime) -> Booking:
        return actions.mark(session, booking_id, act, actor, now=now)

    return _act(clinic, booking_id, act, marked, full=False)


@pages.get("/<any(decline, cancel):act>")
def ask(clinic: str, booking_id: UUID, act: str) -> str:
    """Ask before a visit is declined or cancelled, with room for a word to the patient."""
    return _question(clinic, booking_id, act, word="", mistake="")


@pages.post("/<any(decline, cancel):act>")
def end(clinic: str, booking_id: UUID, act: str) -> ResponseReturnValue:
    word = " ".join(request.form.get("word", "").split())
    if len(word) > WORD_LENGTH:
        return _question(clinic, booking_id, act, word=word, mistake="word-long"), 422

    def ended(session: Session, booking_id: UUID, actor: actions.Actor, *, now: datetime) -> Booking:
        done = actions.decline if act == "decline" else actions.cancel
        return done(session, booking_id, actor, word=word or None, now=now)

    return _act(clinic, booking_id, act, ended)


def _question(clinic: str, booking_id: UUID, act: str, *, word: str, mistake: str) -> str:
    with transaction() as session:
        clerk = access.full_clerk(session, clinic)
        booking = opened(session, clerk, booking_id)
        if booking.patient is not None:
            seen.seen(session, clerk, booking.patient, now=now(), booking=booking)
        tells = bool(address_of(session, booking))
        return frame.page(session, clerk, "end", booking=booking, act=act, word=word, tells=tells, mistake=mistake)


class Done(Protocol):
    """One of the booking actions, with everything but the booking and the actor filled in."""

    def __call__(self, session: Session, booking_id: UUID, actor: actions.Actor, *, now: datetime) -> object: ...


def _act(clinic: str, booking_id: UUID, said: str, done: Done, *, full: bool = True) -> ResponseReturnValue:
    """Do something to a booking and go back to it, or to the requests; a no is said on its page."""
    try:
        with transaction() as session:
            clerk = access.full_clerk(session, clinic) if full else access.clerk(session, clinic)
            opened(session, clerk, booking_id)
            done(session, booking_id, clerk.actor(), now=now())
    except Refusal as refusal:
        if refusal.code == "sign-in-first":
            raise
        with transaction() as session:
            clerk = access.clerk(session, clinic)
            return _page(session, clerk, opened(session, clerk, booking_id), mistake=sentence(refusal)), 409
    if request.form.get("back") == "requests":
        return redirect(url_for("desk_requests.show", clinic=clinic, said=said), 303)
    return redirect(url_for("desk_booking.show", clinic=clinic, booking_id=booking_id, said=said), 303)


def _page(session: Session, clerk: Clerk, booking: Booking, *, whole_code: bool = False, mistake: str = "") -> str:
    patient = booking.patient
    if patient is None:
        abort(404)
    seen.seen(session, clerk, patient, now=now(), booking=booking)
    code = code_of(booking)
    day = booking.starts.astimezone(zone(clerk.clinic.zone)).date()
    others = store.visits_of_patient(session, clerk.clinic.id, patient.id)
    return frame.page(
        session,
        clerk,
        "booking",
        booking=booking,
        patient=patient,
        born=born(patient),
        representative=representatives.of(booking),
        code=(code.written() if whole_code else code.masked) if code else "",
        whole_code=whole_code,
        history=store.history(session, clerk.clinic.id, booking.id),
        letters=store.letters_of(session, clerk.clinic.id, booking.id),
        shown=led_by(read_day(session, clerk, day), booking.doctor_id),
        requests=bookings.requests_of(session, clerk.clinic.id) if clerk.full else [],
        others=[other for other in others if other.id != booking.id and clerk.sees(other)],
        mistake=mistake,
    )
