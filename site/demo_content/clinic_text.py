"""Facts and texts of invented clinics, composed from the lists of material/invented.yaml."""

from collections.abc import Mapping
from typing import Any

from demo_content import seeded
from demo_content.material import table
from demo_content.names import slug_of


def invented(number: int, phone: int, towns: Mapping[str, Any]) -> dict[str, Any]:
    """Slug, facts and staff of the clinic with this number; numbers give different names in each town."""
    source = table("invented")
    key = f"clinic/{number}"
    town = list(towns)[number % len(towns)]
    noun = source["nouns"][number // len(towns) % len(source["nouns"])]
    kind = seeded.pick(f"{key}/kind", source["kinds"])
    slug = f"{slug_of(noun)}-{town}"
    place = towns[town]
    facts = {
        "name": {
            "lv": f"{kind['name']['lv']} „{noun}” {place['in']['lv']}",
            "ru": f"{kind['name']['ru']} «{noun}» {place['in']['ru']}",
            "en": f"“{noun}” {kind['name']['en']} {place['in']['en']}",
        },
        "kind": kind["kind"],
        "prefix": prefix(number),
        "company": f"SIA „{noun} {place['name']['lv']}”",
        "domain": slug,
        "phone": f"{phone:04d}",
        "address": _address(key, town),
        "hours": seeded.pick(f"{key}/hours", source["hours"]),
        "insurers": sorted(seeded.several(f"{key}/insurers", source["insurers"], 3)),
        "payment": ["card", "cash"],
        "state_contract": "yes" if seeded.chance(f"{key}/state", 85) else "no",
        "accessibility": {
            "step_free": "yes" if seeded.chance(f"{key}/step", 85) else "no",
            "lift": "no",
            "toilet": "yes",
        },
        "transport": seeded.pick(f"{key}/transport", source["transport"]),
        "reception": seeded.pick(f"{key}/reception", source["reception"]),
        "text": {"lv": text(key, noun, place["in"]["lv"])},
    }
    staff = {specialty: int(count) for specialty, count in kind["staff"].items()}
    return {"slug": slug, "facts": facts, "staff": staff}


def prefix(number: int) -> str:
    """Three letters that no other number has, and so never the two letters of a hand-written clinic."""
    letters = ""
    for _ in range(3):
        number, place = divmod(number, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def text(key: str, noun: str, place: str) -> str:
    """A Latvian text about the clinic, of one sentence from each list."""
    groups = table("invented")["text"]
    sentences = [seeded.pick(f"{key}/text/{at}", group) for at, group in enumerate(groups)]
    return " ".join(sentences).replace("{noun}", noun).replace("{place}", place)


def _address(key: str, town: str) -> dict[str, str]:
    """A street of the town and a point within two kilometres of the middle of its written clinics."""
    anchor = next(facts["address"] for facts in table("clinics").values() if facts["address"]["town"] == town)
    street = seeded.pick(f"{key}/street", table("invented")["streets"])
    latitude = float(anchor["latitude"]) + seeded.between(f"{key}/latitude", -1200, 1200) / 100_000
    longitude = float(anchor["longitude"]) + seeded.between(f"{key}/longitude", -1800, 1800) / 100_000
    return {
        "town": town,
        "street": f"{street} {seeded.between(f'{key}/house', 1, 98)}",
        "post_code": anchor["post_code"],
        "latitude": f"{latitude:.5f}",
        "longitude": f"{longitude:.5f}",
    }
