"""The content file of one doctor, nurse, midwife, room or device."""

from collections.abc import Mapping, Sequence
from typing import Any

from demo_content import seeded, services, texts
from demo_content.clinics import Clinic, body
from demo_content.front_matter import Value, document
from demo_content.material import table
from demo_content.names import Person
from demo_content.posts import Post

PORTRAIT_PERCENT = 60
SMALL = 10
KINDS = {"medmasa": "nurse", "vecmate": "midwife"}
# Non-doctors are visited as "speciālists": letters may quote these words, and letters name no specialty.
SPECIALISTS = {"fizioterapeits", "uztura-specialists", "audiologopeds", "zobu-higienists", "vecmate"}
LIMITS: tuple[Mapping[str, str], ...] = (
    {}, {}, {}, {"notice": "1 h", "cancel_by": "12 h"}, {"horizon": "60 d"}, {"notice": "12 h", "visits": "1"},
    {"notice": "24 h", "cancel_by": "48 h"}, {"horizon": "120 d", "visits": "3"}, {"notice": "3 h", "horizon": "45 d"},
)  # fmt: skip
# The same room of another clinic has its own words at least about where it is.
WHERE = {"lv": "{0}: {1}. kabinets, {2}. stāvs.", "ru": "{0}: кабинет {1}, {2}-й этаж.", "en": "{0}: room {1}."}
QUEUES: tuple[Mapping[str, str], ...] = (
    {"lv": "3 mēneši", "ru": "3 месяца", "en": "3 months"},
    {"lv": "5 mēneši", "ru": "5 месяцев", "en": "5 months"},
    {"lv": "9 nedēļas", "ru": "9 недель", "en": "9 weeks"},
    {"lv": "aptuveni gads", "ru": "около года", "en": "about a year"},
)


def person_file(
    post: Post,
    person: Person,
    number: int,
    given: Mapping[str, Any],
    specialties: Mapping[str, Any],
    second: Clinic | None,
) -> str:
    """A person's card. `number` counts the people of the specialty, `given` are fields written by hand in people.yaml
    (none for most), `second` is a clinic where the person also works.
    """
    key, specialty = post.key, post.specialty
    rules = table("services")[specialty]
    portrait = has_portrait(key, given)
    languages = given.get("languages") or spoken(key)
    fields: dict[str, Value] = {
        "kind": KINDS.get(specialty, "doctor"),
        "given": person.given.nominative,
        "family": person.family.nominative,
        "title": titled(rules["title"], specialties[specialty]["name"], person.woman),
        "lay_title": titled(rules["lay"], specialties[specialty]["lay"], person.woman) if rules["lay"] else "",
        "cases": cases(person, specialty),
        "specialties": [specialty],
        "languages": languages,
        "register_number": f"{10_000 + seeded.below(key + '/register', 89_000)}",
        "register_checked": given.get("register_checked") or f"2026-10-{seeded.between(key + '/seen', 1, 30):02d}",
        "certificate_until": given.get("certificate_until") or _certificate(key),
        "new_patients": given.get("new_patients") or ("no" if _closed(post) else ""),
        "ages": given.get("ages") or _ages(rules),
        "away_until": given.get("away_until") or _away(key),
        "picture": f"demo-{person.slug}.webp" if portrait else "",
        "checked": f"2026-11-{seeded.between(key + '/checked', 2, 20):02d}",
        "old_slugs": given.get("old_slugs", ()),
        "practices": _practices(post, given, second),
    }
    room, floor = _room(post, given)
    told = texts.Facts(person, specialty, languages, room, floor)
    written = given.get("text") or texts.text_of(key, number, told)
    return document(fields, body(written))


def room_file(post: Post, room: Mapping[str, Any]) -> str:
    """The card of a room or a device."""
    door, floor = _room(post, {})
    practice: dict[str, Value] = {
        "clinic": post.clinic.slug,
        "branch": room.get("branch", ""),
        "room": door,
        "floor": floor,
        "services": services.room_services(room, post.clinic.state),
    }
    fields: dict[str, Value] = {
        "kind": room["kind"],
        "name": room["name"],
        "title": room["title"],
        "specialties": room["specialties"],
        "checked": f"2026-11-{seeded.between(post.key + '/checked', 2, 20):02d}",
        "practices": [practice],
    }
    where = {lang: WHERE[lang].format(post.clinic.facts["name"][lang], door, floor) for lang in WHERE}
    said = {lang: " ".join([*sentences, where[lang]]) for lang, sentences in room["text"].items()}
    return document(fields, body(said))


def has_portrait(key: str, given: Mapping[str, Any]) -> bool:
    return bool(given["portrait"] == "yes") if given else seeded.chance(f"{key}/portrait", PORTRAIT_PERCENT)


def titled(gendered: Mapping[str, str], named: Mapping[str, str], woman: bool) -> dict[str, str]:
    """The title of one person: Latvian by gender, the other languages as the specialty is called."""
    return {"lv": gendered["f" if woman else "m"], "ru": named["ru"], "en": named["en"]}


def cases(person: Person, specialty: str) -> Value:
    """The case forms of a name, and how one says that the visit is to this person, without naming a specialty."""
    full = person.full
    role, russian = ("ārstes" if person.woman else "ārsta"), "приём у врача"
    if specialty in SPECIALISTS:
        role, russian = ("speciālistes" if person.woman else "speciālista"), "приём у специалиста"
    if specialty == "medmasa":
        role, russian = "māsas", "приём у медсестры"
    return {
        "genitive": full.genitive,
        "dative": full.dative,
        "accusative": full.accusative,
        "visit_to": {
            "lv": f"pie {role} {full.genitive}",
            "ru": f"{russian}: {full.nominative}",
            "en": f"with {full.nominative}",
        },
    }


def spoken(key: str) -> list[str]:
    """Latvian always, Russian mostly, English often, one more now and then."""
    found = ["lv"]
    for lang, percent in (("ru", 82), ("en", 60), ("de", 12), ("pl", 4), ("lt", 3), ("uk", 3), ("sv", 2)):
        if seeded.chance(f"{key}/speaks/{lang}", percent):
            found.append(lang)
    return found[:4]


def _practices(post: Post, given: Mapping[str, Any], second: Clinic | None) -> Sequence[Value]:
    first = _practice(post, post.clinic, given, post.key)
    if second is None:
        return [first]
    there = {**given.get("second", {}), "paid_only": given.get("paid_only", "")}
    return [first, _practice(post, second, there, f"{post.key}/second")]


def _practice(post: Post, clinic: Clinic, given: Mapping[str, Any], key: str) -> Value:
    rules = table("services")[post.specialty]
    state = clinic.state and given.get("paid_only") != "yes"
    made = given.get("services") or services.services_of(key, post.specialty, state, given.get("price", ""))
    state_paid = any(service["payer"] == "state" for service in made)
    room, floor = _room(Post(clinic, post.number, post.specialty), given)
    return {
        "clinic": clinic.slug,
        "branch": _branch(clinic, post.specialty, key),
        "room": room,
        "floor": floor,
        "arrive_early": "10 min" if clinic.kind == "clinic" and seeded.chance(f"{key}/early", 40) else "",
        "phone": _own_phone(key),
        "own_patients_only": "yes" if "own_state" in rules and state_paid and "open_to_all" not in given else "",
        "limits": given.get("limits") or seeded.pick(f"{key}/limits", LIMITS),
        "queue": _queue(key, rules, given) if state_paid else "",
        "services": made,
    }


def _queue(key: str, rules: Mapping[str, Any], given: Mapping[str, Any]) -> Value:
    length = given.get("queue")
    if length is None and "queue" in rules and seeded.chance(f"{key}/queue", 60):
        length = seeded.pick(f"{key}/queue-length", QUEUES)
    return {"length": length, "checked": f"2026-11-{seeded.between(key + '/queue-day', 1, 16):02d}"} if length else ""


def _branch(clinic: Clinic, specialty: str, key: str) -> str:
    """Some family doctors and physiotherapists work in the clinic's branch; a laboratory's branches have rooms."""
    branches = clinic.facts.get("branches", ())
    suits = specialty in ("gimenes-arsts", "fizioterapeits") and seeded.chance(f"{key}/branch", 50)
    return str(branches[0]["id"]) if branches and suits else ""


def _own_phone(key: str) -> str:
    """A number of the doctor's own, mostly mobile; few have one."""
    return f"+371 2000 {seeded.below(key + '/phone', 10_000):04d}" if seeded.chance(f"{key}/own-phone", 6) else ""


def _room(post: Post, given: Mapping[str, Any]) -> tuple[str, str]:
    """Room and floor. A small place has rooms 1 to 9 on one floor, a large one rooms such as 204."""
    if "room" in given:
        return given["room"], given["floor"]
    size = sum(post.clinic.staff.values())
    if size < SMALL:
        return str(1 + post.number % 9), post.clinic.facts.get("floor", "1")
    floors = 2 if size < 16 else 3 if size < 26 else 4
    floor = 1 + post.number % floors
    return f"{floor}{1 + post.number // floors % 19:02d}", str(floor)


def _certificate(key: str) -> str:
    year, month = seeded.between(f"{key}/until", 2027, 2031), seeded.between(f"{key}/until-month", 1, 12)
    return f"{year}-{month:02d}-01"


def _closed(post: Post) -> bool:
    """Family doctors whose lists are full, and a few others."""
    return seeded.chance(f"{post.key}/closed", 55 if post.specialty == "gimenes-arsts" else 5)


def _away(key: str) -> str:
    return f"2026-12-{seeded.between(key + '/back', 7, 28):02d}" if seeded.chance(f"{key}/away", 2) else ""


def _ages(rules: Mapping[str, Any]) -> Value:
    ages = {"from": rules.get("ages", ""), "to": rules.get("until", "")}
    return ages if any(ages.values()) and ages["from"] != "0" else {}
