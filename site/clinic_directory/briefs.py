"""What lists and addresses need to know of a doctor's card, so that no card is opened only to see where it stands.

Ten thousand cards are too many to hold: a directory holds the briefs, and `Doctors` opens cards one by one.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from clinic_directory import links
from clinic_directory.collation import latvian_key
from clinic_directory.vocabulary import LANGS

if TYPE_CHECKING:
    from clinic_directory.schema import Doctor, Practice

Key = tuple[tuple[int, ...], tuple[int, ...], str]
_AT_HAND = 1500


class Place(NamedTuple):
    """A practice in brief; `bookable` says whether any of its services is booked online.

    `low` and `high` are cents of paid services, None where there are none; `state` says whether the state pays for
    any, and `referral` whether one of those needs a referral.
    """

    clinic: str
    branch: str | None
    bookable: bool
    low: int | None = None
    high: int | None = None
    state: bool = False
    referral: bool = False


class Brief(NamedTuple):
    """`names` are in the order of LANGS, as is each of `titles`, which are the services'; `order` sorts by family name,
    given name and slug; `links` are what the text leads to on this site.

    All values are plain, so that thousands are kept and read back at once; `practices` stand last for that.
    """

    slug: str
    file: str
    is_person: bool
    names: tuple[str, ...]
    sorted_name: str
    order: Key
    register_number: str | None
    specialties: tuple[str, ...]
    old_slugs: tuple[str, ...]
    picture: str | None
    titles: tuple[tuple[str, ...], ...]
    languages: tuple[str, ...]
    links: tuple[str, ...]
    practices: tuple[Place, ...]

    def full_name(self, lang: str = "lv") -> str:
        return self.names[LANGS.index(lang)]

    def plain(self) -> tuple[Any, ...]:
        """Without types of our own, to be written down; `Brief.of` reads it."""
        return (*self[:-1], tuple([tuple(place) for place in self.practices]))

    @classmethod
    def of(cls, plain: tuple[Any, ...]) -> "Brief":
        return cls._make((*plain[:-1], tuple([Place._make(place) for place in plain[-1]])))


def brief(doctor: "Doctor") -> Brief:
    name = sorted_name(doctor)
    return Brief(
        slug=doctor.slug,
        file=doctor.file,
        is_person=doctor.is_person,
        names=tuple(doctor.full_name(lang) for lang in LANGS),
        sorted_name=name,
        order=(*latvian_key(name), doctor.slug),
        register_number=doctor.register_number,
        specialties=doctor.specialties,
        languages=doctor.languages,
        links=links.of_words(doctor.text),
        practices=tuple(map(_place, doctor.practices)),
        old_slugs=doctor.old_slugs,
        picture=doctor.picture,
        titles=tuple(dict.fromkeys(_titles(doctor))),
    )


def _place(practice: "Practice") -> Place:
    prices = [one.price for one in practice.services if one.payer == "paid" and one.price is not None]
    state = [one for one in practice.services if one.payer == "state"]
    return Place(
        clinic=practice.clinic,
        branch=practice.branch,
        bookable=any(one.booking == "online" for one in practice.services),
        low=min(prices, default=None),
        high=max(prices, default=None),
        state=bool(state),
        referral=any(one.referral for one in state),
    )


def _titles(doctor: "Doctor") -> Iterator[tuple[str, ...]]:
    """Few titles are common to very many, so each text is kept once."""
    for practice in doctor.practices:
        for service in practice.services:
            yield tuple(sys.intern(service.title.get(lang)) for lang in LANGS)


def sorted_name(doctor: "Doctor") -> str:
    """The name as an index has it: "Bērziņa Ilze"."""
    return f"{doctor.family} {doctor.given}" if doctor.is_person else doctor.full_name()


class Doctors(Sequence["Doctor"]):
    """Doctors of a list: `briefs` costs nothing, and a card is opened when it is asked for."""

    def __init__(self, briefs: Sequence[Brief], cards: Mapping[str, "Doctor"]) -> None:
        self.briefs = briefs
        self._cards = cards

    def __len__(self) -> int:
        return len(self.briefs)

    def __iter__(self) -> Iterator["Doctor"]:
        return (self._cards[one.slug] for one in self.briefs)

    @overload
    def __getitem__(self, at: int) -> "Doctor": ...
    @overload
    def __getitem__(self, at: slice) -> "Doctors": ...
    def __getitem__(self, at: int | slice) -> "Doctor | Doctors":
        if isinstance(at, slice):
            return Doctors(self.briefs[at], self._cards)
        return self._cards[self.briefs[at].slug]


class Shelved(Mapping[str, "Doctor"]):
    """Doctors by slug whose cards lie elsewhere: `opened` fetches one, and a few are kept at hand."""

    def __init__(self, briefs: Mapping[str, Brief], opened: Callable[[str], "Doctor"]) -> None:
        self.briefs = briefs
        self._opened = lru_cache(_AT_HAND)(opened)

    def __getitem__(self, slug: str) -> "Doctor":
        if slug not in self.briefs:
            raise KeyError(slug)
        return self._opened(slug)

    def __iter__(self) -> Iterator[str]:
        return iter(self.briefs)

    def __len__(self) -> int:
        return len(self.briefs)
