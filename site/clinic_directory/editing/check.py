"""`make check-content`: what is wrong with content, all at once, and what in sound content is worth a second look.

Each line is `file:line: kind: text`, which editors and build servers know how to open. Problems end it with 1,
warnings alone with 0.
"""

import argparse
import os
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from clinic_directory import dead_links
from clinic_directory.editing.remark import Remark, placed
from clinic_directory.editing.warnings import warnings
from clinic_directory.kept_cards import KeptCards
from clinic_directory.problems import ContentError, Problem
from clinic_directory.reader import read
from clinic_directory.schema import Directory
from clinic_directory.shelf import Shelf

FEW: Final = 5
"""What more cards than this have in common is told in one line, unless all is asked for."""


@dataclass(frozen=True)
class Report:
    """Warnings are empty where there are problems: they are about sound content."""

    problems: Sequence[Problem] = ()
    warnings: Sequence[Remark] = ()


def check(content: Path, today: date, files: Collection[str] | None = None, memory: Path | None = None) -> Report:
    """The whole folder's problems, since one file may break another; warnings of `files` alone (None: of all).

    `memory` is a file that keeps sound cards between checks, so that the next one reads only what changed.
    """
    shelf = Shelf(memory) if memory else None
    kept = KeptCards(shelf) if shelf else None
    try:
        directory = read(content, kept)
        _check_links(directory)
        return Report(warnings=warnings(directory, today, files))
    except ContentError as refused:
        return Report(refused.problems)
    finally:
        if shelf and kept:
            kept.put()
            shelf.save()


def _check_links(directory: Directory) -> None:
    """ContentError for links that lead nowhere. Who stands in which list is asked only where a link asks for it."""
    if directory.gone.pages or dead_links.problems(directory, dead_links.certain(directory)):
        # All that makes pages is loaded only now: it takes as long as the rest of the check.
        from clinic_directory.generation import check_links

        check_links(directory)


def lines(content: Path, report: Report, everything: bool) -> Iterator[str]:
    """The report line by line, with file names as seen from here."""
    for problem in report.problems:
        yield f"{content}/{_told(problem, 'problem')}"
    many: dict[str, list[Remark]] = {}
    for remark in report.warnings:
        many.setdefault(remark.many, []).append(remark)
    cards = {said: sorted({one.file for one in remarks}) for said, remarks in many.items()}
    folded = {said for said, files in cards.items() if len(files) > FEW and not everything}
    for warning in placed(content, (one for one in report.warnings if one.many not in folded)):
        yield f"{content}/{_told(warning, 'warning')}"
    for said in sorted(folded):
        yield f"{content}: warning: {len(cards[said])} cards {said}, such as {', '.join(cards[said][:3])}"


def summary(report: Report, everything: bool) -> str:
    """The last line."""
    if report.problems:
        return f"{_count(len(report.problems), 'problem')} to mend; warnings are told when there are none."
    if not report.warnings:
        return "No problems, no warnings."
    cards = len({one.file for one in report.warnings})
    more = "" if everything else "; ALL=1 lists every one"
    return f"No problems, {_count(len(report.warnings), 'warning')} about {_count(cards, 'file')}{more}."


def inside(content: Path, names: Sequence[str]) -> list[str]:
    """Paths inside the content folder of files that are named from here, from the folder or in full; others go."""
    home = content.resolve()
    paths = [Path(name).resolve() for name in names]
    paths = [path if path.is_relative_to(home) else home / name for path, name in zip(paths, names, strict=True)]
    return [str(path.relative_to(home)) for path in paths if path.exists()]


def _told(problem: Problem, kind: str) -> str:
    place = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
    return str(problem).replace(f"{place}: ", f"{place}: {kind}: ", 1)


def _count(number: int, word: str) -> str:
    return f"1 {word}" if number == 1 else f"{number} {word}s"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make check-content", description=__doc__)
    parser.add_argument("--content", type=Path, default=Path("content"), help="the content folder")
    parser.add_argument("--all", action="store_true", help="list every warning, and not many of a kind in one line")
    parser.add_argument("--today", type=date.fromisoformat, help="the day to count from (2026-11-02)")
    parser.add_argument("--memory", type=Path, help="a file that keeps sound cards between checks")
    parser.add_argument("files", nargs="*", help="the changed files; without any, all")
    chosen = parser.parse_args(arguments)
    started = time.monotonic()
    content = Path(os.path.relpath(chosen.content))
    files = inside(content, chosen.files) if chosen.files else None
    if chosen.memory:
        chosen.memory.parent.mkdir(parents=True, exist_ok=True)
    report = check(content, chosen.today or datetime.now(UTC).date(), files, chosen.memory)
    everything = chosen.all or files is not None
    for line in lines(content, report, everything):
        sys.stdout.write(line + "\n")
    sys.stdout.write(f"{summary(report, everything)} ({time.monotonic() - started:.1f} s)\n")
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
