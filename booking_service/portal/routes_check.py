"""The last look at all answers, the press that books, and the page that says so."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from booking_service.accounts.models import Account
from booking_service.accounts.store import email_of
from booking_service.bookings import actions
from booking_service.bookings.letters import address_of, said
from booking_service.bookings.models import Booking
from booking_service.bookings.rules import Payment, Pays
from booking_service.db import transaction
from booking_service.directory import cards
from booking_service.patients.actions import person_of_account
from booking_service.patients.models import Relation
from booking_service.patients.rules import is_child
from booking_service.portal import alternatives, loading, progress
from booking_service.portal.forms import birth_asked, parsed_code
from booking_service.portal.offers import offer_of
from booking_service.portal.pages import pages
from booking_service.portal.routes_steps import ended, live_or_end
from booking_service.portal.step_views import asked_of, frame, help_of, next_step, times_href, today_at, typed_of
from booking_service.portal.typed import Typed
from booking_service.portal.visits import calendar_hrefs, visit_of
from booking_service.refusals import Refusal
from booking_service.security import contacts
from booking_service.web import sessions
from booking_service.web.context import now
from booking_service.web.sessions import Caller
from theme.words import current

GONE = {"slot-taken", "slot-not-offered", "hold-ended"}


@pages.get("/book/<uuid:booking_id>/check")
def check(booking_id: UUID) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        booking, caller = live_or_end(session, booking_id)
        onward = next_step(booking, caller)
        if onward != url_for("portal.check", booking_id=booking_id):
            return redirect(onward, 303)
        return _page(session, booking, caller)


def _page(session: Session, booking: Booking, caller: Caller) -> str:
    typed, wanted = typed_of(caller), asked_of(booking)
    code = parsed_code(typed.code) if wanted.code and not typed.no_code else None
    born = progress.born(typed, wanted, today_at(booking))
    steps = {name: url_for(f"portal.{name}", booking_id=booking.id) for name in ("who", "contact")}
    insurers = {one["slug"]: said(one["names"], current()) for one in booking.clinic.facts.get("insurers") or ()}
    return render_template(
        "portal/check.html",
        **frame(session, booking, caller, "check"),
        visit=visit_of(booking),
        typed=typed,
        phone=contacts.phone(typed.phone),
        born=born,
        representative=progress.representative_of(typed) if is_child(born, today_at(booking)) else None,
        masked_code=code.masked if code else "",
        code_asked=wanted.code,
        payer_asked=bool(wanted.payers),
        insurer_name=insurers.get(typed.insurer, ""),
        email=email_of(session, caller.account_id) if caller.account_id else "",
        now=now(),
        hrefs={
            **steps,
            "time": times_href(booking, near=True),
            "service": url_for("portal.services", doctor=booking.doctor.slug),
            "born": steps["contact" if birth_asked(typed, code_asked=wanted.code) else "who"],
        },
    )


@pages.post("/book/<uuid:booking_id>/check")
def confirm(booking_id: UUID) -> ResponseReturnValue:
    try:
        with transaction() as session:
            # Two presses wait for each other here, before either looks at what is booked already.
            # The visitor before the doctor, in which order a hold locks them too.
            sessions.lock(session)
            actions.lock(session, booking_id)
            booking, caller = ended(session, booking_id)
            onward = next_step(booking, caller)
            if onward != url_for("portal.check", booking_id=booking_id):
                return redirect(onward, 303)
            _book(session, booking, caller)
            sessions.keep_typed(session, caller, {})
    except Refusal as refusal:
        if refusal.code not in GONE:
            raise
        return _gone(booking_id, refusal)
    return redirect(url_for("portal.done", booking_id=booking_id), 303)


def _book(session: Session, booking: Booking, caller: Caller) -> None:
    typed, wanted, present = typed_of(caller), asked_of(booking), now()
    account = session.get(Account, caller.account_id) or abort(404)
    email = email_of(session, account.id)
    facts = progress.facts_of(typed, wanted, email=email, lang=current(), today=today_at(booking))
    relation = Relation(typed.relation) if typed.relation else Relation.SELF
    person = person_of_account(session, account.id, facts, now=present, relation=relation)
    actions.book(
        session,
        booking.id,
        person_facts=facts,
        payment=_payment(typed),
        account=account,
        now=present,
        person_id=person.id,
        representative=progress.representative_of(typed),
    )


def _payment(typed: Typed) -> Payment:
    pays = Pays(typed.pays) if typed.pays in set(Pays) else None
    return Payment(pays, typed.insurer, typed.policy) if pays is Pays.INSURER else Payment(pays)


def _gone(booking_id: UUID, refusal: Refusal) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        booking, _ = loading.own_booking_or_404(session, booking_id)
        offer = offer_of(cards.service_by_id(session, booking.service_id) or abort(404))
        return render_template("portal/taken.html", **alternatives.instead(session, offer, refusal)), 409


@pages.get("/book/<uuid:booking_id>/done")
def done(booking_id: UUID) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        booking, _ = loading.own_booking_or_404(session, booking_id)
        if booking.patient_id is None:
            return redirect(url_for("portal.check", booking_id=booking_id), 303)
        visit = visit_of(booking)
        return render_template(
            "portal/done.html",
            visit=visit,
            fresh=True,
            email=address_of(session, booking),
            calendar=calendar_hrefs(visit, url_for("portal.account_invite", booking_id=booking.id)),
            cancel_href=visit.cancel_href,
            links=True,
            **help_of(booking),
        )
