"""Titles and descriptions of a length that a result page shows whole; `apart` tells a page from its namesake's."""

from collections.abc import Iterable, Sequence
from typing import Final

TITLE: Final = (30, 60)
DESCRIPTION: Final = (120, 155)
_NAME: Final = " – Pieraksts"


def title(wishes: Sequence[str], apart: str = "") -> str:
    """The first wish of a good length; else the last one, shortened."""
    mark = f" ({apart})" if apart else ""
    for wish in [*wishes, *(wish + _NAME for wish in wishes)]:
        if TITLE[0] <= len(wish + mark) <= TITLE[1]:
            return wish + mark
    return shortened(wishes[-1], TITLE[1] - len(mark)) + mark


def description(start: str, more: Iterable[str], apart: str = "") -> str:
    """`start` and as many of the sentences `more` as fit; a later one may fit where an earlier one did not."""
    text = shortened(f"{start.rstrip('.')} ({apart})." if apart else start, DESCRIPTION[1])
    for sentence in more:
        if len(text) + 1 + len(sentence) <= DESCRIPTION[1]:
            text = f"{text} {sentence}"
    return text


def shortened(text: str, most: int) -> str:
    """The text, cut at a word where it is too long."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:– ") + "…"
