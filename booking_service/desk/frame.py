"""What every page of one clinic's desk has round it: the clinic's name, the links, who is signed in."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import render_template, request
from sqlalchemy.orm import Session

from booking_service.bookings import representatives
from booking_service.calendars.slots import instant
from booking_service.calendars.store import zone
from booking_service.desk import store
from booking_service.desk.access import Clerk
from booking_service.patients.rules import age_on
from booking_service.web.context import now


def page(session: Session, clerk: Clerk, template: str, *, current: str = "", **values: object) -> str:
    """Render a page of the clinic's desk; `current` names the link that it stands under."""
    return render_template(
        f"desk/{template}.html",
        clerk=clerk,
        clinic=clerk.clinic,
        zone=clerk.clinic.zone,
        current=current,
        request_count=store.request_count(session, clerk.clinic.id),
        said=request.args.get("said", ""),
        now=now(),
        today=today(clerk),
        age=age_on,
        representative_of=representatives.of,
        **values,
    )


def today(clerk: Clerk) -> date:
    return now().astimezone(zone(clerk.clinic.zone)).date()


def asked_day(clerk: Clerk, name: str = "day") -> date:
    """The local day that the address asks for; today where it names none."""
    return day_of(request.args.get(name, "")) or today(clerk)


def day_of(text: str) -> date | None:
    """A day as a date field sends it, `2027-03-02`, of this century; None for anything else."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None


def bounds(day: date, where: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants at which a local day begins and ends; 23 or 25 hours apart at a clock change."""
    ends = (instant(day, 0, where), instant(day + timedelta(days=1), 0, where))
    since, until = (datetime.fromtimestamp(seconds, now().tzinfo) for seconds in ends)
    return since, until
