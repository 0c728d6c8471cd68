"""Entering a visit at the desk: service, time (or an extra visit), patient. Nothing is held meanwhile.

Addresses carry ids and times only; what is typed about a patient is posted.
"""

from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from booking_service.bookings import actions
from booking_service.bookings.availability import Audience, first_days
from booking_service.calendars.slots import instant
from booking_service.calendars.store import zone
from booking_service.db import transaction
from booking_service.desk import access, frame, seen, store
from booking_service.desk.access import Clerk
from booking_service.desk.hours_text import HoursMistake, clock_minute
from booking_service.desk.patient_form import PatientForm, facts_of
from booking_service.desk.routes_move import asked_id, id_of, start_of
from booking_service.directory.models import Practice, Service
from booking_service.patients import store as patients
from booking_service.patients.models import Patient
from booking_service.refusals import Refusal
from booking_service.web.context import now
from booking_service.web.errors import sentence

pages = Blueprint("desk_new", __name__, url_prefix="/desk/<clinic>/new")


@pages.get("")
def services(clinic: str) -> str:
    """Which doctor and service."""
    with transaction() as session:
        clerk = access.full_clerk(session, clinic)
        return frame.page(
            session,
            clerk,
            "new_service",
            practices=store.practices(session, clerk.clinic.id),
            keep=_kept(request.args.get("patient", ""), request.args.get("day", "")),
        )


@pages.get("/<uuid:service_id>")
def times(clinic: str, service_id: UUID) -> str:
    """Which time: free ones as the patients' grid has them, or any time for an extra visit."""
    with transaction(writes=False) as session:
        clerk = access.full_clerk(session, clinic)
        return _times(session, clerk, service_id)


@pages.post("/<uuid:service_id>")
def choose_time(clinic: str, service_id: UUID) -> ResponseReturnValue:
    """Go on to the patient with a pressed time, or with a typed one for an extra visit."""
    keep = _kept(request.form.get("patient", ""))
    with transaction(writes=False) as session:
        clerk = access.full_clerk(session, clinic)
        _service(session, clerk, service_id)
        try:
            start, extra = _chosen_start(clerk)
        except HoursMistake:
            return _times(session, clerk, service_id, mistake="time-wrong"), 422
    asked = urlencode({"start": start.astimezone(UTC).isoformat(), **extra, **keep})
    return redirect(f"{url_for('desk_new.patient', clinic=clinic, service_id=service_id)}?{asked}", 303)


@pages.get("/<uuid:service_id>/patient")
def patient(clinic: str, service_id: UUID) -> str:
    with transaction() as session:
        clerk = access.full_clerk(session, clinic)
        known = _known(session, clerk, asked_id("patient"))
        return _patient(session, clerk, service_id, PatientForm(), known)


@pages.post("/<uuid:service_id>/find")
def find(clinic: str, service_id: UUID) -> str:
    """Search among the clinic's own patients, on the way to a visit."""
    typed = request.form.get("q", "").strip()[:100]
    with transaction() as session:
        clerk = access.full_clerk(session, clinic)
        found = patients.search(session, clerk.clinic.id, typed)
        seen.listed(session, clerk, what="search", patients=len(found), now=now())
        return _patient(session, clerk, service_id, PatientForm(), None, typed=typed, found=found)


@pages.post("/<uuid:service_id>/patient")
def enter(clinic: str, service_id: UUID) -> ResponseReturnValue:
    form = PatientForm(request.form)
    start, extra = start_of(request.args.get("start", "")), "extra" in request.args
    mistake = ""
    try:
        with transaction() as session:
            clerk = access.full_clerk(session, clinic)
            _, service = _service(session, clerk, service_id)
            known = _known(session, clerk, asked_id("patient"))
            facts = facts_of(form, known, frame.today(clerk))
            if facts is not None:
                tell = form.tell.data
                booking = actions.book_at_desk(
                    session,
                    service_id=service.id,
                    start=start,
                    patient=facts,
                    actor=clerk.actor(),
                    now=now(),
                    extra=extra,
                    tell=bool(tell),
                )
                said = url_for("desk_booking.show", clinic=clinic, booking_id=booking.id, said="entered")
                return redirect(said, 303)
    except Refusal as refusal:
        if refusal.code == "sign-in-first":
            raise
        mistake = sentence(refusal)
    with transaction() as session:
        clerk = access.full_clerk(session, clinic)
        known = _known(session, clerk, asked_id("patient"))
        return _patient(session, clerk, service_id, form, known, mistake=mistake), 409 if mistake else 422


def _times(session: Session, clerk: Clerk, service_id: UUID, mistake: str = "") -> str:
    practice, service = _service(session, clerk, service_id)
    day = frame.day_of(request.args.get("day", "")) or frame.today(clerk)
    days = first_days(session, service.id, now=now(), from_day=max(day, frame.today(clerk)), audience=Audience.DESK)
    return frame.page(
        session,
        clerk,
        "new_time",
        practice=practice,
        service=service,
        days=days,
        keep=_kept(request.args.get("patient", "") or request.form.get("patient", "")),
        day=request.form.get("day") or day.isoformat(),
        time=request.form.get("time", ""),
        mistake=mistake,
    )


def _patient(
    session: Session,
    clerk: Clerk,
    service_id: UUID,
    form: PatientForm,
    known: Patient | None,
    *,
    mistake: str = "",
    typed: str = "",
    found: list[Patient] | None = None,
) -> str:
    practice, service = _service(session, clerk, service_id)
    start, extra = start_of(request.args.get("start", "")), "extra" in request.args
    if known is not None:
        seen.seen(session, clerk, known, now=now())
    return frame.page(
        session,
        clerk,
        "new_patient",
        practice=practice,
        service=service,
        start=start,
        extra=extra,
        asked={"start": start.isoformat(), **({"extra": "yes"} if extra else {})},
        form=form,
        known=known,
        born={one.id: patients.born(one) for one in [*(found or []), *([known] if known else [])]},
        typed=typed,
        found=found,
        overlaps=store.overlapping(session, practice.doctor_id, clerk.clinic.id, start, service.minutes),
        mistake=mistake,
    )


def _service(session: Session, clerk: Clerk, service_id: UUID) -> tuple[Practice, Service]:
    practices = store.practices(session, clerk.clinic.id)
    pairs = [(practice, service) for practice in practices for service in practice.services]
    found = [pair for pair in pairs if pair[1].id == service_id]
    return found[0] if found else abort(404)


def _known(session: Session, clerk: Clerk, patient_id: UUID | None) -> Patient | None:
    return patients.find(session, clerk.clinic.id, patient_id) if patient_id else None


def _kept(patient: str, day: str = "") -> dict[str, str]:
    """What a choice made earlier hands on: whose visit it is to be, and about when."""
    kept = {"patient": str(id_of(patient))} if id_of(patient) else {}
    return {**kept, "day": day} if frame.day_of(day) else kept


def _chosen_start(clerk: Clerk) -> tuple[datetime, dict[str, str]]:
    """A pressed time, or a typed day and time on the clinic's clock with the mark of an extra visit.

    Raises HoursMistake.
    """
    if "start" in request.form:
        return start_of(request.form["start"]), {}
    day = frame.day_of(request.form.get("day", ""))
    minute = clock_minute(request.form.get("time", ""))
    if day is None or minute is None or minute % 5:
        raise HoursMistake("time-wrong")
    return datetime.fromtimestamp(instant(day, minute, zone(clerk.clinic.zone)), UTC), {"extra": "yes"}
