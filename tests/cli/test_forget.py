"""What the page on privacy promises to remove is removed, and nothing sooner."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.accounts.models import Visitor
from booking_service.bookings import actions
from booking_service.bookings.models import Booking
from booking_service.cli import forget
from booking_service.journal.actions import record
from booking_service.journal.models import JournalEntry
from booking_service.mail import outbox
from booking_service.mail.letter import Kind
from booking_service.mail.models import Letter, LetterState
from booking_service.security.encryption import seal
from tests.builders import bookings, clinics, people
from tests.builders.letters import CODE

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def count(sessions: sessionmaker[Session], table: Any) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_booking_that_was_not_finished_goes_after_a_day_with_its_lines(
    sessions: sessionmaker[Session], now: datetime
) -> None:
    with sessions.begin() as session:
        house = clinics.house(session)
        bookings.held(session, house)
        booked = bookings.booked(session, house, clinics.instant("2027-03-10 11:00"))
    with sessions.begin() as session:
        actions.expire_due(session, now=now + HOUR)

    forget.everything(sessions, now + DAY)
    assert count(sessions, Booking) == 2

    forget.everything(sessions, now + DAY + 2 * HOUR)
    with sessions() as session:
        assert session.scalars(select(Booking.id)).all() == [booked.id]
        assert set(session.scalars(select(JournalEntry.booking_id))) == {booked.id}


def test_what_was_typed_goes_after_a_day_though_the_device_stays_signed_in(
    sessions: sessionmaker[Session], now: datetime
) -> None:
    with sessions.begin() as session:
        house = clinics.house(session)
        device = people.visitor(session, account_id=people.account(session).id, now=now - 30 * DAY)
        device.ends_at = now + 60 * DAY
        device.typed = seal("{}", device.id, "visitor.typed")
        by = actions.Holder(device.id, device.account_id, "192.0.2.0")
        bookings.held(session, house, holder=by)

    forget.everything(sessions, now + 23 * HOUR)
    with sessions() as session:
        assert session.get_one(Visitor, device.id).typed is not None

    forget.everything(sessions, now + 25 * HOUR)
    with sessions() as session:
        assert session.get_one(Visitor, device.id).typed is None


def test_the_network_of_a_booking_goes_after_a_day(sessions: sessionmaker[Session], now: datetime) -> None:
    with sessions.begin() as session:
        booked = bookings.booked(session, clinics.house(session))
        assert booked.network

    forget.everything(sessions, now + 2 * DAY)

    with sessions() as session:
        assert session.get_one(Booking, booked.id).network == ""


def test_who_looked_at_a_patient_is_known_for_two_years_and_what_was_done_for_ever(
    sessions: sessionmaker[Session], now: datetime
) -> None:
    with sessions.begin() as session:
        here = clinics.clinic(session)
        for verb in ("seen", "revealed", "listed", "cancel"):
            record(session, verb, actor="staff", now=now, clinic_id=here.id, account_id=uuid4())

    forget.everything(sessions, now + 729 * DAY)
    assert count(sessions, JournalEntry) == 4

    forget.everything(sessions, now + 731 * DAY)
    with sessions() as session:
        assert session.scalars(select(JournalEntry.verb)).all() == ["cancel"]


def test_the_letter_of_a_sign_in_leaves_nothing_after_thirty_days(
    sessions: sessionmaker[Session], now: datetime
) -> None:
    with sessions.begin() as session:
        letter = outbox.put(session, kind=Kind.SIGN_IN_CODE, lang="lv", to="anna@example.lv", facts=CODE, now=now)
        letter.state = LetterState.SENT

    forget.everything(sessions, now + 29 * DAY)
    assert count(sessions, Letter) == 1

    forget.everything(sessions, now + 31 * DAY)
    assert count(sessions, Letter) == 0
