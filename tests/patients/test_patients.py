"""Persons of an account and patients of a clinic."""

from datetime import date, datetime

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from booking_service.directory.models import Clinic
from booking_service.patients import store
from booking_service.patients.actions import correct_person, patient_of_clinic, person_of_account
from booking_service.patients.models import Patient, Person, Relation
from tests.builders.clinics import clinic
from tests.builders.people import OTHER_CODE, account, patient_facts


def count(session: Session, table: type[Patient] | type[Person]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_person_is_kept_once_and_later_facts_win(session: Session, now: datetime) -> None:
    owner = account(session)
    first = person_of_account(session, owner.id, patient_facts(), now=now)

    again = person_of_account(session, owner.id, patient_facts(family="Kalna", phone="+37122222222"), now=now)

    assert again is first
    assert (again.family, again.phone, again.relation) == ("Kalna", "+37122222222", Relation.SELF)


def test_another_code_is_another_person_of_the_account(session: Session, now: datetime) -> None:
    owner = account(session)
    person_of_account(session, owner.id, patient_facts(), now=now)

    child = person_of_account(
        session, owner.id, patient_facts("Jēkabs", code=OTHER_CODE), now=now, relation=Relation.CHILD
    )

    assert {each.given for each in store.persons_of(session, owner.id)} == {"Anna", "Jēkabs"}
    assert child.relation == Relation.CHILD


def test_a_person_without_a_code_is_known_by_name_and_birth_date(session: Session, now: datetime) -> None:
    owner = account(session)
    facts = patient_facts(code=None, birth_date=date(2020, 5, 1))

    assert person_of_account(session, owner.id, facts, now=now) is person_of_account(session, owner.id, facts, now=now)


def test_a_child_booked_for_first_is_not_the_accounts_owner(session: Session, now: datetime) -> None:
    owner = account(session)
    child = person_of_account(
        session, owner.id, patient_facts("Jēkabs", code=None, birth_date=date(2020, 5, 1)), now=now
    )

    parent = person_of_account(session, owner.id, patient_facts(), now=now)
    other = person_of_account(session, owner.id, patient_facts("Pēteris", code=OTHER_CODE), now=now)

    assert [each.relation for each in (child, parent, other)] == [Relation.CHILD, Relation.SELF, Relation.OTHER]


def test_an_owner_who_says_that_there_is_no_code_removes_it(session: Session, now: datetime) -> None:
    owner = account(session)
    person = person_of_account(session, owner.id, patient_facts(), now=now)

    correct_person(session, person, patient_facts(code=None, birth_date=date(1975, 11, 16)))

    assert store.code_of(person) is None
    assert person.no_code


def test_code_and_birth_date_are_sealed_in_the_row(session: Session, now: datetime) -> None:
    facts = patient_facts()
    patient = patient_of_clinic(session, clinic(session).id, facts, now=now)

    assert facts.code is not None
    assert patient.code is not None
    assert patient.birth_date is not None
    assert facts.code.digits.encode() not in patient.code
    assert b"1975" not in patient.birth_date
    assert store.code_of(patient) == facts.code
    assert store.born(patient) == date(1975, 11, 16)


def test_the_same_patient_of_a_clinic_is_one_row(session: Session, now: datetime) -> None:
    here = clinic(session)

    first = patient_of_clinic(session, here.id, patient_facts(), now=now)
    again = patient_of_clinic(session, here.id, patient_facts("ANNA", "Ozola "), now=now)

    assert again is first
    assert count(session, Patient) == 1


def test_a_patient_found_again_unchanged_is_not_written(session: Session, now: datetime) -> None:
    here, owner = clinic(session), account(session)
    person = person_of_account(session, owner.id, patient_facts(), now=now)
    patient_of_clinic(session, here.id, patient_facts(), person_id=person.id, now=now)
    session.commit()
    written: list[str] = []
    event.listen(
        session.connection(),
        "before_cursor_execute",
        lambda _c, _cursor, statement, *_: written.append(statement.split()[0]),
    )

    person_of_account(session, owner.id, patient_facts(), now=now)
    patient_of_clinic(session, here.id, patient_facts(), person_id=person.id, now=now)

    assert set(written) <= {"SELECT", "BEGIN"}


def test_two_clinics_have_two_rows_whose_fingerprints_cannot_be_compared(session: Session, now: datetime) -> None:
    here, there = clinic(session), clinic(session, "otra", prefix="OT")

    rows = [patient_of_clinic(session, each.id, patient_facts(), now=now) for each in (here, there)]

    assert rows[0].code_print != rows[1].code_print
    assert store.find(session, here.id, rows[1].id) is None
    assert store.search(session, here.id, "Ozola") == [rows[0]]


def test_without_a_code_a_contact_must_agree_too(session: Session, now: datetime) -> None:
    here = clinic(session)
    facts = patient_facts(code=None, birth_date=date(1980, 1, 2))
    first = patient_of_clinic(session, here.id, facts, now=now)

    same = patient_of_clinic(
        session, here.id, patient_facts(code=None, birth_date=date(1980, 1, 2), email="new@example.lv"), now=now
    )
    namesake = patient_of_clinic(
        session,
        here.id,
        patient_facts(code=None, birth_date=date(1980, 1, 2), email="x@example.lv", phone="+37129999999"),
        now=now,
    )

    assert same is first
    assert namesake is not first


def test_a_code_given_later_completes_the_row_found_by_name(session: Session, now: datetime) -> None:
    here = clinic(session)
    first = patient_of_clinic(session, here.id, patient_facts(code=None, birth_date=date(1975, 11, 16)), now=now)

    again = patient_of_clinic(session, here.id, patient_facts(), now=now)

    assert again is first
    assert store.by_code(session, here.id, patient_facts().code) == [first]  # type: ignore[arg-type]
    assert not first.no_code


def test_a_code_with_another_name_is_another_row(session: Session, now: datetime) -> None:
    here = clinic(session)
    patient_of_clinic(session, here.id, patient_facts(), now=now)

    patient_of_clinic(session, here.id, patient_facts("Pēteris", "Krūze"), now=now)

    assert count(session, Patient) == 2


def test_who_knows_a_code_cannot_turn_the_clinics_letters_to_another_address(session: Session, now: datetime) -> None:
    here = clinic(session)
    known = patient_of_clinic(session, here.id, patient_facts(), now=now)
    thief = account(session, "thief@example.lv")
    facts = patient_facts(email="thief@example.lv", phone="+37129999999")
    person = person_of_account(session, thief.id, facts, now=now)

    found = patient_of_clinic(session, here.id, facts, person_id=person.id, now=now)

    assert found is known
    assert (found.email, found.phone, found.person_id) == ("anna@example.lv", "+37120000000", None)


def test_who_knows_a_phone_besides_cannot_either(session: Session, now: datetime) -> None:
    here = clinic(session)
    known = patient_of_clinic(session, here.id, patient_facts(email=""), now=now)
    thief = account(session, "thief@example.lv")
    facts = patient_facts(email="thief@example.lv")
    person = person_of_account(session, thief.id, facts, now=now)

    for _ in range(2):
        found = patient_of_clinic(session, here.id, facts, person_id=person.id, now=now)

    assert found is known
    assert (found.email, found.person_id) == ("", None)


def test_the_accounts_own_person_brings_new_contacts(session: Session, now: datetime) -> None:
    here, owner = clinic(session), account(session)
    person = person_of_account(session, owner.id, patient_facts(), now=now)
    patient_of_clinic(session, here.id, patient_facts(), person_id=person.id, now=now)

    found = patient_of_clinic(session, here.id, patient_facts(phone="+37123456789"), person_id=person.id, now=now)

    assert found.phone == "+37123456789"
    assert store.search(session, here.id, "23456789") == [found]
    assert store.search(session, here.id, "20000000") == []


def searched(session: Session, here: Clinic, text: str) -> list[str]:
    return [patient.given for patient in store.search(session, here.id, text)]


def test_the_desk_finds_by_any_part_of_the_name_a_phone_or_the_whole_code(session: Session, now: datetime) -> None:
    here = clinic(session)
    patient_of_clinic(session, here.id, patient_facts("Ilze Marija", "Bērziņa-Šķēle"), now=now)
    patient_of_clinic(
        session, here.id, patient_facts("Юлия", "Берзиня", code=OTHER_CODE, phone="+37167123456"), now=now
    )

    assert sorted(searched(session, here, "berzina")) == ["Ilze Marija", "Юлия"]
    assert searched(session, here, "Šķēle ilze") == ["Ilze Marija"]
    assert searched(session, here, "erzi jul") == ["Юлия"]
    assert searched(session, here, "67 123 456") == ["Юлия"]
    assert searched(session, here, "161175-19997") == ["Ilze Marija"]
    assert searched(session, here, "16117519997") == ["Ilze Marija"]
    assert searched(session, here, "+371 20000000") == ["Ilze Marija"]


def test_the_desk_finds_names_whose_letters_have_no_latin_like(session: Session, now: datetime) -> None:
    here = clinic(session)
    patient_of_clinic(session, here.id, patient_facts("Олексій", "Їжакевич"), now=now)
    patient_of_clinic(session, here.id, patient_facts("გიორგი", "ბერიძე", code=OTHER_CODE), now=now)

    assert searched(session, here, "Олексій") == ["Олексій"]
    assert searched(session, here, "oleksij") == ["Олексій"]
    assert searched(session, here, "ბერიძე") == ["გიორგი"]


def test_the_desk_finds_nobody_by_nothing_by_part_of_a_code_or_by_wildcards(session: Session, now: datetime) -> None:
    here = clinic(session)
    patient_of_clinic(session, here.id, patient_facts(), now=now)

    for text in ("", "  ", "%", "_", "161175", "199", '"', "[", "ozola berzina", "161175-19996"):
        assert searched(session, here, text) == []
