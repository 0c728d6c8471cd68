"""Which slugs a card can no longer have: those of cards that are there, were renamed, or are gone."""

from collections.abc import Iterator
from pathlib import Path

from clinic_directory import cards
from clinic_directory.gone_table import FILE


def taken(content: Path, kind: str) -> frozenset[str]:
    """The slugs of `doctors` or `clinics`. A card that cannot be read counts by its name."""
    return frozenset(_slugs(content, kind))


def _slugs(content: Path, kind: str) -> Iterator[str]:
    for path in (content / kind).glob("*.md"):
        yield path.stem
        # Most cards were never renamed, and a look is cheaper than parsing.
        if b"old_slugs" in path.read_bytes():
            yield from _old(cards.card(path, path.stem, path.name, []).tree)
    if (content / FILE).is_file():
        gone = cards.table(content / FILE, "gone", FILE, []).tree.get(kind)
        for slug, entry in gone.items() if isinstance(gone, dict) else ():
            yield slug
            yield from _old(entry)


def _old(tree: object) -> Iterator[str]:
    if isinstance(tree, dict):
        yield from (slug for _, slug in cards.texts_of(tree, "old_slugs"))
