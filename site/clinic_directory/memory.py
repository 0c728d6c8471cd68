"""Remembers of which bytes each page was made, so that one edit makes only the pages that it touches.

A page depends on the files of its draft, and on what is common to all pages: code, templates, words, settings, tables,
pictures, and who is who: names, specialties, places and whether somebody can be booked. A change of what is common
makes every page anew.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from clinic_directory.edition import Draft, Site
from clinic_directory.lists import is_bookable
from clinic_directory.photos import Photos
from clinic_directory.schema import Directory
from theme import words

_CODE = (Path(__file__).parent, Path(words.__file__).parent)
_LIBRARIES = ("Babel", "Jinja2", "MarkupSafe", "cmarkgfm")
_KINDS = (".py", ".html", ".po", ".css", ".js", ".svg", ".woff2")


class Memory:
    """`file` is where the keys of the last build are kept; None remembers nothing."""

    def __init__(self, file: Path | None, directory: Directory, site: Site, photos: Photos) -> None:
        self._file = file
        self._folder = directory.folder
        self._files: dict[str, bytes] = {}
        self._lists: dict[tuple[str, ...], bytes] = {}
        self._common = _digest(_common(directory, site, photos)) if file else b""
        self._before = _read(file)
        self._now: dict[str, str] = {}

    def has(self, name: str, draft: Draft) -> bool:
        """Whether the page at `name` was made of the same bytes the last time; notes it for the next time."""
        if self._file is None:
            return False
        said = "\0".join([name, *draft.languages]).encode()
        key = _digest([self._common, said, self._sources(draft.sources)]).hex()
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

    def _sources(self, sources: Sequence[str]) -> bytes:
        key = tuple(sources)
        if key not in self._lists:
            self._lists[key] = _digest(self._source(source) for source in sources)
        return self._lists[key]

    def _source(self, source: str) -> bytes:
        if source not in self._files:
            self._files[source] = _digest([source.encode(), (self._folder / source).read_bytes()])
        return self._files[source]


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


def _common(directory: Directory, site: Site, photos: Photos) -> Iterator[bytes]:
    yield repr(site).encode()
    yield repr([version(name) for name in _LIBRARIES]).encode()
    for folder in _CODE:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _KINDS:
                yield path.read_bytes()
    for table in sorted((directory.folder / "tables").glob("*.yaml")):
        yield table.read_bytes()
    yield repr(sorted(photos.pictures.items())).encode()
    yield repr([(page.slug, page.languages, page.menu) for page in directory.pages.values()]).encode()
    yield repr(sorted(directory.lists)).encode()
    for clinic in directory.clinics.values():
        places = [clinic.address, *(branch.address for branch in clinic.branches)]
        yield repr((clinic.slug, clinic.name, [place.town for place in places])).encode()
    for doctor in directory.doctors.values():
        practices = [
            (one.clinic, one.branch, directory.address(one).town, is_bookable((one,))) for one in doctor.practices
        ]
        who = [doctor.full_name(lang) for lang in words.LANGS]
        yield repr((doctor.slug, doctor.kind, who, doctor.register_number, doctor.specialties, practices)).encode()
