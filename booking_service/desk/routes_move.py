"""Moving a visit: the same grid of times that patients see, but all that the desk may use."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from booking_service.bookings import actions
from booking_service.bookings.availability import Audience, first_days
from booking_service.bookings.letters import address_of
from booking_service.db import transaction
from booking_service.desk import access, frame, seen, store
from booking_service.desk.access import Clerk
from booking_service.desk.routes_bookings import opened
from booking_service.refusals import Refusal
from booking_service.web.context import now
from booking_service.web.errors import sentence

pages = Blueprint("desk_move", __name__, url_prefix="/desk/<clinic>/bookings/<uuid:booking_id>/move")


@pages.get("")
def show(clinic: str, booking_id: UUID) -> str:
    with transaction() as session:
        clerk = access.full_clerk(session, clinic)
        return _page(session, clerk, booking_id, asked_id("service"))


@pages.post("")
def move(clinic: str, booking_id: UUID) -> ResponseReturnValue:
    start = start_of(request.form.get("start", ""))
    service_id = id_of(request.form.get("service", ""))
    try:
        with transaction() as session:
            clerk = access.full_clerk(session, clinic)
            opened(session, clerk, booking_id)
            if service_id is not None and service_id not in _services_of(session, clerk):
                abort(404)
            actions.move(session, booking_id, start=start, service_id=service_id, actor=clerk.actor(), now=now())
    except Refusal as refusal:
        if refusal.code == "sign-in-first":
            raise
        with transaction() as session:
            clerk = access.full_clerk(session, clinic)
            return _page(session, clerk, booking_id, service_id, mistake=sentence(refusal)), 409
    return redirect(url_for("desk_booking.show", clinic=clinic, booking_id=booking_id, said="move"), 303)


def _page(session: Session, clerk: Clerk, booking_id: UUID, service_id: UUID | None, mistake: str = "") -> str:
    booking = opened(session, clerk, booking_id)
    if booking.patient is not None:
        seen.seen(session, clerk, booking.patient, now=now(), booking=booking)
    practices = store.practices(session, clerk.clinic.id)
    services = [service for practice in practices for service in practice.services if service.bookable]
    chosen = next((service for service in services if service.id == service_id), None) or booking.service
    days = first_days(
        session, chosen.id, now=now(), from_day=frame.day_of(request.args.get("from", "")), audience=Audience.DESK
    )
    return frame.page(
        session,
        clerk,
        "move",
        booking=booking,
        practices=practices,
        chosen=chosen,
        days=days,
        tells=bool(address_of(session, booking)),
        tomorrow=frame.today(clerk) + timedelta(days=1),
        mistake=mistake,
    )


def _services_of(session: Session, clerk: Clerk) -> set[UUID]:
    practices = store.practices(session, clerk.clinic.id)
    return {service.id for practice in practices for service in practice.services}


def start_of(text: str) -> datetime:
    """The instant that a pressed time sends; 400 for anything else."""
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        abort(400)
    # The years of `frame.day_of`; at the ends of the calendar arithmetic overflows.
    if start.tzinfo is None or not 2000 <= start.year < 2100:
        abort(400)
    return start


def id_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def asked_id(name: str) -> UUID | None:
    return id_of(request.args.get(name, ""))
