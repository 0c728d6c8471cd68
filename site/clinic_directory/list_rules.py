"""Rules of the words above a list: enough of them to be worth finding, and none that stand above another list.

Search engines pass by lists that are thin, and show one of those that say the same.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from clinic_directory.cards import Card
from clinic_directory.frontmatter import Part
from clinic_directory.problems import Problem

FEWEST_WORDS: Final = 40
"""In each language that the text is written in."""
_SHORTEST: Final = 10
"""A paragraph of fewer words, such as a note whom to call, may stand above several lists."""
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")


def list_problems(cards: Iterable[Card]) -> Iterator[Problem]:
    """Lists that say too little, and those that say what an earlier one says already."""
    owners: dict[str, str] = {}
    for card in cards:
        for part in card.parts:
            count = len(_WORD.findall(part.text))
            if count < FEWEST_WORDS:
                said = f"has {count} words in {part.lang}, and a list worth finding has at least {FEWEST_WORDS}"
                yield Problem(card.file, part.line, "", said, "say what these doctors do and what to know before")
            yield from _copies(card.file, part, owners)


def _copies(file: str, part: Part, owners: dict[str, str]) -> Iterator[Problem]:
    for found in _PARAGRAPH.finditer(part.text):
        words = _WORD.findall(found[0].casefold())
        if len(words) < _SHORTEST:
            continue
        owner = owners.setdefault(" ".join(words), file)
        if owner != file:
            line = part.line + part.text.count("\n", 0, found.start())
            yield Problem(file, line, "", f"says what {owner} says", "write each list a text of its own")
