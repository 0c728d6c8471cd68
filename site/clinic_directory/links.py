"""What a Markdown text leads to on this site itself; links to other sites are theirs to keep."""

import re
from collections.abc import Iterator

from clinic_directory.vocabulary import LANGS
from clinic_directory.words import Words

_TARGET = re.compile(r"\]\(\s*<?([^)\s>]+)|^ {0,3}\[[^\]\n]+\]:\s*<?([^\s>]+)", re.M)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.I)


def of(text: str) -> Iterator[str]:
    """The targets in a Markdown text that are no other site's, as written."""
    if "]" in text:
        for found in _TARGET.finditer(text):
            target = found[1] or found[2]
            if not _ELSEWHERE.match(target):
                yield target


def of_words(words: Words | None) -> tuple[str, ...]:
    """Those of a card's text in all its languages, each once."""
    texts = [words.own(lang) or "" for lang in LANGS] if words else []
    return tuple(dict.fromkeys(target for text in texts for target in of(text)))
