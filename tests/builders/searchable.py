"""A small directory of three towns to search in, synced from cards, with hours and openings."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from clinic_directory.schema import Clinic, Directory, Doctor, Insurer, Prices, Specialty, Town
from sqlalchemy import select
from sqlalchemy.orm import Session

from booking_service.bookings import actions
from booking_service.directory.models import Payer, Practice
from booking_service.directory.sync import sync
from tests.builders import clinics
from theme.folding import words

TOWNS: dict[str, dict[str, Any]] = {
    "riga": {"name": {"lv": "Rīga", "ru": "Рига", "en": "Riga"}, "in": {"lv": "Rīgā", "ru": "в Риге", "en": "in Riga"}},
    "liepaja": {
        "name": {"lv": "Liepāja", "ru": "Лиепая", "en": "Liepāja"},
        "in": {"lv": "Liepājā", "ru": "в Лиепае", "en": "in Liepāja"},
    },
    "ogre": {"name": {"lv": "Ogre", "ru": "Огре", "en": "Ogre"}, "in": {"lv": "Ogrē", "ru": "в Огре", "en": "in Ogre"}},
    "talsi": {
        "name": {"lv": "Talsi", "ru": "Талси", "en": "Talsi"},
        "in": {"lv": "Talsos", "ru": "в Талси", "en": "in Talsi"},
    },
}
SPOTS = {
    "riga": ("56.95", "24.11"),
    "liepaja": ("56.51", "21.01"),
    "ogre": ("56.82", "24.61"),
    "talsi": ("57.24", "22.59"),
}
SPECIALTIES: dict[str, dict[str, Any]] = {
    "kardiologs": {
        "name": {"lv": "Kardiologs", "ru": "Кардиолог", "en": "Cardiologist"},
        "plural": {"lv": "Kardiologi", "ru": "Кардиологи", "en": "Cardiologists"},
        "lay": {"lv": "sirds ārsts", "ru": "врач по сердцу", "en": "heart doctor"},
    },
    "neirologs": {
        "name": {"lv": "Neirologs", "ru": "Невролог", "en": "Neurologist"},
        "plural": {"lv": "Neirologi", "ru": "Неврологи", "en": "Neurologists"},
        "lay": {"lv": "nervu ārsts", "ru": "врач по нервам", "en": "nerve doctor"},
    },
    "pediatrs": {
        "name": {"lv": "Pediatrs", "ru": "Педиатр", "en": "Paediatrician"},
        "plural": {"lv": "Pediatri", "ru": "Педиатры", "en": "Paediatricians"},
        "lay": {"lv": "bērnu ārsts", "ru": "детский врач", "en": "children’s doctor"},
    },
}
MORNINGS = [[weekday, 9 * 60, 12 * 60] for weekday in range(5)]
EVENINGS = [[weekday, 15 * 60, 19 * 60] for weekday in range(5)]
WEEKENDS = [[weekday, 10 * 60, 13 * 60] for weekday in (5, 6)]


def clinic(slug: str, name: str, town: str, prefix: str, **values: Any) -> dict[str, Any]:
    latitude, longitude = SPOTS[town]
    address = {
        "street": "Liepu iela 1",
        "town": town,
        "post_code": "LV-1010",
        "latitude": latitude,
        "longitude": longitude,
    }
    return {
        "slug": slug,
        "file": f"clinics/{slug}.md",
        "name": name,
        "kind": "clinic",
        "number_prefix": prefix,
        "company_name": "SIA „Klīnika”",
        "company_number": "40003000000",
        "institution_code": "0100-00000",
        "address": address,
        "phones": ["+371 6000 0012"],
        "checked": "2026-11-02",
    } | values


def service(slug: str = "konsultacija", **values: Any) -> dict[str, Any]:
    titles = {"konsultacija": "Konsultācija", "ehokardiografija": "Ehokardiogrāfija", "valsts": "Konsultācija"}
    paid: dict[str, Any] = {"payer": "paid", "price": "50.00"}
    kind = {"payer": "state", "co_payment": "specialist"} if slug == "valsts" else paid
    return {"id": slug, "title": titles[slug], "minutes": "30"} | kind | values


def doctor(name: str, specialty: str, at: str, *services: dict[str, Any], **values: Any) -> dict[str, Any]:
    given, family = name.split(" ")
    return {
        "slug": slug_of(name),
        "file": "doctors/x.md",
        "given": given,
        "family": family,
        "title": SPECIALTIES[specialty]["name"],
        "specialties": [specialty],
        "languages": ["lv"],
        "checked": "2026-11-02",
        "practices": [{"clinic": at, "services": list(services) or [service()]}],
    } | values


def slug_of(name: str) -> str:
    return "-".join(words(name))


CLINICS = [
    clinic("veja-roze", "Klīnika „Vēja roze”", "riga", "VR", insurers=["sala"]),
    clinic("juras-prakse", "Jūras prakse", "liepaja", "JP"),
    clinic("ogres-centrs", "Centrs „Upe”", "ogre", "OC"),
]
DOCTORS = [
    doctor("Ilze Bērziņa", "kardiologs", "veja-roze", service(), service("ehokardiografija", price="70.00")),
    doctor(
        "Jānis Ozols", "kardiologs", "juras-prakse", service(price="40.00"), service("valsts"), languages=["lv", "ru"]
    ),
    doctor("Anna Ogre", "neirologs", "veja-roze", service(price="60.00", where="video"), ages={"from": "18"}),
    doctor("Līga Upīte", "pediatrs", "ogres-centrs", service(price="30.00")),
    doctor("Pēteris Kalniņš", "pediatrs", "ogres-centrs", service(booking="phone"), languages=["lv", "en"]),
]


def directory(doctors: Sequence[dict[str, Any]] = DOCTORS) -> Directory:
    price = {"specialist": {"amount": "4.00", "title": "Speciālists"}}
    doctor_cards = {card["slug"]: Doctor(**card) for card in doctors}
    clinic_cards = {card["slug"]: Clinic(**card) for card in CLINICS}
    return Directory(
        folder=Path(),
        clinics=clinic_cards,
        doctors=doctor_cards,
        specialties={slug: Specialty(slug=slug, **values) for slug, values in SPECIALTIES.items()},
        towns={slug: Town(**{"slug": slug, "region": "LV-RIX", **values}) for slug, values in TOWNS.items()},
        insurers={"sala": Insurer(slug="sala", name="„Sala”"), "bura": Insurer(slug="bura", name="„Bura”")},
        prices=Prices(**{"from": "2026-01-01", "exempt": "Bērni", "prices": price}),
        pages={},
        lists={},
    )


def fill(session: Session, now: datetime, cards: Sequence[dict[str, Any]] = DOCTORS) -> None:
    """Sync the cards; open mornings in Riga, evenings in Liepāja, weekends in Ogre; write the openings."""
    sync(session, directory(cards), now)
    hours = {"riga": MORNINGS, "liepaja": EVENINGS, "ogre": WEEKENDS}
    for practice in session.scalars(select(Practice).order_by(Practice.id)):
        for payer in Payer:
            clinics.calendar(session, practice, hours[practice.town], payer=payer)
    actions.refresh_openings(session, now=now)
