"""What is wrong with content, in words an author can act on; all of it at once."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

Path = tuple[str | int, ...]

# Zero-width and direction marks: nobody sees them, yet they make two equal names differ or turn a line round.
_MARKS = "\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
UNSEEN = re.compile(f"[{_MARKS}{_CONTROL}]")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. `line` counts from 1 and is None for a file as a whole; `field` is empty outside fields;
    `instead` is a phrase that says what to do."""

    file: str
    line: int | None
    field: str
    text: str
    instead: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        said = f"{self.field}: {self.text}" if self.field else self.text
        # What is told may quote the very signs that are refused; a terminal must not obey them.
        return UNSEEN.sub("\ufffd", f"{place}: {said}; {self.instead}")


class ContentError(Exception):
    """Content was refused; `problems` is never empty and in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=_place))
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        head = "1 problem" if count == 1 else f"{count} problems"
        return "\n  ".join([head, *map(str, self.problems)])


def _place(problem: Problem) -> tuple[str, int, str, str]:
    return (problem.file, problem.line or 0, problem.field, problem.text)


def dotted(path: Sequence[str | int]) -> str:
    """`practices[0].clinic`: a field's place as an author reads it."""
    said = ""
    for step in path:
        said += f"[{step}]" if isinstance(step, int) else f".{step}" if said else step
    return said


@lru_cache(maxsize=4096)
def nearest(word: str, words: tuple[str, ...]) -> str | None:
    """The word that the author most likely meant, or None. Kept, since one slip often stands in many files."""
    found = get_close_matches(word, words, 1, 0.6)
    return found[0] if found else None


def choice(word: str, words: tuple[str, ...], otherwise: str) -> str:
    """What to do about a word that is not one of `words`: the near miss, a short list, or `otherwise`."""
    near = nearest(word, words) if len(word) <= 100 else None
    if near:
        return f'did you mean "{near}"?'
    if 0 < len(words) <= 8:
        return f"write one of {', '.join(words)}"
    return otherwise
