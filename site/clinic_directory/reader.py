"""Reads a content folder into a checked Directory, or refuses it with every problem of every file.

Pure but for the files: no clock, no network, no database; equal content gives equal values.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from clinic_directory import addresses, checked_cards, gone_table, images, list_rules, plain_pages, tables
from clinic_directory.briefs import Shelved
from clinic_directory.cards import Card, card, maps_of, text_of
from clinic_directory.cycles import unsearched
from clinic_directory.kept_cards import KeptCards
from clinic_directory.listing import Listing, listing
from clinic_directory.problems import ContentError, Problem
from clinic_directory.references import Known, References
from clinic_directory.schema import Directory, ListText
from clinic_directory.tables import Tables
from clinic_directory.validation import value_of


def read(folder: Path, kept: KeptCards | None = None) -> Directory:
    """The whole content of a folder; raises ContentError with all problems when there is one.

    `kept` is what an earlier reading kept of cards: the outcome is the same, and only what changed is read.
    """
    with unsearched():
        return _read(folder, kept)


def _read(folder: Path, kept: KeptCards | None) -> Directory:
    problems: list[Problem] = []
    files = listing(folder, problems)
    _check_images(files.images, problems, kept)
    found = tables.read(files.tables, problems)
    opened = checked_cards.opened(files.clinics, "clinics", problems, kept)
    clinic_cards = {slug: one.card for slug, one in opened.items()}
    references = References(_known(files, found, clinic_cards))
    clinics = checked_cards.clinics(opened, files.clinics, references, problems, kept)
    doctors = checked_cards.doctors(files.doctors, references, problems, kept)
    if kept:
        kept.only(
            f"{path.parent.name}/{path.name}" for paths in (files.clinics, files.doctors) for path in paths.values()
        )
    page_cards = _cards(files.pages, "pages", problems)
    pages = plain_pages.pages(page_cards, problems)
    lists = _lists(_cards(files.lists, "lists", problems), found, references, problems)
    problems.extend(addresses.namespace_problems(_first_parts(found, page_cards)))
    problems.extend(addresses.prefix_problems(clinic_cards))
    problems.extend(addresses.old_slug_problems(clinic_cards.values(), files.clinics))
    doctor_names = gone_table.names(files.doctors, doctors.briefs if isinstance(doctors, Shelved) else doctors)
    clinic_names = gone_table.names(files.clinics, clinics)
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
        groups=found.groups,
        prices=found.prices,
        pages=pages,
        lists=lists,
        marks=kept.marks if kept else {},
        gone=gone,
    )


def _check_images(paths: Mapping[str, Path], problems: list[Problem], kept: KeptCards | None) -> None:
    for name, path in paths.items():
        file, before = f"images/{name}", len(problems)
        if kept and kept.is_sound(path, file):
            continue
        images.check(path, file, problems)
        if kept and len(problems) == before:
            kept.note_sound(path, file)


def _cards(paths: Mapping[str, Path], kind: str, problems: list[Problem]) -> dict[str, Card]:
    return {slug: card(path, slug, f"{kind}/{path.name}", problems) for slug, path in paths.items()}


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
        groups=found.names("groups"),
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
