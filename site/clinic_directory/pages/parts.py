"""Long lists are cut into numbered parts, each a page of its own with its own canonical address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from clinic_directory import paths
from theme.environment import address
from theme.words import translate

T = TypeVar("T")


@dataclass(frozen=True)
class Part(Generic[T]):
    """`number` counts from 1; `first` is the place of its first item in the whole list, from 1 too."""

    path: str
    number: int
    first: int
    items: Sequence[T]
    whole: str
    count: int

    @property
    def links(self) -> list[dict[str, object]]:
        """One to each part of the `count` that the list at `whole` has, where it has more than one."""
        return [
            {"text": str(number), "href": address(paths.numbered(self.whole, number)), "current": number == self.number}
            for number in range(1, self.count + 1)
            if self.count > 1
        ]

    @property
    def suffix(self) -> str:
        """What tells a later part's title from the first one's."""
        return translate(", page %(number)s", number=self.number) if self.number > 1 else ""


def parts(path: str, items: Sequence[T], most: int) -> list[Part[T]]:
    """At least one part, even of nothing."""
    cuts = [items[start : start + most] for start in range(0, len(items), most)] or [items]
    return [
        Part(
            path=paths.numbered(path, number),
            number=number,
            first=(number - 1) * most + 1,
            items=cut,
            whole=path,
            count=len(cuts),
        )
        for number, cut in enumerate(cuts, 1)
    ]
