"""A town's page: its specialties and its clinics."""

from collections.abc import Iterator
from functools import partial

from clinic_directory import facts, paths
from clinic_directory.briefs import Brief
from clinic_directory.edition import Draft, Edition, Page
from clinic_directory.pages import rows
from clinic_directory.pages.rows import breadcrumbs
from clinic_directory.schema import Doctor
from clinic_directory.seo import graph, titles
from clinic_directory.told import plain
from theme.words import ngettext, translate


def drafts(edition: Edition) -> Iterator[Draft]:
    lists = edition.lists
    for slug in lists.towns:
        sources = [*(clinic.file for clinic in lists.clinics_in(slug)), *(one.file for one in _fewer(edition, slug))]
        specialties = lists.specialties_in(slug)
        shown = (len(specialties), [one for one in specialties if (one, slug) in lists.pairs])
        yield Draft(paths.town(slug), "lists", sources, partial(_page, slug=slug), texts=[], facts=shown)


def _page(edition: Edition, slug: str) -> Page:
    town, path = edition.directory.towns[slug], paths.town(slug)
    clinics = edition.lists.clinics_in(slug)
    heading = translate("Doctors and clinics %(town)s", town=plain(town.in_))
    trail = [(translate("Clinics"), paths.CLINICS), (plain(town.name), path)]
    photos = [edition.photos.of(clinic.picture) for clinic in clinics]
    items = [
        graph.brief_clinic(edition, clinic, rows.address_in(clinic, slug))
        | ({"image": edition.site.url + photo.large} if photo else {})
        for clinic, photo in zip(clinics, photos, strict=True)
    ]
    listed = graph.item_list(edition, path, heading, items)
    return Page(
        template="site/town.html",
        title=_title(edition, slug),
        description=_description(edition, slug, heading),
        values={
            "heading": heading,
            "town": town,
            "crumbs": breadcrumbs(trail, edition.lang),
            "specialties": _specialties(edition, slug),
            "fewer": [_line(edition, edition.directory.doctors[one.slug]) for one in _fewer(edition, slug)],
            "rows": [rows.clinic(edition, clinic, slug) for clinic in clinics],
        },
        graph=[
            graph.web_page(edition, path, "CollectionPage", mainEntity={"@id": listed[0]["@id"]} if listed else None),
            *listed,
            graph.crumbs(edition, path, trail),
        ],
        section="klinikas",
    )


def _specialties(edition: Edition, town: str) -> list[dict[str, str]]:
    """Specialties with a page in this town."""
    found = []
    for slug in edition.lists.specialties_in(town):
        if (slug, town) in edition.lists.pairs:
            specialty = edition.directory.specialties[slug]
            link = {"href": paths.spoken(paths.specialty(slug, town), edition.lang)}
            link |= {"text": plain(specialty.plural), "note": plain(specialty.lay) if specialty.lay else ""}
            found.append(link)
    return found


def _fewer(edition: Edition, town: str) -> list[Brief]:
    """Doctors of specialties that have too few here for a page of their own."""
    doctors: dict[str, Brief] = {}
    for slug in edition.lists.specialties_in(town):
        if (slug, town) not in edition.lists.pairs:
            doctors |= {one.slug: one for one in edition.lists.of(slug, town).briefs}
    return list(doctors.values())


def _line(edition: Edition, doctor: Doctor) -> dict[str, str]:
    return {
        "href": paths.spoken(paths.doctor(doctor.slug), edition.lang),
        "text": doctor.full_name(edition.lang),
        "note": facts.inside(plain(doctor.title)),
    }


def _title(edition: Edition, slug: str) -> str:
    town = plain(edition.directory.towns[slug].in_)
    wishes = [
        translate("Doctors and clinics %(town)s: prices and booking", town=town),
        translate("Doctors and clinics %(town)s", town=town),
    ]
    return titles.title(wishes)


def _description(edition: Edition, slug: str, heading: str) -> str:
    clinics, specialties = len(edition.lists.clinics_in(slug)), len(edition.lists.specialties_in(slug))
    start = f"{heading}: " + ", ".join(
        (
            ngettext("%(num)s clinic", "%(num)s clinics", clinics) % {"num": clinics},
            ngettext("%(num)s specialty", "%(num)s specialties", specialties) % {"num": specialties},
        )
    )
    more = [
        translate("Addresses, opening hours, prices and free times; online booking without a password."),
        translate("State-paid and private visits."),
        translate("See free times and book online."),
        translate("Book online."),
    ]
    return titles.description(start + ".", more)
