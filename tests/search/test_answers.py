"""Questions asked of a small directory: who is found, in which order, and what is said where nobody is."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from booking_service.directory.findings import Found
from booking_service.directory.models import Payer, TermKind
from booking_service.search import answers, store
from booking_service.search.answers import Answer, answer
from booking_service.search.rules import PAGE, Question, typed
from tests.builders import searchable
from tests.builders.queries import statements

ILZE, JANIS, ANNA, LIGA, PETERIS = "ilze-berzina", "janis-ozols", "anna-ogre", "liga-upite", "peteris-kalnins"


@pytest.fixture
def full(session: Session, now: datetime) -> Session:
    searchable.fill(session, now)
    session.commit()
    return session


def ask(session: Session, text: str = "", **chosen: Any) -> Answer:
    return answer(session, Question(text=typed(text), **chosen))


def who(session: Session, text: str = "", **chosen: Any) -> list[str]:
    return list(ask(session, text, **chosen).found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("berzina", [ILZE]),
        ("BĒRZIŅA ilze", [ILZE]),
        ("берзиня", [ILZE]),
        ("berz", [ILZE]),
        ("berzinja", [ILZE]),
        ("brezina", [ILZE]),
        ("kardiologs rigaa", [ILZE]),
        ("кардиолог рига", [ILZE]),
        ("кардиолог в риге", [ILZE]),
        ("kardiolog", [JANIS, ILZE]),
        ("kardioloģe", [JANIS, ILZE]),
        ("sirds ārsts liepājā", [JANIS]),
        ("heart doctor in Riga", [ILZE]),
        ("veja roze", [ANNA, ILZE]),
        ("vēja roze kardiologs", [ILZE]),
        ("ehokardiogrāfija rīga", [ILZE]),
        ("ehokardiogrāfija liepāja", []),
        ("pediatrs pie ogres", [LIGA, PETERIS]),
        ("anna ogre", [ANNA]),
        ("bērnu ārsts", [LIGA, PETERIS]),
        ("o", []),
        ("xqzzyw", []),
    ],
)
def test_every_word_is_met_in_any_language_without_marks_and_but_for_slips(
    full: Session, text: str, found: list[str]
) -> None:
    assert who(full, text) == found


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, [JANIS, ANNA, ILZE, LIGA, PETERIS]),
        ({"specialty": "kardiologs"}, [JANIS, ILZE]),
        ({"town": "riga"}, [ANNA, ILZE]),
        ({"insurer": "sala"}, [ANNA, ILZE]),
        ({"insurer": "bura"}, []),
        ({"payer": Payer.STATE}, [JANIS]),
        ({"payer": Payer.PAID}, [JANIS, ANNA, ILZE, LIGA, PETERIS]),
        ({"lang": "ru"}, [JANIS]),
        ({"lang": "de"}, []),
        ({"remote": True}, [ANNA]),
        ({"children": True}, [JANIS, ILZE, LIGA, PETERIS]),
        ({"when": "evening"}, [JANIS]),
        ({"when": "weekend"}, [LIGA]),
        ({"free": True}, [JANIS, ANNA, ILZE, LIGA]),
        ({"free": True, "specialty": "pediatrs", "town": "ogre"}, [LIGA]),
        ({"sort": "price"}, [LIGA, JANIS, ILZE, ANNA, PETERIS]),
        ({"specialty": "nezinams"}, [JANIS, ANNA, ILZE, LIGA, PETERIS]),
    ],
)
def test_filters_hold_for_one_and_the_same_service(full: Session, chosen: dict[str, Any], found: list[str]) -> None:
    assert who(full, **chosen) == found


def test_what_was_found_of_a_doctor_is_in_the_order_of_the_card(full: Session) -> None:
    whole = ask(full, "berzina").found[ILZE]
    one = ask(full, "ehokardiogrāfija").found[ILZE]

    assert len(whole) == 2
    assert [each.candidate for each in one] == [whole[1].candidate]


def test_counts_are_what_choosing_the_option_would_leave(full: Session) -> None:
    for base in ({}, {"town": "riga"}, {"payer": Payer.PAID, "free": True}, {"lang": "ru", "specialty": "kardiologs"}):
        counts = ask(full, **base).counts
        assert counts is not None
        for name, options in counts.items():
            for option, count in options.items():
                value: Any = Payer(option) if name == "payer" else True if option == "1" else option
                assert ask(full, **{**base, name: value}).total == count, (base, name, option)


def test_counts_are_left_out_where_there_is_too_much(full: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_COUNTED", 3)
    assert ask(full).counts is None
    assert ask(full, "berzina").counts is not None
    monkeypatch.setattr(answers, "MANY", 0)
    assert ask(full, "berzina").counts is None


def test_a_clinic_of_that_name_is_told(full: Session) -> None:
    assert [one.slug for one in ask(full, "veja roze").clinics] == ["veja-roze"]
    assert [one.slug for one in ask(full, "centrs upe").clinics] == ["ogres-centrs"]
    assert ask(full, "veja roze", town="ogre").clinics == []
    assert ask(full, "kardiologs").clinics == ()


def test_where_nobody_is_found_the_nearest_towns_of_the_specialty_are_told(full: Session) -> None:
    assert ask(full, "kardiologs", town="ogre").towns == [("riga", 1), ("liepaja", 1)]
    assert ask(full, "kardiologs rīgā").towns == ()


def test_what_is_called_nearly_so_is_asked_about(full: Session) -> None:
    near = ask(full, "kalnnss").near + ask(full, "ozzzls").near

    assert (Found.DOCTOR, PETERIS) in [(one.kind, one.slug) for one in near]


def test_pages_hold_twenty_doctors_and_none_twice(session: Session, now: datetime) -> None:
    cards = [searchable.doctor(f"Anna Numurs{chr(97 + n)}", "kardiologs", "veja-roze") for n in range(PAGE + 3)]
    searchable.fill(session, now, cards)

    first, second = ask(session), ask(session, page=2)
    assert (len(first.found), len(second.found)) == (PAGE, 3)
    assert first.total == second.total == PAGE + 3
    assert not set(first.found) & set(second.found)
    assert ask(session, page=3).total == 0


def test_the_number_of_statements_does_not_grow_with_doctors(engine: Engine, full: Session, now: datetime) -> None:
    questions = ("", "berzina", "brezina", "kardiologs rīgā", "veja roze", "xqzzyw kardiologs")
    with statements(engine) as few:
        for text in questions:
            ask(full, text)
    more = [searchable.doctor(f"Anna Berzina{chr(97 + n)}", "kardiologs", "veja-roze") for n in range(15)]
    searchable.fill(full, now, [*searchable.DOCTORS, *more])
    with statements(engine) as many:
        for text in questions:
            ask(full, text)
    with statements(engine) as one:
        ask(full, "brezina")

    assert len(many) <= len(few)
    assert len(one) <= 6


@pytest.mark.parametrize(
    "text", ["%", "_", "'", '"; DROP TABLE finding; --', "\\", "x" * 5000, "a " * 1000, "½ – ʼ", "漢字"]
)
def test_nothing_that_is_typed_breaks_the_search(full: Session, text: str) -> None:
    assert ask(full, text).total >= 0


def test_an_unsynced_database_finds_nobody(session: Session) -> None:
    assert ask(session, "kardiologs").total == 0


def test_names_are_at_hand_for_the_page(full: Session) -> None:
    assert ask(full).names[TermKind.TOWN, "riga"].names["ru"] == "Рига"


def test_doctors_without_times_stand_last_whatever_the_order(full: Session, now: datetime) -> None:
    from booking_service.calendars.models import Opening

    full.execute(update(Opening).values(first=None))
    assert set(who(full)) == {JANIS, ANNA, ILZE, LIGA, PETERIS}
    assert who(full, free=True) == []
