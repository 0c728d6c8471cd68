"""Remembers of what each page was made, so that one edit makes only the pages that it touches.

A page depends on its sources (content files: their front matter and picture, and their Markdown where the page shows
it), on the facts that its draft names, and on what is common to all pages: code, templates, words, settings and tables.
A change of what is common makes every page anew. The key of a page is the digest of all of it.
"""

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from clinic_directory.briefs import Brief
from clinic_directory.edition import Bundle, Draft, Site
from clinic_directory.photos import Photos
from clinic_directory.schema import Clinic, Directory
from clinic_directory.shelf import Shelf

_PAGES, _FILES = "pages", "files"


class Memory:
    """`shelf` keeps the keys of the last build, and begins anew when the code does; None remembers nothing."""

    def __init__(
        self, shelf: Shelf | None, directory: Directory, site: Site, photos: Photos, *settings: object
    ) -> None:
        self._shelf = shelf
        self._directory = directory
        self._photos = photos
        self._heads: dict[str, bytes] = {}
        self._texts: dict[str, bytes] = {}
        # A long list of sources is shared by the parts of a list; it is held, so that its id stays its own.
        self._joined: dict[int, tuple[Sequence[str], bytes]] = {}
        self._common = _digest(_common(directory, site, settings)) if shelf else b""
        self._before: dict[str, tuple[bytes, tuple[str, ...]]] = _loaded(shelf, _PAGES) or {}
        self._now: dict[str, tuple[bytes, tuple[str, ...]]] = {}
        names: Iterable[str] | None = _loaded(shelf, _FILES)
        self.files = None if names is None else frozenset(names)

    def has(self, draft: Draft | Bundle) -> bool:
        """Whether a draft was made of the same the last time; notes it for the next time."""
        if self._shelf is None:
            return False
        name = draft.name
        key = sha256(self._common + repr(draft.said).encode() + self._sources(draft.sources) + self._shown(draft))
        extra = self._before.get(name, (b"", ()))[1]
        self._now[name] = (key.digest()[:16], extra)
        return self._before.get(name) == self._now[name]

    def beside(self, draft: Draft | Bundle) -> tuple[str, ...]:
        """The files that went with a draft beside its pages."""
        return self._now.get(draft.name, (b"", ()))[1]

    def note(self, name: str, extra: Sequence[str]) -> None:
        """What files go with the draft of this name from now on."""
        if name in self._now:
            self._now[name] = (self._now[name][0], tuple(extra))

    def begin(self) -> None:
        """Call it before the first page is written: a build that stops half way is not believed."""
        if self._shelf:
            forget(self._shelf)

    def end(self, files: Iterable[str]) -> None:
        """Call it when every page is written; `files` are all that the site consists of."""
        if self._shelf:
            self._shelf.put(_PAGES, marshal.dumps(self._now))
            self._shelf.put(_FILES, marshal.dumps(list(files)))

    def _sources(self, sources: Sequence[str]) -> bytes:
        found = self._joined.get(id(sources))
        if found is None:
            found = self._joined[id(sources)] = (sources, b"".join(map(self._head, sources)))
        return found[1]

    def _shown(self, draft: Draft | Bundle) -> bytes:
        return b"".join(map(self._text, draft.sources if draft.texts is None else draft.texts))

    def _head(self, source: str) -> bytes:
        if source not in self._heads:
            self._open(source)
        return self._heads[source]

    def _text(self, source: str) -> bytes:
        if source not in self._texts:
            self._open(source)
        return self._texts[source]

    def _open(self, source: str) -> None:
        mark = self._directory.marks.get(source)
        if mark is None:
            whole = (self._directory.folder / source).read_bytes()
            head, _, text = whole.partition(b"\n---") if source.endswith(".md") else (whole, b"", b"")
            mark = _digest([head]), _digest([text])
        self._heads[source] = _digest([source.encode(), mark[0], self._picture(source)])
        self._texts[source] = mark[1]

    def _picture(self, source: str) -> bytes:
        folder, _, name = source.removesuffix(".md").partition("/")
        cards: Mapping[str, Brief | Clinic] = self._directory.briefs if folder == "doctors" else self._directory.clinics
        card = cards.get(name) if folder in ("doctors", "clinics") else None
        return repr(self._photos.of(card.picture)).encode() if card and card.picture else b""


def forget(shelf: Shelf) -> None:
    """For when the folder is not, or not for certain, what the last build made."""
    shelf.drop(_PAGES)
    shelf.drop(_FILES)


def _digest(parts: Iterable[bytes]) -> bytes:
    digest = sha256()
    for part in parts:
        digest.update(len(part).to_bytes(4, "big") + part)
    return digest.digest()[:16]


def _loaded(shelf: Shelf | None, name: str) -> Any:
    stored = shelf.get(name) if shelf else None
    return marshal.loads(stored) if stored else None  # noqa: S302 - our own file, beside the site


def _common(directory: Directory, site: Site, settings: object) -> Iterator[bytes]:
    yield repr((site, settings)).encode()
    for table in sorted((directory.folder / "tables").glob("*.yaml")):
        yield table.read_bytes()
    yield repr([(page.slug, page.languages, page.menu) for page in directory.pages.values()]).encode()
