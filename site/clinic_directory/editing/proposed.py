"""Cards made of what a clinic typed into the form, and what the reader says of them.

What the clinic left out and a card must have stays as an empty field, so that the reader names it with its line.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from slugify import slugify

from clinic_directory import card_rules
from clinic_directory.cards import card
from clinic_directory.editing.asked import AskedClinic, AskedDoctor, AskedService
from clinic_directory.editing.names import free_slug
from clinic_directory.editing.writing import front_matter
from clinic_directory.fields import LONGEST_SLUG
from clinic_directory.problems import Problem
from clinic_directory.references import Known, References
from clinic_directory.schema import Clinic, Doctor
from clinic_directory.validation import value_of
from clinic_directory.yaml_events import Tree

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|&])")
_OPENING = re.compile(r"^(\s*\d*)([#=+~.)-])", re.M)
_NOT_TYPED: Final = ""


def clinic_text(asked: AskedClinic, prefix: str, today: str) -> str:
    """The clinic's file. `prefix` are its letters in booking numbers, `today` the day when the clinic checked it."""
    latitude, longitude = asked.coordinates
    fields: dict[str, Tree] = {
        "name": asked.name,
        "kind": asked.kind,
        "number_prefix": prefix,
        "company_name": asked.company_name,
        "company_number": asked.company_number,
        "institution_code": asked.institution_code,
        "address": {
            "street": asked.street,
            "town": asked.town or slugify(asked.other_town, max_length=LONGEST_SLUG),
            "post_code": asked.post_code,
            "latitude": latitude,
            "longitude": longitude,
        },
        "phones": list(asked.phones) or _NOT_TYPED,
    }
    said: dict[str, Tree] = {
        "email": asked.email,
        "site": asked.site,
        "hours": {day: hours for day, hours in asked.hours.items() if hours},
        "insurers": list(asked.insurers),
        "payment": list(asked.payment),
        "state_contract": "yes" if asked.state_contract else "",
        "accessibility": {name: answer for name, answer in asked.access.items() if answer},
        "transport": asked.transport,
    }
    return _file({**fields, **_without_empty(said), "checked": today}, asked.text)


def doctor_text(asked: AskedDoctor, clinic: str, title: dict[str, str], today: str) -> str:
    """A doctor's file; `clinic` is the slug, `title` the profession in the languages that it is known in."""
    genitive, dative, accusative = asked.cases
    name = f"{asked.given} {asked.family}"
    visit_to: dict[str, Tree] = {"lv": f"pie {genitive}", "ru": f"приём у врача: {name}", "en": f"with {name}"}
    specialty = asked.specialty or slugify(asked.other_specialty, max_length=LONGEST_SLUG)
    fields: dict[str, Tree] = {
        "kind": asked.kind,
        "given": asked.given,
        "family": asked.family,
        "title": dict(title) or _NOT_TYPED,
        "cases": {
            "genitive": genitive,
            "dative": dative,
            "accusative": accusative,
            # The preposition takes the genitive in Latvian; the other two languages manage with the nominative.
            "visit_to": visit_to if genitive else _NOT_TYPED,
        },
        "specialties": [specialty] if specialty else _NOT_TYPED,
    }
    said: dict[str, Tree] = {"languages": list(asked.languages), "register_number": asked.register_number}
    practice: dict[str, Tree] = {"clinic": clinic, "services": list(_services(asked.services))}
    return _file({**fields, **_without_empty(said), "checked": today, "practices": [practice]}, asked.text)


def problems_of(texts: Mapping[str, str], known: Known) -> tuple[Problem, ...]:
    """What the reader says of these new files, in the order of files and lines; `known` is what content has already."""
    clinics = tuple(Path(file).stem for file in texts if file.startswith("clinics/"))
    references = References(
        Known(
            clinics=(*known.clinics, *clinics),
            branches=known.branches,
            pictures=known.pictures,
            specialties=known.specialties,
            towns=known.towns,
            insurers=known.insurers,
            prices=known.prices,
        )
    )
    found: list[Problem] = []
    with TemporaryDirectory(prefix="pieraksts-proposed-") as folder:
        for number, (file, text) in enumerate(texts.items()):
            path = Path(folder) / f"{number}.md"
            path.write_text(text, encoding="utf-8")
            found += _problems(path, file, references)
    order = {file: at for at, file in enumerate(texts)}
    return tuple(sorted(found, key=lambda one: (order[one.file], one.line or 0, one.field)))


def _problems(path: Path, file: str, references: References) -> list[Problem]:
    """As `clinic_directory.reader` does with one card."""
    problems: list[Problem] = []
    read = card(path, Path(file).stem, file, problems)
    if not read.readable:
        return problems
    given = {"slug": read.slug, "file": file, "text": read.body}
    if file.startswith("clinics/"):
        problems += [*card_rules.clinic_problems(read), *references.clinic_problems(read)]
        value_of(Clinic, read.tree, given, read.source, problems)
    else:
        problems += [*card_rules.doctor_problems(read), *references.doctor_problems(read)]
        value_of(Doctor, read.tree, given, read.source, problems)
    return problems


def _services(asked: Sequence[AskedService]) -> Iterable[Tree]:
    taken: set[str] = set()
    for one in asked:
        name = free_slug([one.title, f"{one.title} valsts"] if one.payer == "state" else [one.title], frozenset(taken))
        taken.add(name)
        fields: dict[str, Tree] = {"id": name, "title": one.title, "payer": one.payer, "minutes": one.minutes}
        fields |= {"co_payment": one.co_payment} if one.payer == "state" else {"price": one.price}
        yield {**fields, "referral": "yes"} if one.referral else fields


def _without_empty(fields: dict[str, Tree]) -> dict[str, Tree]:
    return {name: value for name, value in fields.items() if value}


def _file(fields: dict[str, Tree], text: str) -> str:
    """The file with its text below: words of a stranger, so no sign in them means anything."""
    body = _OPENING.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", text.strip()))
    return f"---\n{front_matter(fields)}---\n" + (f"\n{body}\n" if body else "")
