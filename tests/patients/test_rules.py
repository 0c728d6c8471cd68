"""What is asked of a patient."""

from dataclasses import replace
from datetime import date

import pytest

from booking_service.patients import rules
from booking_service.security.personal_codes import PersonalCode
from tests.builders.people import patient_facts
from tests.builders.refusals import refused

TODAY = date(2027, 3, 2)


def test_sound_facts_pass() -> None:
    rules.check(patient_facts(), code_asked=True, today=TODAY)
    rules.check(patient_facts(code=None), code_asked=True, today=TODAY)


def test_each_missing_thing_is_named() -> None:
    facts = patient_facts()

    for changed, code in (
        (replace(facts, given=" "), "name-missing"),
        (replace(facts, family=""), "name-missing"),
        (replace(facts, family="x" * 81), "name-long"),
        (replace(facts, code=None, no_code=False), "code-missing"),
        (replace(facts, phone="", email=""), "contact-missing"),
    ):
        with refused(code):
            rules.check(changed, code_asked=True, today=TODAY)


def test_a_birth_date_is_asked_only_of_those_whose_code_holds_none() -> None:
    new_form = replace(patient_facts(), code=PersonalCode.parse("321234-56789"), birth_date=None)

    assert rules.needs_birth_date(new_form.code)
    assert not rules.needs_birth_date(patient_facts().code)
    with refused("birth-date-missing"):
        rules.check(new_form, code_asked=True, today=TODAY)
    rules.check(replace(new_form, birth_date=date(2020, 5, 1)), code_asked=True, today=TODAY)


def test_a_clinic_that_asks_for_no_code_needs_a_birth_date() -> None:
    facts = replace(patient_facts(code=None), no_code=False)

    rules.check(facts, code_asked=False, today=TODAY)
    with refused("birth-date-missing"):
        rules.check(replace(facts, birth_date=None), code_asked=False, today=TODAY)


@pytest.mark.parametrize("born", [date(2027, 3, 3), date(1890, 1, 1)])
def test_an_impossible_birth_date_is_refused(born: date) -> None:
    with refused("birth-date-wrong"):
        rules.check(patient_facts(code=None, birth_date=born), code_asked=True, today=TODAY)


def test_a_child_of_29_february_is_a_year_older_on_1_march() -> None:
    born = date(2020, 2, 29)

    assert rules.age_on(born, date(2027, 2, 28)) == 6
    assert rules.age_on(born, date(2027, 3, 1)) == 7
    assert rules.age_on(born, date(2028, 2, 29)) == 8
