"""The index of the search field: small, the same each time, and with everybody in it."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import brotli
import pytest
from clinic_directory import search_index
from clinic_directory.lists import Lists
from clinic_directory.reader import read

from tests.builders.content import change
from tests.builders.crowds import a_crowd
from tests.builders.sites import BuiltSite, a_built_site, inside_of
from theme.folding import words

DEMO = Path(__file__).parents[2] / "content"
LANGS = ("lv", "ru", "en")


@cache
def demo() -> Lists:
    return Lists(read(DEMO))


@cache
def crowd() -> Lists:
    return Lists(a_crowd(read(DEMO), doctors=10_000, clinics=800))


@cache
def index(lists: Lists) -> Mapping[str, bytes]:
    return search_index.files(lists)


def said(files: Mapping[str, bytes], name: str) -> Any:
    return json.loads(files[f"search-index/{name}"])


def packed(files: Mapping[str, bytes], *names: str) -> int:
    return sum(len(brotli.compress(files[f"search-index/{name}"])) for name in names)


def shard_of(files: Mapping[str, bytes], word: str) -> Any:
    """The doctors that the browser fetches for a word."""
    shards = said(files, "lv.json")["doctors"]
    return said(files, shards.get("") or shards[word[0]])


@pytest.mark.parametrize("lang", LANGS)
def test_all_that_the_first_focus_loads_is_small_at_the_demos_size(lang: str) -> None:
    files = index(demo())
    manifest = said(files, f"{lang}.json")

    assert manifest["doctors"].keys() == {""}
    assert packed(files, f"{lang}.json", manifest["base"], *manifest["doctors"].values()) < 20_000


@pytest.mark.parametrize("lang", LANGS)
def test_among_ten_thousand_doctors_one_search_loads_little(lang: str) -> None:
    files = index(crowd())
    manifest = said(files, f"{lang}.json")
    largest = sorted(packed(files, name) for name in manifest["doctors"].values())[-2:]

    # The browser fetches at most two parts for what is typed.
    assert packed(files, f"{lang}.json", manifest["base"]) + sum(largest) < 100_000


@pytest.mark.parametrize("lists", [demo, crowd])
def test_every_doctor_is_where_a_word_of_the_name_leads(lists: Any) -> None:
    files = index(lists())
    letters: dict[str, set[str]] = {}
    for brief in lists().doctors.briefs:
        for word in words(*brief.names):
            letters.setdefault(word[0], set()).add(brief.slug)

    for letter, slugs in letters.items():
        assert slugs <= set(shard_of(files, letter)["slugs"]), letter


def test_the_columns_of_doctors_tell_who_is_what_and_where(site: BuiltSite) -> None:
    manifest = json.loads(site.text("search-index/lv.json"))
    people = json.loads(site.text(f"search-index/{manifest['doctors']['']}"))
    ilze, room = people["slugs"].index("ilze-berzina"), people["slugs"].index("proceduras")

    assert people["names"][ilze] == "Ilze Bērziņa"
    assert people["names"][room] == ["Procedūru kabinets", "Процедурный кабинет", "Treatment room"]
    assert [people["specialties"][people["is"][ilze]]] == ["kardiologs"]
    assert [people["places"][at] for at in people["at"][ilze]] == [["veja-roze"], ["juras-prakse"]]


def test_the_base_holds_the_words_of_all_languages_and_the_lists_of_towns(site: BuiltSite) -> None:
    base = json.loads(site.text(f"search-index/{json.loads(site.text('search-index/ru.json'))['base']}"))
    at = {town[0]: number for number, town in enumerate(base["towns"])}
    kardiologs = next(one for one in base["specialties"] if one[0] == "kardiologs")

    assert kardiologs[1:4] == ["Кардиолог", "Кардиологи", "врач по заболеваниям сердца"]
    assert {"kardiologs", "sirds", "cardiologists"} <= set(words(kardiologs[4]))
    assert set(kardiologs[5]) == {at["riga"], at["liepaja"]} - set(kardiologs[6])
    assert base["said"]["doctors"] == "Врачи"


def test_the_index_leads_to_pages_that_exist(site: BuiltSite) -> None:
    manifest = json.loads(site.text("search-index/lv.json"))
    base, people = (
        json.loads(site.text(f"search-index/{name}")) for name in (manifest["base"], manifest["doctors"][""])
    )
    own = [one[0] for one in (*base["specialties"], *base["towns"]) if one[0] not in base["unlisted"]]
    pairs = [f"{one[0]}/{base['towns'][at][0]}" for one in base["specialties"] for at in one[5]]
    clinics = [f"klinikas/{one[0]}" for one in base["clinics"]]
    doctors = [f"arsti/{slug}" for slug in people["slugs"]]

    assert pairs == ["kardiologs/riga"]
    for path in (*own, *pairs, *clinics, *doctors):
        assert (site.folder / path / "index.html").exists(), path


def test_the_same_content_gives_the_same_bytes() -> None:
    assert search_index.files(Lists(read(DEMO))) == index(demo())


def test_an_edit_changes_the_parts_that_it_touches_and_no_page_of_others(content: Path, tmp_path: Path) -> None:
    site = a_built_site(content, tmp_path / "site")
    before = inside_of(site.folder)

    change(content, "doctors/card-2.md", "family: Čakste", "family: Čaka")
    after = inside_of(a_built_site(content, tmp_path / "site").folder)

    def kinds(names: set[str]) -> set[str]:
        return {name.split("/")[1].split(".")[0] for name in names if name.startswith("search-index/")}

    assert kinds(after.keys() - before.keys()) == {"people"}
    assert {name for name in after.keys() & before.keys() if name.startswith("search-index/b")}
    assert before["palidziba/index.html"] == after["palidziba/index.html"]
