"""Invented people: a given and a family name, never the same pair twice in one directory."""

from dataclasses import dataclass
from functools import cache

from demo_content import declension, seeded
from demo_content.declension import Cases
from demo_content.material import table

WOMEN_PERCENT = 72
SLAVIC_PERCENT = 22
DOUBLE_PERCENT = 4

_LETTERS = str.maketrans("āčēģīķļņōšūž", "acegiklnosuz")


@dataclass(frozen=True)
class Person:
    given: Cases
    family: Cases
    woman: bool

    @property
    def full(self) -> Cases:
        return self.given.beside(self.family)

    @property
    def slug(self) -> str:
        return slug_of(self.full.nominative)


def slug_of(text: str) -> str:
    """`ilze-berzina` of `Ilze Bērziņa`; everything but letters and digits parts words."""
    plain = text.lower().translate(_LETTERS)
    return "-".join("".join(sign if sign.isascii() and sign.isalnum() else " " for sign in plain).split())


def person(given: str, family: str, woman: bool) -> Person:
    """A person of names as names.yaml writes them."""
    decline = declension.of_woman if woman else declension.of_man
    return Person(decline(given), decline(family), woman)


def invented(key: str, taken: set[str], women_only: bool = False) -> Person:
    """A person whose slug is not in `taken`; the slug is added to it."""
    for attempt in range(10_000):
        found = _drawn(f"{key}/{attempt}", women_only)
        if found.slug not in taken:
            taken.add(found.slug)
            return found
    raise RuntimeError("The lists of names are too short for so many people")


def _drawn(key: str, women_only: bool) -> Person:
    woman = women_only or seeded.chance(f"{key}/woman", WOMEN_PERCENT)
    origin = "slavic" if seeded.chance(f"{key}/origin", SLAVIC_PERCENT) else "latvian"
    given = seeded.pick(f"{key}/given", table("names")[origin]["women" if woman else "men"])
    families = _families(origin, woman)
    family = seeded.pick(f"{key}/family", families)
    if woman and seeded.chance(f"{key}/double", DOUBLE_PERCENT):
        second = seeded.pick(f"{key}/second", families)
        family = f"{family}-{second}" if second != family else family
    return person(given, family, woman)


@cache
def _families(origin: str, woman: bool) -> tuple[str, ...]:
    """Family names of one gender. A man's keeps its hand-written genitive; `Bite/Bite` is the same for both."""
    halves = [entry.split("/") for entry in table("names")[origin]["families"]]
    return tuple(feminine if woman else masculine for masculine, feminine in halves)
