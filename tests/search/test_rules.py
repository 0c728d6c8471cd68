"""How a question is cut to size, and which of its words are names."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from booking_service.directory.findings import Found
from booking_service.directory.models import TermKind
from booking_service.search.meanings import Word, sure, wide
from booking_service.search.rules import Name, Question, known, typed, understood
from tests.builders.searchable import SPECIALTIES, TOWNS

NAMES = [
    *(Name(TermKind.SPECIALTY, slug, one["name"], one) for slug, one in SPECIALTIES.items()),
    *(Name(TermKind.TOWN, slug, one["name"], one) for slug, one in TOWNS.items()),
]
BY_SLUG: Mapping[tuple[TermKind, str], Name] = {(name.kind, name.slug): name for name in NAMES}


def nobody(_word: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("text", "specialty", "town", "left"),
    [
        ("kardiologs rīga", "kardiologs", "riga", ""),
        ("Кардиолог в Риге", "kardiologs", "riga", ""),
        ("sirds ārsts Liepājā", "kardiologs", "liepaja", ""),
        ("heart doctor in Riga", "kardiologs", "riga", ""),
        ("rīga", "", "riga", ""),
        ("kardiologi", "kardiologs", "", ""),
        ("Bērziņa kardiologs", "kardiologs", "", "Bērziņa"),
        ("vēja roze", "", "", "vēja roze"),
        ("kardiologs rigaa", "kardiologs", "", "rigaa"),
        ("children’s doctor ogre", "pediatrs", "ogre", ""),
        ("", "", "", ""),
    ],
)
def test_names_of_a_specialty_and_a_town_become_filters(text: str, specialty: str, town: str, left: str) -> None:
    found = understood(Question(text=text), NAMES, nobody)

    assert (found.specialty, found.town, found.text) == (specialty, town, left)


def test_what_is_typed_counts_more_than_what_was_chosen() -> None:
    found = understood(Question(text="ogre", town="riga", specialty="kardiologs"), NAMES, nobody)

    assert (found.town, found.specialty, found.text) == ("ogre", "kardiologs", "")


def test_people_named_as_a_town_are_still_people() -> None:
    found = understood(Question(text="anna ogre"), NAMES, lambda word: word == "ogre")

    assert (found.town, found.text) == ("", "anna ogre")


def test_what_no_table_names_is_no_filter() -> None:
    asked = Question(specialty="burvis", town="riga", insurer="nav")

    assert known(asked, BY_SLUG) == replace(asked, specialty="", insurer="")


def test_what_nobody_types_by_hand_is_cut() -> None:
    assert typed("  Bērziņa \n\t Ilze\u200b ") == "Bērziņa Ilze"
    assert typed("Be\u0304rzin\u0327a") == "Bērziņa"
    assert len(typed("x" * 100_000)) == 120
    assert len(Question(text=typed("a b c d e f g h i j k l m")).words) == 8
    assert Question(text="x" * 120).words == ("x" * 40,)
    assert Question(text="rīga Riga RĪGA").words == ("riga",)


def test_a_word_means_itself_before_what_begins_so_before_what_is_a_slip_away() -> None:
    word = Word("ogre")
    word.missed({"ogres": [(Found.CLINIC, "ogres-centrs")]})
    slipped = word.best()
    word.met("ogreniece", Found.DOCTOR, "anna-ogreniece")
    begun = word.best()
    word.met("ogre", Found.TOWN, "ogre")

    assert slipped == {Found.CLINIC: {"ogres-centrs"}}
    assert begun == {Found.DOCTOR: {"anna-ogreniece"}}
    assert word.best() == {Found.TOWN: {"ogre"}}
    assert word.widest() == {Found.TOWN: {"ogre"}, Found.DOCTOR: {"anna-ogreniece"}, Found.CLINIC: {"ogres-centrs"}}


def test_of_slips_the_nearest_are_meant_and_others_only_asked_about() -> None:
    known = {name: [(Found.DOCTOR, name)] for name in ("berzins", "berzini", "berzina", "kalnins")}
    word, short = Word("berzinss"), Word("ozls")
    word.missed(known)
    short.missed({"ozols": [(Found.DOCTOR, "ozols")], "olga": [(Found.DOCTOR, "olga")], "zils": [(Found.TOWN, "zils")]})

    assert word.best() == {Found.DOCTOR: {"berzins"}}
    assert short.best() == {Found.DOCTOR: {"ozols"}}
    assert "zils" in short.near


def test_a_short_word_between_names_is_passed_over() -> None:
    here, between, begins = Word("riga"), Word("pie"), Word("pie")
    here.met("riga", Found.TOWN, "riga")
    begins.met("piedurkne", Found.SERVICE, "piedurkne")

    assert sure([here, between]) == [here.best()]
    assert sure([between]) is None
    assert sure([here, begins]) == [here.best(), begins.best()]
    assert wide([here, begins], alone=True) == [here.widest()]
    assert wide([begins], alone=False) == []
    assert sure([here, Word("xqzzy")]) is None
