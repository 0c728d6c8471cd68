"""Somebody of 14 or more is asked by a letter of their own, and answers by its link; all without script."""

import json

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings.models import Booking, State
from booking_service.journal.models import JournalEntry
from booking_service.mail.letter import ConsentFacts
from booking_service.mail.models import Letter
from booking_service.patients.models import Person
from booking_service.security.encryption import unseal
from booking_service.security.tokens import consent_token, visit_token
from tests.apps import Clock
from tests.builders.clinics import House
from tests.pages import Browser
from tests.portal.steps import press_time
from tests.portal.test_family import HOME, add, mother, persons

Sessions = sessionmaker[Session]
HERS = "elza@example.lv"


@pytest.fixture
def elza(visitor: Browser, sessions: Sessions) -> Person:
    """Anna's daughter, who is 14."""
    mother(visitor, sessions)
    add(visitor, given="Elza", family="Ozola", code="", code_later="yes")
    visitor.press("Saglabāt", birth_day="1", birth_month="5", birth_year="2012")
    return persons(sessions)["Elza"]


def ask(visitor: Browser, email: str = HERS) -> None:
    visitor.open(HOME)
    visitor.press("Palūgt piekrišanu" if visitor.here.has("Palūgt piekrišanu Elza Ozola") else "Jautāt vēlreiz")
    visitor.press("Nosūtīt vēstuli", email=email)


def letters(sessions: Sessions) -> list[tuple[str, ConsentFacts]]:
    """To whom the letters that ask went, and what they say; the first first."""
    with sessions() as session:
        rows = session.scalars(select(Letter).where(Letter.kind == "consent-asked").order_by(Letter.made_at))
        return [
            (
                unseal(row.to or b"", row.id, "letter.to"),
                ConsentFacts(**json.loads(unseal(row.facts or b"", row.id, "letter.facts"))),
            )
            for row in rows
        ]


def link(sessions: Sessions) -> str:
    facts = letters(sessions)[-1][1]
    return f"/account/consent/{facts.person_id}/{consent_token(persons(sessions)['Elza'].id, facts.asked_at)}/"


def test_who_agrees_by_her_own_letter_is_booked_for(
    app: Flask, visitor: Browser, house: House, sessions: Sessions, elza: Person
) -> None:
    ask(visitor)
    assert "Vēstule ir ceļā" in visitor.here.main
    assert "atbildes vēl nav" in visitor.here.main
    to, facts = letters(sessions)[0]
    assert (to, facts.given, facts.asks) == (HERS, "Elza", "Anna Ozola")
    daughter = Browser(app)
    daughter.open(link(sessions))
    assert daughter.here.h1 == "Vai Anna Ozola drīkst pieteikt jums vizītes?"
    assert persons(sessions)["Elza"].consent_at is None  # scanners of mail follow links
    daughter.press("Piekrītu")
    assert "Piekrišana dota: 2027. gada 2. marts" in daughter.here.main

    assert "Piekrišana, ka pierakstāt jūs, saņemta" in visitor.open(HOME).main
    press_time(visitor, "10.00")
    visitor.press("Turpināt", person=str(elza.id), pays="self")
    visitor.press("Apstiprināt pierakstu")
    with sessions() as session:
        assert session.scalars(select(Booking.state)).one() is State.CONFIRMED
        lines = session.scalars(select(JournalEntry).where(JournalEntry.verb.startswith("consent"))).all()
    assert {(line.verb, line.actor, line.facts["text"]) for line in lines} == {
        ("consent-asked", "patient", "2027-03"),
        ("consent-given", "link", "2027-03"),
    }


def test_a_consent_is_taken_back_by_the_same_link_and_what_is_booked_stays(
    app: Flask, visitor: Browser, house: House, sessions: Sessions, elza: Person
) -> None:
    ask(visitor)
    daughter = Browser(app)
    daughter.open(link(sessions))
    daughter.press("Piekrītu")
    press_time(visitor, "10.00")
    visitor.press("Turpināt", person=str(elza.id), pays="self")
    visitor.press("Apstiprināt pierakstu")

    daughter.open(link(sessions))
    daughter.press("Atsaukt piekrišanu")

    assert "Jau pieteiktās vizītes paliek" in daughter.here.main
    with sessions() as session:
        assert session.scalars(select(Booking.state)).one() is State.CONFIRMED
    press_time(visitor, "11.00")
    visitor.press("Turpināt", person=str(elza.id), pays="self")
    assert visitor.here.status == 422


def test_who_does_not_agree_is_not_booked_for(app: Flask, visitor: Browser, sessions: Sessions, elza: Person) -> None:
    ask(visitor)
    daughter = Browser(app)
    daughter.open(link(sessions))

    daughter.press("Nepiekrītu")

    assert "Piekrišanas nav" in daughter.here.main
    assert persons(sessions)["Elza"].consent_at is None


def test_a_parent_cannot_agree_by_their_own_address(visitor: Browser, sessions: Sessions, elza: Person) -> None:
    ask(visitor, "Anna@example.lv")

    assert visitor.here.status == 422
    assert "Šī ir jūsu adrese" in visitor.here.main
    assert letters(sessions) == []


def test_few_letters_go_to_one_address_and_what_was_typed_stays(
    visitor: Browser, sessions: Sessions, elza: Person
) -> None:
    for _ in range(3):
        ask(visitor)

    ask(visitor)

    assert visitor.here.status == 429
    assert f'value="{HERS}"' in visitor.here.response.text
    assert len(letters(sessions)) == 3


def test_only_the_newest_link_asks_and_none_after_she_was_removed(
    app: Flask, visitor: Browser, sessions: Sessions, elza: Person, clock: Clock
) -> None:
    ask(visitor)
    old = link(sessions)
    clock.wait(minutes=5)
    ask(visitor)
    new = link(sessions)
    daughter = Browser(app)

    assert daughter.open(old).status == 404
    assert daughter.post(old, {"answer": "yes"}).status == 404
    assert daughter.open(f"/account/consent/{elza.id}/{visit_token(elza.id, 0)}/").status == 404
    assert daughter.open(new).status == 200
    visitor.open(f"{HOME}{elza.id}/remove")
    visitor.press("Noņemt")
    assert daughter.open(new).status == 404


def test_the_link_tells_neither_code_nor_birth_date_nor_contacts(
    app: Flask, visitor: Browser, sessions: Sessions, elza: Person
) -> None:
    ask(visitor)
    page = Browser(app).open(link(sessions))

    for secret in ("2012", "Ozola</", "2000", "anna@", HERS):
        assert secret not in page.main
    for lang in ("/ru", "/en"):
        assert Browser(app).open(f"{lang}{link(sessions)}").status == 200


def test_nobody_younger_and_no_adult_is_asked(visitor: Browser, sessions: Sessions) -> None:
    mother(visitor, sessions)
    add(visitor)
    add(visitor, relation="parent", given="Marija", code="010148-12340")
    visitor.press("Saglabāt")

    for one in persons(sessions).values():
        assert visitor.open(f"{HOME}{one.id}/consent").status == 404
