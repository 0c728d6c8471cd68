"""Makes the whole site out of a directory: every page in every language, pictures, sitemaps, redirects."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clinic_directory import former, paths, photos, prefetch, search_index, shares
from clinic_directory.commit_times import CommitTimes
from clinic_directory.edition import Draft, Edition, Site
from clinic_directory.lists import Lists
from clinic_directory.memory import Memory
from clinic_directory.output import Output
from clinic_directory.pages import clinic, co_payments, doctor, gone, home, indexes, plain, specialty, town
from clinic_directory.rendering import Renderer
from clinic_directory.schema import Directory
from clinic_directory.seo import sitemap
from clinic_directory.seo.security_txt import PATH, security_txt
from theme.assets import Assets
from theme.words import LANGS, speaking

_DRAFTS: tuple[Callable[[Edition], Iterator[Draft]], ...] = (
    home.drafts,
    clinic.drafts,
    doctor.drafts,
    specialty.drafts,
    town.drafts,
    indexes.drafts,
    co_payments.drafts,
    plain.drafts,
)


@dataclass(frozen=True)
class Written:
    """How many pages the site has, and how many of them had to be made."""

    pages: int
    made: int


@dataclass(frozen=True)
class Caches:
    """Where cut pictures are kept, and the file that remembers of what pages were made (None: make all).

    Without `share_images` the images of shared links are not drawn; pages name them all the same.
    """

    pictures: Path
    pages: Path | None = None
    share_images: bool = True


def generate(
    directory: Directory, site: Site, times: CommitTimes, folder: Path, caches: Caches, today: date
) -> Written:
    """Write the site into `folder` and remove from it what no longer belongs there.

    Raises ContentError for a picture that cannot be opened and ExpiryError, both before anything is written, and
    ContentError where a former address is to lead to a page that is not there.
    """
    found = photos.read(directory, caches.pictures)
    files = _fixed(site, today)
    memory = Memory(caches.pages, directory, site, found)
    output, assets = Output(folder), Assets()
    for path in assets.publish(folder / "theme"):
        output.keep(f"theme/{path.name}")
    found.publish(caches.pictures, output)
    shown = shares.Shares(directory, found)
    renderer, lists = Renderer(site, assets, shown), Lists(directory)
    groups: dict[str, list[sitemap.Entry]] = {}
    present: set[str] = set()
    count = made = 0
    memory.forget()
    editions = {lang: Edition(directory, lists, site, times, found, lang) for lang in LANGS}
    for draft in drafts(editions["lv"]):
        known = memory.has(draft)
        changed = times.newest(draft.sources) if draft.indexed else None
        for lang in draft.made_in:
            edition, name = editions[lang], paths.file_of(draft.path, lang)
            count += 1
            if not (known and output.keep(name)):
                with speaking(lang):
                    output.write(name, renderer.page(draft, draft.make(edition), lang))
                made += 1
            if draft.kind != "gone":
                present.add(paths.spoken(draft.path, lang))
            if draft.indexed:
                entry = sitemap.Entry(edition.url(draft.path), changed)
                groups.setdefault(f"{draft.kind}-{lang}", []).append(entry)
    if caches.share_images:
        shares.publish(shown, caches.pictures, output)
    files |= former.files(former.of(directory, present)) | search_index.files(lists)
    for name, content in (files | sitemap.files(site.url, groups)).items():
        output.write(name, content)
    output.prune()
    memory.save()
    return Written(count, made)


def drafts(edition: Edition) -> Iterator[Draft]:
    """Every page once; one that is there again stands in the place of what says that it is gone."""
    taken: set[tuple[str, str]] = set()
    for kind in (*_DRAFTS, gone.drafts):
        for draft in kind(edition):
            if not taken & {(draft.path, ""), (draft.path, draft.lang)}:
                taken.add((draft.path, draft.lang))
                yield draft


def _fixed(site: Site, today: date) -> dict[str, bytes]:
    """The files that are no pages and do not depend on them."""
    files = {"robots.txt": sitemap.robots(site.url), prefetch.FILE: prefetch.rules()}
    if text := security_txt(site, today):
        files[PATH] = text
    return files
