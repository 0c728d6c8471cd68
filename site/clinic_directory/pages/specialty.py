"""The list of a specialty's doctors, everywhere or in one town."""

from collections.abc import Iterator
from functools import partial

from clinic_directory import facts, paths
from clinic_directory.briefs import Brief
from clinic_directory.edition import Draft, Edition, Page
from clinic_directory.pages import list_facts, rows
from clinic_directory.pages.parts import Part, parts
from clinic_directory.pages.rows import Trail, breadcrumbs
from clinic_directory.schema import ListText, Specialty
from clinic_directory.seo import graph, titles
from clinic_directory.tally import Tally, tally
from clinic_directory.told import plain
from theme import formats
from theme.words import translate

MOST = 50


def drafts(edition: Edition) -> Iterator[Draft]:
    lists = edition.lists
    for slug in lists.specialties:
        if slug not in lists.specialty_pages:
            continue
        specialty, towns = edition.directory.specialties[slug], lists.towns_of(slug)
        for town in (None, *towns):
            text = edition.directory.lists.get(f"{slug}--{town}" if town else slug)
            sums = tally(lists.listed(slug, town))
            town_page = town in lists.town_pages
            for part in parts(paths.specialty(slug, town), lists.of(slug, town).briefs, MOST):
                sources = rows.sources(edition, part.items, text if part.number == 1 else None)
                texts = [text.file] if text and part.number == 1 else []
                made = partial(_page, specialty=specialty, town=town, text=text, sums=sums, part=part)
                yield Draft(part.path, "lists", sources, made, texts=texts, facts=(towns, town_page, sums, part.count))


def _page(
    edition: Edition, specialty: Specialty, town: str | None, text: ListText | None, sums: Tally, part: Part[Brief]
) -> Page:
    heading = _heading(edition, specialty, town)
    trail = _trail(edition, specialty, town)
    doctors = [edition.directory.doctors[one.slug] for one in part.items]
    shown = [rows.listed(edition, one, edition.lists.practices_in(one, town), town) for one in doctors]
    listed = graph.item_list(edition, part.path, heading, [one.node for one in shown])
    return Page(
        template="site/specialty.html",
        title=_title(edition, specialty, town, part.suffix),
        description=_description(edition, specialty, town, sums, part),
        values={
            "heading": (plain(text.title) if text and text.title else heading) + part.suffix,
            "lay": plain(specialty.lay) if specialty.lay else "",
            "facts_of_list": list_facts.lines(sums, specialty.kind),
            "crumbs": breadcrumbs(trail, edition.lang),
            "filter_href": paths.spoken(paths.filtered(specialty.slug, town), edition.lang),
            "rows": [one.row for one in shown],
            "towns": _towns(edition, specialty, town),
            "all_towns": paths.spoken(paths.specialty(specialty.slug), edition.lang) if town else "",
            "of_town": _of_town(edition, town),
            "text": text.text if text and part.number == 1 else None,
            "part": part,
        },
        graph=graph.list_page(edition, part.path, listed, trail),
        section="arsti",
    )


def _heading(edition: Edition, specialty: Specialty, town: str | None) -> str:
    plural = plain(specialty.plural)
    return f"{plural} {plain(edition.directory.towns[town].in_)}" if town else plural


def _trail(edition: Edition, specialty: Specialty, town: str | None) -> Trail:
    trail = [
        (translate("Doctors"), paths.DOCTORS),
        (plain(specialty.plural), paths.specialty(specialty.slug)),
    ]
    if town:
        name = facts.sentence(plain(edition.directory.towns[town].in_))
        trail.append((name, paths.specialty(specialty.slug, town)))
    return trail


def _towns(edition: Edition, specialty: Specialty, current: str | None) -> list[dict[str, object]]:
    return [
        {
            "text": plain(edition.directory.towns[town].name),
            "href": paths.spoken(paths.specialty(specialty.slug, town), edition.lang),
            "current": town == current,
        }
        for town in edition.lists.towns_of(specialty.slug)
    ]


def _of_town(edition: Edition, town: str | None) -> dict[str, str]:
    """The way to everything else in the town; nothing where that has no page."""
    if town not in edition.lists.town_pages:
        return {}
    inside = plain(edition.directory.towns[town or ""].in_)
    text = translate("All doctors and clinics %(town)s", town=inside)
    return {"text": text, "href": paths.spoken(paths.town(town or ""), edition.lang)}


def _title(edition: Edition, specialty: Specialty, town: str | None, suffix: str) -> str:
    heading = _heading(edition, specialty, town)
    wishes = [
        translate("%(heading)s: prices, free times and booking", heading=heading) + suffix,
        translate("%(heading)s: free times and booking", heading=heading) + suffix,
        translate("%(heading)s: booking", heading=heading) + suffix,
        heading + suffix,
    ]
    return titles.title(wishes)


def _description(edition: Edition, specialty: Specialty, town: str | None, sums: Tally, part: Part[Brief]) -> str:
    counted = f"{list_facts.count(sums, specialty.kind)} {list_facts.clinics(sums)}"
    start = f"{_heading(edition, specialty, town)}{part.suffix}: {counted}."
    more = [
        translate("Compare prices, see free times and book online without a password."),
        translate("Visits from %(price)s.", price=formats.price(sums.low)) if sums.low is not None else "",
        translate("State-paid and private visits.") if sums.low is not None and sums.state else "",
        translate("See free times and book online."),
        translate("Book online."),
    ]
    return titles.description(start, [one for one in more if one])
