"""What the reader tells an author about a folder."""

from pathlib import Path

import pytest
from clinic_directory.problems import ContentError
from clinic_directory.reader import read

from tests.builders.content import change


def told(folder: Path) -> list[str]:
    """The lines of the report that refuses this folder."""
    with pytest.raises(ContentError) as refusal:
        read(folder)
    head, *lines = str(refusal.value).split("\n  ")
    assert head == ("1 problem" if len(lines) == 1 else f"{len(lines)} problems")
    return lines


def told_after(folder: Path, file: str, old: str, new: str) -> list[str]:
    """The report after one change to a sound folder."""
    change(folder, file, old, new)
    return told(folder)


def line_of(folder: Path, file: str, text: str) -> int:
    """Where a text stands in a file, from 1."""
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    found = [number for number, line in enumerate(lines, start=1) if text in line]
    assert len(found) == 1, f"{text!r} stands on lines {found}"
    return found[0]
