"""What is known of a published site from its sitemaps: its addresses, and when what stands there last changed."""

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from clinic_directory.former import GONE, REDIRECTS

_ENTRY = re.compile(r"<url><loc>([^<]*)</loc>(?:<lastmod>([^<]*)</lastmod>)?")
_FILE = re.compile(r"<loc>[^<]*/(sitemap-[a-z0-9-]+\.xml)</loc>")
LARGEST: Final = 50 * 1024 * 1024
SECONDS: Final = 20


class Unreachable(Exception):
    """The published site does not answer; the text says where and why."""


def addresses(folder: Path) -> Mapping[str, str]:
    """Each address of a site's sitemaps without its origin, and its `lastmod`, empty where it has none."""
    found: dict[str, str] = {}
    for file in sorted(folder.glob("sitemap-*.xml")):
        for location, changed in _ENTRY.findall(file.read_text(encoding="utf-8")):
            found[urlsplit(unescape(location)).path] = changed
    return found


def origin(folder: Path) -> str:
    """The public address that a built site speaks of itself by; empty where there is none."""
    robots = folder / "robots.txt"
    text = robots.read_text(encoding="utf-8") if robots.is_file() else ""
    return text.partition("Sitemap: ")[2].split("\n")[0].removesuffix("/sitemap.xml")


def fetch(url: str, folder: Path) -> None:
    """Puts sitemaps and former addresses of a site into a folder, as they lie in the site's own. Raises Unreachable."""
    folder.mkdir(parents=True, exist_ok=True)
    index = _get(f"{url}/sitemap.xml")
    if index is None:
        raise Unreachable(f"{url}/sitemap.xml is not there")
    # Only their names are taken from the index, so that it can lead to no other host.
    for name in [*_FILE.findall(index), REDIRECTS, GONE, "robots.txt"]:
        text = _get(f"{url}/{name}")
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")


def _get(url: str) -> str | None:
    try:
        with urlopen(url, timeout=SECONDS) as answer:  # noqa: S310 - `preview` takes http and https alone
            return str(answer.read(LARGEST).decode())
    except HTTPError as wrong:
        if wrong.code in (404, 410):
            return None
        raise Unreachable(f"{url} answers {wrong.code}") from None
    except (URLError, TimeoutError, UnicodeDecodeError, OSError) as wrong:
        raise Unreachable(f"{url} cannot be read ({wrong})") from None
