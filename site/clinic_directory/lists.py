"""Which lists the site has and who stands in them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from operator import attrgetter

from clinic_directory.briefs import Brief, Doctors, Place
from clinic_directory.collation import latvian_key
from clinic_directory.schema import Clinic, Directory, Doctor, Practice

FEWEST: int = 3
"""A list gets a page from this many bookable doctors on: fewer help nobody and count as spam."""


Listed = tuple[Brief, Sequence[Place]]
"""A doctor of a list, with those of the doctor's practices that it is about."""


@dataclass(frozen=True, eq=False)
class Lists:
    """Doctors are in Latvian order of family names, clinics and towns in that of their names.

    Everything is known from briefs: a card is opened only by who goes through `Doctors`.
    """

    directory: Directory

    @cached_property
    def doctors(self) -> Doctors:
        return Doctors(tuple(sorted(self.directory.briefs.values(), key=_by_name)), self.directory.doctors)

    @cached_property
    def specialties(self) -> tuple[str, ...]:
        """The specialties that somebody has."""
        found = [slug for slug in self.directory.specialties if self.of(slug)]
        return tuple(sorted(found, key=lambda slug: latvian_key(self.directory.specialties[slug].name.lv)))

    @cached_property
    def towns(self) -> tuple[str, ...]:
        """The towns that have a clinic or a branch of one."""
        return tuple(sorted(self._clinics, key=lambda slug: latvian_key(self.directory.towns[slug].name.lv)))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The specialty and town pairs that have a page."""
        pairs = ((specialty, town) for specialty in self.specialties for town in self.towns)
        return frozenset(pair for pair in pairs if self._is_worth_a_page(*pair))

    @cached_property
    def specialty_pages(self) -> tuple[str, ...]:
        """The specialties that have a page."""
        return tuple(slug for slug in self.specialties if self._is_worth_a_page(slug, None))

    @cached_property
    def town_pages(self) -> tuple[str, ...]:
        """The towns that have a page."""
        return tuple(town for town in self.towns if self._is_worth_a_page("", town))

    @cached_property
    def insurer_pages(self) -> tuple[str, ...]:
        """The insurers that have a page, in Latvian order of their names."""
        found = [slug for slug in self.directory.insurers if _enough(places for _, places in self.insured(slug))]
        return tuple(sorted(found, key=lambda slug: latvian_key(bare(self.directory.insurers[slug].name.lv))))

    @cached_property
    def group_pages(self) -> tuple[str, ...]:
        """The groups that have a page: those of two clinics or more, in Latvian order of their names."""
        found = [slug for slug in self.directory.groups if len(self.clinics_of(slug)) > 1]
        return tuple(sorted(found, key=lambda slug: latvian_key(bare(self.directory.groups[slug].name.lv))))

    def clinics_of(self, group: str) -> tuple[Clinic, ...]:
        """The clinics of a group, in the order of all clinics."""
        return self._grouped.get(group, ())

    def listed(self, specialty: str, town: str | None = None) -> list[Listed]:
        """Doctors of a list with their practices there; an empty `specialty` is all of a town."""
        return [(brief, self.places_in(brief, town)) for brief in self._briefs.get((specialty, town), ())]

    def insured(self, insurer: str) -> list[Listed]:
        """Doctors who work at clinics that settle with an insurer, and those of their practices."""
        return self._insured.get(insurer, [])

    def places_in(self, brief: Brief, town: str | None) -> tuple[Place, ...]:
        """A doctor's practices in a town, or all of them."""
        return brief.practices if town is None else tuple(one for one in brief.practices if self.town(one) == town)

    def apart(self, doctor: Doctor | Brief, lang: str) -> str:
        """What tells a doctor from others of the same name: the clinic, else a number, else the slug."""
        same = self._namesakes(lang)[doctor.full_name(lang)]
        if len(same) == 1:
            return ""
        others = [one for one in same if one.slug != doctor.slug]
        clinic, number = doctor.practices[0].clinic, doctor.register_number
        if all(one.practices[0].clinic != clinic for one in others):
            return self.directory.clinics[clinic].name.get(lang)
        return number if number and all(one.register_number != number for one in others) else doctor.slug

    def namesake(self, clinic: Clinic, lang: str) -> bool:
        """Whether another clinic has the same name."""
        return self._clinic_names(lang)[clinic.name.get(lang)] > 1

    def of(self, specialty: str, town: str | None = None) -> Doctors:
        """Doctors of a specialty, everywhere or in one town."""
        return Doctors(self._briefs.get((specialty, town), ()), self.directory.doctors)

    def clinics_in(self, town: str) -> tuple[Clinic, ...]:
        return self._clinics.get(town, ())

    def town(self, place: Place) -> str:
        """Where a practice really is."""
        return self._towns_by_place[place.clinic, place.branch]

    def specialties_in(self, town: str) -> tuple[str, ...]:
        return tuple(specialty for specialty in self.specialties if self.of(specialty, town))

    def towns_of(self, specialty: str) -> tuple[str, ...]:
        """The towns in which the specialty has a page."""
        return tuple(town for town in self.towns if (specialty, town) in self.pairs)

    def practices_in(self, doctor: Doctor, town: str | None) -> tuple[Practice, ...]:
        """The doctor's practices in a town, or all of them."""
        if town is None:
            return doctor.practices
        return tuple(one for one in doctor.practices if self.directory.address(one).town == town)

    @cached_property
    def _towns_by_place(self) -> Mapping[tuple[str, str | None], str]:
        found: dict[tuple[str, str | None], str] = {}
        for slug, clinic in self.directory.clinics.items():
            found[slug, None] = clinic.address.town
            found |= {(slug, branch.id): branch.address.town for branch in clinic.branches}
        return found

    def _is_worth_a_page(self, specialty: str, town: str | None) -> bool:
        people = self._briefs.get((specialty, town), ())
        return len(people) >= FEWEST and _enough(self.places_in(brief, town) for brief in people)

    @cached_property
    def _insured(self) -> Mapping[str, list[Listed]]:
        found: dict[str, list[Listed]] = {}
        insurers = {slug: frozenset(clinic.insurers) for slug, clinic in self.directory.clinics.items()}
        for brief in self.doctors.briefs:
            for insurer in frozenset().union(*(insurers[place.clinic] for place in brief.practices)):
                places = tuple(place for place in brief.practices if insurer in insurers[place.clinic])
                found.setdefault(insurer, []).append((brief, places))
        return found

    @cache  # noqa: B019 - Lists live as long as the build
    def _namesakes(self, lang: str) -> Mapping[str, list[Brief]]:
        found: dict[str, list[Brief]] = {}
        for brief in self.directory.briefs.values():
            found.setdefault(brief.full_name(lang), []).append(brief)
        return found

    @cache  # noqa: B019
    def _clinic_names(self, lang: str) -> Mapping[str, int]:
        return Counter(clinic.name.get(lang) for clinic in self.directory.clinics.values())

    @cached_property
    def _briefs(self) -> Mapping[tuple[str, str | None], tuple[Brief, ...]]:
        found: dict[tuple[str, str | None], list[Brief]] = {}
        for brief in self.doctors.briefs:
            towns = dict.fromkeys(self.town(place) for place in brief.practices)
            for specialty in dict.fromkeys(("", *brief.specialties)):
                for town in (None, *towns):
                    found.setdefault((specialty, town), []).append(brief)
        return {key: tuple(briefs) for key, briefs in found.items()}

    @cached_property
    def _in_order(self) -> list[Clinic]:
        return sorted(self.directory.clinics.values(), key=lambda clinic: latvian_key(bare(clinic.name.lv)))

    @cached_property
    def _grouped(self) -> Mapping[str, tuple[Clinic, ...]]:
        found: dict[str, list[Clinic]] = {}
        for clinic in self._in_order:
            if clinic.group:
                found.setdefault(clinic.group, []).append(clinic)
        return {group: tuple(clinics) for group, clinics in found.items()}

    @cached_property
    def _clinics(self) -> Mapping[str, tuple[Clinic, ...]]:
        found: dict[str, list[Clinic]] = {}
        for clinic in self._in_order:
            places = [clinic.address, *(branch.address for branch in clinic.branches)]
            for town in dict.fromkeys(place.town for place in places):
                found.setdefault(town, []).append(clinic)
        return {town: tuple(clinics) for town, clinics in found.items()}


_by_name = attrgetter("order")


def _enough(doctors: Iterable[Sequence[Place]]) -> bool:
    """Whether enough doctors can be booked at these of their places; looks no further than it must."""
    bookable = (places for places in doctors if any(place.bookable for place in places))
    return sum(1 for _ in islice(bookable, FEWEST)) == FEWEST


def bare(name: str) -> str:
    """A clinic's name without the words before its quoted part, since people look for that."""
    return name.partition("„")[2] or name


def is_bookable(practices: Iterable[Practice]) -> bool:
    """Whether any service of these practices can be booked online."""
    return any(service.booking == "online" for practice in practices for service in practice.services)
