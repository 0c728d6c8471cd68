"""Bad input: nothing typed is lost, and each mistake says what to do."""

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.builders.clinics import House
from tests.page_checks import text_of
from tests.pages import Browser, values_of
from tests.portal.steps import book_as_new, code_for, press_time

Sessions = sessionmaker[Session]


def faults(visitor: Browser) -> list[str]:
    """The links of the error summary."""
    summary = next(one for one in visitor.here.tree.iter("div") if one.get("class") == "faults")
    return [text_of(link) for link in summary.iter("a")]


def typed(visitor: Browser) -> dict[str, str]:
    return values_of(next(form for form in visitor.here.tree.iter("form") if form.get("class") == "form"))


def test_mistakes_come_back_with_what_was_typed(visitor: Browser, house: House) -> None:
    press_time(visitor, "10.00")

    visitor.press("Turpināt", given="Anna", family="", code="123")

    assert visitor.here.status == 422
    assert visitor.here.title.startswith("Kļūda: ")
    assert faults(visitor) == ["Trūkst uzvārda", "Personas kods nav pareizs", "Nav norādīts, kas maksās"]
    assert typed(visitor)["given"] == "Anna"
    assert typed(visitor)["code"] == "123"


def test_a_mistyped_code_is_asked_about_once_and_then_believed(visitor: Browser, house: House) -> None:
    press_time(visitor, "10.00")
    who = {"given": "Anna", "family": "Ozola", "code": "161175-19998", "pays": "self"}

    visitor.press("Turpināt", **who)
    assert faults(visitor) == ["Personas kodā, šķiet, ir pārrakstīšanās kļūda"]
    visitor.press("Turpināt")

    assert visitor.here.h1 == "Kā ar jums sazināties?"


def test_a_birth_date_is_asked_only_of_those_whose_code_holds_none(visitor: Browser, house: House) -> None:
    press_time(visitor, "10.00")
    visitor.press("Turpināt", given="Jēkabs", family="Ozols", code="320000-12345", pays="self")

    assert visitor.here.h1 == "Dzimšanas datums un kontakti"
    visitor.press("Turpināt", birth_day="27", birth_year="2013", phone="2000 0000", email="anna.example")
    assert faults(visitor) == ["Dzimšanas datumā trūkst mēneša", "E-pasta adresē trūkst @ zīmes"]
    assert typed(visitor)["birth-day"] == "27"


def test_who_has_no_code_says_so_and_is_asked_for_the_birth_date(visitor: Browser, house: House) -> None:
    press_time(visitor, "10.00")

    visitor.press("Turpināt", given="John", family="Smith", no_code="yes", pays="self")

    assert visitor.here.h1 == "Dzimšanas datums un kontakti"


def test_names_stand_as_typed(visitor: Browser, house: House, sessions: Sessions) -> None:
    press_time(visitor, "10.00")
    visitor.press("Turpināt", given=" anna-Marija ", family="O’Brien", code="161175-19997", pays="self")
    visitor.press("Turpināt", phone="+371 2000-0000", email=" Anna@Example.LV ")
    visitor.press("Turpināt", code=code_for(sessions, "anna@example.lv"))

    assert "anna-Marija O’Brien" in visitor.here.main


def test_a_wrong_code_says_so_and_a_used_up_one_asks_for_another(
    visitor: Browser, house: House, sessions: Sessions
) -> None:
    press_time(visitor, "10.00")
    visitor.press("Turpināt", given="Anna", family="Ozola", code="161175-19997", pays="self")
    visitor.press("Turpināt", phone="2000 0000", email="anna@example.lv")
    right = code_for(sessions, "anna@example.lv")
    wrong = "000000" if right != "000000" else "111111"

    visitor.press("Turpināt", code=wrong)
    assert faults(visitor) == ["Kods nav pareizs"]
    for _ in range(4):
        visitor.press("Turpināt", code=wrong)
    assert faults(visitor) == ["Kods pārāk bieži ierakstīts nepareizi"]
    visitor.press("Turpināt", code=right)
    assert visitor.here.status == 422

    visitor.press("pieprasiet jaunu kodu")
    visitor.press("Turpināt", code=code_for(sessions, "anna@example.lv"))
    assert visitor.here.h1 == "Pārbaudiet un apstipriniet"


def test_too_many_codes_are_refused_in_words(visitor: Browser, house: House, sessions: Sessions) -> None:
    press_time(visitor, "10.00")
    visitor.press("Turpināt", given="Anna", family="Ozola", code="161175-19997", pays="self")
    visitor.press("Turpināt", phone="2000 0000", email="anna@example.lv")

    for _ in range(5):
        visitor.press("pieprasiet jaunu kodu")

    assert faults(visitor) == ["Pārāk daudz mēģinājumu"]


@pytest.mark.parametrize("start", ["", "soon", "2027-03-03T10:00", "2027-03-03T25:00:00Z"])
def test_a_start_that_no_button_says_is_a_bad_request(visitor: Browser, house: House, start: str) -> None:
    page = visitor.post("/book/ilze-berzina/veja-roze/konsultacija/", {"start": start})

    assert page.status == 400


def test_a_patient_too_young_for_the_service_is_told(visitor: Browser, house: House, sessions: Sessions) -> None:
    with sessions.begin() as session:
        session.get_one(type(house.service), house.service.id).ages_from = 60
    press_time(visitor, "10.00")
    visitor.press("Turpināt", given="Anna", family="Ozola", code="161175-19997", pays="self")
    visitor.press("Turpināt", phone="2000 0000", email="anna@example.lv")
    visitor.press("Turpināt", code=code_for(sessions, "anna@example.lv"))

    visitor.press("Apstiprināt pierakstu")

    assert visitor.here.status == 409
    assert "no 60 gadu vecuma" in visitor.here.h1


def test_a_third_visit_at_a_time_is_refused_in_words(visitor: Browser, house: House, sessions: Sessions) -> None:
    book_as_new(visitor, sessions, "10.00")
    for time in ("11.00", "13.00"):
        press_time(visitor, time)
        visitor.press("Turpināt", pays="self")
        visitor.press("Apstiprināt pierakstu")

    assert visitor.here.status == 409
    assert "atļautais gaidāmo vizīšu skaits (2)" in visitor.here.h1
