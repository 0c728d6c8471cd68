"""Addresses that must not clash: the one namespace of first path parts, and the former slugs of cards."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from clinic_directory.cards import Card, text_of, texts_of
from clinic_directory.problems import Problem
from clinic_directory.vocabulary import LANGS

SERVICE: Final = frozenset(
    {"book", "account", "desk", "search", "embed", "q", "tv", "cal"}
    | {"api", "join", "report", "health", "metrics", "_mail"}
)
# The service's words, and what the site itself puts first in a path.
RESERVED: Final = SERVICE | frozenset(
    {"arsti", "klinikas", "apdrosinataji", "grupas", "lidzmaksajumi"}
    | {"theme", "images", "search-index", "static", "nginx", *LANGS}
)


def namespace_problems(sources: Iterable[tuple[str, Card | None, str, str]]) -> Iterator[Problem]:
    """`sources` are (slug, table or None, file, what it is) of every specialty, town and page, in that order."""
    taken: dict[str, str] = {}
    for slug, table, file, what in sources:
        text = ""
        if slug in RESERVED:
            text = f'"{slug}" is a word of the site itself'
        elif slug.isdigit():
            text = f'"{slug}" looks like the number of a page'
        elif slug in taken:
            text = f'"{slug}" is also {taken[slug]}, and both would have the address /{slug}/'
        if text:
            instead = "choose another slug"
            yield table.problem((slug,), text, instead) if table else Problem(file, None, "", text, instead)
        taken.setdefault(slug, f"{what} in {file}")


def old_slug_problems(cards: Iterable[Card], present: Mapping[str, Path]) -> Iterator[Problem]:
    """An old slug leads to one card only, and never away from a card that has it now (`present`: files by slug)."""
    owners: dict[str, Card] = {}
    for card in cards:
        for at, old in texts_of(card.tree, "old_slugs"):
            path = ("old_slugs", at)
            if old == card.slug:
                yield card.problem(path, f'"{old}" is the slug that the card has now', "leave it out")
            elif old in present:
                holder = "/".join(present[old].parts[-2:])
                yield card.problem(path, f'"{old}" is the slug of {holder}', "leave it out")
            elif old in owners and owners[old] is not card:
                yield card.problem(path, f'"{old}" is also an old slug of {owners[old].file}', "leave it in one card")
            owners.setdefault(old, card)


def prefix_problems(clinics: Mapping[str, Card]) -> Iterator[Problem]:
    """Booking numbers begin with the clinic's letters, so no two clinics share them."""
    owners: dict[str, Card] = {}
    for card in clinics.values():
        prefix = text_of(card.tree, "number_prefix")
        if prefix is None:
            continue
        if prefix in owners:
            text = f'"{prefix}" is taken by {owners[prefix].file}'
            yield card.problem(("number_prefix",), text, "choose other letters")
        owners.setdefault(prefix, card)
