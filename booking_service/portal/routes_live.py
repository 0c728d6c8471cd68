"""Free times as pieces of static pages: the block of a card, the rows of a list. Equal for everybody, no cookie."""

from itertools import groupby

from flask import Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from booking_service.bookings import upcoming
from booking_service.db import transaction
from booking_service.directory import cards
from booking_service.portal import loading
from booking_service.portal.live_views import LiveRow, earliest, live_offers, rows_of
from booking_service.portal.pages import pages
from booking_service.web.context import now
from booking_service.web.headers import briefly_public

SECONDS = 20
ROWS = 50


@pages.get("/book/<doctor>/live")
def live(doctor: str) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        services = cards.services_of(session, [doctor])
        if not services:
            # A card without online booking is rare: only then is it asked whether the card exists or was renamed.
            loading.doctor_or_404(session, doctor)
        offers = live_offers(session, services, now())
        clinics = [list(of) for _, of in groupby(offers, key=lambda one: (one.offer.clinic_slug, one.offer.branch))]
        clinics.sort(key=earliest)
        return briefly_public(Response(render_template("portal/live.html", clinics=clinics)), SECONDS)


@pages.get("/search/live")
def rows() -> ResponseReturnValue:
    slugs = [slug for slug in request.args.get("d", "").split(",") if slug][:ROWS]
    with transaction(writes=False) as session:
        found = rows_of(session, upcoming.of_doctors(session, slugs), now()) if slugs else {}
        return briefly_public(jsonify({slug: _row(found.get(slug)) for slug in slugs}), SECONDS)


def _row(row: LiveRow | None) -> str:
    return render_template("portal/live_row.html", row=row)
