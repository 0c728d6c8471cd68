"""The home page: find a doctor by specialty or town, and what to know before booking."""

from collections.abc import Iterator

from clinic_directory import paths
from clinic_directory.edition import Edition, Page
from clinic_directory.seo import organization
from clinic_directory.told import plain
from theme.words import translate


def pages(edition: Edition) -> Iterator[Page]:
    name = translate("Pieraksts")
    yield Page(
        path=paths.HOME,
        kind="home",
        template="site/home.html",
        title=edition.titles.title([translate("Pieraksts: find a doctor and a free time")], name),
        description=edition.titles.description(
            translate("Doctors and clinics in Latvia: prices, free times and online booking."),
            [
                translate("State-paid and private visits, without a password and free of charge."),
                translate("Book online."),
            ],
            name,
        ),
        values={"specialties": _specialties(edition), "towns": _towns(edition)},
        graph=organization.portal(edition, name),
    )


def _specialties(edition: Edition) -> list[dict[str, str]]:
    found = []
    for slug in edition.lists.specialties:
        specialty = edition.directory.specialties[slug]
        link = {"href": paths.spoken(paths.specialty(slug), edition.lang), "text": plain(specialty.name)}
        found.append(link | {"note": plain(specialty.lay) if specialty.lay else ""})
    return found


def _towns(edition: Edition) -> list[dict[str, str]]:
    return [
        {
            "href": paths.spoken(paths.town(slug), edition.lang),
            "text": plain(edition.directory.towns[slug].name),
        }
        for slug in edition.lists.towns
    ]
