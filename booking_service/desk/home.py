"""`/desk/`: leads staff to their clinic. In demo mode it also signs anybody in as any member of the demo's staff."""

from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from booking_service.db import transaction
from booking_service.desk import store
from booking_service.refusals import Refusal
from booking_service.web import sessions
from booking_service.web.context import settings
from booking_service.web.errors import STATUSES, sentence
from theme.environment import address

pages = Blueprint("desk_home", __name__, url_prefix="/desk")


@pages.get("/")
def home() -> ResponseReturnValue:
    with transaction(writes=False) as session:
        known = sessions.caller(session)
        account_id = known.account_id if known else None
        mine = store.roles(session, account_id) if account_id else []
        offered = store.everybody(session) if settings().demo else []
    clinics = {row.clinic.slug: row.clinic for row in mine}
    if len(clinics) == 1 and "choose" not in request.args:
        return redirect(url_for("desk_day.show", clinic=next(iter(clinics))))
    if account_id is None and not settings().demo:
        return redirect(sign_in_address("/desk/"))
    return render_template(
        "desk/home.html", clinics=list(clinics.values()), offered=offered, signed_in=account_id is not None
    )


@pages.post("/demo")
def sign_in_to_demo() -> ResponseReturnValue:
    """Sign in without a code: there is no such page outside demo mode, which serves local addresses alone."""
    if not settings().demo:
        abort(404)
    with transaction() as session:
        chosen = request.form.get("as", "")
        row = next((row for row in store.everybody(session) if f"{row.account_id}:{row.clinic.slug}" == chosen), None)
        if row is None:
            abort(404)
        sessions.sign_in(session, row.account_id, own_device=False)
    return redirect(url_for("desk_day.show", clinic=row.clinic.slug), 303)


def refused(refusal: Refusal) -> ResponseReturnValue:
    """Lead whoever has to sign in to the page for it, and back afterwards; say any other no on a page of the desk."""
    if refusal.code == "sign-in-first":
        if settings().demo:
            return redirect(url_for("desk_home.home"), 303)
        # Only an address that was merely to be shown is worth coming back to.
        return redirect(sign_in_address(request.full_path.rstrip("?") if request.method == "GET" else "/desk/"), 303)
    return render_template("desk/refused.html", sentence=sentence(refusal)), STATUSES.get(refusal.code, 409)


def sign_in_address(back: str) -> str:
    return f"{address('/account/sign-in')}?{urlencode({'next': back})}"
