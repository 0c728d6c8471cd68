"""Compares a new build with the published site: no address that people or search engines know may fall silent.

Known is what stood in the published sitemaps or led on from there. A later part of a list that has grown shorter may
go, since its list is there, and so may the entry of a card that was gone long ago.
"""

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from clinic_directory import former, paths

_LOCATION = re.compile(r"<loc>([^<]*)</loc>")
_NUMBER = re.compile(r"\d+/$")


class Vanished(Exception):
    """`addresses` answered before and would answer 404 now."""

    def __init__(self, addresses: list[str]) -> None:
        self.addresses = addresses
        super().__init__(addresses)

    def __str__(self) -> str:
        by_path: dict[str, list[str]] = {}
        for address in self.addresses:
            lang, path = paths.parted(address)
            by_path.setdefault(path, []).append(lang or "lv")
        count = "1 address has" if len(by_path) == 1 else f"{len(by_path)} addresses have"
        lines = [f"{path} ({', '.join(langs)}): {_instead(path, langs)}" for path, langs in by_path.items()]
        return "\n  ".join([f"{count} vanished from the site", *lines])


def check(published: Path, build: Path) -> None:
    """Raise Vanished where `build` has no answer for an address of `published`, which need not exist."""
    answered = _known(build, former.REDIRECTS) | _known(build, former.GONE)
    lost = [
        address
        for address in sorted(set(_listed(published)) | _known(published, former.REDIRECTS))
        if address not in answered and not _stands(build, address)
    ]
    if lost:
        raise Vanished(lost)


def _listed(published: Path) -> Iterator[str]:
    """The addresses of the published sitemaps, without their origin: a site may move to another."""
    for file in sorted(published.glob("sitemap-*.xml")):
        for location in _LOCATION.findall(file.read_text(encoding="utf-8")):
            yield urlsplit(unescape(location)).path


def _known(folder: Path, name: str) -> set[str]:
    try:
        return set(json.loads((folder / name).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return set()


def _stands(build: Path, address: str) -> bool:
    whole = _NUMBER.sub("", address)
    return any((build / paths.file_of(path, "lv")).exists() for path in {address, whole})


def _instead(path: str, langs: Sequence[str]) -> str:
    """What to write where."""
    for section, folder in (("doctors", paths.DOCTORS), ("clinics", paths.CLINICS)):
        slug = path.removeprefix(folder).strip("/")
        if path.startswith(folder) and "/" not in slug:
            entry = (
                f"{section}: {slug}: {{name: …, {'specialty: …, ' if section == 'doctors' else ''}town: …, left: …}}"
            )
            return f"if the card was renamed, add {slug} to its old_slugs; if it is gone, write in gone.yaml {entry}"
    above = re.sub(r"[^/]+/$", "", path)
    # An address without a language speaks for all three.
    named = [path] if "lv" in langs else [paths.spoken(path, lang) for lang in langs]
    entries = " and ".join(f"{one}: {{left: …, to: {above if above != '/' else '…'}}}" for one in named)
    return f"write in gone.yaml pages: {entries}"
