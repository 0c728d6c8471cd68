"""What a link to a page shows where people share it: one image for each card and language, one for all other pages.

A name holds a hash of all that is drawn, so it is known before anything is drawn, changes when the image does (programs
fetch it anew), and an image that lies in the cache is never drawn again.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import repeat
from pathlib import Path
from typing import Final

from clinic_directory import facts, paths, pictures
from clinic_directory.photos import Photos
from clinic_directory.schema import Clinic, Directory, Doctor
from clinic_directory.share_drawing import SIZE, Card, draw
from clinic_directory.told import plain
from theme.plates import initials
from theme.words import LANGS, current, speaking, translate

# Raise it when the drawing changes, or old files stay under names that promise new ones.
_RECIPE: Final = "1"
_COMMON: Final = "pieraksts-1"
"""A name whose plate is of pine, with diamonds and marks."""


@dataclass(frozen=True)
class Share:
    """`src` is an address without origin; `alt` says in words what the image shows."""

    src: str
    alt: str
    width: int = SIZE[0]
    height: int = SIZE[1]


@dataclass(frozen=True)
class Task:
    """Images that show the same picture and differ in their words alone; `picture` is its file, None for a plate."""

    picture: Path | None
    shape: pictures.Shape
    cards: dict[str, Card]

    def without(self, there: set[str]) -> "Task":
        return replace(self, cards={name: card for name, card in self.cards.items() if name not in there})


@dataclass(frozen=True)
class Shares:
    directory: Directory
    photos: Photos

    def of(self, path: str) -> Share:
        """The image of a page in the language being spoken."""
        card = self._card_at(path)
        drawn = self._card(card) if card else _common()
        return Share(f"/images/{self._name(drawn, card)}", f"{drawn.name}, {drawn.line}")

    def task(self, path: str) -> Task:
        """The images of a page in every language, by file name."""
        return self._task(self._card_at(path))

    def _task(self, card: Doctor | Clinic | None) -> Task:
        cards = {}
        for lang in LANGS:
            with speaking(lang):
                drawn = self._card(card) if card else _common()
            cards[self._name(drawn, card)] = drawn
        picture = self.directory.picture(card.picture) if card and card.picture else None
        return Task(picture, "view" if isinstance(card, Clinic) else "portrait", cards)

    def _card_at(self, path: str) -> Doctor | Clinic | None:
        """Whose page a path is; None for all other pages."""
        folder, slug = path[: path.find("/", 1) + 1], path.strip("/").rpartition("/")[2]
        if folder == paths.DOCTORS:
            return self.directory.doctors.get(slug)
        return self.directory.clinics.get(slug) if folder == paths.CLINICS else None

    def _card(self, card: Doctor | Clinic) -> Card:
        if isinstance(card, Clinic):
            name, line = plain(card.name), facts.address(self.directory, card.address)
            sign = initials(name)
        else:
            name = card.full_name(current())
            towns = ", ".join(plain(self.directory.towns[town].name) for town in self.directory.towns_of(card))
            # A device is often named by what it is.
            line = f"{plain(card.title)} · {towns}" if plain(card.title) != name else towns
            sign = initials(card.given or name, card.family or "")
        return Card(card.slug, name, line, "" if card.picture else sign)

    def _name(self, drawn: Card, card: Doctor | Clinic | None) -> str:
        photo = self.photos.of(card.picture if card else None)
        digest = sha256(repr((_RECIPE, drawn, photo.src if photo else "")).encode()).hexdigest()
        return f"{card.slug if card else 'pieraksts'}-share.{digest[:8]}.jpg"


def _common() -> Card:
    return Card(_COMMON, translate("Pieraksts"), translate("Doctors, clinics and free times"), mark=True)


def draw_missing(tasks: Sequence[Task], cache: Path, workers: int | None = None) -> int:
    """Draw what `cache` lacks of these images; answers how many that were.

    `workers` is the number of processes (None: one a core).
    """
    cache.mkdir(parents=True, exist_ok=True)
    there = {name for task in tasks for name in task.cards if (cache / name).exists()}
    missing = [lacking for task in tasks if (lacking := task.without(there)).cards]
    workers = workers or os.cpu_count() or 1
    if workers == 1 or len(missing) < 8:
        for task in missing:
            _make(task, cache)
    else:
        with ProcessPoolExecutor(workers) as pool:
            list(pool.map(_make, missing, repeat(cache), chunksize=8))
    return sum(len(task.cards) for task in missing)


def _make(task: Task, cache: Path) -> None:
    for name, image in zip(task.cards, draw(list(task.cards.values()), task.picture, task.shape), strict=True):
        pictures.write(cache / name, image)
