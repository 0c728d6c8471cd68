"""Promise 3: a crash between any two statements leaves all of a change or nothing of it, and letters likewise."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings import actions
from booking_service.bookings.models import Booking, Cell
from booking_service.calendars.models import Approval, Opening
from booking_service.journal.models import JournalEntry
from booking_service.mail.models import Letter
from tests.builders import bookings, clinics, people
from tests.builders.bookings import PAID, START
from tests.conftest import NOW

Act = Callable[[Session], object]
LATER = START + timedelta(minutes=60)


class Crash(Exception):
    """The process dies here."""


@contextmanager
def crashing_at(engine: Engine, statement: int) -> Iterator[None]:
    """Die instead of running a statement, counted from 1; the commit is the last of them."""
    count = 0

    def run(*_: Any) -> None:
        nonlocal count
        count += 1
        if count == statement:
            raise Crash

    event.listen(engine, "before_cursor_execute", run)
    event.listen(engine, "commit", run)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", run)
        event.remove(engine, "commit", run)


def stored(sessions: sessionmaker[Session]) -> dict[str, Any]:
    """Everything that a change of a booking touches."""
    with sessions() as session:
        return {
            "bookings": set(session.execute(select(Booking.id, Booking.state, Booking.starts, Booking.revision))),
            "cells": set(session.execute(select(Cell.doctor_id, Cell.cell, Cell.booking_id))),
            "letters": Counter(session.execute(select(Letter.kind, Letter.state))),
            "journal": len(session.scalars(select(JournalEntry.id)).all()),
            "openings": set(session.execute(select(Opening.service_id, Opening.first))),
        }


def holding(session: Session) -> Act:
    house = clinics.house(session)
    bookings.held(session, house)
    return lambda later: bookings.held(later, house, LATER)


def booking(session: Session) -> Act:
    house = clinics.house(session)
    account = people.account(session)
    held = bookings.held(session, house, account=account)
    facts = people.patient_facts()
    return lambda later: actions.book(later, held.id, person_facts=facts, payment=PAID, account=account, now=NOW)


def booking_again(session: Session) -> Act:
    house = clinics.house(session)
    account = people.account(session)
    held = bookings.held(session, house, account=account)
    facts, now = people.patient_facts(), NOW + timedelta(minutes=11)
    return lambda later: actions.book(later, held.id, person_facts=facts, payment=PAID, account=account, now=now)


def approving(session: Session) -> Act:
    house = clinics.house(session, calendar_approval=Approval.MANUAL)
    asked = bookings.booked(session, house)
    return lambda later: actions.approve(later, asked.id, bookings.clerk(house), now=NOW)


def declining(session: Session) -> Act:
    house = clinics.house(session, calendar_approval=Approval.MANUAL)
    asked = bookings.booked(session, house)
    return lambda later: actions.decline(later, asked.id, bookings.clerk(house), now=NOW, word="Ārste slima")


def cancelling(session: Session) -> Act:
    account = people.account(session)
    booked = bookings.booked(session, clinics.house(session), account=account)
    return lambda later: actions.cancel(later, booked.id, bookings.patient(account), now=NOW)


def moving(session: Session) -> Act:
    house = clinics.house(session)
    booked = bookings.booked(session, house)
    return lambda later: actions.move(later, booked.id, start=LATER, actor=bookings.clerk(house), now=NOW)


def entering(session: Session) -> Act:
    house = clinics.house(session)
    facts, service = people.patient_facts(), house.service.id
    return lambda later: actions.book_at_desk(
        later, service_id=service, start=START, patient=facts, actor=bookings.clerk(house), now=NOW
    )


def expiring(session: Session) -> Act:
    bookings.booked(session, clinics.house(session, calendar_approval=Approval.MANUAL))
    return lambda later: actions.expire_due(later, now=NOW + timedelta(days=3))


CHANGES = [holding, booking, booking_again, approving, declining, cancelling, moving, entering, expiring]
LETTERS = {holding: 0, booking: 1, booking_again: 1, expiring: 2}


@pytest.mark.parametrize("change", CHANGES)
def test_a_crash_between_any_two_statements_leaves_all_or_nothing(
    engine: Engine, sessions: sessionmaker[Session], change: Callable[[Session], Act]
) -> None:
    with sessions.begin() as session:
        act = change(session)
    before = stored(sessions)

    for statement in range(1, 100):
        session = sessions()
        try:
            with crashing_at(engine, statement):
                act(session)
                session.commit()
        except Crash:
            # The connection is dropped as it is: nobody says ROLLBACK for a dead process.
            session.invalidate()
            assert stored(sessions) == before, f"{change.__name__} died at statement {statement}"
        else:
            session.close()
            break

    after = stored(sessions)
    assert statement > 4
    assert after["bookings"] != before["bookings"]
    assert after["journal"] > before["journal"]
    assert after["letters"].total() - before["letters"].total() == LETTERS.get(change, 1)
