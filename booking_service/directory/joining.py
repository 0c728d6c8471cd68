"""A clinic that applies to join: what it may choose from, whether a word would do in a card, and the cards themselves.

Beside `sync` the only module that imports content's reader: the cards in the editors' letter are checked by the same
rules that will read them. Nothing is written; content stays the only source.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from clinic_directory import fields, hours, tables
from clinic_directory.editing import difference, proposed
from clinic_directory.editing.asked import AskedClinic as AskedClinic
from clinic_directory.editing.asked import AskedDoctor as AskedDoctor
from clinic_directory.editing.asked import AskedService as AskedService
from clinic_directory.editing.names import free_prefix, free_slug, slug_of
from clinic_directory.lists import bare
from clinic_directory.problems import Problem
from clinic_directory.references import Known
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from booking_service.directory.models import Clinic, Doctor, OldSlug, Term, TermKind

Words = Mapping[str, str]

_KINDS: Final[Mapping[str, TypeAdapter[object]]] = {
    "company_number": TypeAdapter(fields.CompanyNumber),
    "institution_code": TypeAdapter(fields.InstitutionCode),
    "post_code": TypeAdapter(fields.PostCode),
    "phone": TypeAdapter(fields.Phone),
    "email": TypeAdapter(fields.Email),
    "link": TypeAdapter(fields.Link),
    "register_number": TypeAdapter(fields.RegisterNumber),
    "minutes": TypeAdapter(fields.Minutes),
    "price": TypeAdapter(fields.Money),
    "latitude": TypeAdapter(fields.Latitude),
    "longitude": TypeAdapter(fields.Longitude),
}


@dataclass(frozen=True)
class Choices:
    """What cards may name, as words by slug: of the database, and the state's co-payments where content is at hand."""

    specialties: Mapping[str, Words]
    towns: Mapping[str, Words]
    insurers: Mapping[str, Words]
    co_payments: Mapping[str, Words]


@dataclass(frozen=True)
class Cards:
    """New files by their names in content, one patch that adds them all, and what is still open in them."""

    files: Mapping[str, str]
    patch: str
    problems: Sequence[Problem]


def choices(session: Session, content: Path) -> Choices:
    """Everything that a card may name. `content` need not exist."""
    terms: dict[TermKind, dict[str, Words]] = {kind: {} for kind in TermKind}
    for term in session.scalars(select(Term).order_by(Term.slug)):
        terms[term.kind][term.slug] = term.names
    return Choices(
        terms[TermKind.SPECIALTY], terms[TermKind.TOWN], terms[TermKind.INSURER], _co_payments(content / "tables")
    )


def sound(kind: str, text: str) -> bool:
    """Whether the reader would take a text as a `company_number`, a `phone` and so on."""
    try:
        _KINDS[kind].validate_python(text)
    except ValidationError:
        return False
    return True


def open_hours(text: str) -> bool:
    """Whether the reader would take a text as the hours of one day: `8:00-12:00, 13:00-17:00` or `closed`."""
    try:
        hours.day(0, text)
    except ValueError:
        return False
    return True


def cards(session: Session, asked: AskedClinic, known: Choices, today: date) -> Cards:
    """The clinic's card and one of each doctor, under names that nobody has, checked by the reader."""
    name = bare(asked.name)
    slug = free_slug([name, f"{name} {asked.town or asked.other_town}"], _taken(session, "clinic", [name]))
    prefix = free_prefix(slug, set(session.scalars(select(Clinic.number_prefix)))) if slug else ""
    slug, day = slug or "klinika", today.isoformat()
    files = {f"clinics/{slug}.md": proposed.clinic_text(asked, prefix, day)}
    names = [f"{one.given} {one.family}" for one in asked.doctors]
    taken = _taken(session, "doctor", names)
    for name, one in zip(names, asked.doctors, strict=True):
        own = free_slug([name, f"{name} {slug}"], taken) or f"{slug}-{len(files)}"
        taken.add(own)
        files[f"doctors/{own}.md"] = proposed.doctor_text(one, slug, _title(one, known), day)
    patch = difference.patch({file: (None, text) for file, text in files.items()})
    return Cards(files, patch, proposed.problems_of(files, _known(known)))


def _title(doctor: AskedDoctor, known: Choices) -> dict[str, str]:
    if doctor.title or not doctor.specialty:
        title = doctor.title or doctor.other_specialty
        return {"lv": title} if title else {}
    return dict(known.specialties.get(doctor.specialty, {}))


def _taken(session: Session, kind: str, names: Sequence[str]) -> set[str]:
    """Slugs that cards have or had, as far as they begin like one of the names; withdrawn cards count too."""
    table = Clinic if kind == "clinic" else Doctor
    starts = [slug for name in names if (slug := slug_of(name))]
    now = select(table.slug).where(or_(False, *(table.slug.startswith(start) for start in starts)))
    was = select(OldSlug.slug).where(
        OldSlug.kind == kind, or_(False, *(OldSlug.slug.startswith(start) for start in starts))
    )
    return {*session.scalars(now), *session.scalars(was)}


def _known(known: Choices) -> Known:
    """A table that nobody has filled refuses nothing: it is only not at hand here."""
    return Known(
        clinics=(),
        branches={},
        pictures=(),
        specialties=tuple(known.specialties) or None,
        towns=tuple(known.towns) or None,
        insurers=tuple(known.insurers) or None,
        prices=tuple(known.co_payments) or None,
    )


def _co_payments(folder: Path) -> dict[str, Words]:
    path = folder / "prices.yaml"
    prices = tables.read({"prices": path}, []).prices if path.is_file() else None
    return {
        key: {lang: word for lang, word in one.title.model_dump().items() if word}
        for key, one in (prices.prices if prices else {}).items()
    }
