"""Reads the tables that cards refer to: specialties, towns, insurers, the state's prices, and groups of clinics."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from clinic_directory.cards import Card, table
from clinic_directory.fields import LONGEST_SLUG, SLUG
from clinic_directory.problems import Problem
from clinic_directory.schema import Group, Insurer, Prices, Specialty, Town
from clinic_directory.validation import value_of

Row = TypeVar("Row", Group, Insurer, Specialty, Town)


@dataclass(frozen=True)
class Tables:
    """The sound rows by slug, and the tables as read; `prices` is None when there is something wrong with them."""

    specialties: Mapping[str, Specialty]
    towns: Mapping[str, Town]
    insurers: Mapping[str, Insurer]
    groups: Mapping[str, Group]
    prices: Prices | None
    cards: Mapping[str, Card]

    def names(self, name: str) -> tuple[str, ...] | None:
        """The names that a table defines, sound or not; None when it could not be read."""
        card = self.cards.get(name)
        if card is None and name == "groups":
            return ()  # The one table that a folder may do without.
        if card is None or not card.readable:
            return None
        tree = card.tree.get("prices") if name == "prices" else card.tree
        return tuple(tree) if isinstance(tree, dict) else None


def read(paths: Mapping[str, Path], problems: list[Problem]) -> Tables:
    """The tables of these paths, by name; what is wrong with them is noted."""
    cards = {name: table(path, name, f"tables/{path.name}", problems) for name, path in paths.items()}
    return Tables(
        specialties=_rows(Specialty, cards.get("specialties"), problems),
        towns=_rows(Town, cards.get("towns"), problems),
        insurers=_rows(Insurer, cards.get("insurers"), problems),
        groups=_rows(Group, cards.get("groups"), problems),
        prices=_prices(cards.get("prices"), problems),
        cards=cards,
    )


def _rows(model: type[Row], card: Card | None, problems: list[Problem]) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    if card is None:
        return rows
    for slug, tree in sorted(card.tree.items()):
        if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
            problems.append(card.problem((slug,), "is not a slug", "write a–z, 0–9 and single hyphens"))
        elif row := value_of(model, tree, {"slug": slug}, card.source, problems, at=(slug,)):
            rows[slug] = row
    return rows


def _prices(card: Card | None, problems: list[Problem]) -> Prices | None:
    if card is None or not card.readable:
        return None
    return value_of(Prices, card.tree, {}, card.source, problems)
