"""Dates that people remember, as they write them."""

from datetime import date

import pytest

from booking_service.portal.birth_dates import Fault, month_number, parse

TODAY = date(2027, 3, 2)


@pytest.mark.parametrize("month", ["3", "03", "marts", "Martā", "mar", "марта", "март", "March", "Mar."])
def test_a_month_may_be_a_number_or_a_word_of_any_language(month: str) -> None:
    assert parse("27", month, "1984", today=TODAY) == date(1984, 3, 27)


@pytest.mark.parametrize("word", ["ma", "xyz", "13", "0", "ju"])
def test_a_word_that_names_no_single_month_is_none(word: str) -> None:
    assert month_number(word) is None


@pytest.mark.parametrize(
    ("parts", "code", "wrong"),
    [
        (("", "", ""), "birth-missing", ("day", "month", "year")),
        (("27", "", "1984"), "birth-month-missing", ("month",)),
        (("", "3", ""), "birth-day-missing", ("day", "year")),
        (("31", "4", "1984"), "birth-day-wrong", ("day",)),
        (("29", "2", "2023"), "birth-day-wrong", ("day",)),
        (("1", "1", "84"), "birth-year-wrong", ("year",)),
        (("1", "1", "1884"), "birth-year-wrong", ("year",)),
        (("3", "3", "2027"), "birth-ahead", ("day", "month", "year")),
        (("27", "smarch", "1984"), "birth-month-wrong", ("month",)),
    ],
)
def test_a_fault_names_the_parts_to_mend(parts: tuple[str, str, str], code: str, wrong: tuple[str, ...]) -> None:
    assert parse(*parts, today=TODAY) == Fault(code, wrong)


def test_a_day_may_end_with_a_dot() -> None:
    assert parse("27.", "marts", "2013", today=TODAY) == date(2013, 3, 27)
