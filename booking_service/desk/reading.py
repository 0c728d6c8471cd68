"""Reading a clinic's day, for the page of the day and beside a chosen booking."""

from datetime import date

from sqlalchemy.orm import Session

from booking_service.bookings import store as bookings
from booking_service.calendars.store import timetables, zone
from booking_service.desk import frame, store
from booking_service.desk.access import Clerk
from booking_service.desk.day import Day, lay_out
from booking_service.web.context import now


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
