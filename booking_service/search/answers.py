"""The answer to a question: doctors of one page, counts beside the filters, and what else was meant or lies near.

Words are met surely first; what only slips would find is asked only where nothing else is found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from math import cos, hypot, radians

from sqlalchemy.orm import Session

from booking_service.directory.findings import Found
from booking_service.directory.models import Clinic, TermKind
from booking_service.search import store
from booking_service.search.counts import Counts, counts
from booking_service.search.meanings import Targets, Word, sure, wide
from booking_service.search.rules import Name, Question, known, understood
from booking_service.search.store import Conditions, Offering, Page

CLINICS = 3
NEAR = 5
TOWNS = 5
MANY = 1000
"""More doctors than this are not counted beside the filters: it would take longer than to choose."""


@dataclass(frozen=True)
class Near:
    """A thing that may have been meant instead. `slug` is its address; `names` are by language."""

    kind: Found
    slug: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """`question` is as understood. `found` has the doctors of the page by slug with what was found of them.

    `counts` is None where there is too much to count. `near` and `towns` (with their doctors) only where nothing fits.
    """

    question: Question
    names: Mapping[tuple[TermKind, str], Name]
    total: int
    found: Mapping[str, Sequence[Offering]]
    counts: Counts | None
    clinics: Sequence[Clinic] = ()
    near: Sequence[Near] = ()
    towns: Sequence[tuple[str, int]] = field(default=())


def answer(session: Session, asked: Question) -> Answer:
    """Answer in a fixed small number of queries. Names that no table has are no filter: they are passed over."""
    names = {(name.kind, name.slug): name for name in store.names(session)}
    typed = store.met(session, asked.words)
    people = {word.typed for word in typed if Found.DOCTOR in word.whole}
    question = understood(known(asked, names), names.values(), people.__contains__)
    words = [word for word in typed if word.typed in question.words]
    page, meanings = _page(session, question, words)
    if not meanings and page.total:
        question = replace(question, text="")
    conditions = store.meant(meanings) if meanings is not None else ()
    found = store.offerings(session, question, conditions, page.doctors) if page.doctors else []
    by_doctor = {doctor: list(of) for doctor, of in groupby(found, key=lambda one: one.doctor)}
    return Answer(
        question=question,
        names=names,
        total=page.total,
        found={doctor: by_doctor[doctor] for doctor in page.doctors},
        counts=_counts(session, question, conditions) if meanings is not None and page.total <= MANY else None,
        clinics=store.clinics(session, clinics, question.town, CLINICS)
        if (clinics := _clinics(meanings or ()))
        else (),
        near=() if page.total else _near(session, words, names),
        towns=() if page.total or not question.specialty else _towns(session, question),
    )


def _page(session: Session, question: Question, words: Sequence[Word]) -> tuple[Page, list[Targets] | None]:
    """The page and how the words were meant; None where one of them means nothing at all."""
    slipped = any(not word.certain for word in words)
    if slipped:
        store.look_for_slips(session, words)
    meanings = sure(words)
    page = store.page(session, question, store.meant(meanings)) if meanings is not None else Page([], 0)
    if page.total or not words or question.page > 1:
        return page, meanings
    if not slipped:
        store.look_for_slips(session, words)
    more = wide(words, alone=not question.filters)
    if more is None or more == meanings:
        return page, meanings
    return store.page(session, question, store.meant(more)), more


def _counts(session: Session, question: Question, conditions: Conditions) -> Counts | None:
    found = store.rows(session, question, conditions)
    return counts(found) if found else None


def _clinics(meanings: Sequence[Targets]) -> frozenset[str]:
    """The clinics that have every word in their names."""
    of_words = [one.get(Found.CLINIC, frozenset()) for one in meanings]
    return of_words[0].intersection(*of_words[1:]) if of_words else frozenset()


def _near(session: Session, words: Sequence[Word], names: Mapping[tuple[TermKind, str], Name]) -> list[Near]:
    """What is called nearly so. Words that lead somewhere are right, and need no other."""
    near = {other for word in words if not word.certain and not word.slipped for other in word.near}
    targets: dict[Found, list[str]] = {}
    for kind, target in store.called(session, near, 4 * NEAR) if near else ():
        targets.setdefault(kind, []).append(target)
    found = []
    for kind in (Found.SPECIALTY, Found.TOWN):
        terms = (names[TermKind(kind.value), slug] for slug in targets.get(kind, ()))
        found += [Near(kind, name.slug, name.names) for name in terms]
    for kind in (Found.DOCTOR, Found.CLINIC):
        if kind in targets:
            called = store.called_so(session, kind, targets[kind])
            found += [Near(kind, slug, said) for slug, said in sorted(called.items())]
    return found[:NEAR]


def _towns(session: Session, question: Question) -> list[tuple[str, int]]:
    """Towns with doctors of the specialty, the nearest first; where nobody knows where the town lies, the largest."""
    there = {
        town: count for town, count in store.towns_of(session, question.specialty).items() if town != question.town
    }
    spots = store.spots(session) if there and question.town else {}
    here = spots.get(question.town)

    def far(town: str) -> tuple[float, int]:
        spot = spots.get(town)
        return (_far(here, spot) if here and spot else 0.0, -there[town])

    return [(town, there[town]) for town in sorted(there, key=far)][:TOWNS]


def _far(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far two spots of one country lie apart, good enough to compare: degrees of latitude."""
    return hypot(one[0] - other[0], (one[1] - other[1]) * cos(radians(one[0])))
