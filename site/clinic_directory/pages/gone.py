"""The pages of what is gone, answered with 410: who left, and who is near instead."""

from collections.abc import Iterator, Sequence
from functools import partial
from math import cos, hypot, radians

from clinic_directory import paths
from clinic_directory.edition import Draft, Edition, Page
from clinic_directory.gone import GoneClinic, GoneDoctor, slugs
from clinic_directory.gone_table import FILE
from clinic_directory.lists import is_bookable
from clinic_directory.pages import rows
from clinic_directory.pages.rows import Trail, breadcrumbs
from clinic_directory.schema import Address, Clinic, Doctor
from clinic_directory.seo import titles
from clinic_directory.told import plain
from theme import formats
from theme.words import LANGS, translate

MOST = 5
_DEGREE = cos(radians(57))
"""How long a degree of longitude is in Latvia, in degrees of latitude."""


def drafts(edition: Edition) -> Iterator[Draft]:
    gone = edition.directory.gone
    for doctor in gone.doctors.values():
        if doctor.to is None:
            colleagues = nearest(edition, doctor)
            sources = _sources(edition, colleagues)
            lists = edition.lists
            facts = (doctor.specialty in lists.specialty_pages, (doctor.specialty, doctor.town) in lists.pairs)
            for slug in slugs(doctor):
                made = partial(_doctor, card=doctor, colleagues=colleagues, path=paths.doctor(slug))
                yield Draft(paths.doctor(slug), "gone", sources, made, indexed=False, facts=facts)
    for clinic in gone.clinics.values():
        if clinic.to is None:
            others = edition.lists.clinics_in(clinic.town)[:MOST]
            for slug in slugs(clinic):
                made = partial(_clinic, card=clinic, others=others, path=paths.clinic(slug))
                yield Draft(paths.clinic(slug), "gone", [FILE, *(one.file for one in others)], made, indexed=False)
    for page in gone.pages.values():
        lang, path = paths.parted(page.address)
        for each in ((lang,) if lang else LANGS) if page.to is None else ():
            yield Draft(path, "gone", [FILE], partial(_page, path=path), indexed=False, lang=each)


def nearest(edition: Edition, card: GoneDoctor) -> list[Doctor]:
    """Of the same specialty: first who works at the same clinic, then in the same town, then the least far away."""
    if not card.specialty:
        return []
    here = _place(edition, card)

    def distance(doctor: Doctor) -> tuple[bool, bool, bool, float]:
        clinics = {practice.clinic for practice in doctor.practices}
        towns = edition.directory.towns_of(doctor)
        away = min(_far(here, edition.directory.address(one)) for one in doctor.practices) if here else 0.0
        # A room or a device is no colleague, yet better than nobody.
        last = not doctor.is_person or not is_bookable(doctor.practices)
        return card.clinic not in clinics, card.town not in towns, last, away

    return sorted(edition.lists.of(card.specialty), key=distance)[:MOST]


def _place(edition: Edition, card: GoneDoctor) -> Address | None:
    """Where the doctor was: the clinic, else any clinic of the town; None where that has none left."""
    if card.clinic:
        return edition.directory.clinics[card.clinic].address
    clinics = edition.lists.clinics_in(card.town)
    return rows.address_in(clinics[0], card.town) if clinics else None


def _far(one: Address, other: Address) -> float:
    return hypot(one.latitude - other.latitude, (one.longitude - other.longitude) * _DEGREE)


def _sources(edition: Edition, doctors: Sequence[Doctor]) -> list[str]:
    clinics = dict.fromkeys(practice.clinic for doctor in doctors for practice in doctor.practices)
    cards = edition.directory.clinics
    return [FILE, *(doctor.file for doctor in doctors), *(cards[slug].file for slug in clinics)]


def _doctor(edition: Edition, card: GoneDoctor, colleagues: Sequence[Doctor], path: str) -> Page:
    name = plain(card.name)
    list_name, list_path = _list(edition, card)
    trail = [(list_name, list_path), (name, path)]
    return Page(
        template="site/gone.html",
        title=titles.title([translate("%(name)s no longer sees patients here", name=name), name]),
        description=translate("%(name)s no longer sees patients here", name=name) + ".",
        values={
            "heading": name,
            "crumbs": breadcrumbs(trail, edition.lang),
            "lead": translate("No longer sees patients here."),
            "since": translate("Visits here ended on %(day)s.", day=formats.full_date_in(card.left)),
            "near": translate("Colleagues nearby"),
            "rows": [rows.doctor(edition, one, level=3) for one in colleagues],
            "more": {"text": list_name, "href": paths.spoken(list_path, edition.lang)},
        },
        section="arsti",
    )


def _list(edition: Edition, card: GoneDoctor) -> tuple[str, str]:
    """The smallest list that the doctor would stand in today."""
    if not card.specialty or card.specialty not in edition.lists.specialty_pages:
        return translate("All doctors"), paths.DOCTORS
    plural = plain(edition.directory.specialties[card.specialty].plural)
    if (card.specialty, card.town) in edition.lists.pairs:
        inside = plain(edition.directory.towns[card.town].in_)
        return f"{plural} {inside}", paths.specialty(card.specialty, card.town)
    return plural, paths.specialty(card.specialty)


def _clinic(edition: Edition, card: GoneClinic, others: Sequence[Clinic], path: str) -> Page:
    name, town = plain(card.name), edition.directory.towns[card.town]
    trail: Trail = [(translate("Clinics"), paths.CLINICS), (name, path)]
    more = {"text": translate("All clinics"), "href": paths.spoken(paths.CLINICS, edition.lang)}
    return Page(
        template="site/gone.html",
        title=titles.title([translate("%(name)s is no longer in the directory", name=name), name]),
        description=translate("%(name)s is no longer in the directory", name=name) + ".",
        values={
            "heading": name,
            "crumbs": breadcrumbs(trail, edition.lang),
            "lead": translate("This clinic is no longer in the directory."),
            "since": translate("Its card was taken out on %(day)s.", day=formats.full_date_in(card.left)),
            "near": translate("Clinics %(town)s", town=plain(town.in_)),
            "rows": [rows.clinic(edition, one, card.town) for one in others],
            "more": more,
        },
        section="klinikas",
    )


def _page(edition: Edition, path: str) -> Page:
    heading = translate("This page is gone")
    return Page(
        template="site/gone.html",
        title=titles.title([translate("This page is gone – Pieraksts")]),
        description=heading + ".",
        values={
            "heading": heading,
            "crumbs": breadcrumbs([(translate("Home"), paths.HOME), (heading, path)], edition.lang),
            "lead": translate("What stood here was taken down for good."),
            "since": "",
            "near": "",
            "rows": [],
            "more": {"text": translate("All doctors"), "href": paths.spoken(paths.DOCTORS, edition.lang)},
        },
    )
