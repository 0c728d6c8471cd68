"""Clinics: those written by hand in material/clinics.yaml, and as many invented ones as a bigger directory needs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from demo_content import clinic_text, seeded
from demo_content.front_matter import Value, document
from demo_content.material import LANGS, table

HAND_WRITTEN_PHONE = "+371 6000 {}"
INVENTED_PHONE = "+371 6000 {:04d}"
FIRST_INVENTED = 1000
PICTURE_PERCENT = 50


@dataclass(frozen=True)
class Clinic:
    """`facts` are the fields as clinics.yaml has them; `staff` is how many of each specialty work there."""

    slug: str
    number: int
    facts: Mapping[str, Any]
    staff: Mapping[str, int] = field(default_factory=dict)
    rooms: tuple[str, ...] = ()

    @property
    def state(self) -> bool:
        return bool(self.facts["state_contract"] == "yes")

    @property
    def kind(self) -> str:
        return str(self.facts["kind"])


def clinics(count: int, towns: Mapping[str, Any]) -> list[Clinic]:
    """The first `count` clinics; the written ones come first."""
    written = list(_written())[:count]
    return written + [_invented(number, towns) for number in range(len(written), count)]


def file_of(clinic: Clinic, with_picture: bool) -> str:
    """The content file of a clinic."""
    facts = clinic.facts
    phone = _phone(facts["phone"])
    fields: dict[str, Value] = {
        "name": facts["name"],
        "kind": clinic.kind,
        "number_prefix": facts["prefix"],
        "company_name": facts["company"],
        "company_number": f"4000300{clinic.number * 101 % 10_000:04d}",
        "institution_code": f"{100 + clinic.number * 7:04d}-{clinic.number:05d}",
        "address": facts["address"],
        "branches": [_branch(branch) for branch in facts.get("branches", ())],
        "phones": [phone],
        "email": f"registratura@{facts['domain']}.example",
        "site": f"https://{facts['domain']}.example/",
        "hours": facts["hours"],
        "hours_note": facts.get("hours_note", ""),
        "insurers": facts["insurers"],
        "payment": facts["payment"],
        "state_contract": facts["state_contract"],
        "accessibility": facts["accessibility"],
        "transport": facts["transport"],
        "parking": facts.get("parking", ""),
        "reception": facts["reception"],
        "group": facts.get("group", ""),
        "picture": picture_name(clinic) if with_picture else "",
        "checked": f"2026-11-{seeded.between(clinic.slug + '/checked', 2, 18):02d}",
        "old_slugs": facts.get("old_slugs", ()),
    }
    return document(fields, body(facts["text"]))


def body(texts: Mapping[str, str]) -> str:
    """A body in its languages: the first one is Latvian and needs no line before it."""
    others = [f"=== {lang}\n\n{texts[lang].strip()}" for lang in LANGS[1:] if texts.get(lang)]
    return "\n\n".join([texts["lv"].strip(), *others])


def picture_name(clinic: Clinic) -> str:
    return f"demo-{clinic.slug}.webp"


def has_picture(clinic: Clinic) -> bool:
    return bool(clinic.facts.get("picture") == "yes")


def _phone(digits: str) -> str:
    return HAND_WRITTEN_PHONE.format(digits)


def _branch(branch: Mapping[str, Any]) -> Value:
    kept = {key: value for key, value in branch.items() if key != "phone"}
    return {**kept, "phones": [_phone(branch["phone"])]}


def _written() -> Iterator[Clinic]:
    for number, (slug, facts) in enumerate(table("clinics").items()):
        staff = {specialty: int(count) for specialty, count in facts["staff"].items()}
        yield Clinic(slug, number, facts, staff, tuple(facts.get("rooms", ())))


def _invented(number: int, towns: Mapping[str, Any]) -> Clinic:
    """A clinic of a drawn kind in the next town; its name is unlike any other's in that town."""
    return Clinic(number=number, **clinic_text.invented(number, FIRST_INVENTED + number, towns))
