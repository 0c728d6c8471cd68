"""Rules between files: what a card names must exist."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clinic_directory.cards import Card, maps_of, text_of, texts_of
from clinic_directory.fields import PICTURE
from clinic_directory.problems import Path, Problem, choice

Asked = tuple[str, str]
"""A look-up: of what kind the name was to be, and the name."""
_BRANCH = "a branch of "


@dataclass(frozen=True)
class Known:
    """The names that may be referred to. A table that could not be read is None and refuses nothing."""

    clinics: tuple[str, ...]
    branches: Mapping[str, tuple[str, ...]]
    pictures: tuple[str, ...]
    specialties: tuple[str, ...] | None
    towns: tuple[str, ...] | None
    insurers: tuple[str, ...] | None
    prices: tuple[str, ...] | None
    groups: tuple[str, ...] | None = None


class References:
    """Looks names up; sets make a look-up cheap, tuples give the near misses."""

    def __init__(self, known: Known) -> None:
        self._known = known
        listed = None if known.specialties is None or known.towns is None else known.specialties + known.towns
        self._sets = {
            "a clinic": (known.clinics, frozenset(known.clinics)),
            "a picture in images/": (known.pictures, frozenset(known.pictures)),
            "a specialty": (known.specialties, frozenset(known.specialties or ())),
            "a town": (known.towns, frozenset(known.towns or ())),
            "a specialty or a town": (listed, frozenset(listed or ())),
            "an insurer": (known.insurers, frozenset(known.insurers or ())),
            "a group of tables/groups.yaml": (known.groups, frozenset(known.groups or ())),
            "a co-payment of tables/prices.yaml": (known.prices, frozenset(known.prices or ())),
        }

        self._asked: set[Asked] = set()

    def asked(self) -> tuple[Asked, ...]:
        """What was looked up since the last time that somebody asked."""
        asked = tuple(sorted(self._asked))
        self._asked.clear()
        return asked

    def alive(self, kind: str, name: str) -> bool:
        """Whether a name of `asked` would still be found."""
        if kind.startswith(_BRANCH):
            branches = self._known.branches.get(kind.removeprefix(_BRANCH))
            return branches is None or name in branches
        names, names_set = self._sets[kind]
        return names is None or name in names_set

    def clinic_problems(self, card: Card) -> Iterator[Problem]:
        yield from self._town(card, card.tree, ())
        for at, branch in maps_of(card.tree, "branches"):
            yield from self._town(card, branch, ("branches", at))
        for at, insurer in texts_of(card.tree, "insurers"):
            yield from self._dead(card, ("insurers", at), insurer, "an insurer")
        yield from self._dead(card, ("group",), text_of(card.tree, "group"), "a group of tables/groups.yaml")
        yield from self._picture(card)

    def doctor_problems(self, card: Card) -> Iterator[Problem]:
        for at, specialty in texts_of(card.tree, "specialties"):
            yield from self._dead(card, ("specialties", at), specialty, "a specialty")
        yield from self._picture(card)
        for at, practice in maps_of(card.tree, "practices"):
            path: Path = ("practices", at)
            clinic = text_of(practice, "clinic")
            yield from self._dead(card, (*path, "clinic"), clinic, "a clinic")
            yield from self._branch(card, (*path, "branch"), clinic, text_of(practice, "branch"))
            for number, service in maps_of(practice, "services"):
                key = text_of(service, "co_payment")
                where = (*path, "services", number, "co_payment")
                yield from self._dead(card, where, key, "a co-payment of tables/prices.yaml")

    def list_problems(self, card: Card) -> Iterator[Problem]:
        first, _, town = card.slug.partition("--")
        for name, kind in ((first, "a specialty" if town else "a specialty or a town"), (town or None, "a town")):
            for problem in self._dead(card, (), name, kind):
                yield Problem(card.file, None, "", problem.text, problem.instead)

    def gone_problems(self, card: Card) -> Iterator[Problem]:
        for section in ("doctors", "clinics"):
            entries = card.tree.get(section)
            for slug, entry in entries.items() if isinstance(entries, dict) else ():
                path: Path = (section, slug)
                for name, kind in (("specialty", "a specialty"), ("clinic", "a clinic"), ("town", "a town")):
                    yield from self._dead(card, (*path, name), text_of(entry, name), kind)

    def _picture(self, card: Card) -> Iterator[Problem]:
        name = text_of(card.tree, "picture")
        # A name with a path in it is refused as a name already.
        if name and PICTURE.fullmatch(name):
            yield from self._dead(card, ("picture",), name, "a picture in images/")

    def _town(self, card: Card, tree: object, path: Path) -> Iterator[Problem]:
        town = text_of(tree, "address", "town") if isinstance(tree, dict) else None
        yield from self._dead(card, (*path, "address", "town"), town, "a town")

    def _branch(self, card: Card, path: Path, clinic: str | None, branch: str | None) -> Iterator[Problem]:
        branches = self._known.branches.get(clinic or "")
        if branch:
            self._asked.add((f"{_BRANCH}{clinic}", branch))
        if branch and branches is not None and branch not in branches:
            instead = choice(branch, branches, "leave it out")
            yield card.problem(path, f'"{branch}" is not a branch of {clinic}', instead)

    def _dead(self, card: Card, path: Path, name: str | None, kind: str) -> Iterator[Problem]:
        names, names_set = self._sets[kind]
        if name is not None:
            self._asked.add((kind, name))
        if name is not None and names is not None and name not in names_set:
            yield card.problem(path, f'"{name[:100]}" is not {kind}', choice(name, names, _MAKE[kind]))


_MAKE = {
    "a clinic": "write the clinic's card first",
    "a picture in images/": "put the picture there, or leave the field out",
    "a specialty": "add it to tables/specialties.yaml",
    "a town": "add it to tables/towns.yaml",
    "a specialty or a town": "add it to the table of specialties or to that of towns",
    "an insurer": "add it to tables/insurers.yaml",
    "a group of tables/groups.yaml": "add it there",
    "a co-payment of tables/prices.yaml": "add it there",
}
