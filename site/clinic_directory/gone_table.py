"""Reads `content/gone.yaml`: each entry against its own fields, and against the cards that are there."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from clinic_directory.addresses import RESERVED, SERVICE
from clinic_directory.briefs import Brief
from clinic_directory.cards import Card, table, text_of, texts_of
from clinic_directory.gone import SECTIONS, Gone, GoneClinic, GoneDoctor, GonePage
from clinic_directory.problems import Path as FieldPath
from clinic_directory.problems import Problem, choice
from clinic_directory.references import References
from clinic_directory.schema import Clinic, Doctor
from clinic_directory.validation import value_of
from clinic_directory.yaml_events import Tree

FILE = "gone.yaml"
Row = TypeVar("Row", GoneDoctor, GoneClinic, GonePage)
Names = Mapping[str, str]
"""Every slug that a card has or had, and the file of that card."""


def read(path: Path | None, references: References, doctors: Names, clinics: Names, problems: list[Problem]) -> Gone:
    """What is gone; nothing where the file does not exist. What is wrong with it is noted."""
    if path is None:
        return Gone()
    card = table(path, "gone", FILE, problems)
    problems.extend(
        card.problem((section,), "is not a field", choice(section, tuple(SECTIONS), ""))
        for section in card.tree
        if section not in SECTIONS
    )
    problems.extend(references.gone_problems(card))
    problems.extend(_slug_problems(card, "doctors", doctors))
    problems.extend(_slug_problems(card, "clinics", clinics))
    problems.extend(_page_problems(card))
    return Gone(
        doctors=_rows(GoneDoctor, card, "doctors", "slug", problems),
        clinics=_rows(GoneClinic, card, "clinics", "slug", problems),
        pages=_rows(GonePage, card, "pages", "address", problems),
    )


def names(cards: Mapping[str, Path], values: Mapping[str, Doctor | Brief] | Mapping[str, Clinic]) -> Names:
    """Present slugs, and the former ones of cards that could be read."""
    found = {slug: "/".join(path.parts[-2:]) for slug, path in cards.items()}
    former = {old: value.file for value in values.values() for old in value.old_slugs}
    return former | found


def _entries(card: Card, section: str) -> Iterator[tuple[str, Tree]]:
    entries = card.tree.get(section)
    yield from entries.items() if isinstance(entries, dict) else ()


def _rows(model: type[Row], card: Card, section: str, key: str, problems: list[Problem]) -> dict[str, Row]:
    if section in card.tree and not isinstance(card.tree[section], dict):
        problems.append(card.problem((section,), "takes a map of entries", "write one on each line"))
    rows: dict[str, Row] = {}
    for name, tree in sorted(_entries(card, section)):
        at = (section, name)
        given = {key: name, "line": card.source.line(at)}
        if row := value_of(model, tree, given, card.source, problems, at=at):
            rows[name] = row
    return rows


def _slug_problems(card: Card, section: str, present: Names) -> Iterator[Problem]:
    """A slug that is gone belongs to nobody else; what `to` names is there."""
    for slug, tree in _entries(card, section):
        at: FieldPath = (section, slug)
        for path, name in [(at, slug), *(((*at, "old_slugs", n), old) for n, old in texts_of(tree, "old_slugs"))]:
            if name in present:
                yield card.problem(path, f'"{name}" belongs to {present[name]}', "leave it out in one of them")
        to = text_of(tree, "to")
        if to is not None and to not in present:
            instead = choice(to, tuple(present), "leave it out, and the address answers that it is gone")
            yield card.problem((*at, "to"), f'"{to[:100]}" is not the slug of a card', instead)


def _page_problems(card: Card) -> Iterator[Problem]:
    for address, _ in _entries(card, "pages"):
        parts = [part for part in address.split("/") if part not in ("", "ru", "en")]
        if parts[:1] in (["arsti"], ["klinikas"]):
            instead = f"write it under {'doctors' if parts[0] == 'arsti' else 'clinics'} by its slug"
            yield card.problem(("pages", address), "is the address of a card", instead)
        elif not parts or parts[0] in SERVICE or (parts[0] in RESERVED and len(parts) == 1):
            yield card.problem(("pages", address), "is an address of the site itself", "leave it out")
