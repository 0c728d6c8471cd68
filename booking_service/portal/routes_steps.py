"""What every step of a held time begins with, keeping the time longer, and letting it go."""

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from booking_service.bookings import actions
from booking_service.bookings.availability import nearest
from booking_service.bookings.models import Booking, EndedBy, State
from booking_service.db import transaction
from booking_service.directory import cards
from booking_service.portal import loading
from booking_service.portal.offers import offer_of
from booking_service.portal.pages import pages
from booking_service.portal.step_views import help_of_offer, holder_of, is_live, step_marks, times_href
from booking_service.refusals import Refusal
from booking_service.web import networks
from booking_service.web.context import now
from booking_service.web.sessions import Caller

STEPS = ("who", "contact", "code", "check")


def live_or_end(session: Session, booking_id: UUID) -> tuple[Booking, Caller]:
    """The held time of this visitor. What is booked already, let go or lapsed ends the request with its own page."""
    booking, caller = loading.own_booking_or_404(session, booking_id)
    if not is_live(booking, now()):
        abort(_other_page(session, booking, caller))
    return booking, caller


def ended(session: Session, booking_id: UUID) -> tuple[Booking, Caller]:
    """The same for a posted step: a lapsed time is no reason yet to lose what was typed, so only booked ones end it."""
    booking, caller = loading.own_booking_or_404(session, booking_id)
    if booking.state not in (State.HELD, State.EXPIRED):
        abort(_other_page(session, booking, caller))
    return booking, caller


def _other_page(session: Session, booking: Booking, caller: Caller) -> Response:
    if booking.patient_id is not None:
        return redirect(url_for("portal.done", booking_id=booking.id), 303)
    if booking.state is State.EXPIRED and booking.ended_by is EndedBy.PATIENT:
        return redirect(times_href(booking), 303)
    return Response(_lapsed(session, booking, caller), status=200, mimetype="text/html")


def _lapsed(session: Session, booking: Booking, _caller: Caller) -> str:
    """The page of a time that is held no more: the same one where it is still free, else the nearest."""
    offer = offer_of(cards.service_by_id(session, booking.service_id) or abort(404))
    slots = nearest(session, booking.service_id, booking.starts, now=now())
    times = [slot.start for slot in slots]
    same = booking.starts in times
    return render_template(
        "portal/expired.html",
        back=offer.href,
        services_href=url_for("portal.services", doctor=offer.doctor.slug),
        step=step_marks(session, "time"),
        offer=offer,
        booking=booking,
        same=same,
        times=[booking.starts] if same else times,
        today=now().astimezone(ZoneInfo(offer.zone)).date(),
        action=offer.href,
        hidden={"again": "yes"},
        time_href=offer.href,
        **help_of_offer(offer),
    )


@pages.post("/book/<uuid:booking_id>/extend")
def extend(booking_id: UUID) -> ResponseReturnValue:
    """Keep the time ten minutes longer and go back to the step where the button was pressed."""
    step = request.form.get("next", "")
    with transaction() as session:
        booking, caller = loading.own_booking_or_404(session, booking_id)
        try:
            actions.extend(session, booking.id, holder_of(caller, networks.current()), now=now())
        except Refusal as refusal:
            if refusal.code != "hold-lapsed":
                raise
    return redirect(url_for(f"portal.{step if step in STEPS else 'who'}", booking_id=booking_id), 303)


@pages.post("/book/<uuid:booking_id>/release")
def release(booking_id: UUID) -> ResponseReturnValue:
    with transaction() as session:
        booking, caller = loading.own_booking_or_404(session, booking_id)
        actions.release(session, booking.id, holder_of(caller, networks.current()), now=now())
        return redirect(times_href(booking), 303)
