"""Names that a new card may have: a slug of its own, and letters of its own for booking numbers."""

import re
from collections.abc import Collection, Iterable

from slugify import slugify


def slug_of(words: str) -> str:
    """Words as a slug; empty where they hold no letter and no digit."""
    slug = slugify(words, max_length=70, word_boundary=True)
    # A name that is a number would look like a page of the list.
    return f"n-{slug}" if slug.isdigit() else slug


def free_slug(wanted: Iterable[str], taken: Collection[str]) -> str:
    """The first of these words as a slug that nobody has, else the first one with a number; empty without a letter."""
    slugs = [slug for words in wanted if (slug := slug_of(words))]
    numbered = (f"{slugs[0]}-{number}" for number in range(2, len(taken) + 3)) if slugs else ()
    return next((slug for slug in (*slugs, *numbered) if slug not in taken), "")


def free_prefix(slug: str, taken: Collection[str]) -> str:
    """Letters for booking numbers that no other clinic has; empty where none of the likely ones is free."""
    letters = re.sub(r"[^a-z]", "", slug).upper()
    initials = "".join(part[0] for part in slug.upper().split("-") if part[0].isalpha())
    likely = [initials[:3], initials[:2], letters[:2], letters[:3], *(letters[0] + other for other in letters[1:])]
    return next((one for one in likely if re.fullmatch("[A-Z]{2,3}", one) and one not in taken), "")
