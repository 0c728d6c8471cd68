"""Putting letters into the outbox, and which of them a later change overtakes."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking_service.mail import outbox
from booking_service.mail.letter import Kind
from booking_service.mail.models import Letter, LetterState
from tests.builders.letters import VISIT


def put(session: Session, kind: Kind, booking: UUID, now: datetime, to: str = "anna@example.lv") -> Letter:
    return outbox.put(session, kind=kind, lang="lv", to=to, facts=VISIT, now=now, booking_id=booking)


def states(session: Session) -> dict[str, LetterState]:
    session.flush()
    return {letter.kind: letter.state for letter in session.scalars(select(Letter))}


def test_address_and_facts_are_sealed(session: Session, now: datetime) -> None:
    letter = put(session, Kind.CONFIRMED, uuid4(), now)

    assert letter.to is not None
    assert letter.facts is not None
    assert b"anna@" not in letter.to
    assert "Kalniņš".encode() not in letter.facts


def test_a_later_change_overtakes_what_still_waits(session: Session, now: datetime) -> None:
    booking = uuid4()
    put(session, Kind.CONFIRMED, booking, now)
    put(session, Kind.MOVED, booking, now + timedelta(minutes=1))

    assert states(session) == {"confirmed": LetterState.OVERTAKEN, "moved": LetterState.WAITING}


def test_two_changes_at_one_instant_overtake_too(session: Session, now: datetime) -> None:
    booking = uuid4()
    put(session, Kind.CONFIRMED, booking, now)
    put(session, Kind.CANCELLED_BY_CLINIC, booking, now)

    assert states(session)["confirmed"] is LetterState.OVERTAKEN


def test_letters_of_one_change_to_several_people_do_not_overtake_each_other(session: Session, now: datetime) -> None:
    booking = uuid4()
    letters = [put(session, Kind.MOVED, booking, now, to) for to in ("anna@example.lv", "janis@example.lv")]

    assert {letter.state for letter in letters} == {LetterState.WAITING}


def test_a_second_move_overtakes_the_first(session: Session, now: datetime) -> None:
    booking = uuid4()
    first = put(session, Kind.MOVED, booking, now)
    put(session, Kind.MOVED, booking, now + timedelta(seconds=1))

    assert first.state is LetterState.OVERTAKEN


def test_other_bookings_sent_letters_and_the_clinics_letters_stay(session: Session, now: datetime) -> None:
    booking = uuid4()
    other = put(session, Kind.CONFIRMED, uuid4(), now)
    sent = put(session, Kind.REQUESTED, booking, now)
    sent.state = LetterState.SENT
    clinics = put(session, Kind.REQUEST_EXPIRED, booking, now, "registratura@example.lv")

    put(session, Kind.EXPIRED, booking, now + timedelta(minutes=1))

    assert [letter.state for letter in (other, sent, clinics)] == [
        LetterState.WAITING,
        LetterState.SENT,
        LetterState.WAITING,
    ]


def test_the_clinics_letter_overtakes_nothing(session: Session, now: datetime) -> None:
    booking = uuid4()
    patients = put(session, Kind.EXPIRED, booking, now)
    put(session, Kind.REQUEST_EXPIRED, booking, now, "registratura@example.lv")

    assert patients.state is LetterState.WAITING
