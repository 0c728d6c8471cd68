"""Makes the whole site out of a directory: every page in every language, pictures, sitemaps, redirects."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clinic_directory import paths, photos
from clinic_directory.commit_times import CommitTimes
from clinic_directory.edition import Edition, Page, Site
from clinic_directory.lists import Lists
from clinic_directory.output import Output
from clinic_directory.pages import clinic, doctor, home, indexes, plain, specialty, town
from clinic_directory.rendering import Renderer
from clinic_directory.schema import Directory
from clinic_directory.seo import sitemap
from clinic_directory.seo.security_txt import PATH, security_txt
from theme.assets import Assets
from theme.words import LANGS, speaking

REDIRECTS = "redirects.json"
"""Former addresses and the present ones, for whoever serves the folder to answer with 301."""

_PAGES: tuple[Callable[[Edition], Iterator[Page]], ...] = (
    home.pages,
    clinic.pages,
    doctor.pages,
    specialty.pages,
    town.pages,
    indexes.pages,
    plain.pages,
)


@dataclass(frozen=True)
class Written:
    """How many pages were made."""

    pages: int


def generate(directory: Directory, site: Site, times: CommitTimes, folder: Path, cache: Path, today: date) -> Written:
    """Write the site into `folder` and remove from it what no longer belongs there; `cache` keeps cut pictures.

    Raises ContentError for a picture that cannot be opened and ExpiryError, both before anything is written.
    """
    pictures = photos.read(directory, cache)
    files = _fixed(directory, site, today)
    output = Output(folder)
    assets = Assets()
    for path in assets.publish(folder / "theme"):
        output.keep(f"theme/{path.name}")
    pictures.publish(cache, output)
    renderer = Renderer(site, assets)
    groups: dict[str, list[sitemap.Entry]] = {}
    lists = Lists(directory)
    count = 0
    for lang in LANGS:
        with speaking(lang):
            edition = Edition(directory, lists, site, times, pictures, lang)
            for page in pages(edition):
                output.write(paths.file_of(page.path, lang), renderer.page(page, lang))
                count += 1
                if page.indexed:
                    entry = sitemap.Entry(edition.url(page.path), edition.changed(page))
                    groups.setdefault(f"{page.kind}-{lang}", []).append(entry)
    for name, content in (files | sitemap.files(site.url, groups)).items():
        output.write(name, content)
    output.prune()
    return Written(count)


def pages(edition: Edition) -> Iterator[Page]:
    for kind in _PAGES:
        yield from kind(edition)


def _fixed(directory: Directory, site: Site, today: date) -> dict[str, bytes]:
    """The files that are no pages and do not depend on them."""
    files = {
        "robots.txt": sitemap.robots(site.url),
        REDIRECTS: json.dumps(redirects(directory), indent=1, sort_keys=True).encode(),
    }
    if text := security_txt(site, today):
        files[PATH] = text
    return files


def redirects(directory: Directory) -> dict[str, str]:
    """Every former address in every language."""
    path_of = {"doctor": paths.doctor, "clinic": paths.clinic}
    return {
        paths.spoken(path_of[kind](old), lang): paths.spoken(path_of[kind](new), lang)
        for (kind, old), new in directory.renamed.items()
        for lang in LANGS
    }
