"""What a typed word may mean: words that are known, from the surest to the farthest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from booking_service.directory.findings import Found
from booking_service.directory.slips import BEGINNING, allowed, slips

SHORT = 3
"""A word of so few letters may stand between names ("pie", "at") and mean nothing."""


class Meaning(NamedTuple):
    """Known words that a typed one stands for: these, and those that begin so (empty for none). `kinds` have them."""

    words: tuple[str, ...]
    begins: str
    kinds: frozenset[Found]


@dataclass
class Word:
    """A typed word and the known ones round it, with what each leads to; `last` is the one typed last."""

    typed: str
    last: bool = False
    whole: set[Found] = field(default_factory=set)
    begun: set[Found] = field(default_factory=set)
    slipped: dict[str, set[Found]] = field(default_factory=dict)
    near: dict[str, set[Found]] = field(default_factory=dict)

    def met(self, word: str, kind: Found) -> None:
        """Note a known word that is this one or begins with it."""
        (self.whole if word == self.typed else self.begun).add(kind)

    def missed(self, known: Mapping[str, Iterable[Found]]) -> None:
        """Sort known words by how far they are: within the allowed slips, or only near enough to ask about."""
        most = allowed(self.typed)
        begun = self.last and len(self.typed) >= BEGINNING
        far = {word: slips(self.typed, word, begun=begun) for word in known}
        nearest = min((count for count in far.values() if 0 < count <= most), default=0)
        self.slipped = {word: set(known[word]) for word, count in far.items() if 0 < count == nearest}
        self.near = {word: set(known[word]) for word, count in far.items() if most < count <= most + 1}

    @property
    def certain(self) -> bool:
        return bool(self.whole or self.begun)

    def best(self) -> Meaning | None:
        """The surest meaning: the word itself, else words that begin so, else those a slip away. None is unknown."""
        if self.whole:
            return Meaning((self.typed,), "", frozenset(self.whole))
        return Meaning((), self.typed, frozenset(self.begun)) if self.begun else self._slip()

    def widest(self) -> Meaning | None:
        """All of that together."""
        kinds = frozenset(self.whole | self.begun).union(*self.slipped.values())
        return Meaning((self.typed, *self.slipped), self.typed if self.begun else "", kinds) if kinds else None

    def _slip(self) -> Meaning | None:
        kinds = frozenset[Found]().union(*self.slipped.values())
        return Meaning(tuple(sorted(self.slipped)), "", kinds) if kinds else None


def sure(words: Sequence[Word]) -> list[Meaning] | None:
    """What the words most surely mean; None where one of them is unknown.

    A short word that leads nowhere is one of those between names, unless there is no other.
    """
    needed = [word for word in words if len(word.typed) > SHORT or word.certain or word.slipped]
    return _all(word.best() for word in needed or words)


def wide(words: Sequence[Word], *, alone: bool) -> list[Meaning] | None:
    """All that they may mean. A short word that only begins others is passed over too, unless it stands `alone`."""
    needed = [word for word in words if len(word.typed) > SHORT or word.whole or word.slipped]
    return _all(word.widest() for word in needed or (words if alone else ()))


def _all(meanings: Iterable[Meaning | None]) -> list[Meaning] | None:
    found = list(meanings)
    known = [one for one in found if one is not None]
    return known if len(known) == len(found) else None
