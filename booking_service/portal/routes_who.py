"""The step that asks who goes to the doctor, and who pays."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from booking_service.bookings.letters import said
from booking_service.bookings.models import Booking
from booking_service.db import transaction
from booking_service.patients import store as patients
from booking_service.patients.models import Person
from booking_service.portal.forms import WhoForm
from booking_service.portal.pages import pages
from booking_service.portal.persons import typed_person
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
        return _page(session, booking, caller, _form(booking, typed_of(caller)), new="new" in request.args)


@pages.post("/book/<uuid:booking_id>/who")
def who_typed(booking_id: UUID) -> ResponseReturnValue:
    with transaction() as session:
        booking, caller = ended(session, booking_id)
        before = typed_of(caller)
        form = _form(booking, before, request.form)
        person = _chosen(session, caller)
        sound = _sound(form, known="person" in request.form)
        typed = typed_person(before, person) if person else _of_form(before, form)
        typed = typed.with_(pays=form.pays.data or "", insurer=form.insurer.data or "", policy=form.policy.data or "")
        caller = sessions.keep_typed(session, caller, typed.as_dict())
        if "person" in request.form and person is None and request.form["person"] == NEW and not form.pays.errors:
            sessions.keep_typed(session, caller, Typed(pays=typed.pays, insurer=typed.insurer).as_dict())
            return redirect(url_for("portal.who", booking_id=booking.id, new=1), 303)
        if not sound:
            return _page(session, booking, caller, form, new="person" not in request.form), 422
        onward = next_step(booking, caller)
        # A known person who lacks something is asked for it in the form that has a field for it.
        stuck = onward == url_for("portal.who", booking_id=booking.id)
        return redirect(url_for("portal.who", booking_id=booking.id, new=1) if stuck else onward, 303)


def _sound(form: WhoForm, *, known: bool) -> bool:
    if not known:
        return form.validate()
    form.check_payer()
    return not form.mistakes() and bool(request.form.get("person"))


def _form(booking: Booking, typed: Typed, typed_now: Any = None) -> WhoForm:
    wanted = asked_of(booking)
    return WhoForm(
        typed_now,
        code_asked=wanted.code,
        payers=wanted.payers,
        insurers=wanted.insurers,
        today=today_at(booking),
        before=typed,
        data=typed.as_dict(),
    )


def _page(session: Session, booking: Booking, caller: Caller, form: WhoForm, *, new: bool) -> str:
    persons = patients.persons_of(session, caller.account_id) if caller.account_id and not new else []
    mistakes = form.mistakes()
    if persons and request.method == "POST" and not request.form.get("person"):
        mistakes.append(("person", "person-missing"))
    return render_template(
        "portal/who_known.html" if persons else "portal/who.html",
        **frame(session, booking, caller, "who"),
        form=form,
        mistakes=mistakes,
        persons=persons,
        chosen_person=typed_of(caller).person or (str(persons[0].id) if persons else ""),
        insurers=[
            {"slug": one["slug"], "name": said(one["names"], current())}
            for one in booking.clinic.facts.get("insurers") or ()
        ],
    )


def _chosen(session: Session, caller: Caller) -> Person | None:
    """The person of the account that was chosen; none for a new one, and for one of another account."""
    wanted = request.form.get("person", "")
    persons = patients.persons_of(session, caller.account_id) if caller.account_id and wanted else []
    return next((one for one in persons if str(one.id) == wanted), None)


def _of_form(before: Typed, form: WhoForm) -> Typed:
    typed = before.with_(
        given=form.given.data or "",
        family=form.family.data or "",
        code=form.code.data or "",
        no_code=bool(form.no_code.data),
        person="",
    )
    if form.code_asked:
        return typed
    return typed.with_(
        birth_day=form.birth_day.data or "",
        birth_month=form.birth_month.data or "",
        birth_year=form.birth_year.data or "",
    )
