"""The family of an account: who is in it, who leaves it, and who must agree first."""

from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from booking_service.patients import consent, family, rules, store
from booking_service.patients.actions import patient_of_clinic, person_of_account
from booking_service.patients.models import Person, Relation
from booking_service.patients.rules import PatientFacts, Representative
from tests.builders import clinics, people
from tests.builders.people import account, patient_facts
from tests.builders.refusals import refused

TODAY = date(2027, 3, 2)
CHILD = patient_facts("Jēkabs", "Ozols", code="010518-21234", phone="")


def child(born: date) -> PatientFacts:
    return patient_facts("Elza", "Ozola", code=None, birth_date=born, phone="")


def test_a_member_is_added_once(session: Session, now: datetime) -> None:
    owner = account(session)

    added = family.add_member(session, owner.id, CHILD, Relation.CHILD, now=now)

    assert added.relation is Relation.CHILD
    with refused("member-known"):
        family.add_member(session, owner.id, CHILD, Relation.OTHER, now=now)


def test_the_owner_is_not_added_as_somebody_else(session: Session, now: datetime) -> None:
    owner = account(session)
    person_of_account(session, owner.id, patient_facts(), now=now)

    with refused("member-known"):
        family.add_member(session, owner.id, patient_facts("Jēkabs"), Relation.CHILD, now=now)

    assert [one.given for one in store.persons_of(session, owner.id)] == ["Anna"]


def test_one_account_books_for_no_more_than_a_family(session: Session, now: datetime) -> None:
    owner = account(session)
    for number in range(rules.PERSONS_MOST):
        family.add_member(session, owner.id, child(date(2020, 1, 1 + number)), Relation.CHILD, now=now)

    with refused("family-full"):
        family.add_member(session, owner.id, CHILD, Relation.CHILD, now=now)


def test_a_removed_member_is_hidden_and_keeps_neither_code_nor_phone(session: Session, now: datetime) -> None:
    owner = account(session)
    person = family.add_member(
        session, owner.id, patient_facts("Ēriks", phone="+37129999999"), Relation.SPOUSE, now=now
    )

    family.remove_member(session, person, now=now)

    assert store.persons_of(session, owner.id) == []
    assert (person.code, person.phone) == (None, "")


def test_the_owner_cannot_be_removed(session: Session, now: datetime) -> None:
    person = person_of_account(session, account(session).id, patient_facts(), now=now)

    with refused("owner-stays"):
        family.remove_member(session, person, now=now)


def test_a_removed_member_who_is_added_anew_is_the_same_person(session: Session, now: datetime) -> None:
    owner = account(session)
    person = family.add_member(session, owner.id, CHILD, Relation.OTHER, now=now)
    family.remove_member(session, person, now=now)

    again = family.add_member(session, owner.id, CHILD, Relation.CHILD, now=now)

    assert again is person
    assert (again.relation, store.code_of(again)) == (Relation.CHILD, CHILD.code)


def test_two_parents_have_a_person_each_and_the_clinic_one_patient(session: Session, now: datetime) -> None:
    here = clinics.clinic(session)
    found = []
    for email in ("anna@example.lv", "juris@example.lv"):
        parent = account(session, email)
        person = family.add_member(session, parent.id, CHILD, Relation.CHILD, now=now)
        found.append((person, patient_of_clinic(session, here.id, CHILD, person_id=person.id, now=now)))

    (hers, patient), (his, same) = found
    assert hers is not his
    assert same is patient
    assert patient.person_id == hers.id


@pytest.mark.parametrize(
    ("relation", "born", "needed"),
    [
        (Relation.CHILD, date(2013, 3, 3), False),  # fourteen tomorrow
        (Relation.CHILD, date(2013, 3, 2), True),  # fourteen today
        (Relation.CHILD, date(1990, 1, 1), True),
        (Relation.OTHER, date(2010, 1, 1), True),
        (Relation.OTHER, date(1990, 1, 1), False),
        (Relation.SPOUSE, date(1990, 1, 1), False),
        (Relation.SELF, date(2012, 1, 1), False),
        (Relation.CHILD, None, False),
    ],
)
def test_from_the_fourteenth_birthday_on_a_child_has_to_agree(
    relation: Relation, born: date | None, needed: bool
) -> None:
    assert rules.needs_consent(relation, born, TODAY) is needed


def test_who_has_agreed_is_booked_for_until_they_are_somebody_else(session: Session, now: datetime) -> None:
    owner = account(session)
    person = family.add_member(session, owner.id, child(date(2012, 5, 1)), Relation.CHILD, now=now)
    with refused("consent-missing"):
        family.check_may_book(person, store.born(person), TODAY)

    agreed(person, now)
    family.check_may_book(person, store.born(person), TODAY)
    family.correct_member(session, person, child(date(2012, 5, 1)), Relation.CHILD, now=now)
    family.check_may_book(person, store.born(person), TODAY)

    family.correct_member(session, person, child(date(2011, 5, 1)), Relation.CHILD, now=now)
    with refused("consent-missing"):
        family.check_may_book(person, store.born(person), TODAY)


@pytest.mark.parametrize("answering", [None, Representative("", "+37120000000"), Representative("Anna", "")])
def test_nobody_younger_than_14_goes_to_a_doctor_alone(answering: Representative | None) -> None:
    with refused("representative-missing"):
        rules.check_represented(date(2013, 3, 3), answering, TODAY)
    rules.check_represented(date(2013, 3, 2), answering, TODAY)
    rules.check_represented(date(2013, 3, 3), people.ANSWERS, TODAY)


def test_the_owners_phone_is_not_kept_again_with_a_child(session: Session, now: datetime) -> None:
    owner = account(session)
    person_of_account(session, owner.id, patient_facts(), now=now)

    made = person_of_account(session, owner.id, patient_facts("Elza", code=None, birth_date=date(2020, 1, 1)), now=now)

    assert made.phone == ""


def agreed(person: Person, now: datetime) -> None:
    person.consent_at, person.consent_text = now, consent.TEXT
