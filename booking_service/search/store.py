"""Queries of search: words, a page of doctors, counts beside filters. Each is one statement for any number of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, case, func, literal, or_, select, type_coerce
from sqlalchemy.orm import Session, contains_eager

from booking_service.bookings.upcoming import Candidate, Upcoming
from booking_service.calendars.models import Opening
from booking_service.directory.findings import Finding, FindingSlip, FindingWord, Found
from booking_service.directory.models import Clinic, Doctor, Payer, Practice, Term
from booking_service.directory.slips import allowed, rests
from booking_service.search.meanings import Targets, Word
from booking_service.search.rules import PAGE, Name, Question

Conditions = Sequence[ColumnElement[bool]]
MOST_COUNTED = 2000
"""So many rows are counted beside the filters; where more fit, no count helps to choose."""
MOST_MET = 5000
"""So many known words are looked at: more begin with what was typed only where that is two letters, over and over."""
_LAST = chr(0x10FFFF)
_COLUMNS = {
    Found.DOCTOR: Finding.doctor,
    Found.CLINIC: Finding.clinic,
    Found.SPECIALTY: Finding.specialty,
    Found.TOWN: Finding.town,
    Found.SERVICE: Finding.title,
}
_FIRST = {None: Opening.first, "evening": Opening.first_evening, "weekend": Opening.first_weekend}
_WITH_OPENINGS = (Opening.practice_id == Finding.practice_id) & (Opening.service_id == Finding.id)


class Page(NamedTuple):
    """The doctors of a page, by slug, and how many there are on all pages; none beyond the last page."""

    doctors: list[str]
    total: int


class Row(NamedTuple):
    """What a found service has of each filter. `failed` has the bit of the one filter that it does not pass, or 0."""

    doctor: str
    specialty: str
    town: str
    payer: str | None
    languages: str
    insurers: str
    remote: bool
    children: bool
    free: bool
    evening: bool
    weekend: bool
    failed: int


class Rows(NamedTuple):
    """Rows for counting, the bit of each chosen filter, and chosen filters whose other options are not counted."""

    rows: Sequence[Row]
    bits: Mapping[str, int]
    uncounted: Collection[str]


class Offering(NamedTuple):
    """A service of a doctor on the page, or a practice without any; `candidate` is there where it is booked online."""

    doctor: str
    practice_id: UUID
    payer: Payer | None
    candidate: Candidate | None


def names(session: Session) -> list[Name]:
    """Every specialty, town and insurer."""
    return [Name(*row) for row in session.execute(select(Term.kind, Term.slug, Term.names, Term.facts))]


def met(session: Session, typed: Sequence[str]) -> list[Word]:
    """The typed words with what the known ones lead to that are equal or begin with them. One query."""
    words = [Word(word, last=word == typed[-1]) for word in typed]
    query = select(FindingWord.word, FindingWord.kind, FindingWord.target).order_by(FindingWord.word)
    ranges = [_is_or_begins(word) for word in typed]
    for known, kind, target in session.execute(query.where(or_(*ranges)).limit(MOST_MET)) if ranges else ():
        for word in words:
            if word.meets(known):
                word.met(known, kind, target)
    return words


def _is_or_begins(word: str) -> ColumnElement[bool]:
    if len(word) == 1:
        return FindingWord.word == word
    return and_(FindingWord.word >= word, FindingWord.word < word + _LAST)


def look_for_slips(session: Session, words: Sequence[Word]) -> None:
    """Add to the words what they may mean but for slips. One query."""
    asked = {word.typed: rests(word.typed, min(2, allowed(word.typed) + 1)) for word in words if allowed(word.typed)}
    known: dict[str, dict[str, set[tuple[Found, str]]]] = defaultdict(lambda: defaultdict(set))
    query = select(FindingSlip.rest, FindingWord.word, FindingWord.kind, FindingWord.target).join(
        FindingSlip, FindingSlip.word == FindingWord.word
    )
    wanted = set[str]().union(*asked.values())
    for rest, word, kind, target in session.execute(query.where(FindingSlip.rest.in_(wanted))) if wanted else ():
        for typed, shared in asked.items():
            if rest in shared:
                known[typed][word].add((kind, target))
    for one in words:
        one.missed(known[one.typed])


def meant(meanings: Sequence[Targets]) -> Conditions:
    """That a finding has every word, whichever way. Lists, not subqueries: so both databases use their indexes."""
    return [or_(*(_COLUMNS[kind].in_(sorted(one[kind])) for kind in sorted(one))) for one in meanings]


def chosen(question: Question) -> dict[str, ColumnElement[bool]]:
    """What each chosen filter asks of a finding."""
    asked: Mapping[str, ColumnElement[bool] | None] = {
        "specialty": Finding.specialty == question.specialty if question.specialty else None,
        "town": Finding.town == question.town if question.town else None,
        "insurer": Finding.insurers.contains(f",{question.insurer},", autoescape=True) if question.insurer else None,
        "payer": Finding.payer == question.payer if question.payer else None,
        "lang": Finding.languages.contains(f",{question.lang},", autoescape=True) if question.lang else None,
        "remote": Finding.remote.is_(True) if question.remote else None,
        "children": Finding.children.is_(True) if question.children else None,
        "when": _FIRST[question.when].is_not(None) if question.when else None,
        "free": Opening.first.is_not(None) if question.free else None,
    }
    return {name: condition for name, condition in asked.items() if condition is not None}


def page(session: Session, question: Question, words: Conditions) -> Page:
    """The doctors of the question's page, in its order: by the first time, or by the price, of what is shown of each.

    That is the first service of the card, of those that were found, which has times; doctors without times come last.
    """
    first = _FIRST[question.when]
    shown = (
        select(
            Finding.doctor,
            first.label("first"),
            Finding.price_cents.label("price"),
            func.row_number()
            .over(partition_by=Finding.doctor, order_by=(first.is_(None), Finding.position))
            .label("place"),
        )
        .outerjoin(Opening, _WITH_OPENINGS)
        .where(*words, *chosen(question).values())
        .subquery()
    )
    by_price = (shown.c.price.is_(None), shown.c.price) if question.sort == "price" else ()
    order = (shown.c.first.is_(None), *by_price, shown.c.first, shown.c.doctor)
    query = select(shown.c.doctor, func.count().over()).where(shown.c.place == 1).order_by(*order)
    rows = session.execute(query.limit(PAGE).offset(PAGE * (question.page - 1))).all()
    return Page([row[0] for row in rows], rows[0][1] if rows else 0)


def offerings(session: Session, question: Question, words: Conditions, doctors: Sequence[str]) -> list[Offering]:
    """What was found of these doctors, in the order of their cards."""
    said = (Opening.first, Opening.first_evening, Opening.first_weekend, Opening.days_from, Opening.days)
    query = (
        select(
            Finding.id, Finding.doctor, Finding.practice_id, Finding.payer, Finding.online, Practice.doctor_id,
            Opening.service_id, *said,
        )
        .join(Practice, Practice.id == Finding.practice_id)
        .outerjoin(Opening, _WITH_OPENINGS)
        .where(Finding.doctor.in_(doctors), *words, *chosen(question).values())
        .order_by(Finding.doctor, Finding.position)
    )  # fmt: skip
    found: dict[UUID, Offering] = {}
    for key, doctor, practice_id, payer, online, doctor_id, opened, *opening in session.execute(query):
        known = Upcoming(*opening) if opened else None
        found[key] = Offering(doctor, practice_id, payer, Candidate(doctor_id, key, known) if online else None)
    return list(found.values())


def rows(session: Session, question: Question, words: Conditions) -> Rows | None:
    """What passes all filters but one at most, alike ones once; None where there are too many to count.

    Other specialties and towns than the chosen one would be most of all that there is: they are not counted.
    """
    asked = chosen(question)
    uncounted = {"specialty", "town"} & set(asked)
    bits = {name: 1 << place for place, name in enumerate(asked) if name not in uncounted}
    failed: ColumnElement[int] = literal(0)
    for name, bit in bits.items():
        failed = failed + case((asked[name], 0), else_=bit)
    firsts = [column.is_not(None).label(name or "free") for name, column in _FIRST.items()]
    inner = (
        select(
            Finding.doctor, Finding.specialty, Finding.town, type_coerce(Finding.payer, String).label("payer"),
            Finding.languages, Finding.insurers, Finding.remote, Finding.children, *firsts, failed.label("failed"),
        )
        .outerjoin(Opening, _WITH_OPENINGS)
        .where(*words, *(asked[name] for name in uncounted))
        .subquery()
    )  # fmt: skip
    query = select(inner).where(inner.c.failed.in_([0, *bits.values()])).distinct().limit(MOST_COUNTED + 1)
    found = [Row._make(row) for row in session.connection().execute(query)]
    return None if len(found) > MOST_COUNTED else Rows(found, bits, uncounted)


def practices(session: Session, ids: Collection[UUID]) -> list[Practice]:
    """Practices with their doctors and clinics at hand."""
    query = (
        select(Practice)
        .join(Practice.doctor)
        .join(Practice.clinic)
        .options(contains_eager(Practice.doctor), contains_eager(Practice.clinic))
        .where(Practice.id.in_(ids))
    )
    return list(session.scalars(query))


def clinics(session: Session, slugs: Collection[str], town: str, most: int) -> list[Clinic]:
    """Those of these clinics that are in the town, if one is asked for."""
    query = select(Clinic).where(Clinic.slug.in_(slugs), Clinic.withdrawn_at.is_(None))
    if town:
        query = query.where(Clinic.town == town)
    return list(session.scalars(query.order_by(Clinic.slug).limit(most)))


def called(session: Session, words: Collection[str], most: int) -> list[tuple[Found, str]]:
    """Some of what has one of these words: kinds and targets."""
    query = select(FindingWord.kind, FindingWord.target).where(FindingWord.word.in_(words)).distinct()
    found = session.execute(query.order_by(FindingWord.kind, FindingWord.target).limit(most))
    return [(kind, target) for kind, target in found]


def called_so(session: Session, kind: Found, slugs: Collection[str]) -> dict[str, dict[str, str]]:
    """The names of doctors or clinics by slug."""
    table = Doctor if kind is Found.DOCTOR else Clinic
    found = session.execute(select(table.slug, table.names).where(table.slug.in_(slugs), table.withdrawn_at.is_(None)))
    return {row.slug: row.names for row in found}


def towns_of(session: Session, specialty: str) -> dict[str, int]:
    """How many doctors of a specialty each town has."""
    count = func.count(Finding.doctor.distinct()).label("doctors")
    query = select(Finding.town, count).where(Finding.specialty == specialty).group_by(Finding.town)
    return {row.town: row.doctors for row in session.execute(query)}


def spots(session: Session) -> dict[str, tuple[float, float]]:
    """Where towns lie: latitude and longitude of some clinic in each."""
    number = func.row_number().over(partition_by=Clinic.town, order_by=Clinic.id).label("number")
    some = select(Clinic.id, number).where(Clinic.withdrawn_at.is_(None)).subquery()
    query = select(Clinic.town, Clinic.facts).join(some, some.c.id == Clinic.id).where(some.c.number == 1)
    found = {town: facts.get("address", {}) for town, facts in session.execute(query)}
    return {town: (float(at["latitude"]), float(at["longitude"])) for town, at in found.items() if "latitude" in at}
