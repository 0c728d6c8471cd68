"""What the worker removes once it is past keeping: letters' facts, used codes, ended sessions, copies of codes.

The page on privacy promises these terms; a change of one belongs there too.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from booking_service.accounts.models import SignInCode, Visitor
from booking_service.bookings.models import Booking, State
from booking_service.calendars.actions import fill_holidays
from booking_service.calendars.models import PublicHoliday
from booking_service.cli.place import Sessions
from booking_service.directory.models import Clinic
from booking_service.journal.models import JournalEntry
from booking_service.mail import outbox
from booking_service.security import throttle

CODE_KEPT = timedelta(days=7)
"""The booking's own copy of a personal code goes a week after the visit."""
REPRESENTATIVE_KEPT = timedelta(days=90)
"""Whom to call about a child's visit: as long as a visit may still be asked about."""
SIGN_IN_KEPT = timedelta(days=1)
UNFINISHED_KEPT = timedelta(days=1)
LOOKS_KEPT = timedelta(days=730)
LOOKS = ("seen", "revealed", "listed")
"""The journal's lines about who of the staff looked at what; what was done to a booking stays."""


def everything(sessions: Sessions, now: datetime) -> None:
    """Forget what is due, in short transactions; and look up the holidays of a year that has begun."""
    for due in (_letters, _signing_in, _unfinished, _copies, _looks, _holidays):
        with sessions.begin() as session:
            due(session, now)


def _letters(session: Session, now: datetime) -> None:
    outbox.forget(session, now=now)


def _signing_in(session: Session, now: datetime) -> None:
    throttle.forget(session, now=now)
    session.execute(delete(SignInCode).where(SignInCode.ends_at < now - SIGN_IN_KEPT))
    session.execute(delete(Visitor).where(Visitor.ends_at < now))


def _unfinished(session: Session, now: datetime) -> None:
    """Who chose a time and never came back: the hold, its lines in the journal, and what was typed for it."""
    before = now - UNFINISHED_KEPT
    holds = select(Booking.id).where(
        Booking.state == State.EXPIRED, Booking.patient_id.is_(None), Booking.ended_at < before
    )
    session.execute(delete(JournalEntry).where(JournalEntry.booking_id.in_(holds)))
    session.execute(delete(Booking).where(Booking.id.in_(holds)))
    going_on = select(Booking.id).where(Booking.visitor_id == Visitor.id, Booking.made_at >= before)
    session.execute(
        update(Visitor)
        .where(Visitor.typed.is_not(None), Visitor.made_at < before, ~going_on.exists())
        .values(typed=None)
        .execution_options(synchronize_session=False)
    )


def _copies(session: Session, now: datetime) -> None:
    """A booking's own copy of the code, the representative, and the network, which was kept only to limit holds."""
    due = Booking.ends < now - CODE_KEPT
    session.execute(update(Booking).where(due, Booking.code.is_not(None)).values(code=None))
    past = Booking.ends < now - REPRESENTATIVE_KEPT
    session.execute(update(Booking).where(past, Booking.representative.is_not(None)).values(representative=None))
    old = Booking.made_at < now - UNFINISHED_KEPT
    session.execute(update(Booking).where(old, Booking.network != "").values(network=""))


def _looks(session: Session, now: datetime) -> None:
    # By clinic, since the journal is long and has its index so.
    old = (JournalEntry.clinic_id.in_(select(Clinic.id)), JournalEntry.at < now - LOOKS_KEPT)
    session.execute(delete(JournalEntry).where(*old, JournalEntry.verb.in_(LOOKS)))


def _holidays(session: Session, now: datetime) -> None:
    last = now.date().replace(year=now.year + 1, month=12, day=25)
    if session.scalar(select(PublicHoliday.day).where(PublicHoliday.day == last)) is None:
        fill_holidays(session, now)
