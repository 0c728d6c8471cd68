"""A rule's no and an HTTP error as pages in the visitor's language, saying what happened and what to do now."""

import logging
import re
from datetime import date, datetime
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from booking_service.refusals import Refusal
from theme import formats
from theme.environment import address
from theme.words import N_, translate

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
PHONE = re.compile(r"\+\d{8,15}")
log = logging.getLogger("booking_service")

# A refusal is 409 (the state of things says no) but for these.
STATUSES = {
    "from-elsewhere": 403,
    "sign-in-first": 403,
    "too-often": 429,
    "too-many-holds": 429,
    "account-holds-spent": 429,
}


# Said by codes that are chosen where they are raised.
CHOSEN = (N_("refusal.slot-taken"), N_("refusal.slot-not-offered"))


def sentence(refusal: Refusal) -> str:
    """The refusal's sentence in the current language, its facts written as people read them."""
    return translate(f"refusal.{refusal.code}", **{name: in_words(fact) for name, fact in refusal.facts.items()})


def in_words(fact: object) -> object:
    """Instants (also as the ISO text that some rules give), days and phone numbers as pages write them."""
    if isinstance(fact, str) and INSTANT.match(fact):
        fact = datetime.fromisoformat(fact)
    if isinstance(fact, datetime):
        return formats.moment_sentence(fact)
    if isinstance(fact, date):
        return formats.day_sentence(fact)
    if isinstance(fact, str) and PHONE.fullmatch(fact):
        return formats.phone(fact)
    return fact


def install(app: Flask) -> None:
    app.before_request(_with_slash)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def _refused(refusal: Refusal) -> ResponseReturnValue:
    if refusal.code == "sign-in-first":
        # Only an address that was merely to be shown is worth coming back to.
        back = urlencode({"next": request.script_root + request.path}) if request.method == "GET" else ""
        return redirect(f"{address('/account/sign-in')}?{back}".rstrip("?"), 303)
    status = STATUSES.get(refusal.code, 409)
    return render_template("errors/refusal.html", sentence=sentence(refusal)), status


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400 or error.response is not None:
        return Response.force_type(error.get_response())
    if error.code in (404, 410):
        return render_template(f"errors/{error.code}.html"), error.code
    return render_template("errors/http.html", status=error.code), error.code


def _with_slash() -> ResponseReturnValue | None:
    """Lead to the address with its slash, without an origin: that is the request's own word, which may be anything."""
    moved = request.routing_exception
    if not isinstance(moved, RequestRedirect):
        return None
    parts = urlsplit(moved.new_url)
    path = "/" + parts.path.lstrip("/")
    return redirect(f"{path}?{parts.query}" if parts.query else path, moved.code)


def _broken(error: Exception) -> tuple[str, int]:
    # The route, never the path: a link's token or an id stands in the path.
    log.error("%s %s failed", request.method, request.url_rule, exc_info=error)
    return render_template("errors/500.html"), 500
