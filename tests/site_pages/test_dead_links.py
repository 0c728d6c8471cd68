"""Links in texts that lead to the site itself: the build and the check of content refuse those that lead nowhere."""

from datetime import date
from pathlib import Path

import pytest
from clinic_directory.editing.check import check
from clinic_directory.problems import ContentError

from tests.builders.content import change, write
from tests.builders.sites import a_built_site
from tests.clinic_directory.reports import line_of

CARD = "doctors/ilze-berzina.md"
TODAY = date(2026, 11, 24)


def told(content: Path, link: str, file: str = CARD, text: str = "Strādā ar sirds ritma traucējumiem.") -> list[str]:
    change(content, file, text, f"{text}\n\nVairāk [šeit]({link}).")
    return [str(problem) for problem in check(content, TODAY).problems]


@pytest.mark.parametrize(
    "link",
    [
        "/",
        "/arsti/laila/",
        "/ru/arsti/laila/#times",
        "/klinikas/veja-roze/?ref=x",
        "/klinikas/",
        "/palidziba/",
        "/en/palidziba/",
        "/kardiologs/",
        "/kardiologs/riga/",
        "/riga/",
        "/arsti/ilze-kalnina/",
        "/account/",
        "/ru/book/laila/",
        "https://elsewhere.example/arsti/nobody/",
        "mailto:a@b.example",
        "#pieredze",
    ],
)
def test_a_link_to_a_page_that_is_there_or_leads_on_is_fine(content: Path, link: str) -> None:
    assert told(content, link) == []


@pytest.mark.parametrize(
    ("link", "instead"),
    [
        ("/arsti/lajla/", 'did you mean "/arsti/laila/"?'),
        ("/arsti/laila", 'did you mean "/arsti/laila/"?'),
        ("/klinikas/veja-rose/", 'did you mean "/klinikas/veja-roze/"?'),
        ("/palidzibas/", 'did you mean "/palidziba/"?'),
        ("/kardiologs/liepaja/", ""),
        ("/zzz/", ""),
    ],
)
def test_a_link_to_no_page_is_told_with_its_line(content: Path, link: str, instead: str) -> None:
    (line,) = told(content, link)

    assert line.startswith(f'{CARD}:{line_of(content, CARD, "Vairāk")}: "{link}" is not a page of the site; {instead}')


def test_a_link_without_a_whole_address_is_told(content: Path) -> None:
    (line,) = told(content, "arsti/laila/")

    assert "leads on from the page that it stands on; write the whole address" in line


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("clinics/veja-roze.md", "Клиника рядом с парком."),
        ("pages/palidziba.en.md", "Call the clinic."),
        (CARD, "Лечит нарушения ритма сердца."),
    ],
)
def test_every_kind_of_text_in_every_language_is_looked_at(content: Path, file: str, text: str) -> None:
    (line,) = told(content, "/arsti/nobody-at-all-here/", file, text)

    assert line.startswith(f"{file}:{line_of(content, file, 'Vairāk')}: ")


def test_a_link_written_below_the_text_counts_too(content: Path) -> None:
    write(content, CARD, (content / CARD).read_text() + "\nKolēģe: [Laila][1].\n\n[1]: /arsti/lajla/\n")

    assert [str(problem).partition(": ")[2] for problem in check(content, TODAY).problems] == [
        '"/arsti/lajla/" is not a page of the site; did you mean "/arsti/laila/"?'
    ]


def test_the_build_refuses_it_too_and_publishes_nothing(content: Path, tmp_path: Path) -> None:
    a_built_site(content, tmp_path / "site")
    before = (tmp_path / "site").resolve()
    # A list goes when its doctors go, and nobody has touched the card that leads there.
    change(content, CARD, "Strādā ar sirds ritma traucējumiem.", "Strādā [Rīgā](/kardiologs/riga/).")
    a_built_site(content, tmp_path / "site")
    now = (tmp_path / "site").resolve()
    assert now != before
    for number in range(4):
        (content / f"doctors/card-{number}.md").unlink()

    with pytest.raises(ContentError, match="/kardiologs/riga/"):
        a_built_site(content, tmp_path / "site")
    assert (tmp_path / "site").resolve() == now
