"""A doctor's page: who this is, free times, services and prices, what to know before a visit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from clinic_directory import facts, paths
from clinic_directory.briefs import Brief
from clinic_directory.co_payments import co_payment
from clinic_directory.edition import Draft, Edition, Page
from clinic_directory.lists import is_bookable
from clinic_directory.pages import insurers
from clinic_directory.pages.rows import Trail, breadcrumbs
from clinic_directory.schema import Branch, Clinic, Doctor, Practice, Service, Words
from clinic_directory.seo import graph, practitioner, titles
from clinic_directory.told import plain
from theme import formats
from theme.words import LANGS, translate

MOST_OFFERS = 4
"""The live block shows so many services; the page keeps room for them, so that nothing moves when they come."""
REGISTER = "https://www.vi.gov.lv/lv/registri"


@dataclass(frozen=True)
class ServiceFacts:
    service: Service
    payer: str
    price: str
    href: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Preparation:
    """What to do before the services of these titles."""

    titles: str
    words: Words


@dataclass(frozen=True)
class PlaceFacts:
    """One practice and everything that a patient needs to know about the place."""

    practice: Practice
    clinic: Clinic
    branch: Branch | None
    href: str
    address: str
    whole_address: str
    map: str
    room: str
    phone: str
    services: tuple[ServiceFacts, ...]
    walk_ins: tuple[ServiceFacts, ...]
    preparations: tuple[Preparation, ...]
    access: str
    payments: str
    insurers: Markup
    cancel_by: str
    arrive_early: str

    @property
    def bookable(self) -> bool:
        return is_bookable((self.practice,))


def drafts(edition: Edition) -> Iterator[Draft]:
    lists = edition.lists
    for one in lists.doctors.briefs:
        sources = _sources(edition, one)
        apart = [lists.apart(one, lang) for lang in LANGS]
        first, town = next(iter(one.specialties), ""), lists.town(one.practices[0])
        listed = (first in lists.specialty_pages, (first, town) in lists.pairs, lists.insurer_pages)
        made = partial(page, slug=one.slug)
        shown = (apart, listed, edition.changed(sources))
        yield Draft(paths.doctor(one.slug), "doctors", sources, made, texts=sources[:1], facts=shown)


def _sources(edition: Edition, doctor: Doctor | Brief) -> list[str]:
    """The card itself, then those of its clinics."""
    clinics = dict.fromkeys(practice.clinic for practice in doctor.practices)
    return [doctor.file, *(edition.directory.clinics[slug].file for slug in clinics)]


def page(edition: Edition, slug: str) -> Page:
    doctor = edition.directory.doctors[slug]
    path = paths.doctor(slug)
    photo = edition.photos.of(doctor.picture)
    trail = _trail(edition, doctor, path)
    places = tuple(_place(edition, doctor, practice) for practice in doctor.practices)
    main = practitioner.nodes(edition, doctor, edition.engine_images(photo))
    changed = edition.changed(_sources(edition, doctor))
    return Page(
        template="site/doctor.html",
        title=_title(edition, doctor),
        description=_description(edition, doctor),
        values={
            "doctor": doctor,
            "editor": edition.site.editor_of(doctor.file),
            "name": _named(doctor, edition.lang),
            "photo": photo,
            "crumbs": breadcrumbs(trail, edition.lang),
            "profession": facts.profession(doctor),
            "places": places,
            "register": REGISTER,
            "languages_spoken": facts.languages(doctor.languages),
            "ages": facts.ages(doctor.ages),
            "accepts": facts.accepts(doctor) if doctor.is_person else "",
            "away": facts.until(doctor.away_until) if doctor.away_until else "",
            "certificate_until": facts.until(doctor.certificate_until) if doctor.certificate_until else "",
            "certificate": facts.certificate(),
            "bookable": is_bookable(doctor.practices),
            "offers": min(
                MOST_OFFERS, sum(one.booking == "online" for place in places for one in place.practice.services)
            ),
            "booking": paths.booking(doctor.slug),
            "live": paths.live(doctor.slug),
            "changed": changed,
            "shares": paths.CO_PAYMENTS,
            "shares_since": facts.since(edition.directory.prices.from_),
            "specialties": [edition.directory.specialties[slug] for slug in doctor.specialties],
        },
        graph=[
            graph.card_page(
                edition,
                path,
                main[0]["@id"],
                doctor.checked,
                changed,
                photo,
                reviewedBy={"@id": graph.clinic_id(edition, doctor.practices[0].clinic)},
            ),
            *main,
            graph.crumbs(edition, path, trail),
        ],
        section="arsti",
    )


def _named(doctor: Doctor, lang: str) -> str:
    return f"{doctor.prefix} {doctor.full_name()}" if doctor.prefix else doctor.full_name(lang)


def _trail(edition: Edition, doctor: Doctor, path: str) -> Trail:
    """Specialty, specialty in the town, the doctor: of lists those that have a page."""
    trail = []
    if doctor.specialties and doctor.specialties[0] in edition.lists.specialty_pages:
        slug = doctor.specialties[0]
        trail.append((plain(edition.directory.specialties[slug].plural), paths.specialty(slug)))
        town = edition.directory.address(doctor.practices[0]).town
        if (slug, town) in edition.lists.pairs:
            inside = facts.sentence(plain(edition.directory.towns[town].in_))
            trail.append((inside, paths.specialty(slug, town)))
    else:
        trail.append((translate("Doctors"), paths.DOCTORS))
    return [*trail, (doctor.full_name(edition.lang), path)]


def _place(edition: Edition, doctor: Doctor, practice: Practice) -> PlaceFacts:
    directory = edition.directory
    clinic = directory.clinics[practice.clinic]
    branch = clinic.branch(practice.branch)
    place = branch or clinic
    accessibility = (branch.accessibility if branch else None) or clinic.accessibility
    services = [_service(edition, doctor, practice, one) for one in practice.services]
    return PlaceFacts(
        practice=practice,
        clinic=clinic,
        branch=branch,
        href=paths.spoken(paths.clinic(clinic.slug), edition.lang),
        address=facts.address(directory, place.address),
        whole_address=facts.address(directory, place.address, post_code=True),
        map=paths.on_map(place.address),
        room=facts.room(practice),
        phone=facts.phone(directory, practice),
        services=tuple(one for one in services if one.service.booking != "walk-in"),
        walk_ins=tuple(one for one in services if one.service.booking == "walk-in"),
        preparations=_preparations(practice.services),
        access=facts.access_sentence(accessibility),
        payments=facts.payments(clinic.payment),
        insurers=insurers.links(edition, clinic),
        cancel_by=facts.before(practice.limits.cancel_by),
        arrive_early=formats.duration(practice.arrive_early) if practice.arrive_early else "",
    )


def _preparations(services: Iterable[Service]) -> tuple[Preparation, ...]:
    """Each text once, with the services that it is for."""
    titles: dict[Words, list[str]] = {}
    for service in services:
        if service.preparation:
            titles.setdefault(service.preparation, []).append(plain(service.title))
    return tuple(Preparation(", ".join(dict.fromkeys(names)), words) for words, names in titles.items())


def _service(edition: Edition, doctor: Doctor, practice: Practice, service: Service) -> ServiceFacts:
    share = co_payment(edition.directory, doctor, service)
    cost = share.amount if share else service.price
    path = paths.booking(doctor.slug, practice.clinic, service.id)
    star = "*" if share and (share.amount or share.others) else ""
    others = [facts.sentence(words) for words in facts.other_ages(share.others)] if share else []
    notes = (facts.where(service), facts.ages(service.ages), *others)
    by_phone = translate("Booked by phone") if service.booking == "phone" else ""
    return ServiceFacts(
        service=service,
        payer=facts.payer(service),
        price=facts.price(cost) + star if cost is not None else "",
        href=paths.spoken(path, edition.lang) if service.booking == "online" else "",
        notes=tuple(note for note in (*notes, by_phone) if note),
    )


def _title(edition: Edition, doctor: Doctor) -> str:
    town = plain(edition.directory.towns[edition.directory.address(doctor.practices[0]).town].in_)
    words = {"title": facts.inside(plain(doctor.title)), "town": town}
    name, full = doctor.full_name(edition.lang), _named(doctor, edition.lang)
    apart = edition.lists.apart(doctor, edition.lang)
    if not doctor.is_person:
        # A room may be named by its town: "Analīžu nodošana Rīgā".
        placed = name if town in name else translate("%(name)s %(town)s", name=name, town=town)
        wishes = [translate("%(name)s: booking and prices", name=placed), placed, name]
        return titles.title(wishes, apart)
    wishes = [
        translate("%(name)s, %(title)s %(town)s: booking and prices", name=full, **words),
        translate("%(name)s, %(title)s %(town)s: booking and prices", name=name, **words),
        translate("%(name)s, %(title)s %(town)s: booking", name=name, **words),
        translate("%(name)s, %(title)s %(town)s", name=name, **words),
        translate("%(name)s, %(title)s", name=name, title=words["title"]),
        name,
    ]
    return titles.title(wishes, apart)


def _description(edition: Edition, doctor: Doctor) -> str:
    directory = edition.directory
    practice = doctor.practices[0]
    name = doctor.full_name(edition.lang)
    clinic, address = plain(directory.clinics[practice.clinic].name), directory.address(practice)
    if doctor.is_person:
        start = translate(
            "%(name)s, %(title)s: %(clinic)s, %(address)s.",
            name=name,
            title=facts.inside(plain(doctor.title)),
            clinic=clinic,
            address=facts.address(directory, address),
        )
    else:
        start = f"{name}: {clinic}, {facts.address(directory, address)}."
    low = facts.prices(service for one in doctor.practices for service in one.services)
    more = [translate("Free times, prices and online booking without a password.")]
    if low:
        more.append(translate("Visits from %(price)s.", price=formats.price(low[0])))
    if spoken := facts.languages(doctor.languages):
        more.append(f"{spoken}.")
    more.append(translate("See free times and book online."))
    more.append(translate("Book online."))
    return titles.description(start, more, edition.lists.apart(doctor, edition.lang))
