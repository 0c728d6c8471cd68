"""The day of a clinic: its doctors' visits as lanes and as a list, with the requests that wait beside them."""

from datetime import timedelta

from flask import Blueprint, request

from booking_service.bookings import store as bookings
from booking_service.db import transaction
from booking_service.desk import access, frame, seen
from booking_service.desk.reading import read_day
from booking_service.web.context import now

pages = Blueprint("desk_day", __name__, url_prefix="/desk")


@pages.get("/<clinic>/")
def show(clinic: str) -> str:
    with transaction() as session:
        clerk = access.clerk(session, clinic)
        shown = read_day(session, clerk, frame.asked_day(clerk))
        patients = sum(1 for lane in shown.lanes for visit in lane.visits if visit.booking.patient_id)
        seen.listed(session, clerk, what=f"day {shown.day}", patients=patients, now=now())
        return frame.page(
            session,
            clerk,
            "day",
            current="day",
            shown=shown,
            requests=bookings.requests_of(session, clerk.clinic.id) if clerk.full else [],
            only_list=request.args.get("view") == "list",
            earlier=shown.day - timedelta(days=1),
            later=shown.day + timedelta(days=1),
        )
