"""One visit on its own page: of a signed-in patient, or opened by the link of a letter; and cancelling it."""

from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from booking_service.bookings import actions
from booking_service.bookings.letters import address_of
from booking_service.bookings.models import Booking
from booking_service.bookings.rules import Actor, ActorKind
from booking_service.db import transaction
from booking_service.portal import loading
from booking_service.portal.pages import pages
from booking_service.portal.routes_account import account_id_of
from booking_service.portal.step_views import help_of
from booking_service.portal.visits import calendar_file, calendar_hrefs, visit_of
from booking_service.web.context import now


@pages.get("/account/visits/<uuid:booking_id>")
def account_visit(booking_id: UUID) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        booking = loading.visit_or_404(session, booking_id)
        invite = url_for("portal.account_invite", booking_id=booking_id)
        cancel = url_for("portal.account_cancel", booking_id=booking_id)
        return _page(session, booking, invite, cancel, back=url_for("portal.account"))


@pages.get("/account/visits/<uuid:booking_id>/cancel")
def account_cancel(booking_id: UUID) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        booking = loading.visit_or_404(session, booking_id)
        return _question(booking, back=url_for("portal.account_visit", booking_id=booking_id))


@pages.post("/account/visits/<uuid:booking_id>/cancel")
def account_cancelled(booking_id: UUID) -> ResponseReturnValue:
    with transaction() as session:
        booking = loading.visit_or_404(session, booking_id)
        actor = Actor(ActorKind.PATIENT, account_id=account_id_of(session))
        actions.cancel(session, booking.id, actor, now=now())
    return redirect(url_for("portal.account_visit", booking_id=booking_id), 303)


@pages.get("/account/visits/<uuid:booking_id>/invite.ics")
def account_invite(booking_id: UUID) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        return _file(loading.visit_or_404(session, booking_id), by_link=False)


@pages.get("/book/<uuid:booking_id>/<token>/")
def linked_visit(booking_id: UUID, token: str) -> ResponseReturnValue:
    """What the letter says, without signing in: never code, contacts or other visits."""
    with transaction(writes=False) as session:
        booking = loading.linked_visit_or_404(session, booking_id, token)
        invite = url_for("portal.linked_invite", booking_id=booking_id, token=token)
        cancel = url_for("portal.linked_cancel", booking_id=booking_id, token=token)
        return _page(session, booking, invite, cancel)


@pages.get("/book/<uuid:booking_id>/<token>/cancel")
def linked_cancel(booking_id: UUID, token: str) -> ResponseReturnValue:
    """A question only: scanners of mail follow links, so that a GET must not cancel."""
    with transaction(writes=False) as session:
        booking = loading.linked_visit_or_404(session, booking_id, token)
        return _question(booking, back=url_for("portal.linked_visit", booking_id=booking_id, token=token), by_link=True)


@pages.post("/book/<uuid:booking_id>/<token>/cancel")
def linked_cancelled(booking_id: UUID, token: str) -> ResponseReturnValue:
    with transaction() as session:
        booking = loading.linked_visit_or_404(session, booking_id, token)
        actions.cancel(session, booking.id, Actor(ActorKind.LINK), now=now())
    return redirect(url_for("portal.linked_visit", booking_id=booking_id, token=token), 303)


@pages.get("/book/<uuid:booking_id>/<token>/invite.ics")
def linked_invite(booking_id: UUID, token: str) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        return _file(loading.linked_visit_or_404(session, booking_id, token), by_link=True)


def _page(session: Session, booking: Booking, invite: str, cancel: str, *, back: str = "") -> str:
    visit = visit_of(booking, by_link=not back)
    return render_template(
        "portal/done.html",
        visit=visit,
        back=back,
        # An address is a contact: only its owner, signed in, sees it.
        email=address_of(session, booking) if back else "",
        calendar=calendar_hrefs(visit, invite),
        cancel_href=cancel,
        **help_of(booking),
    )


def _question(booking: Booking, *, back: str, by_link: bool = False) -> ResponseReturnValue:
    visit = visit_of(booking, by_link=by_link)
    if not visit.can_cancel:
        return redirect(back, 303)
    return render_template(
        "portal/cancel.html", visit=visit, back=back, action=request.script_root + request.path, **help_of(booking)
    )


def _file(booking: Booking, *, by_link: bool) -> Response:
    response = Response(calendar_file(visit_of(booking, by_link=by_link)), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="invite.ics"'
    return response
