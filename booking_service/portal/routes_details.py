"""My details: what a stranger gives when registering without a booking, and what is corrected later."""

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from booking_service.accounts.store import email_of
from booking_service.db import transaction
from booking_service.patients import store as patients
from booking_service.patients.actions import correct_person, person_of_account
from booking_service.patients.models import Person, Relation
from booking_service.patients.rules import PatientFacts
from booking_service.portal import progress
from booking_service.portal.forms import DetailsForm
from booking_service.portal.pages import pages
from booking_service.portal.persons import typed_person
from booking_service.portal.progress import Asked
from booking_service.portal.routes_account import account_id_of
from booking_service.portal.typed import Typed
from booking_service.web.context import now
from theme.words import current

EVERYTHING = Asked(code=True, payers=())
RIGA = ZoneInfo("Europe/Riga")


@pages.get("/account/details")
def details() -> ResponseReturnValue:
    with transaction(writes=False) as session:
        person = _self(session, account_id_of(session))
        typed = typed_person(Typed(), person) if person else Typed()
        return _page(DetailsForm(today=now().astimezone(RIGA).date(), before=typed))


@pages.post("/account/details")
def details_typed() -> ResponseReturnValue:
    with transaction() as session:
        account_id = account_id_of(session)
        person = _self(session, account_id)
        # A doubtful code is asked about once; what stands in the account has been believed before.
        looked = Typed(code=request.form.get("looked", "")) if "looked" in request.form else Typed()
        before = typed_person(looked, person) if person and person.code else looked
        form = DetailsForm(request.form, today=now().astimezone(RIGA).date(), before=before)
        if not form.validate():
            return _page(form), 422
        facts = _facts(session, account_id, form)
        if person:
            correct_person(session, person, facts)
        else:
            person_of_account(session, account_id, facts, now=now())
    return redirect(url_for("portal.account"), 303)


def _self(session: Session, account_id: UUID) -> Person | None:
    return next((one for one in patients.persons_of(session, account_id) if one.relation is Relation.SELF), None)


def _facts(session: Session, account_id: UUID, form: DetailsForm) -> PatientFacts:
    texts = ("given", "family", "code", "birth_day", "birth_month", "birth_year", "phone")
    typed = Typed(
        no_code=bool(form.no_code.data), code_later=form.later, **{name: form[name].data or "" for name in texts}
    )
    email = email_of(session, account_id)
    return progress.facts_of(typed, EVERYTHING, email=email, lang=current(), today=form.today)


def _page(form: DetailsForm) -> str:
    return render_template("portal/details.html", form=form, mistakes=form.mistakes(), action=url_for("portal.details"))
