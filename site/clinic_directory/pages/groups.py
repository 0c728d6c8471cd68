"""Clinics of one owner: where they are, who works there, and what the group says of itself."""

from collections.abc import Iterator
from functools import partial

from clinic_directory import paths
from clinic_directory.edition import Draft, Edition, Page
from clinic_directory.lists import Listed
from clinic_directory.pages import list_facts, rows
from clinic_directory.pages.rows import breadcrumbs
from clinic_directory.schema import Group
from clinic_directory.seo import graph, organization, titles
from clinic_directory.tally import Tally, tally
from clinic_directory.told import plain
from theme.words import translate


def drafts(edition: Edition) -> Iterator[Draft]:
    lists = edition.lists
    for slug in lists.group_pages:
        sums = tally(_people(edition, slug))
        sources = [clinic.file for clinic in lists.clinics_of(slug)]
        made = partial(_page, group=edition.directory.groups[slug], sums=sums)
        yield Draft(paths.group(slug), "lists", sources, made, texts=[], facts=sums)


def _people(edition: Edition, slug: str) -> list[Listed]:
    """Everybody who works at a clinic of the group, once, with their practices there."""
    clinics = {clinic.slug for clinic in edition.lists.clinics_of(slug)}
    people = {one.slug: one for clinic in sorted(clinics) for one in edition.directory.people_of(clinic)}
    return [(one, [place for place in one.practices if place.clinic in clinics]) for one in people.values()]


def _page(edition: Edition, group: Group, sums: Tally) -> Page:
    name, path = plain(group.name), paths.group(group.slug)
    clinics = edition.lists.clinics_of(group.slug)
    trail = [(translate("Clinics"), paths.CLINICS), (name, path)]
    items = [graph.brief_clinic(edition, clinic) for clinic in clinics]
    listed = graph.item_list(edition, path, name, items)
    towns = dict.fromkeys(plain(edition.directory.towns[clinic.address.town].name) for clinic in clinics)
    return Page(
        template="site/group.html",
        title=titles.title(
            [translate("%(name)s: clinics, doctors and booking", name=name), translate("%(name)s: clinics", name=name)]
        ),
        description=titles.description(
            f"{name}: {list_facts.count(sums)} {list_facts.clinics(sums)}. {', '.join(towns)}.",
            [
                translate("Addresses, opening hours, prices and free times; online booking without a password."),
                translate("See free times and book online."),
                translate("Book online."),
            ],
        ),
        values={
            "heading": name,
            "group": group,
            "facts_of_list": list_facts.lines(sums),
            "crumbs": breadcrumbs(trail, edition.lang),
            "rows": [rows.clinic(edition, clinic, clinic.address.town) for clinic in clinics],
        },
        graph=[*graph.list_page(edition, path, listed, trail), organization.group(edition, group.slug)],
        section="klinikas",
    )
