"""A town's page: its specialties and its clinics."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from clinic_directory import facts, paths
from clinic_directory.briefs import Brief
from clinic_directory.edition import Draft, Edition, Page
from clinic_directory.pages import list_facts, rows
from clinic_directory.pages.rows import breadcrumbs
from clinic_directory.schema import Clinic, Doctor, ListText
from clinic_directory.seo import graph, titles
from clinic_directory.tally import Tally, tally
from clinic_directory.told import plain
from theme.words import ngettext, translate

MOST_SPECIALTIES = 3
"""So many are named in a clinic's row."""


def drafts(edition: Edition) -> Iterator[Draft]:
    lists = edition.lists
    for slug in lists.town_pages:
        clinics, text = lists.clinics_in(slug), edition.directory.lists.get(slug)
        sources = [*(clinic.file for clinic in clinics), *(one.file for one in _fewer(edition, slug))]
        specialties, sums = lists.specialties_in(slug), tally(lists.listed("", slug))
        shown = (sums, specialties, [one for one in specialties if (one, slug) in lists.pairs], _work(edition, slug))
        made = partial(_page, slug=slug, text=text, sums=sums)
        texts = [text.file] if text else []
        yield Draft(paths.town(slug), "lists", [*sources, *texts], made, texts=texts, facts=shown)


def _page(edition: Edition, slug: str, text: ListText | None, sums: Tally) -> Page:
    town, path = edition.directory.towns[slug], paths.town(slug)
    clinics, work = edition.lists.clinics_in(slug), _work(edition, slug)
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
            "heading": plain(text.title) if text and text.title else heading,
            "crumbs": breadcrumbs(trail, edition.lang),
            "facts_of_list": [*list_facts.lines(sums), *_of_clinics(clinics)],
            "specialties": _specialties(edition, slug),
            "fewer": [_line(edition, edition.directory.doctors[one.slug]) for one in _fewer(edition, slug)],
            "rows": [rows.clinic(edition, one, slug, note=_note(edition, work.get(one.slug, ()))) for one in clinics],
            "text": text.text if text else None,
        },
        graph=graph.list_page(edition, path, listed, trail),
        section="klinikas",
    )


def _of_clinics(clinics: Sequence[Clinic]) -> list[list_facts.Fact]:
    """How many of the clinics one gets into without a step, where all have said."""
    known = [one.accessibility.step_free for one in clinics]
    if None in known or not any(known):
        return []
    number = {"some": sum(map(bool, known)), "num": len(known)}
    said = ngettext("%(some)s of %(num)s clinic is step-free", "%(some)s of %(num)s clinics are step-free", len(known))
    return [{"sign": "accessibility", "text": said % number}]


def _work(edition: Edition, town: str) -> dict[str, list[str]]:
    """The specialties that each clinic of a town has there, the commonest first."""
    counts: dict[str, Counter[str]] = {}
    for brief, places in edition.lists.listed("", town):
        for clinic in dict.fromkeys(place.clinic for place in places):
            counts.setdefault(clinic, Counter()).update(brief.specialties)
    return {clinic: sorted(found, key=lambda slug: (-found[slug], slug)) for clinic, found in counts.items()}


def _note(edition: Edition, specialties: Sequence[str]) -> str:
    """ "Ģimenes ārsti, kardiologi, neirologi un vēl 4 specialitātes"."""
    names = [facts.inside(plain(edition.directory.specialties[slug].plural)) for slug in specialties]
    rest = len(names) - MOST_SPECIALTIES
    if rest > 1:
        more = ngettext("%(num)s more specialty", "%(num)s more specialties", rest) % {"num": rest}
        names = [*names[:MOST_SPECIALTIES], more]
    return facts.sentence(facts.listed(names))


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
