"""Reads a content folder into a checked Directory, or refuses it with every problem of every file.

Pure but for the files: no clock, no network, no database; equal content gives equal values.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from clinic_directory import addresses, card_rules, gone_table, images, list_rules, plain_pages, tables
from clinic_directory.cards import Card, card, maps_of, text_of
from clinic_directory.listing import Listing, listing
from clinic_directory.problems import ContentError, Problem
from clinic_directory.references import Known, References
from clinic_directory.schema import Clinic, Directory, Doctor, ListText
from clinic_directory.tables import Tables
from clinic_directory.validation import value_of

Value = TypeVar("Value", Clinic, Doctor)
Rule = Callable[[Card], Iterable[Problem]]


def read(folder: Path) -> Directory:
    """The whole content of a folder; raises ContentError with all problems when there is one."""
    with _no_search_for_cycles():
        return _read(folder)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Millions of small values are made here and none points back: looking for cycles took a third of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _read(folder: Path) -> Directory:
    problems: list[Problem] = []
    files = listing(folder, problems)
    for name, path in files.images.items():
        images.check(path, f"images/{name}", problems)
    found = tables.read(files.tables, problems)
    clinic_cards = _cards(files.clinics, "clinics", problems)
    references = References(_known(files, found, clinic_cards))
    clinics = _values(Clinic, clinic_cards.values(), (card_rules.clinic_problems, references.clinic_problems), problems)
    doctors = _doctors(files.doctors, references, problems)
    page_cards = _cards(files.pages, "pages", problems)
    pages = plain_pages.pages(page_cards, problems)
    lists = _lists(_cards(files.lists, "lists", problems), found, references, problems)
    problems.extend(addresses.namespace_problems(_first_parts(found, page_cards)))
    problems.extend(addresses.prefix_problems(clinic_cards))
    problems.extend(addresses.old_slug_problems(clinic_cards.values(), files.clinics))
    doctor_names, clinic_names = (gone_table.names(files.doctors, doctors), gone_table.names(files.clinics, clinics))
    gone = gone_table.read(files.gone, references, doctor_names, clinic_names, problems)
    if problems or found.prices is None:
        raise ContentError(problems)
    return Directory(
        folder=folder,
        clinics=clinics,
        doctors=doctors,
        specialties=found.specialties,
        towns=found.towns,
        insurers=found.insurers,
        prices=found.prices,
        pages=pages,
        lists=lists,
        gone=gone,
    )


def _cards(paths: Mapping[str, Path], kind: str, problems: list[Problem]) -> dict[str, Card]:
    return {slug: card(path, slug, f"{kind}/{path.name}", problems) for slug, path in paths.items()}


def _doctors(paths: Mapping[str, Path], references: References, problems: list[Problem]) -> dict[str, Doctor]:
    """Doctors are the many: each card is let go once it is checked, but for those with former addresses."""
    renamed: list[Card] = []

    def each() -> Iterator[Card]:
        for slug, path in paths.items():
            read_card = card(path, slug, f"doctors/{path.name}", problems)
            yield read_card
            if old := read_card.tree.get("old_slugs"):
                renamed.append(Card(slug, read_card.file, read_card.source, tree={"old_slugs": old}))

    doctors = _values(Doctor, each(), (card_rules.doctor_problems, references.doctor_problems), problems)
    problems.extend(addresses.old_slug_problems(renamed, paths))
    return doctors


def _values(
    model: type[Value], cards: Iterable[Card], rules: Iterable[Rule], problems: list[Problem]
) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for read_card in cards:
        if not read_card.readable:
            continue
        for rule in rules:
            problems.extend(rule(read_card))
        given = {"slug": read_card.slug, "file": read_card.file, "text": read_card.body}
        if value := value_of(model, read_card.tree, given, read_card.source, problems):
            values[read_card.slug] = value
    return values


def _lists(
    cards: Mapping[str, Card], found: Tables, references: References, problems: list[Problem]
) -> dict[str, ListText]:
    lists: dict[str, ListText] = {}
    problems.extend(list_rules.list_problems(cards.values()))
    for slug, read_card in cards.items():
        problems.extend(references.list_problems(read_card))
        if not read_card.readable:
            continue
        if read_card.body is None:
            problems.append(read_card.problem((), "has no Latvian text", "write it below the second ---"))
            continue
        first, _, town = slug.partition("--")
        whole_town = not town and first in (found.names("towns") or ())
        names = {"slug": slug, "file": read_card.file, "specialty": None if whole_town else first}
        names["town"] = first if whole_town else town or None
        given = {**names, "text": read_card.body}
        if value := value_of(ListText, read_card.tree, given, read_card.source, problems):
            lists[slug] = value
    return lists


def _known(files: Listing, found: Tables, clinics: Mapping[str, Card]) -> Known:
    """What may be referred to: a card that is broken elsewhere still exists."""
    return Known(
        clinics=tuple(clinics),
        branches={slug: _branches(read_card) for slug, read_card in clinics.items() if read_card.readable},
        pictures=tuple(files.images),
        specialties=found.names("specialties"),
        towns=found.names("towns"),
        insurers=found.names("insurers"),
        prices=found.names("prices"),
    )


def _branches(clinic: Card) -> tuple[str, ...]:
    return tuple(name for _, branch in maps_of(clinic.tree, "branches") if (name := text_of(branch, "id")))


def _first_parts(found: Tables, pages: Mapping[str, Card]) -> Iterator[tuple[str, Card | None, str, str]]:
    for name, what in (("specialties", "a specialty"), ("towns", "a town")):
        table = found.cards.get(name)
        for slug in found.names(name) or ():
            yield slug, table, f"tables/{name}.yaml", what
    # A page has a file for each language; the first one speaks for all.
    files: dict[str, str] = {}
    for name, read_card in pages.items():
        files.setdefault(name.rpartition(".")[0], read_card.file)
    for slug, file in files.items():
        yield slug, None, file, "a page"
