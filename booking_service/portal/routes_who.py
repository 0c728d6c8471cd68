"""The step that asks who goes to the doctor, and who pays."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from booking_service.bookings import store as bookings
from booking_service.bookings.letters import said
from booking_service.bookings.models import Booking
from booking_service.db import transaction
from booking_service.patients import store as patients
from booking_service.patients.family import lacks_consent
from booking_service.patients.models import Person, Relation
from booking_service.patients.rules import FAMILY
from booking_service.portal import progress
from booking_service.portal.forms import WhoForm
from booking_service.portal.pages import pages
from booking_service.portal.persons import owner_among, represented, typed_person
from booking_service.portal.routes_steps import ended, live_or_end
from booking_service.portal.step_views import asked_of, frame, next_step, today_at, typed_of
from booking_service.portal.typed import Typed
from booking_service.web import sessions
from booking_service.web.sessions import Caller
from theme.words import current

NEW = "new"


@pages.get("/book/<uuid:booking_id>/who")
def who(booking_id: UUID) -> ResponseReturnValue:
    with transaction(writes=False) as session:
        booking, caller = live_or_end(session, booking_id)
        persons = _persons(session, caller)
        typed = _payer_of_before(session, booking, caller, typed_of(caller))
        return _page(session, booking, caller, persons, _form(booking, persons, typed), new="new" in request.args)


@pages.post("/book/<uuid:booking_id>/who")
def who_typed(booking_id: UUID) -> ResponseReturnValue:
    with transaction() as session:
        booking, caller = ended(session, booking_id)
        before, persons = typed_of(caller), _persons(session, caller)
        form = _form(booking, persons, before, request.form)
        person = next((one for one in persons if str(one.id) == request.form.get("person")), None)
        sound = _sound(form, booking, person)
        typed = typed_person(_own(before, person), person) if person else _of_form(before, form)
        typed = represented(typed, owner_among(persons))
        typed = typed.with_(pays=form.pays.data or "", insurer=form.insurer.data or "", policy=form.policy.data or "")
        if request.form.get("person") == NEW and not form.pays.errors:
            sessions.keep_typed(session, caller, Typed(pays=typed.pays, insurer=typed.insurer).as_dict())
            return redirect(url_for("portal.who", booking_id=booking.id, new=1), 303)
        caller = sessions.keep_typed(session, caller, typed.as_dict())
        if not sound:
            return _page(session, booking, caller, persons, form, new="person" not in request.form), 422
        onward = next_step(booking, caller)
        # A known person who lacks something is asked for it in the form that has a field for it.
        stuck = onward == url_for("portal.who", booking_id=booking.id)
        return redirect(url_for("portal.who", booking_id=booking.id, new=1) if stuck else onward, 303)


def _own(before: Typed, person: Person) -> Typed:
    """What was typed, without the phone of somebody else who had been chosen first."""
    return before if before.person in ("", str(person.id)) else before.with_(phone="")


def _persons(session: Session, caller: Caller) -> list[Person]:
    return patients.persons_of(session, caller.account_id) if caller.account_id else []


def _payer_of_before(session: Session, booking: Booking, caller: Caller, typed: Typed) -> Typed:
    """Who paid the last time stands chosen already: the next child needs no third press."""
    wanted = asked_of(booking)
    if typed.pays or not wanted.payers or caller.account_id is None:
        return typed
    pays, insurer = bookings.last_payer(session, caller.account_id)
    possible = pays in wanted.payers and (not insurer or insurer in wanted.insurers)
    return typed.with_(pays=pays, insurer=insurer) if possible else typed


def _sound(form: WhoForm, booking: Booking, person: Person | None) -> bool:
    if "person" not in request.form:
        sound = form.validate()
        if sound:
            typed = _of_form(Typed(), form)
            form.check_consent(progress.born(typed, asked_of(booking), form.today))
        return not form.mistakes()
    form.check_payer()
    return not form.mistakes() and bool(request.form.get("person")) and not _undecided(booking, person)


def _undecided(booking: Booking, person: Person | None) -> bool:
    """Whether a chosen person has yet to agree that the account books for them."""
    return person is not None and lacks_consent(person, patients.born(person), today_at(booking))


def _form(booking: Booking, persons: Sequence[Person], typed: Typed, typed_now: Any = None) -> WhoForm:
    wanted = asked_of(booking)
    return WhoForm(
        typed_now,
        code_asked=wanted.code,
        payers=wanted.payers,
        insurers=wanted.insurers,
        today=today_at(booking),
        before=typed,
        relations=relations_left(persons),
        data=typed.as_dict(),
    )


def relations_left(persons: Sequence[Person]) -> tuple[Relation, ...]:
    """Who somebody new can be: nothing is asked while nobody is known, and the owner is one only once."""
    if not persons:
        return ()
    return FAMILY if owner_among(persons) else (Relation.SELF, *FAMILY)


def _page(
    session: Session, booking: Booking, caller: Caller, persons: Sequence[Person], form: WhoForm, *, new: bool
) -> str:
    chosen = request.form.get("person", "") or typed_of(caller).person
    person = next((one for one in persons if str(one.id) == chosen), None)
    mistakes = form.mistakes()
    if persons and not new and request.method == "POST":
        if not request.form.get("person"):
            mistakes.append(("person", "person-missing"))
        elif _undecided(booking, person):
            mistakes.append(("person", "consent-missing"))
    return render_template(
        "portal/who_known.html" if persons and not new else "portal/who.html",
        **frame(session, booking, caller, "who"),
        form=form,
        mistakes=mistakes,
        persons=persons,
        undecided={one.id for one in persons if _undecided(booking, one)},
        chosen_person=chosen or (str(persons[0].id) if persons else ""),
        insurers=[
            {"slug": one["slug"], "name": said(one["names"], current())}
            for one in booking.clinic.facts.get("insurers") or ()
        ],
    )


def _of_form(before: Typed, form: WhoForm) -> Typed:
    typed = before.with_(
        given=form.given.data or "",
        family=form.family.data or "",
        code=form.code.data or "",
        no_code=bool(form.no_code.data),
        code_later=form.later,
        relation=form.relation.data if form.relation.data in form.relations else "",
        person="",
    )
    if form.code_asked:
        return typed
    return typed.with_(
        birth_day=form.birth_day.data or "",
        birth_month=form.birth_month.data or "",
        birth_year=form.birth_year.data or "",
    )
