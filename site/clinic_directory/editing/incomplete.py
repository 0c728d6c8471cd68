"""What patients ask about a doctor or a clinic and a card does not answer."""

from collections.abc import Iterator
from typing import Any, Final

from clinic_directory.editing.remark import Remark
from clinic_directory.schema import Clinic, Doctor

FEWEST_WORDS: Final = 40
"""Of a text about a doctor or a clinic; a shorter one answers nothing and search engines pass it by."""

_DOCTOR = {
    "picture": ("no picture", "put a portrait into images/ and write picture: vards-uzvards.jpg"),
    "languages": ("no languages", "write languages: [lv, ru], those that are spoken with patients"),
    "register_number": ("no register number", 'write register_number: "12345" from the register of medical persons'),
    "register_checked": ("no day of the register check", "look the entry up and write register_checked: 2026-11-02"),
    "certificate_until": ("no end of the certificate", "write certificate_until: 2029-05-01"),
}
_CLINIC = {
    "picture": ("no picture", "put a photograph of the house into images/ and write picture: klinika.jpg"),
    "text": ("no description", "write about the clinic below the second ---"),
    "email": ("no e-mail address", "write email: registratura@klinika.lv"),
    "hours": ("no opening hours", 'write hours: {mon: "8:00-19:00", sat: closed}'),
    "payment": ("no ways to pay", "write payment: [card, cash]"),
    "transport": ("no way to get there", "write transport: with the route and the name of the stop"),
    "reception": ("no place to go on arrival", "write reception: {lv: reģistratūrā 1. stāvā, ru: …, en: …}"),
}


def of_doctor(doctor: Doctor) -> Iterator[Remark]:
    if doctor.is_person:
        yield from _missing(doctor, _DOCTOR)
    yield from _thin(doctor)
    for at, practice in enumerate(doctor.practices):
        path = ("practices", at)
        if not practice.services:
            instead = "write its services, or leave the practice to the telephone"
            yield Remark(doctor.file, "has no services and so no prices", instead, "name no services", path)
        elif not any(service.preparation for service in practice.services):
            instead = "write preparation: to a service, even if only what to bring"
            text = "does not say how to prepare for any service"
            yield Remark(doctor.file, text, instead, "do not say how to prepare", (*path, "services"))


def of_clinic(clinic: Clinic) -> Iterator[Remark]:
    yield from _missing(clinic, _CLINIC)
    yield from _thin(clinic)
    if clinic.accessibility.step_free is None:
        said = "no word on whether one gets in without a step"
        yield _lacking(clinic.file, ("accessibility",), said, "write accessibility: {step_free: yes, lift: no}")


def _missing(card: Doctor | Clinic, facts: dict[str, tuple[str, str]]) -> Iterator[Remark]:
    for name, (said, instead) in facts.items():
        value: Any = getattr(card, name)
        if not value:
            yield _lacking(card.file, (name,), said, instead)


def _lacking(file: str, at: tuple[str, ...], said: str, instead: str) -> Remark:
    return Remark(file, f"the card has {said}, and patients ask", instead, f"have {said}", at)


def _thin(card: Doctor | Clinic) -> Iterator[Remark]:
    text = card.text.lv if card.text else ""
    if text and (count := len(text.split())) < FEWEST_WORDS:
        instead = f"write {FEWEST_WORDS} or more: what is treated, how a visit goes, what to bring"
        quote = text.split("\n")[0][:60]
        yield Remark(card.file, f"the text has {count} words", instead, "have a thin text", quote=quote)
