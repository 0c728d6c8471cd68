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
        """The first free wish of a good length; else one with `apart`, which tells this page from its double."""
        best = _fitting([*wishes, *(wish + _NAME for wish in wishes)], *TITLE, self._titles)
        return _remember(best or _cut(wishes[-1], apart, TITLE[1], self._titles), self._titles)

    def description(self, start: str, more: Iterable[str], apart: str) -> str:
        """`start` and as many of the sentences `more` as fit; a later one may fit where an earlier one did not."""
        text = _grown(start, more)
        if text in self._descriptions or len(text) > DESCRIPTION[1]:
            text = _cut(start, apart, DESCRIPTION[1], self._descriptions)
            text = _grown(text, more)
        return _remember(text, self._descriptions)


def _grown(start: str, more: Iterable[str]) -> str:
    text = start
    for sentence in more:
        if len(text) + 1 + len(sentence) <= DESCRIPTION[1]:
            text = f"{text} {sentence}"
    return text


def _fitting(wishes: Iterable[str], least: int, most: int, used: set[str]) -> str | None:
    return next((wish for wish in wishes if least <= len(wish) <= most and wish not in used), None)


def _cut(text: str, apart: str, most: int, used: set[str]) -> str:
    """`text`, shortened at a word if it must be; with `apart` where the text is taken; with a number in the end."""
    if len(text) <= most and text not in used:
        return text
    number = 1
    while True:
        end = f" ({apart})" if number == 1 else f" ({apart}, {number})"
        end = end if apart and len(end) < most // 2 else f" ({number})" if number > 1 else ""
        room = most - len(end)
        kept = text if len(text) <= room else text[: room - 1].rsplit(" ", 1)[0].rstrip(",;:– ") + "…"
        if kept + end not in used:
            return kept + end
        number += 1


def _remember(text: str, used: set[str]) -> str:
    used.add(text)
    return text
