"""A clinic's page: its doctors by specialty, hours, the way there, payment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from clinic_directory import facts, paths
from clinic_directory.edition import Draft, Edition, Page
from clinic_directory.hours import Span
from clinic_directory.pages import insurers, rows
from clinic_directory.pages.rows import Row, breadcrumbs
from clinic_directory.schema import Branch, Clinic, Doctor, Practice
from clinic_directory.seo import graph, organization, titles
from clinic_directory.told import plain
from theme import formats
from theme.words import LANGS, translate


@dataclass(frozen=True)
class Group:
    """The doctors of one specialty; `anchor` is where a link on the same page leads."""

    anchor: str
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class BranchFacts:
    """One of the clinic's other places, and who works there."""

    branch: Branch
    rows: tuple[Row, ...]
    address: str
    map: str
    phones: tuple[str, ...]
    hours: list[dict[str, object]]
    access: str


def drafts(edition: Edition) -> Iterator[Draft]:
    for clinic in edition.directory.clinics.values():
        sources = _sources(edition, clinic)
        yield Draft(
            paths.clinic(clinic.slug),
            "clinics",
            sources,
            partial(page, clinic=clinic),
            texts=[clinic.file],
            facts=(
                [edition.lists.namesake(clinic, lang) for lang in LANGS],
                edition.changed(sources),
                clinic.address.town in edition.lists.town_pages,
                edition.lists.insurer_pages,
                edition.lists.group_pages,
            ),
        )


def _sources(edition: Edition, clinic: Clinic) -> list[str]:
    return [clinic.file, *(one.file for one in edition.directory.people_of(clinic.slug))]


def page(edition: Edition, clinic: Clinic) -> Page:
    directory = edition.directory
    path = paths.clinic(clinic.slug)
    photo = edition.photos.of(clinic.picture)
    town = directory.towns[clinic.address.town]
    name = plain(clinic.name)
    trail = [(translate("Clinics"), paths.CLINICS), (name, path)]
    if clinic.address.town in edition.lists.town_pages:
        trail.insert(0, (plain(town.name), paths.town(clinic.address.town)))
    people = directory.practices_of(clinic.slug)
    given, family = rows.initials(name)
    changed = edition.changed(_sources(edition, clinic))
    return Page(
        template="site/clinic.html",
        title=_title(edition, clinic),
        description=_description(edition, clinic),
        values={
            "clinic": clinic,
            "editor": edition.site.editor_of(clinic.file),
            "name": name,
            "given": given,
            "family": family,
            "photo": photo,
            "crumbs": breadcrumbs(trail, edition.lang),
            "whole_address": facts.address(directory, clinic.address, post_code=True),
            "map": paths.on_map(clinic.address),
            "access": facts.access_sentence(clinic.accessibility),
            "group": _group(edition, clinic),
            "groups": _groups(edition, [pair for pair in people if pair[1].branch is None]),
            "count": len({doctor.slug for doctor, _ in people}),
            "rooms": any(not doctor.is_person for doctor, _ in people),
            "hours": hours(clinic.hours),
            "payments": facts.payments(clinic.payment),
            "insurers": insurers.links(edition, clinic),
            "prices": facts.price_range([one for _, practice in people for one in practice.services]),
            "changed": changed,
            "branches": [_branch(edition, clinic, branch, people) for branch in clinic.branches],
        },
        graph=[
            graph.card_page(edition, path, graph.clinic_id(edition, clinic.slug), clinic.checked, changed, photo),
            organization.clinic(edition, clinic, edition.engine_images(photo)),
            graph.crumbs(edition, path, trail),
        ],
        section="klinikas",
    )


def hours(spans: tuple[Span, ...]) -> list[dict[str, object]]:
    """A row a day, "slēgts" included; nothing where no hours are known."""
    if not spans:
        return []
    return [
        {
            "weekday": weekday,
            "day": formats.weekday_name(weekday),
            "hours": ", ".join(formats.span(span.start, span.end) for span in spans if span.weekday == weekday)
            or translate("closed"),
        }
        for weekday in range(7)
    ]


def _group(edition: Edition, clinic: Clinic) -> dict[str, str]:
    """The group that the clinic belongs to, where that has a page."""
    if clinic.group not in edition.lists.group_pages:
        return {}
    slug = clinic.group or ""
    href = paths.spoken(paths.group(slug), edition.lang)
    return {"text": plain(edition.directory.groups[slug].name), "href": href}


def _by_name(edition: Edition, people: Sequence[tuple[Doctor, Practice]]) -> list[tuple[Doctor, Practice]]:
    return sorted(people, key=lambda pair: edition.directory.briefs[pair[0].slug].order)


def _groups(edition: Edition, people: Sequence[tuple[Doctor, Practice]]) -> list[Group]:
    """Each doctor once, under the first specialty; those without one last."""
    members: dict[str, dict[str, Row]] = {}
    for doctor, practice in _by_name(edition, people):
        specialty = doctor.specialties[0] if doctor.specialties else ""
        members.setdefault(specialty, {}).setdefault(doctor.slug, rows.colleague(edition, doctor, practice))
    order = [*(slug for slug in edition.lists.specialties if slug in members), *({""} & members.keys())]
    return [
        Group(
            anchor=slug or "citi",
            name=plain(edition.directory.specialties[slug].plural) if slug else translate("Rooms and examinations"),
            rows=tuple(members[slug].values()),
        )
        for slug in order
    ]


def _branch(edition: Edition, clinic: Clinic, branch: Branch, people: Sequence[tuple[Doctor, Practice]]) -> BranchFacts:
    there = _by_name(edition, [pair for pair in people if pair[1].branch == branch.id])
    return BranchFacts(
        branch=branch,
        rows=tuple(rows.colleague(edition, doctor, practice, level=3) for doctor, practice in there),
        address=facts.address(edition.directory, branch.address, post_code=True),
        map=paths.on_map(branch.address),
        phones=branch.phones or clinic.phones,
        hours=hours(branch.hours),
        access=facts.access_sentence(branch.accessibility) if branch.accessibility else "",
    )


def _title(edition: Edition, clinic: Clinic) -> str:
    name = plain(clinic.name)
    town = plain(edition.directory.towns[clinic.address.town].in_)
    wishes = [
        translate("%(name)s %(town)s: doctors, hours, booking", name=name, town=town),
        translate("%(name)s %(town)s: doctors and booking", name=name, town=town),
        translate("%(name)s: doctors and booking", name=name),
        name,
    ]
    return titles.title(wishes, _apart(edition, clinic))


def _description(edition: Edition, clinic: Clinic) -> str:
    start = f"{plain(clinic.name)}, {facts.address(edition.directory, clinic.address)}."
    specialties = _specialties(edition, clinic)
    more = [
        translate("Doctors, free times, prices, opening hours and the way there; online booking without a password."),
        translate("Doctors, prices, opening hours and online booking."),
        translate("Sees patients: %(specialties)s.", specialties=facts.listed(specialties[:3])) if specialties else "",
        translate("Step-free entrance.") if clinic.accessibility.step_free else "",
        translate("See free times and book online."),
        translate("Book online."),
    ]
    return titles.description(start, [sentence for sentence in more if sentence], _apart(edition, clinic))


def _apart(edition: Edition, clinic: Clinic) -> str:
    return clinic.address.street if edition.lists.namesake(clinic, edition.lang) else ""


def _specialties(edition: Edition, clinic: Clinic) -> list[str]:
    people = edition.directory.practices_of(clinic.slug)
    found = dict.fromkeys(slug for doctor, _ in people for slug in doctor.specialties)
    return [facts.inside(plain(edition.directory.specialties[slug].name)) for slug in found]
