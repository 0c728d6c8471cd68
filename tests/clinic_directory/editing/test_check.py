"""`make check-content` as an editor sees it: lines that a program can open, and how it ends."""

import re
import time
from pathlib import Path

import pytest
from clinic_directory.editing import check

from tests.builders.content import DOCTOR, change, write

CARD = "doctors/ilze-berzina.md"
ROOT = Path(__file__).resolve().parents[3]
LINE = re.compile(r"^[^:]+(:\d+)?: (problem|warning): \S.*; \S.*$")


def run(content: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    code = check.main(["--content", str(content), "--today", "2026-11-24", *arguments])
    return code, capsys.readouterr().out.splitlines()


def test_every_problem_is_told_at_once_and_ends_the_check_with_1(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(content, CARD, "clinic: juras-prakse", "clinic: juras-praks")
    change(content, "clinics/veja-roze.md", "insurers: [sala]", "insurers: [slaa]")

    code, lines = run(content, capsys)

    assert code == 1
    assert len(lines) == 3
    assert all(LINE.match(line) for line in lines[:2])
    assert 'problem: practices[1].clinic: "juras-praks" is not a clinic; did you mean "juras-prakse"?' in lines[1]
    assert lines[2].startswith("2 problems to mend")


def test_warnings_alone_end_it_with_0(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = run(content, capsys)

    assert code == 0
    assert all(LINE.match(line) for line in lines[:-1])
    assert re.match(r"No problems, \d+ warnings about \d files; ALL=1 lists every one\. \(\d+\.\d s\)$", lines[-1])


def test_changed_files_are_told_of_alone_but_problems_of_all(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # As typed from here, from the content folder, and with a file that is not content at all.
    names = [str(content / CARD), "doctors/proceduras.md", "README.md", "doctors/removed.md"]
    code, lines = run(content, capsys, *names)
    assert code == 0
    assert {line.split(":")[0].rpartition("content/")[2] for line in lines[:-1]} == {CARD, "doctors/proceduras.md"}

    (content / "clinics/juras-prakse.md").unlink()
    code, lines = run(content, capsys, "clinics/veja-roze.md")
    assert code == 1
    assert f"/{CARD}:" in lines[0]


def test_what_many_cards_have_in_common_is_one_line_unless_all_is_asked(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = DOCTOR.replace("old_slugs: [ilze-kalnina]\n", "").replace("picture: ilze-berzina.png\n", "")
    for number in range(6):
        write(content, f"doctors/card-{number}.md", bare)

    _, lines = run(content, capsys)
    folded = [line for line in lines if "no picture" in line]
    _, lines = run(content, capsys, "--all")

    assert len(folded) == 1
    assert re.search(r": warning: 7 cards have no picture, such as clinics/juras-prakse.md, doctors/card-0", folded[0])
    assert len([line for line in lines if "no picture" in line]) == 7


def test_the_demo_has_no_problem_and_only_the_gaps_that_it_means_to_show(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = run(ROOT / "content", capsys)

    assert code == 0
    # A directory never has every picture and translation; the demo shows how pages look without them.
    copied = [line for line in lines if "word for word" in line]
    assert len(copied) <= 2
    assert [re.sub(r"^.*\d+ cards|, such.*", "", line).strip() for line in lines[:-1] if line not in copied] == [
        "are not all in English",
        "are not all in Russian",
        "have no picture",
    ]


def test_a_check_that_remembers_says_the_same_as_one_that_does_not(
    content: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    memory = ["--memory", str(tmp_path / "data" / "check.sqlite")]
    changes = (
        ("given: Ilze", "given: Anna"),
        ("clinic: juras-prakse", "clinic: juras-praks"),
        ("-praks\n", "-prakse\n"),
    )
    for old, new in changes:
        change(content, CARD, old, new)

        plain = run(content, capsys)
        remembered = [run(content, capsys, *memory) for _ in range(2)]

        assert [(code, lines[:-1]) for code, lines in remembered] == [(plain[0], plain[1][:-1])] * 2


def test_one_changed_card_of_the_demo_is_checked_in_less_than_a_second(capsys: pytest.CaptureFixture[str]) -> None:
    started = time.process_time()
    run(ROOT / "content", capsys, "doctors/agnese-plume.md")

    assert time.process_time() - started < 1
