"""JSON-LD nodes that several kinds of page share. Empty values never appear; every literal also stands on its page."""

import json
from collections.abc import Iterable, Sequence
from datetime import date

from clinic_directory import paths
from clinic_directory.edition import Edition, Node
from clinic_directory.hours import Span
from clinic_directory.pictures import Picture
from clinic_directory.schema import Address, Clinic, Doctor, Service, Specialty
from clinic_directory.told import plain

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CLINICS = {"clinic": "MedicalClinic", "dentist": "Dentist", "practice": "PhysiciansOffice"}
_SCHEMA = "https://schema.org/"


def node(kind: str, **facts_of_node: object) -> Node:
    """A node without its empty values; `id` becomes `@id`. False and 0 are values."""
    filled: Node = {"@type": kind}
    for name, value in facts_of_node.items():
        if value not in (None, "", [], (), {}):
            filled["@id" if name == "id" else name] = value
    return filled


def document(nodes: Sequence[Node]) -> str:
    """The text of the script element: no sign in it can end the element or begin a comment."""
    text = json.dumps({"@context": _SCHEMA.rstrip("/"), "@graph": nodes}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def web_page(edition: Edition, path: str, kind: str = "WebPage", **more: object) -> Node:
    url = edition.url(path)
    return node(kind, id=f"{url}#page", url=url, inLanguage=edition.lang, breadcrumb={"@id": f"{url}#crumbs"}, **more)


def card_page(
    edition: Edition, path: str, about: str, checked: date, changed: date | None, photo: Picture | None, **more: object
) -> Node:
    """The page of a card: `about` is the id of its main node, `changed` the day of the newest commit behind it."""
    return web_page(edition, path) | node(
        "WebPage",
        mainEntity={"@id": about},
        primaryImageOfPage=node("ImageObject", url=edition.site.url + photo.large) if photo else None,
        dateModified=changed.isoformat() if changed else "",
        lastReviewed=checked.isoformat(),
        **more,
    )


def crumbs(edition: Edition, path: str, trail: Sequence[tuple[str, str]]) -> Node:
    """`trail` is names and paths; the last one is the page itself."""
    items = [
        node("ListItem", position=number, name=name, item=edition.url(to)) for number, (name, to) in enumerate(trail, 1)
    ]
    return node("BreadcrumbList", id=f"{edition.url(path)}#crumbs", itemListElement=items)


def item_list(edition: Edition, path: str, name: str, items: Iterable[Node], first: int = 1) -> list[Node]:
    """The list of a page, or nothing where it has fewer than three items and so no use."""
    found = [node("ListItem", position=place, item=item) for place, item in enumerate(items, first)]
    if len(found) < 3:
        return []
    return [node("ItemList", id=f"{edition.url(path)}#list", name=name, itemListElement=found)]


def list_page(edition: Edition, path: str, listed: list[Node], trail: Sequence[tuple[str, str]]) -> list[Node]:
    """The nodes of a list's page, of one of its parts too: `listed` is what `item_list` gives."""
    about = {"@id": listed[0]["@id"]} if listed else None
    own = [*trail[:-1], (trail[-1][0], path)]
    return [web_page(edition, path, "CollectionPage", mainEntity=about), *listed, crumbs(edition, path, own)]


def postal(edition: Edition, address: Address, whole: bool = True) -> Node:
    """Not `whole` where the page shows no post code."""
    return node(
        "PostalAddress",
        streetAddress=address.street,
        addressLocality=plain(edition.directory.towns[address.town].name),
        postalCode=address.post_code if whole else "",
        addressCountry="LV",
    )


def geo(address: Address) -> Node:
    return node("GeoCoordinates", latitude=round(address.latitude, 5), longitude=round(address.longitude, 5))


def opening(hours: Iterable[Span]) -> list[Node]:
    """One node for each span of equal hours, with the days that have it."""
    days: dict[tuple[int, int], list[str]] = {}
    for span in hours:
        days.setdefault((span.start, span.end), []).append(_SCHEMA + _DAYS[span.weekday])
    return [
        node("OpeningHoursSpecification", dayOfWeek=named, opens=_clock(start), closes=_clock(end))
        for (start, end), named in days.items()
    ]


def _clock(minutes: int) -> str:
    """Midnight at the end of a day is written a minute earlier, since a day has no hour 24."""
    hour, minute = divmod(min(minutes, 24 * 60 - 1), 60)
    return f"{hour:02d}:{minute:02d}:00"


def specialties(edition: Edition, doctor: Doctor) -> list[str | Node]:
    """Values of the vocabulary; where it has none that fits, the doctor's title stands for them, as on the page."""
    found = [edition.directory.specialties[slug] for slug in doctor.specialties]
    values: list[str | Node] = [value for specialty in found for value in values_of(specialty)]
    if any(not specialty.schema_org for specialty in found):
        values.append(node("MedicalSpecialty", name=plain(doctor.title)))
    return values


def values_of(specialty: Specialty) -> list[str]:
    return [_SCHEMA + value for value in specialty.schema_org]


def clinic_id(edition: Edition, slug: str) -> str:
    return edition.url(paths.clinic(slug)) + "#clinic"


def clinic_type(clinic: Clinic) -> str:
    return _CLINICS[clinic.kind]


def brief_clinic(edition: Edition, clinic: Clinic, address: Address | None = None) -> Node:
    """Enough to know the clinic by on another page; `address` is the branch's where that is meant."""
    return node(
        clinic_type(clinic),
        id=clinic_id(edition, clinic.slug),
        name=plain(clinic.name),
        url=edition.url(paths.clinic(clinic.slug)),
        address=postal(edition, address or clinic.address),
    )


def offers(services: Iterable[Service]) -> list[Node]:
    """Paid services with their price; each title and price once."""
    paid = [one for one in services if one.payer == "paid" and one.price is not None]
    unique = dict.fromkeys((plain(one.title), one.price) for one in paid)
    return [
        node(
            "Offer",
            itemOffered=node("Service", name=title),
            price=f"{(price or 0) / 100:.2f}",
            priceCurrency="EUR",
        )
        for title, price in unique
    ]
