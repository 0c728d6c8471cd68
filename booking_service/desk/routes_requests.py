"""Requests that wait for the clinic's answer, the most pressing first; on a phone this comes before the day."""

from flask import Blueprint

from booking_service.bookings import store as bookings
from booking_service.db import transaction
from booking_service.desk import access, frame, seen, store
from booking_service.patients.store import born
from booking_service.web.context import now

pages = Blueprint("desk_requests", __name__, url_prefix="/desk/<clinic>/requests")


@pages.get("")
def show(clinic: str) -> str:
    with transaction() as session:
        clerk = access.full_clerk(session, clinic)
        waiting = bookings.requests_of(session, clerk.clinic.id)
        seen.listed(session, clerk, what="requests", patients=len(waiting), now=now())
        patients = [booking.patient_id for booking in waiting if booking.patient_id]
        return frame.page(
            session,
            clerk,
            "requests",
            current="requests",
            waiting=waiting,
            born={booking.id: born(booking.patient) for booking in waiting if booking.patient},
            same_day=store.same_day(session, clerk.clinic.id, patients, waiting),
        )
