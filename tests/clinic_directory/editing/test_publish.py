"""`make publish` and `make rollback`: a step that fails leaves what is served as it was."""

import sys
from pathlib import Path

import pytest
from clinic_directory import compression, publishing
from clinic_directory.build import SETTINGS
from clinic_directory.editing import publish
from clinic_directory.editing.publish import Stopped, rollback

from tests.builders.content import change
from tests.builders.sites import ADDRESS

CARD = "doctors/ilze-berzina.md"
PAGE = "arsti/ilze-berzina/index.html"
GOOD, BAD = [sys.executable, "-c", "pass"], [sys.executable, "-c", "raise SystemExit(3)"]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Best compression takes a minute and is tested where it belongs.
    monkeypatch.setattr(compression, "BEST", compression.QUICK)
    return tmp_path / "site"


def published(content: Path, place: Path, then: list[str]) -> str:
    return publish.publish(content, place, ADDRESS, SETTINGS, then)


def page(place: Path) -> str:
    return (place / PAGE).read_text(encoding="utf-8")


def test_what_comes_after_runs_when_the_new_site_is_served(content: Path, place: Path) -> None:
    look = "import pathlib, sys; sys.exit('Strādā' not in pathlib.Path(sys.argv[1]).read_text(encoding='utf-8'))"

    said = published(content, place, [sys.executable, "-c", look, str(place / PAGE)])

    assert "pages in" in said
    assert "Strādā ar sirds" in page(place)


def test_a_refused_sync_switches_the_site_back(content: Path, place: Path) -> None:
    published(content, place, GOOD)
    before = publishing.served(place)
    change(content, CARD, "Strādā ar sirds", "Nodarbojas ar sirds")

    with pytest.raises(Stopped, match="ended with 3"):
        published(content, place, BAD)

    assert publishing.served(place) == before
    assert "Strādā ar sirds" in page(place)
    # Once the cause is mended, the same content goes out, and the way back leads to the last good site.
    published(content, place, GOOD)
    assert "Nodarbojas ar sirds" in page(place)
    rollback(place)
    assert "Strādā ar sirds" in page(place)


def test_a_refused_sync_of_unchanged_content_never_goes_back_to_an_older_site(content: Path, place: Path) -> None:
    published(content, place, GOOD)
    change(content, CARD, "Strādā ar sirds", "Nodarbojas ar sirds")
    published(content, place, GOOD)

    with pytest.raises(Stopped):
        published(content, place, BAD)

    assert "Nodarbojas ar sirds" in page(place)


def test_a_first_publication_that_fails_serves_nothing(content: Path, place: Path) -> None:
    with pytest.raises(Stopped):
        published(content, place, BAD)

    assert not place.exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (CARD, "clinic: juras-prakse", "clinic: juras-praks", "did you mean"),
        (CARD, "old_slugs: [ilze-kalnina]\n", "", "vanished"),
    ],
)
def test_broken_content_and_lost_addresses_stop_it_before_anything_is_switched_or_run(
    content: Path, place: Path, file: str, old: str, new: str, said: str, tmp_path: Path
) -> None:
    published(content, place, GOOD)
    before = publishing.served(place)
    change(content, file, old, new)
    mark = tmp_path / "ran"

    with pytest.raises(Stopped, match=said):
        published(content, place, [sys.executable, "-c", f"open({str(mark)!r}, 'w')"])

    assert publishing.served(place) == before
    assert not mark.exists()


def test_rollback_serves_the_build_before_and_a_second_one_the_newer_again(content: Path, place: Path) -> None:
    published(content, place, GOOD)
    with pytest.raises(Stopped, match="no earlier build"):
        rollback(place)
    change(content, CARD, "Strādā ar sirds", "Nodarbojas ar sirds")
    published(content, place, GOOD)

    assert "serves the build of" in rollback(place)
    assert "Strādā ar sirds" in page(place)
    rollback(place)
    assert "Nodarbojas ar sirds" in page(place)


def test_after_a_rollback_the_next_build_keeps_the_good_one_and_drops_the_bad(content: Path, place: Path) -> None:
    published(content, place, GOOD)
    change(content, CARD, "Strādā ar sirds", "Nodarbojas ar sirds")
    published(content, place, GOOD)
    rollback(place)
    change(content, CARD, "Nodarbojas ar sirds", "Ārstē sirds")

    published(content, place, GOOD)

    assert "Ārstē sirds" in page(place)
    rollback(place)
    assert "Strādā ar sirds" in page(place)


@pytest.mark.parametrize(("lost", "then"), [("old_slugs: [ilze-kalnina]\n", GOOD), ('room: "304"\n', BAD)])
def test_a_publication_that_fails_takes_the_way_back_from_nobody(
    content: Path, place: Path, lost: str, then: list[str]
) -> None:
    published(content, place, GOOD)
    change(content, CARD, "Strādā ar sirds", "Nodarbojas ar sirds")
    published(content, place, GOOD)
    change(content, CARD, lost, "")
    with pytest.raises(Stopped):
        published(content, place, then)

    assert "Nodarbojas ar sirds" in page(place)
    rollback(place)
    assert "Strādā ar sirds" in page(place)


def test_the_command_wants_a_public_address(content: Path, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert publish.main(["--content", str(content), "--output", str(place)]) == 1
    assert "SITEURL=https://" in capsys.readouterr().err
    assert not place.exists()
