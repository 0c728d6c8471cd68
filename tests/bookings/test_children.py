"""Visits of children: who answers for them, what two parents share, and what a limit counts."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.accounts.models import Account
from booking_service.bookings import actions, representatives, store
from booking_service.bookings.models import Booking, State
from booking_service.cli import forget
from booking_service.mail.models import Letter
from booking_service.patients import family
from booking_service.patients.models import Relation
from booking_service.security.encryption import unseal
from tests.builders import bookings, clinics, people
from tests.builders.bookings import START
from tests.builders.refusals import refused

HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
BORN = {"code": None, "birth_date": date(2020, 5, 1)}
CODE = "010518-21234"


def visit(session: Session, house: clinics.House, start: datetime, parent: Account, **facts: object) -> Booking:
    """A child's visit, with its mother answering for it."""
    known = {"given": "Jēkabs", "family": "Ozols", "code": CODE, "representative": people.ANSWERS, "account": parent}
    return bookings.booked(session, house, start, **{**known, **facts})  # type: ignore[arg-type]


def test_who_answers_for_a_child_is_sealed_with_the_visit(session: Session) -> None:
    booking = visit(session, clinics.house(session), START, people.account(session))

    assert representatives.of(booking) == people.ANSWERS
    assert booking.representative is not None
    assert b"Anna" not in booking.representative
    assert b"20000000" not in booking.representative


def test_a_childs_visit_without_anybody_answering_is_refused(session: Session) -> None:
    with refused("representative-missing"):
        visit(session, clinics.house(session), START, people.account(session), representative=None)


def test_nobody_answers_for_an_adult(session: Session) -> None:
    booking = bookings.booked(session, clinics.house(session), representative=people.ANSWERS)

    assert representatives.of(booking) is None


def test_no_letter_tells_who_answers_for_the_child(session: Session) -> None:
    visit(
        session,
        clinics.house(session),
        START,
        people.account(session),
        representative=replace(people.ANSWERS, name="Zelma Zariņa"),
    )

    letter = session.scalars(select(Letter)).one()
    assert letter.facts
    facts = unseal(letter.facts, letter.id, "letter.facts")
    assert "Jēkabs" in facts
    assert "Zelma" not in facts
    assert people.ANSWERS.phone not in facts


def test_who_answered_is_forgotten_ninety_days_after_the_visit(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        visit(session, clinics.house(session), START, people.account(session))

    for after, kept in ((timedelta(days=89), True), (timedelta(days=91), False)):
        forget.everything(sessions, START + after)
        with sessions() as session:
            assert (session.scalars(select(Booking.representative)).one() is not None) is kept


def test_a_child_of_14_keeps_its_visits_and_gets_no_new_ones_without_its_consent(
    session: Session, now: datetime
) -> None:
    house, parent = clinics.house(session), people.account(session)
    facts = people.patient_facts("Jēkabs", "Ozols", code=None, birth_date=date(2013, 3, 3))
    person = family.add_member(session, parent.id, facts, Relation.CHILD, now=now)
    known = {"code": None, "birth_date": date(2013, 3, 3), "person_id": person.id}
    kept = visit(session, house, START, parent, **known)
    birthday = now + timedelta(days=1)

    with refused("consent-missing"):
        visit(session, house, START + HOUR, parent, now=birthday, **known)

    assert kept.state is State.CONFIRMED
    actions.cancel(session, kept.id, bookings.patient(parent), now=birthday)
    person.consent_at = birthday
    agreed = visit(session, house, START + WEEK, parent, now=birthday, **known)
    assert representatives.of(agreed) is None


def test_removing_a_member_cancels_nothing(session: Session, now: datetime) -> None:
    house, parent = clinics.house(session), people.account(session)
    facts = people.patient_facts("Jēkabs", "Ozols", code=CODE)
    person = family.add_member(session, parent.id, facts, Relation.CHILD, now=now)
    booking = visit(session, house, START, parent, person_id=person.id)

    family.remove_member(session, person, now=now)

    assert store.visits_of(session, parent.id, now).coming == [booking]
    assert store.visit_of(session, parent.id, booking.id) is booking
    actions.cancel(session, booking.id, bookings.patient(parent), now=now)


def test_neither_parent_sees_what_the_other_has_booked(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    mother, father = people.account(session), people.account(session, "juris@example.lv")
    hers = visit(session, house, START, mother)
    his = visit(session, house, START + HOUR, father)

    assert hers.patient_id == his.patient_id
    assert store.visits_of(session, father.id, now).coming == [his]
    assert store.visit_of(session, father.id, hers.id) is None
    with refused("booking-unknown"):
        actions.cancel(session, hers.id, bookings.patient(father), now=now)


def test_a_limit_counts_what_both_parents_booked_for_one_child(session: Session) -> None:
    house = clinics.house(session, practice_visits_at_a_time=1)
    visit(session, house, START, people.account(session))

    with refused("too-many-visits"):
        visit(session, house, START + HOUR, people.account(session, "juris@example.lv"))


def test_each_child_of_one_account_has_a_limit_of_its_own(session: Session) -> None:
    house, mother = clinics.house(session, practice_visits_at_a_time=1), people.account(session)

    visit(session, house, START, mother)
    visit(session, house, START + HOUR, mother, given="Elza", family="Ozola", **BORN)
    bookings.booked(session, house, START + WEEK, account=mother)

    with refused("too-many-visits"):
        visit(session, house, START + WEEK + HOUR, mother, given="Elza", family="Ozola", **BORN)


@pytest.mark.parametrize("first", ["mother", "child"])
def test_a_mother_and_her_child_may_go_to_two_doctors_at_one_hour(session: Session, first: str) -> None:
    here, there, mother = clinics.house(session), clinics.house(session, number=1), people.account(session)
    houses = (here, there) if first == "mother" else (there, here)

    bookings.booked(session, houses[0], START, account=mother)
    visit(session, houses[1], START, mother)

    assert len(session.scalars(select(Booking).where(Booking.starts == START)).all()) == 2
