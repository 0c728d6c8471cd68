"""What somebody looks for: how a question is cut to size, and which of its words are names of a specialty or a town."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from booking_service.bookings.upcoming import When
from booking_service.directory.findings import LONGEST_WORD
from booking_service.directory.models import Payer, TermKind
from theme.folding import words

PAGE = 20
LONGEST_TEXT = 120
MOST_WORDS = 8
_WORD = re.compile(r"[^\W_]+")
Sort = Literal["time", "price"]


@dataclass(frozen=True)
class Question:
    """What is looked for. Empty, None and False ask for nothing; `text` is as typed, without what became a filter."""

    text: str = ""
    specialty: str = ""
    town: str = ""
    insurer: str = ""
    payer: Payer | None = None
    lang: str = ""
    remote: bool = False
    children: bool = False
    when: When | None = None
    free: bool = False
    sort: Sort = "time"
    page: int = 1

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words of the text, each once; what goes beyond the most that are asked is left out."""
        found = dict.fromkeys(word[:LONGEST_WORD] for word in folded(self.text))
        return tuple(found)[:MOST_WORDS]

    @property
    def filters(self) -> int:
        """How many filters are chosen."""
        chosen = (self.specialty, self.town, self.insurer, self.payer, self.lang, self.when)
        return sum(map(bool, (*chosen, self.remote, self.children, self.free)))


class Name(NamedTuple):
    """A specialty, town or insurer as content's tables name it."""

    kind: TermKind
    slug: str
    names: Mapping[str, str]
    facts: Mapping[str, Any]


def typed(text: str) -> str:
    """What was typed, on one line, composed and cut to a length that nobody types by hand."""
    shown = "".join(
        sign if sign.isprintable() else " " for sign in unicodedata.normalize("NFC", text[: 4 * LONGEST_TEXT])
    )
    return " ".join(shown.split())[:LONGEST_TEXT].strip()


@lru_cache(maxsize=4096)
def folded(text: str) -> tuple[str, ...]:
    """The folded words of a text; the names of the tables are folded for every question."""
    return tuple(words(text))


def known(question: Question, names: Mapping[tuple[TermKind, str], Name]) -> Question:
    """The question without what no table names: an old address asks for less instead of for nothing."""
    chosen = {TermKind.SPECIALTY: question.specialty, TermKind.TOWN: question.town, TermKind.INSURER: question.insurer}
    specialty, town, insurer = (slug if (kind, slug) in names else "" for kind, slug in chosen.items())
    return replace(question, specialty=specialty, town=town, insurer=insurer)


def understood(question: Question, names: Iterable[Name], is_person: Callable[[str], bool]) -> Question:
    """Turn the words that name a specialty and a town into these filters: what was typed last counts.

    A single word by which a doctor is called (`is_person`) stays a word: there are people named Ogre.
    """
    forms = _forms(names)
    tokens = [(found[0], folded(found[0])) for found in _WORD.finditer(question.text)]
    named: dict[TermKind, str] = {}
    for length in (4, 3, 2, 1):
        for start in range(len(tokens) - length, -1, -1):
            form = tuple(word for _, parts in tokens[start : start + length] for word in parts)
            name = forms.get(form)
            if name is None or name.kind in named or (length == 1 and is_person(form[0])):
                continue
            named[name.kind] = name.slug
            del tokens[start : start + length]
    if not named:
        return question
    return replace(
        question,
        text=" ".join(token for token, _ in tokens),
        specialty=named.get(TermKind.SPECIALTY, question.specialty),
        town=named.get(TermKind.TOWN, question.town),
    )


def _forms(names: Iterable[Name]) -> dict[tuple[str, ...], Name | None]:
    """Every way to write a specialty or a town, as folded words; None where two are written alike."""
    known: dict[tuple[str, ...], Name | None] = {}
    for name in names:
        for form in _forms_of(name):
            same = known.get(form, name)
            known[form] = name if same is not None and same.slug == name.slug else None
    return known


def _forms_of(name: Name) -> Iterator[tuple[str, ...]]:
    if name.kind is TermKind.SPECIALTY:
        texts = [*name.names.values(), *name.facts["plural"].values(), *name.facts.get("lay", {}).values()]
    elif name.kind is TermKind.TOWN:
        texts = [*name.names.values(), *name.facts["in"].values()]
    else:
        return
    for text in texts:
        yield folded(text)
