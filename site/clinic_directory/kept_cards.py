"""Cards of clinics and doctors as an earlier reading found them, so that one edit reads one card.

A card is kept only when nothing was wrong with it, with what it is true of: its bytes (known by size and times, else by
their hash) and the names that it looked up, which must all be there still. Any other card is read and checked in full,
so problems are those of a reading without memory.
"""

import marshal
import pickle
import time
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from clinic_directory import frontmatter, texts
from clinic_directory.briefs import Brief, Shelved, brief
from clinic_directory.cards import Card, Unread
from clinic_directory.frontmatter import Halves
from clinic_directory.references import Asked, References
from clinic_directory.schema import Clinic, Doctor
from clinic_directory.shelf import Shelf

Value = TypeVar("Value", Clinic, Doctor)
Stamp = tuple[int, int, int]
_FRESH = 1_000_000_000
"""A file that changed within the second before it was read may change again under the same times."""
_FIELDS = ("number_prefix", "old_slugs", "branches")
"""Fields of a card that rules between cards look at."""


class Kept(NamedTuple):
    """`head` and `text` are digests of front matter and Markdown, `asked` is what the card referred to."""

    stamp: Stamp | None
    head: bytes
    text: bytes
    asked: tuple[Asked, ...]
    fields: dict[str, Any]
    brief: Brief | None


Entry = tuple[str, tuple[Any, ...], bytes]
"""What a card is kept as: its file, the fields of `Kept`, its value. Plain, to be written down and sent on."""


class KeptCards:
    """The cards of one shelf; a process that goes on uses it again for each reading."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._same: dict[Any, Any] = {}
        self._changed = False
        stored = shelf.get("cards")
        rows, sound = marshal.loads(stored) if stored else ((), {})  # noqa: S302 - our own file, beside the site
        self._cards = {file: _kept(row) for file, row in rows}
        self._sound: dict[str, Stamp] = sound

    def found(self, path: Path, slug: str, file: str) -> Card | None:
        """The card if its file holds the same as when it was kept: of its tree only what rules between cards ask."""
        kept = self._cards.get(file)
        if kept is None:
            return None
        now = stamp(path)
        if now is None or now != kept.stamp:
            text = texts.text_of(path, file, [])
            halves = None if text is None else frontmatter.halves(text, file, [])
            if halves is None or _digests(halves) != (kept.head, kept.text):
                return None
            self._cards[file] = kept._replace(stamp=settled(now))
            self._changed = True
        return Card(slug, file, Unread(file, path), tree=kept.fields)

    def holds(self, file: str, references: References) -> bool:
        """Whether everything that a found card refers to is there still."""
        return all(references.alive(*asked) for asked in self._cards[file].asked)

    def is_sound(self, path: Path, file: str) -> bool:
        """Whether a file is still the one that nothing was wrong with."""
        return file in self._sound and self._sound[file] == stamp(path)

    def note_sound(self, path: Path, file: str) -> None:
        if found := settled(stamp(path)):
            self._sound[file] = found
            self._changed = True

    def keep(self, entries: Iterable[Entry]) -> None:
        for file, row, value in entries:
            kept = _kept(row)
            self._cards[file] = kept._replace(asked=self._one(tuple(map(self._one, kept.asked))))
            self._shelf.put(file, value)
            self._changed = True

    def clinic(self, file: str) -> Clinic:
        return self._value(Clinic, file)

    def doctors(self, files: Mapping[str, str]) -> Shelved:
        """The kept doctors by slug; `files` are theirs."""
        briefs = {slug: short for slug, file in files.items() if (short := self._cards[file].brief) is not None}
        return Shelved(briefs, lambda slug: self._value(Doctor, files[slug]))

    @property
    def marks(self) -> dict[str, tuple[bytes, bytes]]:
        """The digests of each card's front matter and Markdown."""
        return {file: (kept.head, kept.text) for file, kept in self._cards.items()}

    def only(self, files: Iterable[str]) -> None:
        """Forget the cards of other files."""
        for file in self._cards.keys() - set(files):
            del self._cards[file]
            self._shelf.drop(file)
            self._changed = True

    def put(self) -> None:
        """Lay what changed on the shelf, for the next process."""
        if self._changed:
            rows = [(file, _row(kept)) for file, kept in self._cards.items()]
            self._shelf.put("cards", marshal.dumps((rows, self._sound)))
        self._changed = False

    def _value(self, model: type[Value], file: str) -> Value:
        value = pickle.loads(self._shelf.get(file) or b"")  # noqa: S301 - our own file, beside the site
        if not isinstance(value, model):
            raise TypeError(file)
        return value

    def _one(self, value: Any) -> Any:
        """Equal values become one, which is held and written once."""
        return self._same.setdefault(value, value)


def entry(card: Card, value: Clinic | Doctor, asked: Iterable[Asked], read_at: Stamp | None) -> Entry:
    """Of a sound card; `read_at` is the stamp of its file before it was read."""
    head, text = _digests(card.halves)
    fields = {name: card.tree[name] for name in _FIELDS if name in card.tree}
    short = brief(value) if isinstance(value, Doctor) else None
    kept = Kept(settled(read_at), head, text, tuple(asked), fields, short)
    return card.file, _row(kept), pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def settled(found: Stamp | None) -> Stamp | None:
    """The stamp, if a change of the file after it would show in another one."""
    return found if found and time.time_ns() - found[0] > _FRESH else None


def _digests(halves: Halves) -> tuple[bytes, bytes]:
    return sha256(halves.header.encode()).digest()[:16], sha256(halves.body.encode()).digest()[:16]


def _row(kept: Kept) -> tuple[Any, ...]:
    """Without the types that marshal does not know."""
    return (*kept[:-1], kept.brief and kept.brief.plain())


def _kept(row: tuple[Any, ...]) -> Kept:
    return Kept._make((*row[:-1], row[-1] and Brief.of(row[-1])))
