"""Invented people of the demo: patients of each clinic, staff of each desk, and three patients to sign in as."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from booking_service.security.personal_codes import WEIGHTS

DOMAIN = "pieraksts.example"
"""Ends every address of the demo; nobody can own one (RFC 2606)."""

WOMEN = """
    Anna Ilze Līga Inese Kristīne Marta Elza Zane Rita Aija Dace Ieva Laura Baiba Vija Olga Jeļena Svetlana Irina Monta
"""
MEN = """
    Jānis Andris Juris Pēteris Māris Edgars Guntis Ivars Toms Aigars Uldis Kārlis Roberts Oskars Sergejs Igors
    Vladimirs Emīls Rihards Arvīds
"""
FAMILIES = """
    Bērziņš/Bērziņa Kalniņš/Kalniņa Ozols/Ozola Liepiņš/Liepiņa Krūmiņš/Krūmiņa Balodis/Balode Eglītis/Eglīte
    Zariņš/Zariņa Petrovs/Petrova Vītols/Vītola Ivanovs/Ivanova Pūce/Pūce Grīnbergs/Grīnberga Medenis/Medne
    Šmits/Šmite Jansons/Jansone Kļaviņš/Kļaviņa Strods/Stroda Vanags/Vanaga Lācis/Lāce Sprūdžs/Sprūdža
    Zvirbulis/Zvirbule Celms/Celma Siliņš/Siliņa Apse/Apse Gulbis/Gulbe Rozītis/Rozīte Dzenis/Dzene Āboliņš/Āboliņa
    Fjodorovs/Fjodorova
"""
RUSSIAN_SPEAKING = {"Olga", "Jeļena", "Svetlana", "Irina", "Sergejs", "Igors", "Vladimirs"}


@dataclass(frozen=True)
class Invented:
    """Somebody who does not exist, with a personal code that fits the birth date."""

    given: str
    family: str
    born: date
    code: str
    phone: str
    email: str
    lang: str


GUESTS = (
    ("Anna", "Ozola", date(1984, 3, 27), "lv"),
    ("Jānis", "Kalniņš", date(1961, 11, 2), "lv"),
    ("Ольга", "Петрова", date(1978, 6, 14), "ru"),
)
"""Patients with an account, to sign in as; their codes are caught at /_mail/."""


def guest(number: int, rng: Random) -> Invented:
    given, family, born, lang = GUESTS[number]
    return Invented(given, family, born, personal_code(born, rng), f"+3712000010{number}", guest_address(number), lang)


def guest_address(number: int) -> str:
    return f"{('anna', 'janis', 'olga')[number]}@{DOMAIN}"


def anybody(rng: Random, today: date) -> Invented:
    """Somebody of any age; one in eight leaves no e-mail address."""
    woman = rng.random() < 0.58
    given = rng.choice((WOMEN if woman else MEN).split())
    family = rng.choice(FAMILIES.split()).split("/")[woman]
    born = today - timedelta(days=rng.randrange(2 * 365, 88 * 365))
    number = rng.randrange(200_000, 999_999)
    email = "" if rng.random() < 0.125 else f"pacients{number}@{DOMAIN}"
    lang = "ru" if given in RUSSIAN_SPEAKING else "lv"
    return Invented(given, family, born, personal_code(born, rng), f"+37120{number}", email, lang)


def personal_code(born: date, rng: Random) -> str:
    """Eleven digits of the old form whose check digit fits, or now and then of the new form."""
    if rng.random() < 0.15:
        return f"32{rng.randrange(10**9):09d}"
    century = {18: "0", 19: "1", 20: "2"}[born.year // 100]
    digits = f"{born:%d%m%y}{century}{rng.randrange(1000):03d}"
    weighted = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
    return digits + str((1 + weighted) % 11 % 10)


def identity(rng: Random) -> UUID:
    """An id that is the same on every run of the same day."""
    return UUID(int=rng.getrandbits(128), version=4)
