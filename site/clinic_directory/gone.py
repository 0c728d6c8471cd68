"""What the site had and has no longer: cards that were taken out, and pages that lead elsewhere or nowhere.

Each entry of `content/gone.yaml` keeps an address alive: it answers 410 with a page that helps on, or leads to `to`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final

from pydantic import Field

from clinic_directory import fields
from clinic_directory.words import ShortWords, Value

Place = Annotated[
    str,
    fields.matching(r"/(?:(?:ru|en)/)?(?:[a-z0-9]+(?:-[a-z0-9]+)*/)*", "an address of the site", "/kardiologs/riga/"),
    Field(examples=["/kardiologs/riga/"]),
]
"""A path as browsers show it; one that begins with a language means that language alone."""


class GoneDoctor(Value):
    """`specialty`, `clinic` and `town` find the nearest colleagues; `to` is the slug of another doctor's card."""

    slug: fields.Slug
    line: int
    name: ShortWords
    specialty: fields.Slug | None = None
    clinic: fields.Slug | None = None
    town: fields.Slug
    left: fields.Day
    to: fields.Slug | None = None
    old_slugs: tuple[fields.Slug, ...] = ()


class GoneClinic(Value):
    slug: fields.Slug
    line: int
    name: ShortWords
    town: fields.Slug
    left: fields.Day
    to: fields.Slug | None = None
    old_slugs: tuple[fields.Slug, ...] = ()


class GonePage(Value):
    """Any other page: a list that has too few doctors, a town without clinics, a plain page."""

    address: Place
    line: int
    left: fields.Day
    to: Place | None = None


SECTIONS: Final = {"doctors": GoneDoctor, "clinics": GoneClinic, "pages": GonePage}


@dataclass(frozen=True)
class Gone:
    """By former slug; pages by former address."""

    doctors: Mapping[str, GoneDoctor] = field(default_factory=dict)
    clinics: Mapping[str, GoneClinic] = field(default_factory=dict)
    pages: Mapping[str, GonePage] = field(default_factory=dict)


def slugs(card: GoneDoctor | GoneClinic) -> Iterator[str]:
    """Every slug that the card ever had."""
    yield card.slug
    yield from card.old_slugs
