"""The steps that ask how to reach the patient, and prove the e-mail address by a code."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from booking_service.accounts import actions as accounts
from booking_service.accounts.store import email_of
from booking_service.bookings.models import Booking
from booking_service.db import transaction
from booking_service.portal import progress
from booking_service.portal.forms import ContactForm, SignInForm, birth_asked
from booking_service.portal.pages import pages
from booking_service.portal.routes_steps import ended, live_or_end
from booking_service.portal.step_views import asked_of, frame, next_step, today_at, typed_of
from booking_service.portal.typed import Typed
from booking_service.refusals import Refusal
from booking_service.security import contacts
from booking_service.web import networks, sessions
from booking_service.web.context import now
from booking_service.web.sessions import Caller
from theme.words import current

AT_FIELD = {"sign-in-code-wrong", "code-ended", "code-used-up", "too-often"}


@pages.get("/book/<uuid:booking_id>/contact")
def contact(booking_id: UUID) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        booking, caller = live_or_end(session, booking_id)
        return _contact_page(session, booking, caller, _contact_form(booking, caller))


@pages.post("/book/<uuid:booking_id>/contact")
def contact_typed(booking_id: UUID) -> ResponseReturnValue:
    try:
        with transaction() as session:
            booking, caller = ended(session, booking_id)
            form = _contact_form(booking, caller, request.form)
            caller = _keep(session, caller, form)
            if not form.validate():
                return _contact_page(session, booking, caller, form), 422
            if not caller.signed_in:
                caller = _send_code(session, caller, typed_of(caller))
            return redirect(next_step(booking, caller), 303)
    except Refusal as refusal:
        if refusal.code not in AT_FIELD:
            raise
        return _contact_again(booking_id, refusal.code)


def _contact_again(booking_id: UUID, code: str) -> ResponseReturnValue:
    with transaction() as session:
        booking, caller = ended(session, booking_id)
        form = _contact_form(booking, caller, request.form)
        caller = _keep(session, caller, form)
        form.email.errors = [code]
        return _contact_page(session, booking, caller, form), 429


def _contact_form(booking: Booking, caller: Caller, typed_now: Any = None) -> ContactForm:
    typed = typed_of(caller)
    wanted, today = asked_of(booking), today_at(booking)
    return ContactForm(
        typed_now,
        birth_asked=birth_asked(typed, code_asked=wanted.code),
        email_asked=not caller.signed_in,
        today=today,
        born=progress.born(typed, wanted, today),
        relation=typed.relation,
        # A name without a phone was typed here; an owner's stands with one.
        represented=bool(typed.representative_phone),
        data=typed.as_dict(),
    )


def _keep(session: Session, caller: Caller, form: ContactForm) -> Caller:
    typed = typed_of(caller).with_(phone=form.phone.data or "")
    if form.birth_asked:
        typed = typed.with_(
            birth_day=form.birth_day.data or "",
            birth_month=form.birth_month.data or "",
            birth_year=form.birth_year.data or "",
        )
    if "representative" in request.form:
        typed = typed.with_(representative=form.representative.data or "")
    if form.email_asked:
        typed = typed.with_(email=form.email.data or "")
    return sessions.keep_typed(session, caller, typed.as_dict())


def _contact_page(session: Session, booking: Booking, caller: Caller, form: ContactForm) -> str:
    return render_template(
        "portal/contact.html",
        **frame(session, booking, caller, "contact"),
        form=form,
        mistakes=form.mistakes(),
        email=email_of(session, caller.account_id) if caller.account_id else "",
    )


def _send_code(session: Session, caller: Caller, typed: Typed) -> Caller:
    """Send a code, unless the same address has one waiting already: going back and on again sends no second letter."""
    email = contacts.email(typed.email)
    if typed.code_sent_to == email:
        return caller
    accounts.ask_code(session, email=email, lang=current(), network=networks.current(), now=now())
    return sessions.keep_typed(session, caller, typed.with_(code_sent_to=email).as_dict())


@pages.get("/book/<uuid:booking_id>/code")
def code(booking_id: UUID) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        booking, caller = live_or_end(session, booking_id)
        if caller.signed_in or not typed_of(caller).code_sent_to:
            return redirect(next_step(booking, caller), 303)
        return _code_page(session, booking, caller, SignInForm())


@pages.post("/book/<uuid:booking_id>/code")
def code_typed(booking_id: UUID) -> ResponseReturnValue:
    form = SignInForm(request.form)
    try:
        with transaction() as session:
            booking, caller = ended(session, booking_id)
            typed = typed_of(caller)
            if caller.signed_in or not typed.code_sent_to:
                return redirect(next_step(booking, caller), 303)
            if "again" in request.form:
                _send_code(session, caller, typed.with_(code_sent_to=""))
                return redirect(url_for("portal.code", booking_id=booking_id, sent=1), 303)
            if not form.validate():
                return _code_page(session, booking, caller, form), 422
            return redirect(next_step(booking, _prove(session, typed.code_sent_to, form)), 303)
    except Refusal as refusal:
        if refusal.code not in AT_FIELD:
            raise
        form.code.errors = [refusal.code]
    with transaction(writes=False) as session:
        return _code_page(session, *ended(session, booking_id), form), 422


def _prove(session: Session, email: str, form: SignInForm) -> Caller:
    account = accounts.prove(
        session, email=email, code=form.code.data or "", now=now(), network=networks.current(), lang=current()
    )
    return sessions.sign_in(session, account.id, own_device=bool(form.own_device.data))


def _code_page(session: Session, booking: Booking, caller: Caller, form: SignInForm) -> str:
    return render_template(
        "portal/code.html",
        **frame(session, booking, caller, "code"),
        form=form,
        mistakes=form.mistakes(),
        email=typed_of(caller).code_sent_to,
        change_href=url_for("portal.contact", booking_id=booking.id),
        sent="sent" in request.args,
    )
