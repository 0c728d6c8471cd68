"""All doctors A–Z and all clinics by town."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from clinic_directory import facts, paths
from clinic_directory.briefs import Brief, sorted_name
from clinic_directory.collation import first_letter
from clinic_directory.edition import Draft, Edition, Page
from clinic_directory.pages import rows
from clinic_directory.pages.parts import Part, parts
from clinic_directory.pages.rows import breadcrumbs
from clinic_directory.schema import Clinic, Doctor
from clinic_directory.seo import graph, titles
from clinic_directory.told import plain
from theme.words import translate

MOST = 400
"""Lines of names, not rows with times: many fit on a page, yet not ten thousand."""


def drafts(edition: Edition) -> Iterator[Draft]:
    doctors = parts(paths.DOCTORS, edition.lists.doctors.briefs, MOST)
    letters = _letters(doctors)
    for part in doctors:
        made, shown = partial(_doctors, part=part, letters=letters), (part.count, letters)
        yield Draft(part.path, "lists", _files(edition, part.items), made, texts=[], facts=shown)
    clinics = [(town, clinic) for town in edition.lists.towns for clinic in edition.lists.clinics_in(town)]
    clinic_parts = parts(paths.CLINICS, clinics, MOST)
    towns = _towns(edition, clinic_parts)
    for clinic_part in clinic_parts:
        sources = [clinic.file for _, clinic in clinic_part.items]
        places = [town for town, _ in clinic_part.items]
        lists = edition.lists
        pages = (lists.town_pages, bool(lists.insurer_pages), lists.group_pages)
        shown_too = (clinic_part.count, towns, places, pages)
        made = partial(_clinics, part=clinic_part, towns=towns)
        yield Draft(clinic_part.path, "lists", sources, made, texts=[], facts=shown_too)


def _files(edition: Edition, doctors: Sequence[Brief]) -> list[str]:
    clinics = dict.fromkeys(edition.directory.clinics[one.practices[0].clinic].file for one in doctors)
    return [*(one.file for one in doctors), *clinics]


def _doctors(edition: Edition, part: Part[Brief], letters: dict[str, str]) -> Page:
    heading = translate("All doctors")
    trail = [(translate("Home"), paths.HOME), (heading, part.path)]
    groups = [
        {"letter": letter, "items": [_line(edition, edition.directory.doctors[one.slug]) for one in briefs]}
        for letter, briefs in groupby(part.items, _letter)
    ]
    return Page(
        template="site/doctors.html",
        title=titles.title(
            [translate("All doctors A–Z: specialties and booking") + part.suffix, heading + part.suffix]
        ),
        description=titles.description(
            translate("All doctors of the directory in alphabetical order") + part.suffix + ".",
            [
                translate("Specialty, clinic, prices and free times of each; online booking without a password."),
                translate("See free times and book online."),
                translate("Book online."),
            ],
        ),
        values={
            "heading": heading + part.suffix,
            "crumbs": breadcrumbs(trail, edition.lang),
            "groups": groups,
            "letters": [
                {"text": letter, "href": f"{paths.spoken(path, edition.lang)}#{letter}"}
                for letter, path in letters.items()
            ],
            "part": part,
        },
        graph=[graph.web_page(edition, part.path, "CollectionPage"), graph.crumbs(edition, part.path, trail)],
        section="arsti",
    )


def _letter(doctor: Brief) -> str:
    return first_letter(doctor.sorted_name)


def _letters(found: Sequence[Part[Brief]]) -> dict[str, str]:
    """Each letter with the path of the part in which it begins."""
    first: dict[str, str] = {}
    for part in found:
        for one in part.items:
            first.setdefault(_letter(one), part.path)
    return first


def _line(edition: Edition, doctor: Doctor) -> dict[str, str]:
    """A person's profession tells one from another; of rooms there are many alike, so theirs is the clinic."""
    first = doctor.practices[0]
    town = plain(edition.directory.towns[edition.directory.address(first).town].name)
    known_by = facts.inside(plain(doctor.title))
    if not doctor.is_person:
        known_by = plain(edition.directory.clinics[first.clinic].name)
    return {
        "href": paths.spoken(paths.doctor(doctor.slug), edition.lang),
        "text": sorted_name(doctor) if doctor.is_person else doctor.full_name(edition.lang),
        "note": f"{known_by}, {town}",
    }


def _clinics(edition: Edition, part: Part[tuple[str, Clinic]], towns: dict[str, str]) -> Page:
    heading = translate("All clinics")
    trail = [(translate("Home"), paths.HOME), (heading, part.path)]
    groups = [
        {
            "town": edition.directory.towns[town],
            "href": paths.spoken(paths.town(town), edition.lang) if town in edition.lists.town_pages else "",
            "rows": [rows.clinic(edition, clinic, town) for _, clinic in pairs],
        }
        for town, pairs in groupby(part.items, lambda pair: pair[0])
    ]
    return Page(
        template="site/clinics.html",
        title=titles.title(
            [translate("All clinics by town: doctors and booking") + part.suffix, heading + part.suffix]
        ),
        description=titles.description(
            translate("All clinics and practices of the directory, by town") + part.suffix + ".",
            [
                translate("Addresses, phones, opening hours and doctors; online booking without a password."),
                translate("See free times and book online."),
                translate("Book online."),
            ],
        ),
        values={
            "heading": heading + part.suffix,
            "crumbs": breadcrumbs(trail, edition.lang),
            "groups": groups,
            "insurers": paths.INSURERS if edition.lists.insurer_pages else "",
            "owners": [
                {"text": plain(edition.directory.groups[slug].name), "href": paths.group(slug)}
                for slug in edition.lists.group_pages
            ],
            "towns": [
                {
                    "text": plain(edition.directory.towns[town].name),
                    "href": f"{paths.spoken(path, edition.lang)}#{town}",
                }
                for town, path in towns.items()
            ],
            "part": part,
        },
        graph=[graph.web_page(edition, part.path, "CollectionPage"), graph.crumbs(edition, part.path, trail)],
        section="klinikas",
    )


def _towns(edition: Edition, found: Sequence[Part[tuple[str, Clinic]]]) -> dict[str, str]:
    """Each town with the path of the part in which it begins."""
    first = {town: part.path for part in reversed(found) for town, _ in part.items}
    return {town: first[town] for town in edition.lists.towns}
