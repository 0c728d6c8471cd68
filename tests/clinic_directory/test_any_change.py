"""Whatever happens to a file, the reader answers with a Directory or with a ContentError."""

import tempfile
from pathlib import Path

import pytest
from clinic_directory.problems import ContentError, Problem
from clinic_directory.reader import read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.content import FILES, a_content_folder

NASTY = [
    "", "\n", "---", "---\n", "=== ru\n", "[", "]", "{", "}", ": ", "- ", "&a ", "*a", "!!int ", "!", "\t", '"', "'",
    "|", ">", "%", "@", "`", "\x00", "\ufeff", "\u202e", "null", "~", "yes", "1e999", "-1", "99999999999999999999",
    "<<: {a: b}", "? [a]\n: b", "# ", "<b>", "](javascript:x)", "\u0304", "😀", "a" * 300, "{{}}", "{0}", "%s",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder() -> Path:
    return a_content_folder(Path(tempfile.mkdtemp()) / "content")


def _read_with(folder: Path, file: str, raw: bytes) -> None:
    path = folder / file
    before = path.read_bytes()
    path.write_bytes(raw)
    try:
        problems = _problems(folder)
    finally:
        path.write_bytes(before)
    assert all(str(problem) and problem.file and problem.instead for problem in problems)


def _problems(folder: Path) -> tuple[Problem, ...]:
    try:
        read(folder)
    except ContentError as refusal:
        return refusal.problems
    return ()


PLACES = {"file": st.sampled_from(sorted(FILES)), "place": st.floats(0, 1)}
fast = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@fast
@given(
    file=st.sampled_from(sorted(FILES)), place=st.floats(0, 1), length=st.integers(0, 60), new=st.sampled_from(NASTY)
)
def test_a_piece_replaced_by_something_nasty(folder: Path, file: str, place: float, length: int, new: str) -> None:
    text = FILES[file]
    start = int(place * len(text))

    _read_with(folder, file, (text[:start] + new + text[start + length :]).encode())


@fast
@given(**PLACES, new=st.text(max_size=40))
def test_any_text_put_in_anywhere(folder: Path, file: str, place: float, new: str) -> None:
    text = FILES[file]
    start = int(place * len(text))

    _read_with(folder, file, (text[:start] + new + text[start:]).encode("utf-8", "surrogatepass"))


@fast
@given(**PLACES, length=st.integers(0, 8), new=st.binary(max_size=8))
def test_any_bytes_put_in_anywhere(folder: Path, file: str, place: float, length: int, new: bytes) -> None:
    raw = FILES[file].encode()
    start = int(place * len(raw))

    _read_with(folder, file, raw[:start] + new + raw[start + length :])


@fast
@given(file=st.sampled_from(sorted(FILES)), first=st.integers(0, 60), second=st.integers(0, 60), deeper=st.booleans())
def test_lines_moved_or_indented(folder: Path, file: str, first: int, second: int, deeper: bool) -> None:
    lines = FILES[file].splitlines(keepends=True)
    line = lines.pop(first % len(lines))
    lines.insert(second % (len(lines) + 1), "  " + line if deeper else line)

    _read_with(folder, file, "".join(lines).encode())


@fast
@given(raw=st.binary(max_size=2000))
def test_a_picture_of_any_bytes(folder: Path, raw: bytes) -> None:
    picture = (folder / "images/ilze-berzina.png").read_bytes()

    _read_with(folder, "images/ilze-berzina.png", picture[: len(raw)] + raw)
