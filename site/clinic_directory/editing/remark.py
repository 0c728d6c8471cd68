"""A warning about a sound card: what it lacks or what may be wrong with it; it never stops a build."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from clinic_directory import cards
from clinic_directory.problems import Path as FieldPath
from clinic_directory.problems import Problem, dotted
from clinic_directory.yaml_tree import Source


@dataclass(frozen=True)
class Remark:
    """`at` is a field, or `quote` the beginning of a paragraph; `many` is said of all cards that have the same."""

    file: str
    text: str
    instead: str
    many: str
    at: FieldPath = ()
    quote: str = ""


def placed(folder: Path, remarks: Iterable[Remark]) -> Iterator[Problem]:
    """The same with lines, in the order of files and lines. Only files that are spoken of are read again."""
    found: dict[str, tuple[Source, str]] = {}
    lines = []
    for remark in remarks:
        if remark.file not in found:
            found[remark.file] = _source(folder, remark.file)
        lines.append(_line(remark, *found[remark.file]))
    yield from sorted(lines, key=lambda line: (line.file, line.line or 0, line.field, line.text))


def _source(folder: Path, file: str) -> tuple[Source, str]:
    path = folder / file
    read = cards.table if path.suffix == ".yaml" else cards.card
    return read(path, path.stem, file, []).source, path.read_text(encoding="utf-8")


def _line(remark: Remark, source: Source, text: str) -> Problem:
    line: int | None = source.line(remark.at) if remark.at else None
    if remark.quote:
        before, quote, _ = text.partition(remark.quote)
        line = before.count("\n") + 1 if quote else None
    return Problem(remark.file, line, dotted(remark.at), remark.text, remark.instead)
