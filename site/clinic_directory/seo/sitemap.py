"""The sitemap index, one sitemap for each kind of page and language, and robots.txt."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from xml.sax.saxutils import escape

from clinic_directory import paths
from theme.words import LANGS

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
MOST = 10_000


class Entry(NamedTuple):
    """`changed` is empty where nobody knows; then nothing is said about it."""

    url: str
    changed: str


def files(site_url: str, groups: Mapping[str, Sequence[Entry]]) -> dict[str, bytes]:
    """Files by name. `groups` is entries by "doctors-lv"; groups without entries get no file."""
    found: dict[str, bytes] = {}
    changes: list[Entry] = []
    for group, entries in groups.items():
        for number, start in enumerate(range(0, len(entries), MOST), 1):
            cut = entries[start : start + MOST]
            name = f"sitemap-{group}{f'-{number}' if number > 1 else ''}.xml"
            found[name] = _document("urlset", "url", cut)
            known = [entry.changed for entry in cut if entry.changed]
            changes.append(Entry(f"{site_url}/{name}", max(known) if len(known) == len(cut) else ""))
    return {"sitemap.xml": _document("sitemapindex", "sitemap", changes), **found}


def _document(root: str, element: str, entries: Iterable[Entry]) -> bytes:
    lines = "".join(
        f"<{element}><loc>{escape(entry.url)}</loc>{_lastmod(entry.changed)}</{element}>\n" for entry in entries
    )
    return f"{_HEAD}<{root} {_SPACE}>\n{lines}</{root}>\n".encode()


def said(changed: datetime | None) -> str:
    """A moment as sitemaps write it; such texts are in the order of time."""
    return f"{changed:%Y-%m-%dT%H:%M:%S+00:00}" if changed else ""


def _lastmod(changed: str) -> str:
    return f"<lastmod>{changed}</lastmod>" if changed else ""


def robots(site_url: str) -> bytes:
    """Closed are the results of searches, which have no end, and the API. Other pages that must not be found say so
    themselves, which only works if crawlers may read them."""
    closed = "".join(f"Disallow: {paths.spoken('/search/?', lang)}\n" for lang in LANGS)
    return f"User-agent: *\nDisallow: /api/\n{closed}\nSitemap: {site_url}/sitemap.xml\n".encode()
