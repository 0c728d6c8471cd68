"""The JSON-LD of a card: a doctor is IndividualPhysician and Person, a nurse or midwife Person, a room Service."""

from collections.abc import Sequence
from typing import Final

from clinic_directory import facts, paths
from clinic_directory.edition import Edition, Node
from clinic_directory.lists import is_bookable
from clinic_directory.schema import Address, Doctor, Service
from clinic_directory.seo import graph
from clinic_directory.seo.graph import node
from clinic_directory.told import plain

LONGEST_RANGE: Final = 12
"""Google's lists take shorter ones only."""


def nodes(edition: Edition, doctor: Doctor, images: Sequence[str] = ()) -> list[Node]:
    """The page's main nodes, the one that the page is about first. `images` are addresses of its photo's shapes."""
    if not doctor.is_person:
        return [_service(edition, doctor, images)]
    if doctor.kind == "doctor":
        return [_physician(edition, doctor, images), _person(edition, doctor)]
    return [_person(edition, doctor, images)]


def brief(edition: Edition, doctor: Doctor, image: str, address: Address, price_range: str = "") -> Node:
    """The doctor as an item of a list on another page, which shows `address` without its post code."""
    url = edition.url(paths.doctor(doctor.slug))
    if not doctor.is_person:
        return node("Service", id=f"{url}#service", name=doctor.full_name(edition.lang), url=url, image=image)
    if doctor.kind != "doctor":
        return node("Person", id=f"{url}#person", name=doctor.full_name(), url=url, image=image)
    return node(
        "IndividualPhysician",
        id=f"{url}#physician",
        name=doctor.full_name(),
        url=url,
        image=image,
        address=graph.postal(edition, address, whole=False),
        priceRange=price_range if len(price_range) < LONGEST_RANGE else "",
    )


def _physician(edition: Edition, doctor: Doctor, images: Sequence[str]) -> Node:
    url = edition.url(paths.doctor(doctor.slug))
    first = doctor.practices[0]
    address = edition.directory.address(first)
    return node(
        "IndividualPhysician",
        id=f"{url}#physician",
        name=doctor.full_name(),
        url=url,
        image=list(images),
        medicalSpecialty=graph.specialties(edition, doctor),
        practicesAt=_clinics(edition, doctor),
        telephone=facts.phone(edition.directory, first),
        address=graph.postal(edition, address),
        geo=graph.geo(address),
        isAcceptingNewPatients=doctor.new_patients,
        knowsLanguage=list(doctor.languages),
        availableService=_procedures(doctor),
        makesOffer=graph.offers(_services(doctor)),
        identifier=_register(doctor),
        employee={"@id": f"{url}#person"},
        potentialAction=_reserve(edition, doctor),
    )


def _person(edition: Edition, doctor: Doctor, images: Sequence[str] = ()) -> Node:
    """Alone on its page (`images` may then be given) the person also carries what else the physician would."""
    url = edition.url(paths.doctor(doctor.slug))
    person = node(
        "Person",
        id=f"{url}#person",
        name=doctor.full_name(),
        givenName=doctor.given,
        familyName=doctor.family,
        honorificPrefix=doctor.prefix,
        jobTitle=plain(doctor.title),
        worksFor=[{"@id": clinic["@id"]} for clinic in _clinics(edition, doctor)]
        if doctor.kind == "doctor"
        else _clinics(edition, doctor),
        knowsLanguage=list(doctor.languages),
        hasCredential=_certificate(doctor),
    )
    if doctor.kind == "doctor":
        return person
    alone = node(
        "Person",
        url=url,
        image=list(images),
        makesOffer=graph.offers(_services(doctor)),
        identifier=_register(doctor),
        potentialAction=_reserve(edition, doctor),
    )
    return person | alone


def _service(edition: Edition, doctor: Doctor, images: Sequence[str]) -> Node:
    """A room or a device is no person: what is offered is the service there."""
    url = edition.url(paths.doctor(doctor.slug))
    return node(
        "Service",
        id=f"{url}#service",
        name=doctor.full_name(edition.lang),
        url=url,
        image=list(images),
        serviceType=plain(doctor.title),
        provider=_clinics(edition, doctor),
        offers=graph.offers(_services(doctor)),
        potentialAction=_reserve(edition, doctor),
    )


def _clinics(edition: Edition, doctor: Doctor) -> list[Node]:
    """Each clinic once, with the address of the first practice there."""
    first = {practice.clinic: practice for practice in reversed(doctor.practices)}
    return [
        graph.brief_clinic(edition, edition.directory.clinics[slug], edition.directory.address(first[slug]))
        for slug in dict.fromkeys(practice.clinic for practice in doctor.practices)
    ]


def _services(doctor: Doctor) -> list[Service]:
    return [service for practice in doctor.practices for service in practice.services]


def _procedures(doctor: Doctor) -> list[Node]:
    titles = dict.fromkeys(plain(service.title) for service in _services(doctor))
    return [node("MedicalProcedure", name=title) for title in titles]


def _register(doctor: Doctor) -> list[Node]:
    if not doctor.register_number:
        return []
    return [node("PropertyValue", propertyID="LV-AP", value=doctor.register_number)]


def _certificate(doctor: Doctor) -> Node | None:
    if not doctor.certificate_until:
        return None
    return node(
        "EducationalOccupationalCredential",
        name=facts.certificate(),
        credentialCategory="certificate",
        expires=doctor.certificate_until.isoformat(),
    )


def _reserve(edition: Edition, doctor: Doctor) -> Node | None:
    if not is_bookable(doctor.practices):
        return None
    target = node(
        "EntryPoint",
        urlTemplate=edition.url(paths.booking(doctor.slug)),
        actionPlatform=["https://schema.org/DesktopWebPlatform", "https://schema.org/MobileWebPlatform"],
    )
    first = next(service for service in _services(doctor) if service.booking == "online")
    return node("ReserveAction", target=target, result=node("Reservation", name=plain(first.title)))
