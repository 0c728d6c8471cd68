"""Latvian order, titles that fit, and facts in words."""

from pathlib import Path

import pytest
from clinic_directory import facts
from clinic_directory.collation import first_letter, latvian_key
from clinic_directory.pages.parts import parts
from clinic_directory.schema import Ages, Limits
from clinic_directory.seo import titles

from tests.builders.content import DOCTOR, write
from tests.builders.sites import ADDRESS, a_built_site
from theme.words import speaking


def test_a_long_vowel_counts_only_between_words_that_are_else_equal() -> None:
    in_order = sorted(["Zariņa", "Ābols", "Žagars", "Cīrulis", "Abols", "Čakste", "Ķirsis", "Kūla"], key=latvian_key)

    assert in_order == ["Abols", "Ābols", "Cīrulis", "Čakste", "Kūla", "Ķirsis", "Zariņa", "Žagars"]


def test_a_space_stands_before_every_letter() -> None:
    assert sorted(["Annas", "Ann B", "Anna B"], key=latvian_key) == ["Ann B", "Anna B", "Annas"]


@pytest.mark.parametrize(("name", "letter"), [("Āboliņa", "A"), ("šmite", "Š"), ("Éva", "E"), ("Ŗ", "Ŗ"), ("3D", "D")])
def test_a_name_stands_under_its_letter(name: str, letter: str) -> None:
    assert first_letter(name) == letter


def test_the_first_title_of_a_good_length_is_taken() -> None:
    wishes = ["x" * 70, "Ilze Bērziņa, kardioloģe Rīgā: pieraksts", "Ilze Bērziņa"]

    assert titles.title(wishes) == "Ilze Bērziņa, kardioloģe Rīgā: pieraksts"


def test_a_name_that_is_too_long_for_any_title_is_cut_at_a_word() -> None:
    title = titles.title(["Anna Marija " + "Bērziņa-Kalniņa " * 5])

    assert len(title) <= 60
    assert title.endswith("Bērziņa-Kalniņa…")


def test_what_tells_namesakes_apart_always_stands_in_the_title_and_description() -> None:
    assert titles.title(["Ilze Bērziņa, kardioloģe Rīgā"], "12345") == "Ilze Bērziņa, kardioloģe Rīgā (12345)"
    assert titles.description("Ilze Bērziņa, kardioloģe.", ["Pierakstieties."], "12345") == (
        "Ilze Bērziņa, kardioloģe (12345). Pierakstieties."
    )


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (None, ""),
        ({"from": "18"}, "Pieaugušie"),
        ({"from": "12"}, "Pieaugušie un bērni no 12 gadiem"),
        ({"from": "1"}, "Pieaugušie un bērni no 1 gada"),
        ({"to": "18"}, "Bērni līdz 18 gadiem"),
        ({"from": "3", "to": "17"}, "Pacienti 3–17 gadu vecumā"),
        ({"from": "21"}, "Pieaugušie no 21 gada"),
    ],
)
def test_ages_are_said_in_words(limits: dict[str, str] | None, words: str) -> None:
    assert facts.ages(Ages.model_validate(limits) if limits else None) == words


def test_the_last_moment_to_cancel_is_said_in_the_case_that_its_sentence_needs() -> None:
    assert facts.before(Limits().cancel_by) == "24 stundām"
    assert facts.before(60) == "1 stundai"
    assert facts.before(3 * 1440) == "3 dienām"
    with speaking("ru"):
        assert facts.before(60) == "1 час"


def test_a_capital_inside_a_sentence_becomes_small_unless_it_is_an_abbreviation() -> None:
    assert [facts.inside(text) for text in ("Kardioloģe", "LOR ārste", "USG ārsts")] == [
        "kardioloģe",
        "LOR ārste",
        "USG ārsts",
    ]


def test_a_short_list_has_one_part_at_its_own_address() -> None:
    [part] = parts("/kardiologs/", [1, 2, 3], 50)

    assert (part.path, part.links, part.suffix) == ("/kardiologs/", [], "")


def test_a_list_of_more_than_fifty_goes_on_under_a_number(content: Path, tmp_path: Path) -> None:
    for number in range(50):
        card = DOCTOR.replace("family: Bērziņa", f"family: Kalniņa{'abcdefghij'[number % 10]}{number // 10}")
        card = card.replace("old_slugs: [ilze-kalnina]\n", "").replace('"12345"', f'"20{number:03}"')
        write(content, f"doctors/kalnina-{number}.md", card)

    site = a_built_site(content, tmp_path / "site")

    [canonical] = site.links("/ru/kardiologs/2/", "canonical")
    assert canonical.get("href") == f"{ADDRESS}/ru/kardiologs/2/"
    assert "страница 2" in site.words("/ru/kardiologs/2/")
    assert "/kardiologs/3/" not in site.pages
    [listed] = [node for node in site.graph("/kardiologs/2/") if node["@type"] == "ItemList"]
    assert [item["position"] for item in listed["itemListElement"]] == [1, 2, 3, 4, 5, 6]
    assert "/kardiologs/riga/2/" in site.pages
