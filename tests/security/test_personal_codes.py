"""Personal codes of both forms, the vectors of the state's rules and the known check digit."""

from datetime import date

import pytest

from booking_service.security.personal_codes import PersonalCode
from tests.builders.refusals import refused


@pytest.mark.parametrize("text", ["161175-19997", "16117519997", " 161175 19997 ", "161175–19997", "161 175-199 97"])
def test_a_code_is_read_with_or_without_hyphen_and_spaces(text: str) -> None:
    assert PersonalCode.parse(text).written() == "161175-19997"


def test_an_old_code_holds_the_birth_date_and_its_century() -> None:
    assert PersonalCode.parse("161175-19997").birth_date() == date(1975, 11, 16)
    assert PersonalCode.parse("290204-20005").birth_date() == date(2004, 2, 29)
    assert PersonalCode.parse("010199-00000").birth_date() == date(1899, 1, 1)


@pytest.mark.parametrize("text", ["320000-00000", "32123456789", "399999-99999", "350101-11111"])
def test_a_new_code_holds_no_date_and_no_check_digit(text: str) -> None:
    code = PersonalCode.parse(text)

    assert code.new_form
    assert code.birth_date() is None
    assert not code.doubtful


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "161175-1999",
        "161175-199977",
        "400000-00000",
        "990101-11111",
        "000101-11111",
        "311175-19997",  # November has 30 days.
        "290203-20001",  # 2003 was no leap year.
        "161375-19997",
        "161175-39997",  # There is no century 3.
        "161175-1999x",
        "١٦١١٧٥-١٩٩٩٧",
    ],
)
def test_what_no_code_can_be_is_refused(text: str) -> None:
    with refused("code-wrong"):
        PersonalCode.parse(text)


def test_a_check_digit_that_does_not_fit_is_doubtful_and_not_refused() -> None:
    assert not PersonalCode.parse("161175-19997").doubtful
    assert PersonalCode.parse("161175-19996").doubtful
    assert PersonalCode.parse("161175-19979").doubtful


def test_a_code_shows_its_last_two_digits_only() -> None:
    code = PersonalCode.parse("161175-19942")

    assert code.masked == "••••••-•••42"
    assert "161175" not in repr(code)
    assert "161175" not in f"{code}"
    assert "161175" not in repr([code])
