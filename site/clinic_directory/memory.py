"""Remembers of what each page was made, so that one edit makes only the pages that it touches.

A page depends on its sources (content files: their front matter and picture, and their Markdown where the page shows
it), on the facts that its draft names, and on what is common to all pages: code, templates, words, settings and tables.
A change of what is common makes every page anew.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from clinic_directory.briefs import Brief
from clinic_directory.edition import Draft, Site
from clinic_directory.photos import Photos
from clinic_directory.schema import Clinic, Directory
from theme import words

_CODE = (Path(__file__).parent, Path(words.__file__).parent)
_LIBRARIES = ("Babel", "Jinja2", "MarkupSafe", "cmarkgfm")
_KINDS = (".py", ".html", ".po", ".css", ".js", ".svg", ".woff2")


class Memory:
    """`file` is where the keys of the last build are kept; None remembers nothing."""

    def __init__(self, file: Path | None, directory: Directory, site: Site, photos: Photos) -> None:
        self._file = file
        self._directory = directory
        self._photos = photos
        self._heads: dict[str, bytes] = {}
        self._texts: dict[str, bytes] = {}
        self._common = _digest(_common(directory, site)) if file else b""
        self._before = _read(file)
        self._now: dict[str, str] = {}

    def has(self, draft: Draft) -> bool:
        """Whether the pages of a draft were made of the same the last time; notes it for the next time."""
        if self._file is None:
            return False
        said = repr((draft.path, draft.kind, draft.lang, tuple(draft.languages), draft.indexed, draft.facts))
        texts = draft.sources if draft.texts is None else draft.texts
        key = _digest([self._common, said.encode(), *map(self._head, draft.sources), *map(self._text, texts)]).hex()
        name = f"{draft.lang}{draft.path}"
        self._now[name] = key
        return self._before.get(name) == key

    def save(self) -> None:
        """Call it when every page is written."""
        if self._file:
            self._file.write_text(json.dumps(self._now))

    def forget(self) -> None:
        """Call it before the first page is written, so that a build which is stopped half way is not believed."""
        if self._file:
            self._file.unlink(missing_ok=True)

    def _head(self, source: str) -> bytes:
        if source not in self._heads:
            self._open(source)
        return self._heads[source]

    def _text(self, source: str) -> bytes:
        if source not in self._texts:
            self._open(source)
        return self._texts[source]

    def _open(self, source: str) -> None:
        whole = (self._directory.folder / source).read_bytes()
        head, _, text = whole.partition(b"\n---") if source.endswith(".md") else (whole, b"", b"")
        self._heads[source] = _digest([source.encode(), head, self._picture(source)])
        self._texts[source] = _digest([text])

    def _picture(self, source: str) -> bytes:
        folder, _, name = source.removesuffix(".md").partition("/")
        cards: Mapping[str, Brief | Clinic] = self._directory.briefs if folder == "doctors" else self._directory.clinics
        card = cards.get(name) if folder in ("doctors", "clinics") else None
        return repr(self._photos.of(card.picture if card else None)).encode()


def _digest(parts: Iterable[bytes]) -> bytes:
    digest = sha256()
    for part in parts:
        digest.update(len(part).to_bytes(4, "big") + part)
    return digest.digest()[:16]


def _read(file: Path | None) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(file.read_text()) if file else {}
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return found


def _common(directory: Directory, site: Site) -> Iterator[bytes]:
    yield repr(site).encode()
    yield repr([version(name) for name in _LIBRARIES]).encode()
    for folder in _CODE:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _KINDS:
                yield path.read_bytes()
    for table in sorted((directory.folder / "tables").glob("*.yaml")):
        yield table.read_bytes()
    yield repr([(page.slug, page.languages, page.menu) for page in directory.pages.values()]).encode()
