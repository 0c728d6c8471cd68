"""Signing in and registering by a code, my visits, my details, signing out."""

from collections.abc import Sequence
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from booking_service.accounts import actions as accounts
from booking_service.accounts import store as account_store
from booking_service.bookings import store
from booking_service.db import transaction
from booking_service.patients import store as patients
from booking_service.portal import demo_patients
from booking_service.portal.forms import EmailForm, SignInForm
from booking_service.portal.pages import pages
from booking_service.portal.step_views import typed_of
from booking_service.portal.visits import visit_of
from booking_service.refusals import Refusal
from booking_service.security import contacts
from booking_service.web import networks, sessions
from booking_service.web.context import now, settings
from theme.words import current

AT_FIELD = {"sign-in-code-wrong", "code-ended", "code-used-up", "too-often"}
ONWARD = ("/account/", "/desk/")


@pages.get("/account/")
def account() -> ResponseReturnValue:
    with transaction(writes=False) as session:
        caller = sessions.caller(session)
        if caller is None or caller.account_id is None:
            return redirect(url_for("portal.sign_in"), 303)
        visits = store.visits_of(session, caller.account_id, now())
        return render_template(
            "portal/account.html",
            coming=[visit_of(booking) for booking in visits.coming],
            past=[visit_of(booking) for booking in visits.past],
            persons=patients.persons_of(session, caller.account_id),
            email=account_store.email_of(session, caller.account_id),
            staff=bool(account_store.roles_of(session, caller.account_id)),
        )


@pages.get("/account/sign-in")
def sign_in() -> ResponseReturnValue:
    with transaction(writes=False) as session:
        caller = sessions.caller(session)
        if caller is not None and caller.signed_in:
            return redirect(_onward(request.args.get("next", "")), 303)
        offered = demo_patients.addresses(session) if settings().demo else []
        return _sign_in_page(EmailForm(), request.args.get("next", ""), offered)


@pages.post("/account/sign-in")
def send_code() -> ResponseReturnValue:
    form = EmailForm(request.form)
    onward = request.form.get("next", "")
    if not form.validate():
        return _sign_in_page(form, onward), 422
    try:
        with transaction() as session:
            caller = sessions.caller_or_new(session)
            email = contacts.email(form.email.data or "")
            accounts.ask_code(session, email=email, lang=current(), network=networks.current(), now=now())
            typed = typed_of(caller).with_(code_sent_to=email, onward=onward if _allowed(onward) else "")
            sessions.keep_typed(session, caller, typed.as_dict())
    except Refusal as refusal:
        if refusal.code not in AT_FIELD:
            raise
        form.email.errors = [refusal.code]
        return _sign_in_page(form, onward), 429
    return redirect(url_for("portal.account_code"), 303)


def _sign_in_page(form: EmailForm, onward: str, offered: Sequence[str] = ()) -> str:
    return render_template(
        "portal/sign_in.html",
        form=form,
        mistakes=form.mistakes(),
        action=url_for("portal.sign_in"),
        next=onward if _allowed(onward) else "",
        demo_addresses=offered,
    )


@pages.get("/account/code")
def account_code() -> ResponseReturnValue:
    with transaction(writes=False) as session:
        email = typed_of(sessions.caller(session)).code_sent_to
        return _code_page(SignInForm(), email) if email else redirect(url_for("portal.sign_in"), 303)


@pages.post("/account/code")
def account_prove() -> ResponseReturnValue:
    form, email = SignInForm(request.form), ""
    try:
        with transaction() as session:
            caller = sessions.caller(session)
            typed = typed_of(caller)
            email = typed.code_sent_to
            if caller is None or not email:
                return redirect(url_for("portal.sign_in"), 303)
            if "again" in request.form:
                accounts.ask_code(session, email=email, lang=current(), network=networks.current(), now=now())
                return redirect(url_for("portal.account_code", sent=1), 303)
            if not form.validate():
                return _code_page(form, email), 422
            return redirect(_proven(session, email, form, typed.onward), 303)
    except Refusal as refusal:
        if refusal.code not in AT_FIELD:
            raise
        form.code.errors = [refusal.code]
        return _code_page(form, email), 422


def _proven(session: Session, email: str, form: SignInForm, onward: str) -> str:
    """Sign in; who is new here is asked for the details that bookings need."""
    code, network = form.code.data or "", networks.current()
    account = accounts.prove(session, email=email, code=code, now=now(), network=network, lang=current())
    caller = sessions.sign_in(session, account.id, own_device=bool(form.own_device.data))
    sessions.keep_typed(session, caller, typed_of(caller).with_(code_sent_to="", onward="").as_dict())
    if _allowed(onward):
        return onward
    known = patients.persons_of(session, account.id) or account_store.roles_of(session, account.id)
    return url_for("portal.account") if known else url_for("portal.details", new=1)


def _code_page(form: SignInForm, email: str) -> str:
    return render_template(
        "portal/account_code.html",
        form=form,
        mistakes=form.mistakes(),
        email=email,
        action=url_for("portal.account_code"),
        change_href=url_for("portal.sign_in"),
        sent="sent" in request.args,
    )


@pages.post("/account/sign-out")
def sign_out() -> ResponseReturnValue:
    with transaction() as session:
        sessions.sign_out(session)
    return redirect(url_for("portal.sign_in"), 303)


def _allowed(path: str) -> bool:
    """Only to pages of our own that need a sign-in, in any language."""
    bare = path.removeprefix("/ru").removeprefix("/en")
    return bare.startswith(ONWARD) and "//" not in path and "\\" not in path


def _onward(path: str) -> str:
    return path if _allowed(path) else url_for("portal.account")


def account_id_of(session: Session) -> UUID:
    """The signed-in account; refused `sign-in-first` for a visitor without one."""
    account_id = sessions.signed_in(session).account_id
    if account_id is None:
        raise Refusal("sign-in-first")
    return account_id
