"""`make serve`: what the terminal says after a build."""

from pathlib import Path

from clinic_directory.serve import MOST, warned

from tests.builders.content import change

CARD = "doctors/ilze-berzina.md"


def test_the_terminal_tells_the_warnings_of_the_changed_card_alone(content: Path, tmp_path: Path) -> None:
    change(content, CARD, "languages: [lv, ru, en]\n", "")

    said = warned(content, [str(content / CARD), str(tmp_path / "theme/x.css")], tmp_path / "check.sqlite")

    assert all(f"/{CARD}:" in line for line in said[:-1])
    assert any("languages: the card has no languages" in line for line in said)
    assert len(said) <= MOST + 1


def test_it_says_nothing_of_code_or_of_a_card_that_broke_meanwhile(content: Path, tmp_path: Path) -> None:
    assert warned(content, [str(tmp_path / "site/x.py")], tmp_path / "check.sqlite") == []
    change(content, CARD, "clinic: juras-prakse", "clinic: juras-praks")
    assert warned(content, [str(content / CARD)], tmp_path / "check.sqlite") == []
