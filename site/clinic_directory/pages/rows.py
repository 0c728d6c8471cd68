"""A doctor or a clinic as a row of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from clinic_directory import facts, paths
from clinic_directory.briefs import Brief
from clinic_directory.edition import Edition, Node
from clinic_directory.lists import bare, is_bookable
from clinic_directory.pictures import Picture
from clinic_directory.schema import Address, Clinic, Doctor, ListText, Practice
from clinic_directory.seo import practitioner
from clinic_directory.told import plain

Trail = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Row:
    """Equal rows are rendered once a language. `phone` stands where nothing can be booked online; `prices` are those
    of paid services, and `note` is a line under the place."""

    slug: str
    name: str
    path: str
    given: str
    family: str
    picture: Picture | None
    place: str
    note: str = ""
    payers: tuple[Literal["state", "paid"], ...] = ()
    prices: str = ""
    level: int = 2
    live: bool = False
    booking: str = ""
    phone: str = ""
    back: str = ""


def breadcrumbs(trail: Trail, lang: str) -> list[dict[str, str]]:
    """The trail as the theme shows it: the last name is the page itself and leads nowhere."""
    crumbs = [{"text": name, "href": paths.spoken(path, lang)} for name, path in trail[:-1]]
    return [*crumbs, {"text": trail[-1][0]}]


@dataclass(frozen=True)
class Listed:
    """A doctor of a list for both readers: the row, and the item of the list's JSON-LD."""

    row: Row
    node: Node


def listed(edition: Edition, found: Doctor, practices: Sequence[Practice], town: str | None = None) -> Listed:
    """A doctor in a list about these practices; a list of one town need not name it in each row."""
    row = doctor(edition, found, town, practices=practices)
    image = edition.site.url + row.picture.large if row.picture else ""
    address = edition.directory.address(practices[0])
    return Listed(row, practitioner.brief(edition, found, image, address, row.prices))


def sources(edition: Edition, doctors: Sequence[Brief], text: ListText | None = None) -> list[str]:
    """The cards behind rows of these doctors, and an editor's words about the list."""
    clinics = sorted({place.clinic for one in doctors for place in one.practices})
    files = [one.file for one in doctors]
    files += [edition.directory.clinics[slug].file for slug in clinics]
    return [*files, text.file] if text else files


def doctor(
    edition: Edition,
    found: Doctor,
    town: str | None = None,
    level: int = 2,
    practices: Sequence[Practice] = (),
) -> Row:
    """With the place of the first of `practices` (those in the town, unless given); a town given need not be named."""
    practices = practices or edition.lists.practices_in(found, town)
    first = practices[0]
    clinic = edition.directory.clinics[first.clinic]
    place = f"{plain(clinic.name)}, {edition.directory.address(first).street}"
    if town is None:
        place = f"{plain(clinic.name)}, {facts.address(edition.directory, edition.directory.address(first))}"
    return _row(edition, found, practices, place, level)


def colleague(edition: Edition, found: Doctor, practice: Practice, level: int = 4) -> Row:
    """On the clinic's own page the place is known, so the profession stands in its stead."""
    return _row(edition, found, (practice,), facts.profession(found), level)


def _row(edition: Edition, found: Doctor, practices: Sequence[Practice], place: str, level: int) -> Row:
    services = [service for practice in practices for service in practice.services]
    online = is_bookable(practices)
    return Row(
        slug=found.slug,
        name=found.full_name(edition.lang),
        path=paths.doctor(found.slug),
        given=found.given or found.full_name(edition.lang),
        family=found.family or "",
        picture=edition.photos.of(found.picture),
        place=place,
        payers=tuple(payer for payer in ("state", "paid") if any(one.payer == payer for one in services)),
        prices=facts.price_range(services),
        level=level,
        live=online,
        booking=paths.booking(found.slug) if online else "",
        phone="" if online else facts.phone(edition.directory, practices[0]),
        back=facts.until(found.away_until) if found.away_until else "",
    )


def clinic(edition: Edition, found: Clinic, town: str, level: int = 3, note: str = "") -> Row:
    """With the address in `town`, which may be a branch's."""
    given, family = initials(plain(found.name))
    return Row(
        slug=found.slug,
        name=plain(found.name),
        path=paths.clinic(found.slug),
        given=given,
        family=family,
        picture=edition.photos.of(found.picture),
        place=facts.address(edition.directory, address_in(found, town), post_code=True),
        note=note,
        level=level,
        phone=found.phones[0],
    )


def town_path(edition: Edition, town: str) -> str:
    """The town's own page, or its part of all clinics where it is too small for one."""
    return paths.town(town) if town in edition.lists.town_pages else f"{paths.CLINICS}#{town}"


def address_in(found: Clinic, town: str) -> Address:
    """The clinic's own address in the town, or that of its first branch there."""
    places = [found.address, *(branch.address for branch in found.branches)]
    return next(place for place in places if place.town == town)


def initials(name: str) -> tuple[str, str]:
    """The first and the last word that a clinic is known by, for its plate."""
    words = bare(name).strip("„”“«» ").split()
    words = [word.strip("„”“«»,.") for word in words if word.strip("„”“«»,.")]
    return (words[0], words[-1] if len(words) > 1 else "") if words else (name, "")
