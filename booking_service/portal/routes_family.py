"""The family: whom an account books for, adding and correcting them, and removing them, which cancels nothing."""

from datetime import date
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from booking_service.accounts.store import email_of
from booking_service.bookings import store as bookings
from booking_service.db import transaction
from booking_service.patients import family
from booking_service.patients import store as patients
from booking_service.patients.models import Person, Relation
from booking_service.patients.rules import FAMILY
from booking_service.portal.family_form import MemberForm
from booking_service.portal.family_views import member_of, visits_of_member
from booking_service.portal.pages import pages
from booking_service.portal.persons import owner_among, typed_person
from booking_service.portal.routes_account import account_id_of
from booking_service.portal.routes_details import RIGA
from booking_service.portal.typed import Typed
from booking_service.portal.visits import visit_of
from booking_service.refusals import Refusal
from booking_service.web.context import now
from theme.words import current

AT_FORM = {"member-known": "given", "family-full": "given"}


@pages.get("/account/family/")
def family_page() -> ResponseReturnValue:
    with transaction(writes=False) as session:
        account_id = account_id_of(session)
        persons = patients.persons_of(session, account_id)
        coming = bookings.visits_of(session, account_id, now()).coming
        return render_template(
            "portal/family.html",
            members=[member_of(person, coming, today()) for person in _owner_first(persons)],
            owner=owner_among(persons),
            said=request.args.get("said", ""),
        )


@pages.get("/account/family/add")
def member_new() -> ResponseReturnValue:
    with transaction(writes=False) as session:
        account_id_of(session)
        return _page(_form(None))


@pages.post("/account/family/add")
def member_added() -> ResponseReturnValue:
    form = _form(None, posted=True)
    try:
        with transaction() as session:
            account_id = account_id_of(session)
            if not form.validate():
                return _page(form), 422
            facts = form.facts(email=email_of(session, account_id), lang=current())
            family.add_member(session, account_id, facts, form.related, now=now())
    except Refusal as refusal:
        if refusal.code not in AT_FORM:
            raise
        form[AT_FORM[refusal.code]].errors = [refusal.code]
        return _page(form), 422
    return redirect(url_for("portal.family_page", said="added"), 303)


@pages.get("/account/family/<uuid:person_id>")
def member(person_id: UUID) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        person = member_or_404(session, person_id)
        return _page(_form(person), person)


@pages.post("/account/family/<uuid:person_id>")
def member_changed(person_id: UUID) -> ResponseReturnValue:
    with transaction() as session:
        person = member_or_404(session, person_id)
        form = _form(person, posted=True)
        if not form.validate():
            return _page(form, person), 422
        facts = form.facts(email=email_of(session, person.account_id), lang=current())
        family.correct_member(session, person, facts, form.related, now=now())
    return redirect(url_for("portal.family_page", said="changed"), 303)


@pages.get("/account/family/<uuid:person_id>/remove")
def member_removing(person_id: UUID) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        person = member_or_404(session, person_id)
        coming = bookings.visits_of(session, person.account_id, now()).coming
        return render_template(
            "portal/member_remove.html",
            person=person,
            visits=[visit_of(booking) for booking in visits_of_member(person, coming)],
            action=url_for("portal.member_removed", person_id=person.id),
        )


@pages.post("/account/family/<uuid:person_id>/remove")
def member_removed(person_id: UUID) -> ResponseReturnValue:
    with transaction() as session:
        family.remove_member(session, member_or_404(session, person_id), now=now())
    return redirect(url_for("portal.family_page", said="removed"), 303)


def member_or_404(session: Session, person_id: UUID) -> Person:
    """A member of the signed-in account's family; the owner's own details have their own page."""
    person = patients.person_of(session, account_id_of(session), person_id)
    return person if person is not None and person.relation is not Relation.SELF else abort(404)


def _owner_first(persons: list[Person]) -> list[Person]:
    return sorted(persons, key=lambda one: one.relation is not Relation.SELF)


def today() -> date:
    return now().astimezone(RIGA).date()


def _form(person: Person | None, *, posted: bool = False) -> MemberForm:
    """The form of a member: empty, or with what is known but the code, which is not shown again."""
    kept = patients.code_of(person) if person else None
    known = {**typed_person(Typed(), person).as_dict(), "relation": person.relation.value} if person else {}
    known.pop("code", None)
    # A doubtful code is asked about once.
    looked = Typed(code=request.form.get("looked", ""))
    return MemberForm(
        request.form if posted else None,
        today=today(),
        before=looked,
        relations=FAMILY,
        known_code=kept.masked if kept else "",
        **known,
    )


def _page(form: MemberForm, person: Person | None = None) -> str:
    return render_template(
        "portal/member.html",
        form=form,
        mistakes=form.mistakes(),
        person=person,
        action=url_for("portal.member_changed", person_id=person.id) if person else url_for("portal.member_added"),
    )
