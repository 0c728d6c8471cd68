"""What a typed word may mean: doctors, clinics, specialties, towns and services, from the surest to the farthest."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from booking_service.directory.findings import Found
from booking_service.directory.slips import BEGINNING, allowed, slips

SHORT = 3
"""A word of so few letters may stand between names ("pie", "at") and mean nothing."""
Targets: TypeAlias = Mapping[Found, frozenset[str]]
"""What a word leads to: one of these."""


def _nothing() -> dict[Found, set[str]]:
    return defaultdict(set)


@dataclass
class Word:
    """A typed word, and what the known ones round it lead to; `last` is the one typed last."""

    typed: str
    last: bool = False
    whole: dict[Found, set[str]] = field(default_factory=_nothing)
    begun: dict[Found, set[str]] = field(default_factory=_nothing)
    slipped: dict[Found, set[str]] = field(default_factory=_nothing)
    near: set[str] = field(default_factory=set)

    def meets(self, word: str) -> bool:
        """Whether a known word is this one or begins with it; a single letter begins too much to mean anything."""
        return word == self.typed or (len(self.typed) > 1 and word.startswith(self.typed))

    def met(self, word: str, kind: Found, target: str) -> None:
        """Note where a known word leads that is this one or begins with it."""
        (self.whole if word == self.typed else self.begun)[kind].add(target)

    def missed(self, known: Mapping[str, Iterable[tuple[Found, str]]]) -> None:
        """Sort known words by how far they are: within the allowed slips, or only near enough to ask about."""
        most = allowed(self.typed)
        begun = self.last and len(self.typed) >= BEGINNING
        far = {word: slips(self.typed, word, begun=begun) for word in known}
        nearest = min((count for count in far.values() if 0 < count <= most), default=0)
        for word, count in far.items():
            if 0 < count == nearest:
                for kind, target in known[word]:
                    self.slipped[kind].add(target)
        self.near = {word for word, count in far.items() if most < count <= most + 1}

    @property
    def certain(self) -> bool:
        return bool(self.whole or self.begun)

    def best(self) -> Targets | None:
        """The surest meaning: the word itself, else words that begin so, else those a slip away. None is unknown."""
        return _together(self.whole or self.begun or self.slipped)

    def widest(self) -> Targets | None:
        """All of that together."""
        return _together(self.whole, self.begun, self.slipped)


def _together(*found: Mapping[Found, set[str]]) -> Targets | None:
    kinds = {kind for one in found for kind in one}
    return {kind: frozenset().union(*(one.get(kind, ()) for one in found)) for kind in kinds} or None


def sure(words: Sequence[Word]) -> list[Targets] | None:
    """What the words most surely mean; None where one of them is unknown.

    A short word that leads nowhere is one of those between names, unless there is no other.
    """
    needed = [word for word in words if len(word.typed) > SHORT or word.certain or word.slipped]
    return _all(word.best() for word in needed or words)


def wide(words: Sequence[Word], *, alone: bool) -> list[Targets] | None:
    """All that they may mean. A short word that only begins others is passed over too, unless it stands `alone`."""
    needed = [word for word in words if len(word.typed) > SHORT or word.whole or word.slipped]
    return _all(word.widest() for word in needed or (words if alone else ()))


def _all(meanings: Iterable[Targets | None]) -> list[Targets] | None:
    found = list(meanings)
    known = [one for one in found if one is not None]
    return known if len(known) == len(found) else None
