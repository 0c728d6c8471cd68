"""The day of a clinic: its doctors' visits as lanes and as a list, with the requests that wait beside them."""

from datetime import date, timedelta

from flask import Blueprint, request
from sqlalchemy.orm import Session

from booking_service.bookings import store as bookings
from booking_service.calendars.store import timetables, zone
from booking_service.db import transaction
from booking_service.desk import access, frame, seen, store
from booking_service.desk.access import Clerk
from booking_service.desk.day import Day, lay_out
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


def read_day(session: Session, clerk: Clerk, day: date) -> Day:
    """A local day of the clinic, of the own doctor alone for a doctor's role."""
    where = zone(clerk.clinic.zone)
    since, until = frame.bounds(day, where)
    practices = store.practices(session, clerk.clinic.id)
    booked = bookings.between(session, clerk.clinic.id, since, until)
    if not clerk.full:
        practices = [practice for practice in practices if practice.doctor_id == clerk.doctor_id]
        booked = [booking for booking in booked if booking.doctor_id == clerk.doctor_id]
    services = [service.id for practice in practices for service in practice.services]
    tables = timetables(session, services, since, until)
    return lay_out(day, practices, tables, booked, zone=where, now=now())
