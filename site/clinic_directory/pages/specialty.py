"""The list of a specialty's doctors, everywhere or in one town."""

from collections.abc import Iterator, Sequence
from functools import partial

from clinic_directory import facts, paths
from clinic_directory.briefs import Doctors
from clinic_directory.edition import Draft, Edition, Page
from clinic_directory.pages import rows
from clinic_directory.pages.parts import Part, parts
from clinic_directory.pages.rows import Trail, breadcrumbs
from clinic_directory.schema import Doctor, ListText, Service, Specialty
from clinic_directory.seo import graph, practitioner, titles
from clinic_directory.told import plain
from theme import formats
from theme.words import ngettext, translate

MOST = 50


def drafts(edition: Edition) -> Iterator[Draft]:
    for slug in edition.lists.specialties:
        specialty = edition.directory.specialties[slug]
        for town in (None, *edition.lists.towns_of(slug)):
            doctors = edition.lists.of(slug, town)
            text = edition.directory.lists.get(f"{slug}--{town}" if town else slug)
            sources = _sources(edition, doctors, text.file if text else "")
            texts = [text.file] if text else []
            towns = edition.lists.towns_of(slug)
            for part in parts(paths.specialty(slug, town), doctors, MOST):
                made = partial(_page, specialty=specialty, town=town, text=text, doctors=doctors, part=part)
                yield Draft(part.path, "lists", sources, made, texts=texts, facts=towns)


def _page(
    edition: Edition,
    specialty: Specialty,
    town: str | None,
    text: ListText | None,
    doctors: Doctors,
    part: Part[Doctor],
) -> Page:
    heading = _heading(edition, specialty, town)
    trail = _trail(edition, specialty, town)
    photos = [edition.photos.of(doctor.picture) for doctor in part.items]
    items = [
        practitioner.brief(
            edition,
            doctor,
            edition.site.url + photo.large if photo else "",
            edition.directory.address(edition.lists.practices_in(doctor, town)[0]),
        )
        for doctor, photo in zip(part.items, photos, strict=True)
    ]
    summary = _summary(edition, specialty, town, doctors)
    listed = graph.item_list(edition, part.path, heading, items)
    return Page(
        template="site/specialty.html",
        title=_title(edition, specialty, town, part.suffix),
        description=_description(edition, specialty, town, doctors, part),
        values={
            "heading": (plain(text.title) if text and text.title else heading) + part.suffix,
            "lay": plain(specialty.lay) if specialty.lay else "",
            "summary": summary,
            "crumbs": breadcrumbs(trail, edition.lang),
            "rows": [rows.doctor(edition, doctor, town) for doctor in part.items],
            "towns": _towns(edition, specialty, town),
            "all_towns": paths.spoken(paths.specialty(specialty.slug), edition.lang) if town else "",
            "text": text.text if text and part.number == 1 else None,
            "part": part,
        },
        graph=[
            graph.web_page(
                edition, part.path, "CollectionPage", mainEntity={"@id": listed[0]["@id"]} if listed else None
            ),
            *listed,
            graph.crumbs(edition, part.path, [*trail[:-1], (trail[-1][0], part.path)]),
        ],
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


def _services(edition: Edition, town: str | None, doctors: Sequence[Doctor]) -> list[Service]:
    practices = (one for doctor in doctors for one in edition.lists.practices_in(doctor, town))
    return [service for practice in practices for service in practice.services]


def _count(edition: Edition, specialty: Specialty, town: str | None, doctors: Sequence[Doctor]) -> str:
    clinics = {one.clinic for doctor in doctors for one in edition.lists.practices_in(doctor, town)}
    places = ngettext("at %(num)s clinic", "at %(num)s clinics", len(clinics)) % {"num": len(clinics)}
    people = sum(doctor.is_person for doctor in doctors)
    others = len(doctors) - people
    counts = []
    if people and specialty.kind == "doctor":
        counts.append(ngettext("%(num)s doctor", "%(num)s doctors", people) % {"num": people})
    elif people:
        counts.append(ngettext("%(num)s specialist", "%(num)s specialists", people) % {"num": people})
    if others:
        counts.append(ngettext("%(num)s room", "%(num)s rooms", others) % {"num": others})
    return f"{facts.listed(counts)} {places}"


def _summary(edition: Edition, specialty: Specialty, town: str | None, doctors: Sequence[Doctor]) -> str:
    """ "23 ārsti 12 klīnikās. Maksas vizīte no 35,00 līdz 80,00 €; valsts apmaksātai vajag e-nosūtījumu." """
    services = _services(edition, town, doctors)
    sentences = [_count(edition, specialty, town, doctors) + "."]
    if found := facts.prices(services):
        low, high = map(formats.price, found)
        paid = translate("Private visits cost from %(low)s to %(high)s.", low=low, high=high)
        sentences.append(paid if low != high else translate("Private visits cost %(price)s.", price=low))
    state = [service for service in services if service.payer == "state"]
    if state and any(service.referral for service in state):
        sentences.append(translate("A state-paid visit needs an e-referral."))
    return " ".join(sentences)


def _title(edition: Edition, specialty: Specialty, town: str | None, suffix: str) -> str:
    heading = _heading(edition, specialty, town)
    wishes = [
        translate("%(heading)s: prices, free times and booking", heading=heading) + suffix,
        translate("%(heading)s: free times and booking", heading=heading) + suffix,
        translate("%(heading)s: booking", heading=heading) + suffix,
        heading + suffix,
    ]
    return titles.title(wishes)


def _description(
    edition: Edition, specialty: Specialty, town: str | None, doctors: Sequence[Doctor], part: Part[Doctor]
) -> str:
    start = f"{_heading(edition, specialty, town)}{part.suffix}: {_count(edition, specialty, town, doctors)}."
    found = facts.prices(_services(edition, town, doctors))
    more = [
        translate("Compare prices, see free times and book online without a password."),
        translate("Visits from %(price)s.", price=formats.price(found[0])) if found else "",
        translate("State-paid and private visits.") if found else "",
        translate("See free times and book online."),
        translate("Book online."),
    ]
    return titles.description(start, [one for one in more if one])


def _sources(edition: Edition, doctors: Doctors, text: str) -> list[str]:
    clinics = {one.clinic for brief in doctors.briefs for one in brief.practices}
    files = [brief.file for brief in doctors.briefs]
    files += [edition.directory.clinics[slug].file for slug in sorted(clinics)]
    return [*files, text] if text else files
