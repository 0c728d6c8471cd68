"""The values that content files become: frozen, checked, equal for the site and the service.

Names are those of the content format; `from` and `in`, which Python keeps for itself, are `from_` and `in_`.
Durations are minutes (a horizon: days), money is cents, "nothing" is None or an empty tuple.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from clinic_directory import fields
from clinic_directory.briefs import Brief, Shelved, brief
from clinic_directory.gone import Gone
from clinic_directory.hours import Span as Span
from clinic_directory.places import Accessibility as Accessibility
from clinic_directory.places import Address as Address
from clinic_directory.places import Branch as Branch
from clinic_directory.places import Clinic as Clinic
from clinic_directory.visited import Ages as Ages
from clinic_directory.visited import Buffer as Buffer
from clinic_directory.visited import Cases as Cases
from clinic_directory.visited import Doctor as Doctor
from clinic_directory.visited import Limits as Limits
from clinic_directory.visited import Practice as Practice
from clinic_directory.visited import Queue as Queue
from clinic_directory.visited import Service as Service
from clinic_directory.vocabulary import (
    LANGS,
    DoctorKind,
    Lang,
    SchemaOrg,
)
from clinic_directory.words import LongWords, ShortWords, Value
from clinic_directory.words import Words as Words


class Specialty(Value):
    """`schema_org` is empty where the vocabulary has no fitting value and the name stands inline."""

    slug: fields.Slug
    name: ShortWords
    plural: ShortWords
    lay: ShortWords | None = None
    schema_org: tuple[SchemaOrg, ...] = ()
    snomed: fields.SnomedCode | None = None
    kind: DoctorKind = "doctor"


class Town(Value):
    """`in_` is the name as it stands in "a doctor in Riga"."""

    slug: fields.Slug
    name: ShortWords
    in_: ShortWords = Field(alias="in")
    region: fields.Region


class Insurer(Value):
    """`about` stands on the insurer's page: what an editor knows of how it settles with clinics."""

    slug: fields.Slug
    name: ShortWords
    site: fields.Link | None = None
    about: LongWords | None = None


class Group(Value):
    """Clinics of one owner; `about` stands on the group's page."""

    slug: fields.Slug
    name: ShortWords
    site: fields.Link | None = None
    about: LongWords | None = None


class Band(Ages):
    """An age group whose co-payment differs: `amount` is cents."""

    amount: fields.Money

    @model_validator(mode="after")
    def _of_some_age(self) -> Self:
        if self.from_ is None and self.to is None:
            raise fields.refused("says no age", '{to: 17, amount: "0.00"}')
        return self

    def overlaps(self, low: int, high: int) -> bool:
        """Whether somebody from `low` to `high` years old is of this group."""
        return low <= (fields.OLDEST if self.to is None else self.to) and (self.from_ or 0) <= high

    def covers(self, low: int, high: int) -> bool:
        """Whether everybody from `low` to `high` years old is of this group."""
        return (self.from_ or 0) <= low and high <= (fields.OLDEST if self.to is None else self.to)


class Price(Value):
    """A patient's co-payment in cents; `ages` are the groups that pay another amount."""

    amount: fields.Money
    title: ShortWords
    ages: tuple[Band, ...] = ()

    @model_validator(mode="after")
    def _one_amount_an_age(self) -> Self:
        for number, band in enumerate(self.ages):
            low, high = band.from_ or 0, fields.OLDEST if band.to is None else band.to
            if any(other.overlaps(low, high) for other in self.ages[:number]):
                raise fields.refused_together(
                    [fields.Fault(("ages", number), "shares an age with one above", "give each age one amount")]
                )
        return self


class Prices(Value):
    """The state's co-payments by kind of service and age, in force from a day; `exempt` says who pays none."""

    from_: fields.Day = Field(alias="from")
    exempt: LongWords
    prices: dict[fields.Slug, Price]


class Page(Value):
    """A plain page; `languages` are those it exists in, `files` their sources in that order."""

    slug: fields.Slug
    files: tuple[str, ...]
    languages: tuple[Lang, ...]
    title: Words
    description: Words
    menu: bool
    text: Words


class PageFile(Value):
    """The front matter of one language of a page; `languages` marks a page that has not all of them."""

    title: fields.Line
    description: fields.Summary
    menu: fields.Flag = False
    languages: tuple[Lang, ...] = LANGS


class ListText(Value):
    """The hand-written part of a list: a specialty everywhere or in a town, or all that a town has."""

    slug: str
    file: str
    specialty: fields.Slug | None = None
    town: fields.Slug | None = None
    title: ShortWords | None = None
    text: Words


@dataclass(frozen=True)
class Directory:
    """Every mapping is by slug, in the order of slugs; `lists` is by `specialty`, `town` or `specialty--town`.

    `marks` are digests of the front matter and the Markdown of cards by their file, where the reader knows them. Going
    through `doctors` opens every card; whoever only asks where they stand goes through `briefs`.
    """

    folder: Path
    clinics: Mapping[str, Clinic]
    doctors: Mapping[str, Doctor]
    specialties: Mapping[str, Specialty]
    towns: Mapping[str, Town]
    insurers: Mapping[str, Insurer]
    prices: Prices
    pages: Mapping[str, Page]
    lists: Mapping[str, ListText]
    gone: Gone = field(default_factory=Gone)
    marks: Mapping[str, tuple[bytes, bytes]] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)

    @cached_property
    def briefs(self) -> Mapping[str, Brief]:
        """Every doctor in brief, by slug."""
        if isinstance(self.doctors, Shelved):
            return self.doctors.briefs
        return {slug: brief(doctor) for slug, doctor in self.doctors.items()}

    def people_of(self, clinic: str) -> tuple[Brief, ...]:
        """Who practises at this clinic, each once, in the order of slugs."""
        return self._people.get(clinic, ())

    def practices_of(self, clinic: str) -> tuple[tuple[Doctor, Practice], ...]:
        """Who practises at this clinic, in the order of doctors' slugs."""
        people = [self.doctors[one.slug] for one in self.people_of(clinic)]
        return tuple((doctor, one) for doctor in people for one in doctor.practices if one.clinic == clinic)

    def place(self, practice: Practice) -> Clinic | Branch:
        """Where the practice really is: the clinic itself or one of its branches."""
        clinic = self.clinics[practice.clinic]
        return clinic.branch(practice.branch) or clinic

    def address(self, practice: Practice) -> Address:
        return self.place(practice).address

    def towns_of(self, doctor: Doctor) -> tuple[str, ...]:
        """The towns that the doctor practises in, each once, in the order of practices."""
        return tuple(dict.fromkeys(self.address(practice).town for practice in doctor.practices))

    def picture(self, name: str) -> Path:
        """The source file of a clinic's or a doctor's picture."""
        return self.folder / "images" / name

    @cached_property
    def renamed(self) -> Mapping[tuple[Literal["doctor", "clinic"], str], str]:
        """The present slug of every old one."""
        renamed: dict[tuple[Literal["doctor", "clinic"], str], str] = {}
        for clinic in self.clinics.values():
            renamed |= {("clinic", old): clinic.slug for old in clinic.old_slugs}
        for one in self.briefs.values():
            for old in one.old_slugs:
                renamed["doctor", old] = one.slug
        return renamed

    @cached_property
    def _people(self) -> Mapping[str, tuple[Brief, ...]]:
        found: dict[str, list[Brief]] = {}
        for one in self.briefs.values():
            for clinic in dict.fromkeys(place.clinic for place in one.practices):
                found.setdefault(clinic, []).append(one)
        return {clinic: tuple(people) for clinic, people in found.items()}
