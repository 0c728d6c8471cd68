"""What can be booked with a doctor: the specialty's list, with minutes and prices of the doctor's own."""

from collections.abc import Iterator, Mapping
from typing import Any

from demo_content import seeded
from demo_content.front_matter import Value
from demo_content.material import table

FOLLOW_UP = {"lv": "Atkārtota konsultācija", "ru": "Повторная консультация", "en": "Follow-up consultation"}
REMOTE = {"lv": "Attālināta konsultācija", "ru": "Удалённая консультация", "en": "Remote consultation"}

Fields = dict[str, Value]


def services_of(key: str, specialty: str, state: bool, price: str = "") -> list[Fields]:
    """Services of one practice, at most eight. `state` is whether state-paid visits are possible here at all."""
    rules = table("services")[specialty]
    made = [*_consultations(key, rules, state, price), *_extras(key, rules, state)]
    return made[:8]


def room_services(room: Mapping[str, Any], state: bool) -> list[Fields]:
    """Services of a room or a device as rooms.yaml lists them, paid and where it says so state-paid too."""
    made: list[Fields] = []
    for entry in room["services"]:
        if "price" in entry:
            made.append(_service(entry, f"{entry['price']}.00", entry["minutes"], room))
        if "state" in entry and state:
            made.append(_state(_service(entry, "", entry["minutes"], room), entry["state"], referral=True))
    return made


def euro(key: str, low_high: list[str]) -> int:
    """A price within the range: to the euro where the range is narrow, else in steps of five."""
    low, high = map(int, low_high)
    return seeded.between(key, low, high, 5 if high - low >= 15 else 1)


def _consultations(key: str, rules: Mapping[str, Any], state: bool, fixed: str) -> Iterator[Fields]:
    cost = int(fixed.partition(".")[0]) if fixed else euro(f"{key}/price", rules["price"])
    minutes = seeded.pick(f"{key}/minutes", rules["minutes"])
    name = {"id": rules.get("consult_id", "konsultacija"), "title": rules["consult"]}
    note = {"preparation": rules["note"]} if "note" in rules else {}
    consultation = _service({**name, **note}, f"{cost}.00", minutes)
    yield consultation
    if "own_state" in rules and state:
        yield _state(_service(rules["own_state"], "", rules["own_state"]["minutes"]), "family", referral=False)
    if "child_state" in rules and state and seeded.chance(f"{key}/state", int(rules["state"])):
        child = {"id": "berna-apskate-valsts", "title": rules["child_state"], "ages": {"to": "17"}}
        yield _state(_service(child, "", minutes), "free", referral=False)
    elif state and "child_state" not in rules and seeded.chance(f"{key}/state", int(rules.get("state", 0))):
        shorter = max(15, int(minutes) - 10) if int(minutes) > 20 else int(minutes)
        paid = rules.get("state_payment", "specialist")
        yield _state(_service({**name, **note}, "", str(shorter)), paid, rules.get("state_referral") != "no")
    if seeded.chance(f"{key}/again", int(rules.get("again", 0))):
        less = cost * 3 // 4 // 5 * 5
        follow_up = {"id": "atkartota-konsultacija", "title": FOLLOW_UP}
        yield _service(follow_up, f"{less}.00", str(max(15, int(minutes) - 10)))
    if (remote := rules.get("remote")) and seeded.chance(f"{key}/remote", int(remote["share"])):
        entry = {"id": "attalinata-konsultacija", "title": remote.get("title", REMOTE), "where": remote["where"]}
        yield _service(entry, f"{euro(f'{key}/remote-price', remote['price'])}.00", remote["minutes"])


def _extras(key: str, rules: Mapping[str, Any], state: bool) -> Iterator[Fields]:
    for entry in rules["extras"]:
        own = f"{key}/{entry['id']}"
        if not seeded.chance(own, int(entry["share"])):
            continue
        minutes = seeded.pick(f"{own}/minutes", entry["minutes"])
        aged = {**entry, "ages": {"to": entry["until"]}} if "until" in entry else entry
        yield _service(aged, f"{euro(f'{own}/price', entry['price'])}.00", minutes)
        if state and seeded.chance(f"{own}/state", int(entry.get("state", 0))):
            payment = entry.get("co_payment", "examination")
            yield _state(_service(aged, "", minutes), payment, referral=payment != "free")


def _service(entry: Mapping[str, Any], price: str, minutes: str, room: Mapping[str, Any] | None = None) -> Fields:
    """A paid service; without a price, one that `_state` completes."""
    return {
        "id": entry["id"],
        "title": entry["title"],
        "payer": "paid",
        "minutes": minutes,
        "buffer": {"after": "10"} if entry.get("where") == "home" else {},
        "price": price,
        "co_payment": "",
        "where": entry.get("where", ""),
        "ages": entry.get("ages", {}),
        "referral": (room or {}).get("referral", ""),
        "preparation": entry.get("preparation", ""),
        "preparation_neutral": entry.get("preparation_neutral", ""),
        "booking": entry.get("booking", ""),
        "hours": entry.get("hours", ""),
    }


def _state(service: Fields, co_payment: str, referral: bool) -> Fields:
    """The same service paid by the state, with an id of its own."""
    name = str(service["id"])
    own = {"id": name if name.endswith("-valsts") else f"{name}-valsts", "payer": "state", "price": ""}
    return {**service, **own, "co_payment": co_payment, "referral": "yes" if referral else ""}
