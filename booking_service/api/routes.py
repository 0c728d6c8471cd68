"""`/api/v1`: free times for programs, as the public may have them. The cookie is never read here."""

import json
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from operator import itemgetter
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from booking_service.api.openapi import LONGEST_DAYS, PROBLEM, document
from booking_service.api.shapes import Problem
from booking_service.bookings.availability import Slot, free_times
from booking_service.calendars.store import zone
from booking_service.db import transaction
from booking_service.directory import cards
from booking_service.directory.cards import Offered
from booking_service.web.context import now, settings

pages = Blueprint("api", __name__, url_prefix="/api/v1")

SECONDS = 60
TWO_WEEKS = timedelta(days=14)
HOME = ZoneInfo("Europe/Riga")


class Wrong(Exception):
    """A request that cannot be answered."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(code)
        self.problem = Problem(
            title={400: "Bad request", 404: "Not found", 405: "Method not allowed"}[status],
            status=status,
            detail=detail,
            code=code,
        )


@pages.errorhandler(Wrong)
def wrong(error: Wrong) -> ResponseReturnValue:
    return _said(error.problem, PROBLEM), error.problem.status


@pages.errorhandler(HTTPException)
def refused(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    problem = Problem(title=error.name, status=status, detail=error.description or "", code=f"http-{status}")
    return _said(problem, PROBLEM), status


@pages.get("/doctors/<slug>/slots")
def slots(slug: str) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        services = cards.offered(session, slug)
        if not services and cards.doctor(session, slug) is None:
            return _elsewhere(session, slug)
        wanted = _wanted(services)
        since, until = _bounds(wanted)
        found = free_times(session, [service.id for service in wanted], since, until, now=now())
    shown = [time for service in wanted for time in _times(slug, service, found[service.id])]
    shown.sort(key=itemgetter("start", "clinic", "service"))
    where = zone(wanted[0].zone) if wanted else HOME
    mark = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    asked = {"doctor": slug, "from": since.astimezone(where).isoformat(), "to": until.astimezone(where).isoformat()}
    answer = f'{json.dumps(asked, ensure_ascii=False, separators=(",", ":"))[:-1]},"slots":{mark}}}'
    # Weak: an answer without `from` begins a minute later each minute, which changes nothing for anybody.
    return _cached(Response(answer, mimetype="application/json"), mark, weak=True)


@pages.get("/openapi.json")
def openapi() -> Response:
    text = json.dumps(document(settings().site_url), ensure_ascii=False, indent=1)
    return _cached(Response(text, mimetype="application/json"), text)


@pages.route("/<path:unknown>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def nowhere(unknown: str) -> ResponseReturnValue:
    if request.method not in ("GET", "HEAD"):
        raise Wrong(405, "method-not-allowed", "The API can only be read.")
    raise Wrong(404, "address-unknown", f"There is nothing at /api/v1/{unknown}; see /api/v1/openapi.json.")


def _elsewhere(session: Session, slug: str) -> ResponseReturnValue:
    """Lead a former slug to the present one."""
    present = cards.present_slug(session, "doctor", slug)
    if present is None:
        raise Wrong(404, "doctor-unknown", "There is no doctor with this slug.")
    query = request.query_string.decode("ascii", "replace")
    return redirect(url_for("api.slots", slug=present) + (f"?{query}" if query else ""), 308)


def _wanted(services: list[Offered]) -> list[Offered]:
    """The doctor's services that the query names; 404 for a clinic or a service that the doctor has not."""
    clinic, service = request.args.get("clinic"), request.args.get("service")
    if clinic is not None:
        services = [one for one in services if one.clinic == clinic]
        if not services:
            raise Wrong(404, "clinic-unknown", "The doctor cannot be booked at such a clinic.")
    if service is not None:
        services = [one for one in services if service == one.slug or service in one.old_slugs]
        if not services:
            raise Wrong(404, "service-unknown", "The doctor has no such service that can be booked.")
    return services


def _bounds(services: list[Offered]) -> tuple[datetime, datetime]:
    """From when until when; dates are days of the clinic's clock, the last one included."""
    where = zone(services[0].zone) if services else HOME
    since = _moment("from", where, timedelta()) or now().replace(second=0, microsecond=0)
    until = _moment("to", where, timedelta(days=1)) or since + TWO_WEEKS
    if since >= until:
        raise Wrong(400, "to-wrong", "`to` must be later than `from`.")
    if until - since > timedelta(days=LONGEST_DAYS):
        raise Wrong(400, "to-wrong", f"Ask for at most {LONGEST_DAYS} days at once.")
    return since, until


def _moment(name: str, where: ZoneInfo, whole_day: timedelta) -> datetime | None:
    text = request.args.get(name)
    if text is None:
        return None
    try:
        if len(text) == len("2027-03-02"):
            day = date.fromisoformat(text) + whole_day
            moment = datetime(day.year, day.month, day.day, tzinfo=where)
        else:
            # A plus sign that was not escaped arrives as a space.
            moment = datetime.fromisoformat(text.replace(" ", "+"))
        # At the ends of the calendar arithmetic overflows.
        if moment.tzinfo is None or not 2000 <= moment.year < 2100:
            raise ValueError(text)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Wrong(
            400, f"{name}-wrong", f"`{name}` must be a date, or an instant with its offset: 2027-03-02T10:15:00+02:00."
        ) from None


def _times(doctor: str, service: Offered, slots: list[Slot]) -> list[dict[str, str]]:
    """Times as `shapes.Slot` describes them: made by hand, hundreds an answer; a test compares the two."""
    where = zone(service.zone)
    branch = f"?branch={quote(service.branch)}" if service.branch else ""
    same = {
        "clinic": service.clinic,
        "service": service.slug,
        "payer": service.payer.value,
        "book": f"{settings().site_url}/book/{doctor}/{service.clinic}/{service.slug}/{branch}",
    }
    return [
        {
            "start": slot.start.astimezone(where).isoformat(),
            "end": slot.end.astimezone(where).isoformat(),
            "approval": slot.approval.value,
            **same,
        }
        for slot in slots
    ]


def _said(value: BaseModel, kind: str) -> Response:
    return Response(value.model_dump_json(by_alias=True), mimetype=kind)


def _cached(response: Response, mark: str, *, weak: bool = False) -> Response:
    """Let any cache keep the answer for a minute, and ask by its ETag whether it has changed."""
    response.set_etag(sha256(mark.encode()).hexdigest()[:32], weak)
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.make_conditional(request)
    return response
