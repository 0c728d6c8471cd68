"""The family's pages, and a child added on the way to a booking; all without script."""

import re

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings import representatives
from booking_service.bookings.models import Booking, State
from booking_service.patients import store
from booking_service.patients.models import Patient, Person, Relation
from tests.builders.clinics import House
from tests.pages import Browser
from tests.portal.steps import book_as_new, code_for, press_time
from tests.portal.test_account import sign_in

Sessions = sessionmaker[Session]
CHILD = {"given": "Jēkabs", "family": "Ozols", "code": "010518-21234"}
HOME = "/account/family/"


def mother(visitor: Browser, sessions: Sessions) -> None:
    """Anna, signed in, with her own details."""
    sign_in(visitor, sessions)
    visitor.press("Saglabāt", given="Anna", family="Ozola", code="161175-19997", phone="2000 0000")


def add(visitor: Browser, **values: str) -> None:
    visitor.open(HOME)
    visitor.press("Pievienot ģimenes locekli")
    visitor.press("Saglabāt", **{"relation": "child", **CHILD, **values})


def persons(sessions: Sessions) -> dict[str, Person]:
    with sessions() as session:
        return {one.given: one for one in session.scalars(select(Person).where(Person.removed_at.is_(None)))}


def test_a_child_is_added_corrected_and_removed(visitor: Browser, sessions: Sessions) -> None:
    mother(visitor, sessions)

    add(visitor)
    assert visitor.here.address == f"{HOME}?said=added"
    assert "Jēkabs Ozols" in visitor.here.main
    assert "••••••-•••34" in visitor.here.main
    assert "21234" not in visitor.here.response.text

    visitor.press("Labot Jēkabs Ozols")
    assert "21234" not in visitor.here.response.text
    visitor.press("Saglabāt", given="Jēkabs Pauls", phone="2000 0099")
    assert "Jēkabs Pauls Ozols" in visitor.here.main
    with sessions() as session:
        kept = session.scalars(select(Person).where(Person.relation == Relation.CHILD)).one()
        assert str(store.code_of(kept).digits) == "01051821234"  # type: ignore[union-attr]

    visitor.press("Noņemt Jēkabs Pauls Ozols")
    visitor.press("Noņemt")
    assert "Jēkabs" not in visitor.here.main.replace("Noņemts", "")
    assert list(persons(sessions)) == ["Anna"]


def test_a_code_that_is_not_at_hand_goes_on_with_a_birth_date(visitor: Browser, sessions: Sessions) -> None:
    mother(visitor, sessions)

    add(visitor, code="", code_later="yes")
    assert visitor.here.status == 422
    assert "Trūkst dzimšanas datuma" in visitor.here.main
    visitor.press("Saglabāt", birth_day="1", birth_month="maijs", birth_year="2018")

    assert "Personas kods vēl nav ierakstīts" in visitor.here.main
    assert not persons(sessions)["Jēkabs"].no_code


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"relation": ""}, "Nav norādīts, kas pacients jums ir"),
        ({"relation": "self"}, "Nav norādīts, kas pacients jums ir"),
        ({"code": ""}, "Trūkst personas koda"),
        ({"given": ""}, "Trūkst vārda"),
        ({"phone": "12"}, "tālruņa numurs nav pareizs"),
        ({"code": "161175-19997"}, "Šis cilvēks jau ir jūsu ģimenē"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    visitor: Browser, sessions: Sessions, values: dict[str, str], said: str
) -> None:
    mother(visitor, sessions)

    add(visitor, **values)

    assert visitor.here.status == 422
    assert said.lower() in visitor.here.main.lower()
    assert 'value="Ozols"' in visitor.here.response.text
    assert list(persons(sessions)) == ["Anna"]


def test_a_doubtful_code_is_asked_about_once(visitor: Browser, sessions: Sessions) -> None:
    mother(visitor, sessions)
    add(visitor, code="010518-21235")
    assert visitor.here.status == 422

    visitor.press("Saglabāt")

    assert set(persons(sessions)) == {"Anna", "Jēkabs"}


def test_a_parent_adds_a_child_inside_the_step_and_books(visitor: Browser, house: House, sessions: Sessions) -> None:
    mother(visitor, sessions)
    press_time(visitor, "10.00")
    visitor.press("Turpināt", person="new", pays="self")
    visitor.press("Turpināt", relation="child", **CHILD)
    assert visitor.here.h1 == "Pārbaudiet un apstipriniet"
    assert re.search(r"Par bērnu atbild\s*Anna Ozola", visitor.here.main)
    visitor.press("Apstiprināt pierakstu")

    assert persons(sessions)["Jēkabs"].relation is Relation.CHILD
    with sessions() as session:
        booking = session.scalars(select(Booking)).one()
        answering = representatives.of(booking)
        assert answering is not None
        assert (answering.name, answering.phone) == ("Anna Ozola", "+37120000000")
        assert booking.state is State.CONFIRMED


def test_another_child_the_next_time_takes_two_presses_of_the_step(
    visitor: Browser, house: House, sessions: Sessions
) -> None:
    book_as_new(visitor, sessions)
    add(visitor)
    add(visitor, given="Elza", family="Ozola", code="", code_later="yes")
    visitor.press("Saglabāt", birth_day="1", birth_month="5", birth_year="2020")
    child = persons(sessions)["Elza"]
    press_time(visitor, "11.00")

    # One press chooses her, the other goes on: who paid the last time stands chosen.
    visitor.press("Turpināt", person=str(child.id))

    assert visitor.here.h1 == "Pārbaudiet un apstipriniet"
    assert "nav pie rokas" in visitor.here.main
    visitor.press("Apstiprināt pierakstu")
    assert visitor.here.address.endswith("/done")
    with sessions() as session:
        assert not session.scalars(select(Patient).where(Patient.given == "Elza")).one().no_code


def test_a_new_parent_who_books_for_a_child_says_who_answers(
    visitor: Browser, house: House, sessions: Sessions
) -> None:
    press_time(visitor, "10.00")
    visitor.press("Turpināt", given="Jēkabs", family="Ozols", code_later="yes", pays="self")
    birth = {"birth_day": "1", "birth_month": "5", "birth_year": "2018"}
    visitor.press("Turpināt", phone="2000 0000", email="anna@example.lv", **birth)
    assert visitor.here.status == 422
    assert "Nav norādīts, kurš pieaugušais atbild par bērnu" in visitor.here.main
    visitor.press("Turpināt", representative="Anna Ozola")
    visitor.press("Turpināt", code=code_for(sessions, "anna@example.lv"))
    visitor.press("Apstiprināt pierakstu")

    with sessions() as session:
        booking = session.scalars(select(Booking)).one()
        assert representatives.of(booking).name == "Anna Ozola"  # type: ignore[union-attr]
        assert session.scalars(select(Person.relation)).one() is Relation.CHILD


def test_from_14_on_nothing_new_is_booked_without_consent(visitor: Browser, house: House, sessions: Sessions) -> None:
    mother(visitor, sessions)
    older = {"given": "Elza", "family": "Ozola", "code": "", "code_later": "yes"}
    birth = {"birth_day": "1", "birth_month": "5", "birth_year": "2012"}
    add(visitor, **older)
    visitor.press("Saglabāt", **birth)
    assert "jau ir 14 gadu" in visitor.here.main
    person = persons(sessions)["Elza"]
    press_time(visitor, "10.00")

    visitor.press("Turpināt", person=str(person.id), pays="self")
    assert visitor.here.status == 422
    assert "vispirms vajag paša piekrišanu" in visitor.here.main
    visitor.press("Turpināt", person="new", pays="self")
    visitor.press("Turpināt", relation="child", **older)
    visitor.press("Turpināt", **birth)
    assert visitor.here.status == 422
    assert visitor.post(visitor.here.address.replace("/contact", "/check")).address.endswith(("/contact", "/check"))

    with sessions() as session:
        assert session.scalars(select(Booking.state)).one() is State.HELD


def test_removing_a_child_cancels_nothing_and_says_so(visitor: Browser, house: House, sessions: Sessions) -> None:
    mother(visitor, sessions)
    add(visitor)
    press_time(visitor, "10.00", "Ceturtdiena, 4. marts")
    visitor.press("Turpināt", person=str(persons(sessions)["Jēkabs"].id), pays="self")
    visitor.press("Apstiprināt pierakstu")
    visitor.open(HOME)
    assert "1 gaidāma vizīte" in visitor.here.main
    visitor.press("Noņemt Jēkabs Ozols")
    assert "Neviena vizīte netiks atcelta" in visitor.here.main
    assert "10.00" in visitor.here.main
    visitor.press("Noņemt")

    visitor.open("/account/")
    assert "Pacients: Jēkabs Ozols" in visitor.here.main
    visitor.press("Atcelt")
    visitor.press("Atcelt vizīti")
    with sessions() as session:
        assert session.scalars(select(Booking.state)).one() is State.CANCELLED


def test_another_accounts_family_does_not_exist(app: Flask, visitor: Browser, sessions: Sessions) -> None:
    mother(visitor, sessions)
    add(visitor)
    hers = persons(sessions)
    father = Browser(app)
    sign_in(father, sessions, "juris@example.lv")

    for person in hers.values():
        for rest in ("", "/remove"):
            assert father.open(f"{HOME}{person.id}{rest}").status == 404
            assert father.post(f"{HOME}{person.id}{rest}", {"relation": "child", **CHILD}).status == 404
    assert "Jēkabs" not in father.open(HOME).main
    # Her own details have their own page, and she cannot be removed.
    assert visitor.open(f"{HOME}{hers['Anna'].id}/remove").status == 404
    assert visitor.post(f"{HOME}{hers['Anna'].id}/remove").status == 404
    assert set(persons(sessions)) == {"Anna", "Jēkabs"}


@pytest.mark.parametrize(("lang", "title"), [("", "Ģimene"), ("/ru", "Семья"), ("/en", "Family")])
def test_the_family_is_shown_in_every_language(visitor: Browser, sessions: Sessions, lang: str, title: str) -> None:
    mother(visitor, sessions)
    add(visitor)

    page = visitor.open(f"{lang}{HOME}")

    assert page.h1 == title
    assert "Jēkabs Ozols" in page.main
    assert visitor.open(f"{lang}{HOME}add").status == 200
