"""The home page: find a doctor by specialty or town, and what to know before booking."""

from collections.abc import Iterator

from clinic_directory import paths
from clinic_directory.edition import Draft, Edition, Page
from clinic_directory.pages import rows
from clinic_directory.seo import organization, titles
from clinic_directory.told import plain
from theme.words import translate


def drafts(edition: Edition) -> Iterator[Draft]:
    shown = (edition.lists.specialties, edition.lists.specialty_pages, edition.lists.town_pages, edition.lists.towns)
    yield Draft(paths.HOME, "home", [], _page, facts=shown)


def _page(edition: Edition) -> Page:
    name = translate("Pieraksts")
    return Page(
        template="site/home.html",
        title=titles.title([translate("Pieraksts: find a doctor and a free time")]),
        description=titles.description(
            translate("Doctors and clinics in Latvia: prices, free times and online booking."),
            [
                translate("State-paid and private visits, without a password and free of charge."),
                translate("Book online."),
            ],
        ),
        values={"specialties": _specialties(edition), "towns": _towns(edition), "site": edition.site},
        graph=organization.portal(edition, name),
    )


def _specialties(edition: Edition) -> list[dict[str, str]]:
    found = []
    for slug in edition.lists.specialties:
        specialty = edition.directory.specialties[slug]
        # The few of a rare specialty are found by a search: a page for them would be thin.
        path = paths.specialty(slug) if slug in edition.lists.specialty_pages else paths.search(slug)
        link = {"href": paths.spoken(path, edition.lang), "text": plain(specialty.name)}
        found.append(link | {"note": plain(specialty.lay) if specialty.lay else ""})
    return found


def _towns(edition: Edition) -> list[dict[str, str]]:
    return [
        {
            "href": paths.spoken(rows.town_path(edition, slug), edition.lang),
            "value": slug,
            "text": plain(edition.directory.towns[slug].name),
        }
        for slug in edition.lists.towns
    ]
