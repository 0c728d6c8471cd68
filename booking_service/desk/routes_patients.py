"""Finding a patient or a booking in one field. What was typed never stands in an address: it may be a code."""

from uuid import UUID

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from booking_service.bookings import store as bookings
from booking_service.bookings.numbers import typed_number
from booking_service.db import transaction
from booking_service.desk import access, frame, seen, store
from booking_service.patients import store as patients
from booking_service.web.context import now

pages = Blueprint("desk_patients", __name__, url_prefix="/desk/<clinic>/patients")

LONGEST = 100
FOUND_AT_MOST = 20


@pages.get("")
def ask(clinic: str) -> str:
    with transaction(writes=False) as session:
        clerk = access.full_clerk(session, clinic)
        return frame.page(session, clerk, "patients", current="patients", typed="", found=None, born={})


@pages.post("")
def find(clinic: str) -> ResponseReturnValue:
    """Find by a booking's number, or by name, phone or whole personal code."""
    typed = request.form.get("q", "").strip()[:LONGEST]
    with transaction() as session:
        clerk = access.full_clerk(session, clinic)
        booking = bookings.by_number(session, clerk.clinic.id, typed_number(typed, clerk.clinic.number_prefix))
        if booking is not None and booking.patient_id is not None:
            return redirect(url_for("desk_booking.show", clinic=clinic, booking_id=booking.id), 303)
        found = patients.search(session, clerk.clinic.id, typed, limit=FOUND_AT_MOST)
        seen.listed(session, clerk, what="search", patients=len(found), now=now())
        return frame.page(
            session,
            clerk,
            "patients",
            current="patients",
            typed=typed,
            found=found,
            born={patient.id: patients.born(patient) for patient in found},
        )


@pages.get("/<uuid:patient_id>")
def show(clinic: str, patient_id: UUID) -> str:
    return _page(clinic, patient_id, whole_code=False)


@pages.post("/<uuid:patient_id>/reveal")
def reveal(clinic: str, patient_id: UUID) -> str:
    return _page(clinic, patient_id, whole_code=True)


def _page(clinic: str, patient_id: UUID, *, whole_code: bool) -> str:
    with transaction() as session:
        clerk = access.full_clerk(session, clinic)
        patient = patients.find(session, clerk.clinic.id, patient_id)
        if patient is None:
            abort(404)
        seen.seen(session, clerk, patient, now=now())
        if whole_code:
            seen.revealed(session, clerk, patient, now=now(), booking=None)
        code = patients.code_of(patient)
        return frame.page(
            session,
            clerk,
            "patient",
            current="patients",
            patient=patient,
            born=patients.born(patient),
            code=(code.written() if whole_code else code.masked) if code else "",
            whole_code=whole_code,
            visits=store.visits_of_patient(session, clerk.clinic.id, patient.id),
        )
