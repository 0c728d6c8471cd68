"""The table of what is gone: what an entry may say, and what it may not contradict."""

from pathlib import Path

import pytest
from clinic_directory.reader import read

from tests.builders.content import GONE, change, write
from tests.clinic_directory.reports import line_of, told

FILE = "gone.yaml"


@pytest.fixture
def gone(content: Path) -> Path:
    write(content, FILE, GONE)
    return content


def test_what_is_gone_is_read_by_slug_and_address(gone: Path) -> None:
    found = read(gone).gone

    assert list(found.doctors) == ["jana-kalna", "janis-kalns"]
    assert found.doctors["janis-kalns"].old_slugs == ("janis-kalnins",)
    assert found.clinics["veca-prakse"].name.get("ru") == "Старая практика"
    assert found.pages["/akcija/"].to is None


def test_a_folder_without_the_table_has_nothing_gone(content: Path) -> None:
    assert not read(content).gone.doctors


@pytest.mark.parametrize(
    ("old", "new", "field", "text"),
    [
        (
            "  jana-kalna: {",
            "  ilze-berzina: {",
            "doctors.ilze-berzina",
            '"ilze-berzina" belongs to doctors/ilze-berzina.md; leave it out in one of them',
        ),
        (
            "[janis-kalnins]",
            "[ilze-kalnina]",
            "doctors.janis-kalns.old_slugs[0]",
            '"ilze-kalnina" belongs to doctors/ilze-berzina.md; leave it out in one of them',
        ),
        (
            "  veca-prakse:",
            "  juras-prakse:",
            "clinics.juras-prakse",
            '"juras-prakse" belongs to clinics/juras-prakse.md; leave it out in one of them',
        ),
        (
            "  jana-kalna: {",
            "  Jana: {",
            "doctors.Jana.slug",
            '"Jana" is not a slug (a–z, 0–9 and single hyphens); write jana',
        ),
        (
            "to: ilze-berzina",
            "to: ilze-berzin",
            "doctors.jana-kalna.to",
            '"ilze-berzin" is not the slug of a card; did you mean "ilze-berzina"?',
        ),
        (
            "specialty: kardiologs",
            "specialty: kardiolog",
            "doctors.janis-kalns.specialty",
            '"kardiolog" is not a specialty; did you mean "kardiologs"?',
        ),
        (
            "clinic: veja-roze",
            "clinic: veja-rozes",
            "doctors.janis-kalns.clinic",
            '"veja-rozes" is not a clinic; did you mean "veja-roze"?',
        ),
        (
            "town: liepaja",
            "town: liepajas",
            "doctors.jana-kalna.town",
            '"liepajas" is not a town; did you mean "liepaja"?',
        ),
        (
            "left: 2026-10-02",
            "left: 2.10.2026",
            "doctors.jana-kalna.left",
            '"2.10.2026" is not a day of the calendar; write a day such as 2026-11-02',
        ),
        ("left: 2026-10-02, ", "", "doctors.jana-kalna.left", "is missing; write left: 2026-11-02"),
        (
            "/akcija/:",
            "/arsti/x/:",
            "pages./arsti/x/",
            "is the address of a card; write it under doctors by its slug",
        ),
        ("/akcija/:", "/book/x/:", "pages./book/x/", "is an address of the site itself; leave it out"),
        ("/akcija/:", "/arsti/:", "pages./arsti/", "is the address of a card; write it under doctors by its slug"),
        (
            "/akcija/:",
            "akcija:",
            "pages.akcija.address",
            '"akcija" is not an address of the site; write /kardiologs/riga/',
        ),
        ("pages:", "page:", "page", 'is not a field; did you mean "pages"?'),
    ],
)
def test_an_entry_that_contradicts_content_is_told_with_its_line(
    gone: Path, old: str, new: str, field: str, text: str
) -> None:
    line = line_of(gone, FILE, old)

    change(gone, FILE, old, new)

    assert told(gone) == [f"{FILE}:{line}: {field}: {text}"]


def test_all_sections_are_maps(content: Path) -> None:
    write(content, FILE, "doctors: [janis-kalns]\n")

    assert told(content) == [f"{FILE}:1: doctors: takes a map of entries; write one on each line"]


@pytest.mark.parametrize("file", ["doctors/2.md", "lists/kardiologs--2.md"])
def test_a_slug_that_looks_like_the_number_of_a_page_is_refused(content: Path, file: str) -> None:
    write(content, file, "---\n---\n")

    assert f"{file}: has a name that looks like the number of a page; put a word into it" in told(content)
