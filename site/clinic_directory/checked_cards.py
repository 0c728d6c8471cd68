"""Reads and checks the cards of clinics and doctors, or takes them from those that an earlier run kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from clinic_directory import addresses, card_rules, forks
from clinic_directory.cards import Card, Unread, card
from clinic_directory.kept_cards import Entry, KeptCards, Stamp, entry, stamp
from clinic_directory.problems import Problem
from clinic_directory.references import References
from clinic_directory.schema import Clinic, Doctor
from clinic_directory.validation import value_of
from clinic_directory.yaml_events import Tree

Value = TypeVar("Value", Clinic, Doctor)
Rule = Callable[[Card], Iterable[Problem]]


class Opened(NamedTuple):
    """A card, and the stamp of its file if it was read just now (`kept` is False)."""

    card: Card
    kept: bool
    read_at: Stamp | None


@dataclass
class Checked(Generic[Value]):
    """What reading some cards found. With a memory, values are in `entries` and not held."""

    problems: list[Problem] = field(default_factory=list)
    values: dict[str, Value] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    old_slugs: list[tuple[str, Tree]] = field(default_factory=list)


def opened(paths: Mapping[str, Path], kind: str, problems: list[Problem], kept: KeptCards | None) -> dict[str, Opened]:
    """Each card by slug: as it was kept, or read now."""
    found: dict[str, Opened] = {}
    for slug, path in paths.items():
        known = kept.found(path, slug, f"{kind}/{path.name}") if kept else None
        found[slug] = Opened(known, True, None) if known else _read(path, slug, kind, problems)
    return found


def _read(path: Path, slug: str, kind: str, problems: list[Problem]) -> Opened:
    read_at = stamp(path)
    return Opened(card(path, slug, f"{kind}/{path.name}", problems), False, read_at)


def clinics(
    cards: Mapping[str, Opened],
    paths: Mapping[str, Path],
    references: References,
    problems: list[Problem],
    kept: KeptCards | None,
) -> dict[str, Clinic]:
    """The sound clinics by slug, in the order of `cards`."""
    found: dict[str, Clinic] = {}
    checked: Checked[Clinic] = Checked(problems)
    rules = (card_rules.clinic_problems, references.clinic_problems)
    for slug, one in cards.items():
        if one.kept and kept and kept.holds(one.card.file, references):
            found[slug] = kept.clinic(one.card.file)
            continue
        now = _read(paths[slug], slug, "clinics", problems) if one.kept else one
        if value := _check(Clinic, now, rules, references, checked, kept is not None):
            found[slug] = value
    _keep(checked, kept)
    return found


def doctors(
    paths: Mapping[str, Path], references: References, problems: list[Problem], kept: KeptCards | None
) -> Mapping[str, Doctor]:
    """The sound doctors by slug. With a memory none of them is held, and half is read by a second process."""
    files = {slug: f"doctors/{path.name}" for slug, path in paths.items()}
    known: dict[str, Card] = {}
    sound: set[str] = set()
    for slug, path in paths.items() if kept else ():
        found = kept.found(path, slug, files[slug]) if kept else None
        if found and kept and kept.holds(found.file, references):
            known[slug] = found
    missing = [(slug, path) for slug, path in paths.items() if slug not in known]

    def work(some: Sequence[tuple[str, Path]]) -> Checked[Doctor]:
        return _doctors(some, references, kept is not None)

    old: list[tuple[str, Tree]] = [
        (slug, one.tree["old_slugs"]) for slug, one in known.items() if "old_slugs" in one.tree
    ]
    values: dict[str, Doctor] = {}
    for checked in forks.in_halves(work, missing) if kept else [work(missing)]:
        problems.extend(checked.problems)
        old += checked.old_slugs
        values |= checked.values
        sound |= _keep(checked, kept)
    renamed = [_renamed(slug, paths[slug], names) for slug, names in sorted(old)]
    problems.extend(addresses.old_slug_problems(renamed, paths))
    return kept.doctors({slug: f for slug, f in files.items() if slug in known or f in sound}) if kept else values


def _renamed(slug: str, path: Path, names: Tree) -> Card:
    file = f"doctors/{path.name}"
    return Card(slug, file, Unread(file, path), tree={"old_slugs": names})


def _doctors(paths: Sequence[tuple[str, Path]], references: References, remember: bool) -> Checked[Doctor]:
    checked: Checked[Doctor] = Checked()
    rules = (card_rules.doctor_problems, references.doctor_problems)
    for slug, path in paths:
        one = _read(path, slug, "doctors", checked.problems)
        value = _check(Doctor, one, rules, references, checked, remember)
        if value and not remember:
            checked.values[slug] = value
        if old := one.card.tree.get("old_slugs"):
            checked.old_slugs.append((slug, old))
    return checked


def _check(
    model: type[Value],
    one: Opened,
    rules: Iterable[Rule],
    references: References,
    checked: Checked[Value],
    remember: bool,
) -> Value | None:
    """The value of a card, or None after noting everything wrong with it."""
    found, problems = one.card, checked.problems
    if not found.readable:
        return None
    references.asked()
    for rule in rules:
        problems.extend(rule(found))
    given = {"slug": found.slug, "file": found.file, "text": found.body}
    value = value_of(model, found.tree, given, found.source, problems)
    if value and remember:
        checked.entries.append(entry(found, value, references.asked(), one.read_at))
    return value


def _keep(checked: Checked[Value], kept: KeptCards | None) -> set[str]:
    """Only what nothing is wrong with is kept; the rest is told again until it is mended. Answers the files kept."""
    wrong = {problem.file for problem in checked.problems}
    sound = [one for one in checked.entries if one[0] not in wrong]
    if kept:
        kept.keep(sound)
    return {one[0] for one in sound}
