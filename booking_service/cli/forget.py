"""What the worker removes once it is past keeping: letters' facts, used codes, ended sessions, copies of codes."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from booking_service.accounts.models import SignInCode, Visitor
from booking_service.bookings.models import Booking, State
from booking_service.calendars.actions import fill_holidays
from booking_service.calendars.models import PublicHoliday
from booking_service.cli.place import Sessions
from booking_service.mail import outbox
from booking_service.security import throttle

CODE_KEPT = timedelta(days=7)
"""The booking's own copy of a personal code goes a week after the visit."""
SIGN_IN_KEPT = timedelta(days=1)


def everything(sessions: Sessions, now: datetime) -> None:
    """Forget what is due, in short transactions; and look up the holidays of a year that has begun."""
    with sessions.begin() as session:
        outbox.forget(session, now=now)
    with sessions.begin() as session:
        throttle.forget(session, now=now)
        session.execute(delete(SignInCode).where(SignInCode.ends_at < now - SIGN_IN_KEPT))
        session.execute(delete(Visitor).where(Visitor.ends_at < now))
    with sessions.begin() as session:
        due = Booking.ends < now - CODE_KEPT
        session.execute(update(Booking).where(due, Booking.code.is_not(None)).values(code=None))
        # Who chose a time and never came back: the network was kept only to limit holds.
        session.execute(
            update(Booking)
            .where(Booking.state == State.EXPIRED, Booking.network != "", Booking.made_at < now - SIGN_IN_KEPT)
            .values(network="")
        )
    with sessions.begin() as session:
        last = now.date().replace(year=now.year + 1, month=12, day=25)
        if session.scalar(select(PublicHoliday.day).where(PublicHoliday.day == last)) is None:
            fill_holidays(session, now)
