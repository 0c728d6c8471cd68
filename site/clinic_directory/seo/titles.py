"""Titles and descriptions: each unique in its language and of a length that a result page shows whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

TITLE: Final = (30, 60)
DESCRIPTION: Final = (120, 155)
_NAME: Final = " – Pieraksts"


@dataclass
class Titles:
    """Remembers what has been used, so that two doctors of one name get two titles."""

    _titles: set[str] = field(default_factory=set)
    _descriptions: set[str] = field(default_factory=set)

    def title(self, wishes: Sequence[str], apart: str) -> str:
        """The first free wish of a good length; else the last with `apart`, which tells this page from its double."""
        for wish in [*wishes, *(wish + _NAME for wish in wishes)]:
            if TITLE[0] <= len(wish) <= TITLE[1] and wish not in self._titles:
                return _remember(wish, self._titles)
        marks = ["", *_marks(apart)]
        found = (shortened(wishes[-1], TITLE[1] - len(mark)) + mark for mark in marks)
        return _remember(next(text for text in found if text not in self._titles), self._titles)

    def description(self, start: str, more: Sequence[str], apart: str) -> str:
        """`start` and as many of the sentences `more` as fit; a later one may fit where an earlier one did not."""
        for mark in ["", *_marks(apart)]:
            begun = f"{start.rstrip('.')}{mark}." if mark else start
            text = _grown(shortened(begun, DESCRIPTION[1]), more)
            if text not in self._descriptions:
                return _remember(text, self._descriptions)
        raise AssertionError("numbers never end")


def _marks(apart: str) -> list[str]:
    """What may stand at the end of a text that is taken."""
    return [f" ({apart})", *(f" ({apart}, {number})" for number in range(2, 1000))]


def _grown(start: str, more: Iterable[str]) -> str:
    text = start
    for sentence in more:
        if len(text) + 1 + len(sentence) <= DESCRIPTION[1]:
            text = f"{text} {sentence}"
    return text


def shortened(text: str, most: int) -> str:
    """The text, cut at a word where it is too long."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:– ") + "…"


def _remember(text: str, used: set[str]) -> str:
    used.add(text)
    return text
