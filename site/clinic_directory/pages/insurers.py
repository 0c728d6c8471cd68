"""Doctors by insurer: who works at the clinics that an insurer settles with, and an index of insurers."""

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from clinic_directory import paths
from clinic_directory.briefs import Brief
from clinic_directory.edition import Draft, Edition, Page
from clinic_directory.pages import list_facts, rows
from clinic_directory.pages.parts import Part, parts
from clinic_directory.pages.rows import breadcrumbs
from clinic_directory.schema import Clinic, Insurer
from clinic_directory.seo import graph, titles
from clinic_directory.tally import Tally, tally
from clinic_directory.told import plain
from theme.words import translate

MOST = 50


def links(edition: Edition, clinic: Clinic) -> Markup:
    """ "„Sala”, „Krasts”": whom a clinic settles with, each a link where it has a page."""
    pages = edition.lists.insurer_pages
    names = [(slug, plain(edition.directory.insurers[slug].name)) for slug in clinic.insurers]
    return Markup(", ").join(
        Markup('<a href="{}">{}</a>').format(paths.spoken(paths.insurer(slug), edition.lang), name)
        if slug in pages
        else name
        for slug, name in names
    )


def drafts(edition: Edition) -> Iterator[Draft]:
    lists, cards = edition.lists, edition.directory
    sums = {slug: tally(lists.insured(slug)) for slug in lists.insurer_pages}
    if sums:
        yield Draft(paths.INSURERS, "lists", [], partial(_index, sums=sums), facts=sums)
    for slug in lists.insurer_pages:
        clinics = [one for one in cards.clinics.values() if slug in one.insurers]
        briefs = [brief for brief, _ in lists.insured(slug)]
        for part in parts(paths.insurer(slug), briefs, MOST):
            files = [one.file for one in clinics] if part.number == 1 else []
            sources = list(dict.fromkeys([*rows.sources(edition, part.items), *files]))
            made = partial(_page, insurer=cards.insurers[slug], clinics=clinics, sums=sums[slug], part=part)
            yield Draft(part.path, "lists", sources, made, texts=[], facts=(sums[slug], part.count))


def _index(edition: Edition, sums: dict[str, Tally]) -> Page:
    heading = translate("Doctors by insurer")
    trail = [(translate("Doctors"), paths.DOCTORS), (heading, paths.INSURERS)]
    insurers = edition.directory.insurers
    return Page(
        template="site/insurers.html",
        title=titles.title([translate("Doctors by insurer: clinics and booking"), heading]),
        description=titles.description(
            translate("Which doctors and clinics settle with your insurer on the spot, so that you need not pay."),
            [
                translate("See free times and book online."),
                translate("Book online."),
            ],
        ),
        values={
            "heading": heading,
            "crumbs": breadcrumbs(trail, edition.lang),
            "insurers": [
                {
                    "href": paths.spoken(paths.insurer(slug), edition.lang),
                    "text": plain(insurers[slug].name),
                    "note": f"{list_facts.count(found)} {list_facts.clinics(found)}",
                }
                for slug, found in sums.items()
            ],
        },
        graph=[
            graph.web_page(edition, paths.INSURERS, "CollectionPage"),
            graph.crumbs(edition, paths.INSURERS, trail),
        ],
        section="arsti",
    )


def _page(edition: Edition, insurer: Insurer, clinics: list[Clinic], sums: Tally, part: Part[Brief]) -> Page:
    name = plain(insurer.name)
    heading = translate("Doctors who work with the insurer %(name)s", name=name)
    trail = [(translate("Doctors by insurer"), paths.INSURERS), (name, paths.insurer(insurer.slug))]
    doctors = [edition.directory.doctors[one.slug] for one in part.items]
    shown = [
        rows.listed(edition, one, [place for place in one.practices if _settles(edition, place.clinic, insurer)])
        for one in doctors
    ]
    listed = graph.item_list(edition, part.path, heading, [one.node for one in shown])
    counted = f"{list_facts.count(sums)} {list_facts.clinics(sums)}"
    return Page(
        template="site/insurer.html",
        title=titles.title([f"{heading}{part.suffix}", f"{name}{part.suffix}"]),
        description=titles.description(
            f"{heading}{part.suffix}: {counted}.",
            [
                translate("The clinic settles with the insurer itself."),
                translate("See free times and book online."),
                translate("Book online."),
            ],
        ),
        values={
            "heading": heading + part.suffix,
            "insurer": insurer,
            "facts_of_list": list_facts.lines(sums),
            "crumbs": breadcrumbs(trail, edition.lang),
            "clinics": [_line(edition, one) for one in clinics] if part.number == 1 else [],
            "rows": [one.row for one in shown],
            "part": part,
        },
        graph=graph.list_page(edition, part.path, listed, trail),
        section="arsti",
    )


def _settles(edition: Edition, clinic: str, insurer: Insurer) -> bool:
    return insurer.slug in edition.directory.clinics[clinic].insurers


def _line(edition: Edition, clinic: Clinic) -> dict[str, str]:
    return {
        "href": paths.spoken(paths.clinic(clinic.slug), edition.lang),
        "text": plain(clinic.name),
        "note": plain(edition.directory.towns[clinic.address.town].name),
    }
