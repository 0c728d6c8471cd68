"""The filters of search as a form and as chips: what can be chosen, with how many doctors, and what is chosen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel import Locale

from booking_service.bookings.availability import EVENING
from booking_service.bookings.letters import said
from booking_service.directory.models import TermKind
from booking_service.portal.search_address import address_of
from booking_service.search.answers import Answer
from booking_service.search.rules import Question
from theme.folding import fold
from theme.formats import clock_time
from theme.words import N_, current, translate

SPOKEN = ("lv", "ru", "en", "de", "uk", "lt", "et", "pl")
PAYERS = {"state": N_("The state"), "paid": N_("Me or my insurer")}
YES = {"free": N_("Only with free times"), "remote": N_("Remotely"), "children": N_("Sees children")}


@dataclass(frozen=True)
class Option:
    """`count` is how many doctors it leaves, None where nobody counted."""

    value: str
    text: str
    count: int | None
    chosen: bool

    @property
    def label(self) -> str:
        """As one line of a list."""
        return self.text if self.count is None else f"{self.text} ({self.count})"


@dataclass(frozen=True)
class Chip:
    """A chosen filter; `href` leads to the same without it."""

    text: str
    href: str


def name_of(answer: Answer, kind: TermKind, slug: str) -> str:
    return said(answer.names[kind, slug].names, current())


@lru_cache(maxsize=256)
def _language(code: str, lang: str) -> str:
    name = str(Locale(lang).languages.get(code, code))
    return name[:1].upper() + name[1:]


def options(answer: Answer, name: str) -> list[Option]:
    """What can be chosen of a filter that has a list; where it is counted, no option that would leave nobody."""
    question = answer.question
    chosen, texts = getattr(question, name), dict(_texts(answer, name))
    counts = answer.counts.get(name) if answer.counts is not None else None
    found = [
        Option(value, text, counts.get(value, 0) if counts is not None else None, value == chosen)
        for value, text in texts.items()
    ]
    return [one for one in found if one.count != 0 or one.chosen]


def _texts(answer: Answer, name: str) -> Iterable[tuple[str, str]]:
    if name == "lang":
        return ((code, _language(code, current())) for code in SPOKEN)
    kind = TermKind(name)
    named = [(slug, said(one.names, current())) for (of, slug), one in answer.names.items() if of is kind]
    return sorted(named, key=lambda one: fold(one[1]).strip("„“”«»"))


def few(answer: Answer, name: str) -> list[Option]:
    """The options of a filter that has few, always all of them; the first one asks for nothing."""
    texts = payers() if name == "payer" else times()
    chosen = getattr(answer.question, name)
    nothing = translate("Does not matter") if name == "payer" else translate("At any time")
    found = [Option(value, text, _count(answer, name, value), value == chosen) for value, text in texts.items()]
    return [Option("", nothing, None, not chosen), *found]


def payers() -> dict[str, str]:
    return {value: translate(text) for value, text in PAYERS.items()}


def times() -> dict[str, str]:
    return {"evening": translate("After %(time)s", time=clock_time(EVENING)), "weekend": translate("On weekends")}


def yes(answer: Answer, name: str) -> Option:
    """A filter that is chosen or not."""
    return Option("1", translate(YES[name]), _count(answer, name, "1"), getattr(answer.question, name))


def _count(answer: Answer, name: str, value: str) -> int | None:
    return None if answer.counts is None else answer.counts.get(name, {}).get(value, 0)


def chips(answer: Answer) -> list[Chip]:
    """What is chosen, each with the way to be rid of it."""
    question = answer.question
    return [Chip(text, address_of(question, **without)) for text, without in _chosen(answer, question)]


def _chosen(answer: Answer, question: Question) -> Iterator[tuple[str, dict[str, Any]]]:
    if question.text:
        yield translate("“%(words)s”", words=question.text), {"text": ""}
    for kind in (TermKind.SPECIALTY, TermKind.TOWN, TermKind.INSURER):
        if slug := getattr(question, kind.value):
            yield name_of(answer, kind, slug), {kind.value: ""}
    if question.payer:
        yield payers()[question.payer.value], {"payer": None}
    if question.lang:
        yield _language(question.lang, current()), {"lang": ""}
    if question.when:
        yield times()[question.when], {"when": None}
    for name, text in YES.items():
        if getattr(question, name):
            yield translate(text), {name: False}
