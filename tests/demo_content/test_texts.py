"""Texts of demo cards: each different, each agreeing with its person."""

import re

import pytest
from demo_content.material import LANGS, table
from demo_content.names import person
from demo_content.texts import Facts, filled, joined, spread, text_of

SPECIALTIES = sorted(table("services"))
PLACES = re.compile(r"\{[^{}|]+\}")


def facts(specialty: str = "kardiologs", woman: bool = True) -> Facts:
    someone = person("Ilze", "Bērziņa", woman=True) if woman else person("Andrejs", "Sokolovs", woman=False)
    return Facts(someone, specialty, ["lv", "ru", "en"], "304", "3")


def test_a_sentence_speaks_in_the_gender_of_its_person() -> None:
    assert filled("Studijas {pabeidzis|pabeigusi}.", {}, woman=True) == "Studijas pabeigusi."
    assert filled("Studijas {pabeidzis|pabeigusi}.", {}, woman=False) == "Studijas pabeidzis."


def test_the_russian_preposition_takes_a_vowel_before_two_consonants() -> None:
    said = "{name} помогает людям с {sees}."
    assert filled(said, {"name": "Ilze", "sees": "страхом"}, woman=True) == "Ilze помогает людям со страхом."
    assert filled(said, {"name": "Ilze", "sees": "сухостью"}, woman=True) == "Ilze помогает людям с сухостью."


def test_the_last_of_several_things_is_joined_by_and() -> None:
    assert joined(["a", "b", "c"], "lv") == "a, b un c"
    assert joined(["a"], "ru") == "a"


def test_a_thing_that_is_itself_a_pair_comes_first() -> None:
    assert joined(["a", "b", "c un d"], "lv") == "c un d, a un b"


@pytest.mark.parametrize("specialty", SPECIALTIES)
def test_every_sentence_is_written_in_every_language(specialty: str) -> None:
    for name, sentences in table(f"texts/{specialty}").items():
        for sentence in sentences:
            assert set(sentence) == set(LANGS), (specialty, name, sentence)


@pytest.mark.parametrize("specialty", SPECIALTIES)
def test_translations_have_the_places_of_the_latvian_sentence(specialty: str) -> None:
    """Case forms exist in Latvian only: other languages say the name in the nominative."""
    for sentences in table(f"texts/{specialty}").values():
        for sentence in sentences:
            wanted = {re.sub("gen|dat|acc", "name", place) for place in PLACES.findall(sentence["lv"])}
            for lang in ("ru", "en"):
                assert set(PLACES.findall(sentence[lang])) == wanted, sentence


@pytest.mark.parametrize("specialty", SPECIALTIES)
def test_no_place_is_left_open(specialty: str) -> None:
    for number in range(30):
        for text in text_of(f"someone/{number}", number, facts(specialty)).values():
            assert not re.search(r"[{}|]", text)


def test_neighbours_in_a_specialty_share_few_sentences() -> None:
    made = [set(re.split(r"(?<=[.!?])\s+", text_of(f"key/{n}", n, facts())["lv"])) for n in range(24)]
    for number, sentences in enumerate(made[1:], 1):
        assert len(sentences & made[number - 1]) <= 2


def test_lists_of_equal_length_fall_out_of_step() -> None:
    items = [{"lv": letter} for letter in "abc"]
    pairs = {(spread(items, n, 0)["lv"], spread(items, n, 1)["lv"]) for n in range(9)}
    assert len(pairs) == 9
