"""Finding what an address names, together with the right to see it: a route cannot forget to ask."""

from typing import NoReturn
from uuid import UUID

from flask import abort, redirect, request, url_for
from sqlalchemy.orm import Session

from booking_service.bookings import store
from booking_service.bookings.models import Booking
from booking_service.directory import cards
from booking_service.directory.models import Doctor, Service
from booking_service.portal.link_life import link_ended
from booking_service.security.tokens import opens_visit
from booking_service.web import sessions
from booking_service.web.context import now
from booking_service.web.sessions import Caller


def doctor_or_404(session: Session, slug: str) -> Doctor:
    """The doctor of a card; a former slug is sent on for good."""
    return cards.doctor(session, slug) or _sent_on(session, slug)


def service_or_404(session: Session, doctor: str, clinic: str, service: str) -> Service:
    """The service at an address, in the branch that `branch` names when there are several; former names are sent on."""
    found = cards.service(session, doctor, clinic, service)
    if not found:
        _sent_on(session, doctor, clinic)
    branch = request.values.get("branch", "")
    chosen = next((one for one in found if one.practice.branch == branch), found[0])
    if chosen.slug != service:
        _moved(service=chosen.slug)
    return chosen


def own_booking_or_404(session: Session, booking_id: UUID) -> tuple[Booking, Caller]:
    """A booking on its way, of this very visitor or account."""
    caller = sessions.caller(session)
    booking = store.load(session, booking_id) if caller else None
    if caller is None or booking is None:
        abort(404)
    own_account = caller.account_id is not None and booking.account_id == caller.account_id
    if not own_account and (booking.visitor_id != caller.id or booking.account_id is not None):
        abort(404)
    return booking, caller


def visit_or_404(session: Session, booking_id: UUID) -> Booking:
    """A visit of the signed-in account; anybody else's does not exist."""
    caller = sessions.signed_in(session)
    booking = store.visit_of(session, caller.account_id, booking_id) if caller.account_id else None
    return booking or abort(404)


def linked_visit_or_404(session: Session, booking_id: UUID, token: str) -> Booking:
    """The visit that a letter's link opens; 410 a day after it."""
    booking = store.load(session, booking_id)
    if booking is None or booking.patient_id is None or not opens_visit(token, booking.id, booking.generation):
        abort(404)
    if link_ended(booking.ends, now()):
        abort(410)
    return booking


def _sent_on(session: Session, doctor: str, clinic: str = "") -> NoReturn:
    """Send a former slug on to the present one for good, or end with 404."""
    changed = {"doctor": cards.present_slug(session, "doctor", doctor)}
    if clinic:
        changed["clinic"] = cards.present_slug(session, "clinic", clinic)
    present = {name: slug for name, slug in changed.items() if slug}
    if not present:
        abort(404)
    _moved(**present)


def _moved(**changed: str) -> NoReturn:
    """Lead to the same page under other names. The query goes along as it is: `url_for` has words of its own."""
    path = url_for(str(request.endpoint), **{**(request.view_args or {}), **changed})
    query = request.query_string.decode("ascii", "replace")
    abort(redirect(f"{path}?{query}" if query else path, 308))
