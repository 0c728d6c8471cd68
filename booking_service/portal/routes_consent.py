"""Consent of somebody of 14 or more: an account asks for it, and they answer by the link of their own letter."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from booking_service.db import transaction
from booking_service.patients import consent
from booking_service.patients import store as patients
from booking_service.patients.family import lacks_consent
from booking_service.patients.models import Person
from booking_service.portal.forms import EmailForm
from booking_service.portal.pages import pages
from booking_service.portal.persons import owner_among
from booking_service.portal.routes_family import member_or_404, today
from booking_service.refusals import Refusal
from booking_service.web.context import now
from theme.words import current

AT_FIELD = {"consent-own-address", "too-often", "email-wrong"}


@pages.get("/account/family/<uuid:person_id>/consent")
def consent_asking(person_id: UUID) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        return _page(_undecided_or_404(session, person_id), EmailForm())


@pages.post("/account/family/<uuid:person_id>/consent")
def consent_asked(person_id: UUID) -> ResponseReturnValue:
    form = EmailForm(request.form)
    try:
        with transaction() as session:
            person = _undecided_or_404(session, person_id)
            if not form.validate():
                return _page(person, form), 422
            consent.ask(
                session, person, email=form.email.data or "", asks=_asks(session, person), lang=current(), now=now()
            )
    except Refusal as refusal:
        if refusal.code not in AT_FIELD:
            raise
        form.email.errors = [refusal.code]
        with transaction(writes=False) as session:
            return _page(_undecided_or_404(session, person_id), form), 429 if refusal.code == "too-often" else 422
    return redirect(url_for("portal.family_page", said="asked"), 303)


@pages.get("/account/consent/<uuid:person_id>/<token>/")
def consent_question(person_id: UUID, token: str) -> ResponseReturnValue:
    """A question only: scanners of mail follow links, so that a GET must not agree."""
    with transaction(writes=False) as session:
        person = consent.asked(session, person_id, token) or abort(404)
        action = url_for("portal.consent_answered", person_id=person_id, token=token)
        return render_template(
            "portal/consent.html",
            given=person.given,
            asks=_asks(session, person),
            agreed_at=person.consent_at,
            answered="answered" in request.args,
            action=action,
        )


@pages.post("/account/consent/<uuid:person_id>/<token>/")
def consent_answered(person_id: UUID, token: str) -> ResponseReturnValue:
    with transaction() as session:
        person = consent.asked(session, person_id, token) or abort(404)
        consent.answer(session, person, agreed=request.form.get("answer") == "yes", now=now())
    return redirect(url_for("portal.consent_question", person_id=person_id, token=token, answered=1), 303)


def _undecided_or_404(session: Session, person_id: UUID) -> Person:
    """A member of the own family who has yet to agree."""
    person = member_or_404(session, person_id)
    return person if lacks_consent(person, patients.born(person), today()) else abort(404)


def _asks(session: Session, person: Person) -> str:
    """The name of whoever books; empty while the account's owner is not known."""
    owner = owner_among(patients.persons_of(session, person.account_id))
    return f"{owner.given} {owner.family}" if owner else ""


def _page(person: Person, form: EmailForm) -> str:
    return render_template(
        "portal/consent_asking.html",
        person=person,
        form=form,
        mistakes=form.mistakes(),
        action=url_for("portal.consent_asked", person_id=person.id),
    )
