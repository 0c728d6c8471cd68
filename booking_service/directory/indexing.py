"""Keeps findings, their words and slips equal to the rows of the directory: what is equal is left alone."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from booking_service.directory.findings import LONGEST_WORD, Finding, FindingSlip, FindingWord, Found
from booking_service.directory.models import TermKind, Where
from booking_service.directory.slips import kept
from theme.folding import words

Rows = Mapping[UUID, Mapping[str, Any]]
CHILD = 14
"""Whoever sees somebody younger takes children: from this age on a patient decides alone."""


def index(
    session: Session, clinics: Rows, doctors: Rows, practices: Rows, services: Rows, terms: Iterable[Any]
) -> None:
    """Write what search looks through. The rows are those that sync wants; a term is a row of the table `term`."""
    _write(session, Finding, set(_findings(clinics, doctors, practices, services)))
    of_terms = set(_words_of_terms(terms))
    towns = {word for word, kind, _ in of_terms if kind is Found.TOWN}
    wanted = {*_words_of_things(clinics, doctors, services, towns), *of_terms}
    known = _write(session, FindingWord, wanted)
    before, after = ({word for word, _, _ in rows} for rows in (known, wanted))
    _change(session, FindingSlip, _slips(before - after), _slips(after - before))


def folded_title(titles: Mapping[str, str]) -> str:
    """What a service's title is called here: services of one Latvian title are one thing to search."""
    return _folded(titles["lv"])


@lru_cache(maxsize=4096)
def _folded(title: str) -> str:
    return " ".join(words(title))[:200]


def _findings(clinics: Rows, doctors: Rows, practices: Rows, services: Rows) -> Iterator[tuple[Any, ...]]:
    of_practice: dict[UUID, list[tuple[UUID, Mapping[str, Any]]]] = {practice_id: [] for practice_id in practices}
    for service_id, service in services.items():
        of_practice[service["practice_id"]].append((service_id, service))
    for practice_id, place in _places(clinics, practices).items():
        practice, first = practices[practice_id], place * 1000
        doctor, clinic = doctors[practice["doctor_id"]], clinics[practice["clinic_id"]]
        shared = (doctor["slug"], practice_id, clinic["slug"], practice["town"])
        lists = (_list(doctor["facts"].get("languages", ())), _list(one["slug"] for one in clinic["facts"]["insurers"]))
        rows = [(key, _service(one, doctor, first)) for key, one in of_practice[practice_id]]
        for specialty in doctor["specialties"] or ("",):
            for key, rest in rows or [(practice_id, ("", first, None, None, False, False, False))]:
                yield (key, specialty, *shared, *rest, *lists)


def _places(clinics: Rows, practices: Rows) -> dict[UUID, int]:
    """The place of each practice among its doctor's, as the pages of the service show them: by clinic and branch."""
    counts: Counter[UUID] = Counter()
    places = {}
    for one in sorted(
        practices, key=lambda one: (clinics[practices[one]["clinic_id"]]["slug"], practices[one]["branch"])
    ):
        doctor = practices[one]["doctor_id"]
        places[one] = counts[doctor]
        counts[doctor] += 1
    return places


def _service(service: Mapping[str, Any], doctor: Mapping[str, Any], first: int) -> tuple[Any, ...]:
    ages = doctor["facts"].get("ages") or {}
    youngest = max(ages.get("from") or 0, service["ages_from"] or 0)
    return (
        folded_title(service["titles"]),
        first + service["position"],
        service["payer"],
        service["price_cents"],
        service["bookable"],
        service["place"] in (Where.VIDEO, Where.PHONE),
        youngest < CHILD,
    )


def _list(slugs: Iterable[str]) -> str:
    return f",{','.join(slugs)},"


def _words_of_things(
    clinics: Rows, doctors: Rows, services: Rows, towns: Collection[str]
) -> Iterator[tuple[str, Found, str]]:
    for clinic in clinics.values():
        yield from _words(Found.CLINIC, clinic["slug"], clinic["names"])
    for doctor in doctors.values():
        # A room or a device that is called after its town is found by the town; only people may be called Ogre.
        room = doctor["kind"] in ("room", "device")
        yield from (
            one for one in _words(Found.DOCTOR, doctor["slug"], doctor["names"]) if not (room and one[0] in towns)
        )
    seen: set[tuple[str, ...]] = set()
    for service in services.values():
        titles = service["titles"]
        if (said := tuple(titles.values())) not in seen:
            seen.add(said)
            yield from _words(Found.SERVICE, folded_title(titles), titles)


def _words_of_terms(terms: Iterable[Any]) -> Iterator[tuple[str, Found, str]]:
    for term in terms:
        facts = term["facts"]
        if term["kind"] is TermKind.SPECIALTY:
            yield from _words(Found.SPECIALTY, term["slug"], term["names"], facts["plural"], facts.get("lay", {}))
        elif term["kind"] is TermKind.TOWN:
            yield from _words(Found.TOWN, term["slug"], term["names"], facts["in"])


def _words(kind: Found, target: str, *texts: Mapping[str, str]) -> Iterator[tuple[str, Found, str]]:
    for word in words(*(said for text in texts for said in text.values())):
        yield word[:LONGEST_WORD], kind, target


def _slips(terms: Iterable[str]) -> set[tuple[str, str]]:
    return {(rest, word) for word in terms for rest in kept(word)}


def _write(session: Session, table: Any, wanted: set[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    """Make the table's rows the wanted ones, and return those that stood there before."""
    known = {tuple(row) for row in session.execute(select(*table.__table__.columns))}
    _change(session, table, known - wanted, wanted - known)
    return known


def _change(session: Session, table: Any, away: set[tuple[Any, ...]], new: set[tuple[Any, ...]]) -> None:
    columns, keys = table.__table__.columns.keys(), table.__table__.primary_key.columns
    if away:
        gone = [dict(zip((f"gone_{name}" for name in columns), row, strict=False)) for row in away]
        same = (key == bindparam(f"gone_{key.name}") for key in keys)
        session.connection().execute(delete(table.__table__).where(*same), gone)
    if new:
        rows = sorted(new, key=lambda row: tuple(map(str, row[: len(keys)])))
        session.connection().execute(insert(table.__table__), [dict(zip(columns, row, strict=True)) for row in rows])
