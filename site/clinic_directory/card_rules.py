"""Rules between the fields of one card."""

from collections.abc import Iterator

from clinic_directory.cards import Card, maps_of, text_of, texts_of, twice
from clinic_directory.problems import Path, Problem
from clinic_directory.yaml_events import Tree

_LISTS = ("specialties", "languages", "insurers", "payment", "old_slugs", "phones")
_PERSON = ("given", "family", "cases", "specialties")
_NOT_PERSON = ("given", "family", "prefix", "cases", "register_number", "register_checked", "certificate_until")


def clinic_problems(card: Card) -> Iterator[Problem]:
    yield from _list_problems(card)
    ids = [(at, text_of(branch, "id") or f"#{at}") for at, branch in maps_of(card.tree, "branches")]
    for at, name in twice(ids):
        yield card.problem(("branches", at, "id"), f'"{name}" names two branches', "give each its own id")


def doctor_problems(card: Card) -> Iterator[Problem]:
    yield from _list_problems(card)
    yield from _name_problems(card)
    yield from _practice_problems(card)


def _list_problems(card: Card) -> Iterator[Problem]:
    for name in _LISTS:
        for at, item in twice(texts_of(card.tree, name)):
            yield card.problem((name, at), f'"{item}" stands there twice', "leave one of them")


def _name_problems(card: Card) -> Iterator[Problem]:
    tree = card.tree
    kind = text_of(tree, "kind") or "doctor"
    if kind in ("room", "device"):
        if "name" not in tree:
            yield card.problem(("name",), f"is missing, and a {kind} has one", "write name: {lv: …, ru: …, en: …}")
        for name in _NOT_PERSON:
            if name in tree:
                yield card.problem((name,), f"belongs to a person, and this is a {kind}", "leave it out")
        return
    if "name" in tree:
        yield card.problem(("name",), "belongs to a room or a device", "write given and family")
    for name in _PERSON:
        if not tree.get(name):
            yield card.problem((name,), "is missing, and a person has it", f"write {name}: {_EXAMPLES[name]}")
    if "register_checked" in tree and "register_number" not in tree:
        yield card.problem(("register_checked",), "stands without a number", 'write register_number: "12345"')
    if card.readable and not any(part.lang == "lv" for part in card.parts):
        yield card.problem((), "has no Latvian text", "write about the doctor below the second ---")


_EXAMPLES = {
    "given": "Ilze",
    "family": "Bērziņa",
    "cases": "{genitive: …, dative: …, accusative: …, visit_to: …}",
    "specialties": "[kardiologs]",
}


def _practice_problems(card: Card) -> Iterator[Problem]:
    places: list[tuple[int, str]] = []
    ids: set[tuple[str, str]] = set()
    for at, practice in maps_of(card.tree, "practices"):
        clinic = text_of(practice, "clinic") or f"#{at}"
        places.append((at, f"{clinic}/{text_of(practice, 'branch') or ''}"))
        for number, service in maps_of(practice, "services"):
            path: Path = ("practices", at, "services", number)
            yield from _service_problems(card, path, service)
            # A service is addressed by doctor, clinic and id, so branches share one set of ids.
            for name, id_path in _ids(service, path):
                if (clinic, name) in ids:
                    yield card.problem(id_path, f'"{name}" names two services here', "give each its own id")
                ids.add((clinic, name))
    for at, _ in twice(places):
        yield card.problem(("practices", at, "clinic"), "stands there twice", "join the two practices")


def _ids(service: dict[str, Tree], path: Path) -> Iterator[tuple[str, Path]]:
    if name := text_of(service, "id"):
        yield name, (*path, "id")
    for at, old in texts_of(service, "old_ids"):
        yield old, (*path, "old_ids", at)


def _service_problems(card: Card, path: Path, service: dict[str, Tree]) -> Iterator[Problem]:
    payer = service.get("payer")
    if payer == "paid" and "price" not in service:
        yield card.problem((*path, "price"), "is missing, and a paid service has one", 'write price: "55.00"')
    if payer == "paid" and "co_payment" in service:
        yield card.problem((*path, "co_payment"), "belongs to a state-paid service", "leave it out, or payer: state")
    if payer == "state" and "price" in service:
        said = "belongs to a paid service: what the state pays for has a co-payment"
        yield card.problem((*path, "price"), said, "leave it out and write co_payment: specialist")
    elif payer == "state" and "co_payment" not in service:
        said = "is missing, and a state-paid service has it"
        yield card.problem((*path, "co_payment"), said, "write co_payment: and a key of tables/prices.yaml")
    if service.get("booking") == "walk-in" and "hours" not in service:
        yield card.problem((*path, "hours"), "is missing, and a walk-in has them", "write hours: 7.30–10.00")
    if service.get("booking", "online") != "walk-in" and "hours" in service:
        yield card.problem((*path, "hours"), "belongs to a walk-in", "write booking: walk-in, or leave it out")
