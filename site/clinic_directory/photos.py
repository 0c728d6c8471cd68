"""The pictures of cards, cut to the sizes of pages; a card without one gets a woven plate instead."""

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from clinic_directory.kept_cards import Stamp, settled, stamp
from clinic_directory.output import Output
from clinic_directory.pictures import Picture, Shape, cut
from clinic_directory.schema import Directory
from clinic_directory.shelf import Shelf

Kept = tuple[Stamp | None, Shape, Picture]
_KEPT = "photos"


@dataclass(frozen=True)
class Photos:
    """By the picture's file name in the content folder."""

    pictures: Mapping[str, Picture] = field(default_factory=dict)

    def of(self, name: str | None) -> Picture | None:
        return self.pictures.get(name) if name else None

    def publish(self, cache: Path, output: Output) -> None:
        for picture in self.pictures.values():
            for name in picture.files:
                output.place(f"images/{name}", cache / name)


def read(directory: Directory, cache: Path, shelf: Shelf | None = None) -> Photos:
    """Cut what `cache` does not hold yet; raises ContentError for a picture that cannot be opened.

    `shelf` keeps which pictures were cut of which files, so that only those that changed are looked into.
    """
    shapes: dict[str, Shape] = {one.picture: "view" for one in directory.clinics.values() if one.picture}
    shapes |= {one.picture: "portrait" for one in directory.briefs.values() if one.picture}
    stored = shelf.get(_KEPT) if shelf else None
    known: dict[str, Kept] = pickle.loads(stored) if stored else {}  # noqa: S301 - our own file, beside the site
    found = {name: (stamp(directory.picture(name)), shape) for name, shape in shapes.items()}
    same = {name: known[name] for name, now in found.items() if name in known and _is_there(known[name], now, cache)}
    made = cut({directory.picture(name): shape for name, shape in shapes.items() if name not in same}, cache)
    if shelf and (made or len(same) < len(known)):
        fresh = {name: (settled(found[name][0]), shapes[name], picture) for name, picture in made.items()}
        shelf.put(_KEPT, pickle.dumps(same | fresh))
    return Photos({name: made[name] if name in made else same[name][2] for name in shapes})


def _is_there(kept: Kept, now: tuple[Stamp | None, Shape], cache: Path) -> bool:
    return kept[0] is not None and kept[:2] == now and (cache / kept[2].files[-1]).exists()
