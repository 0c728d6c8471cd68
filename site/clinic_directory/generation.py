"""Makes the whole site out of a directory: every page in every language, pictures, sitemaps, redirects."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from clinic_directory import dead_links, forks, former, paths, photos, prefetch, search_index, shares
from clinic_directory.commit_times import CommitTimes
from clinic_directory.cycles import unsearched
from clinic_directory.edition import Bundle, Draft, Edition, Site
from clinic_directory.kept_cards import KeptCards
from clinic_directory.lists import Lists
from clinic_directory.memory import Memory
from clinic_directory.output import Output
from clinic_directory.pages import (
    clinic,
    co_payments,
    doctor,
    gone,
    groups,
    home,
    indexes,
    insurers,
    plain,
    specialty,
    town,
)
from clinic_directory.problems import ContentError
from clinic_directory.rendering import Renderer
from clinic_directory.schema import Directory
from clinic_directory.seo import sitemap
from clinic_directory.seo.security_txt import PATH, security_txt
from clinic_directory.shares import Shares
from clinic_directory.shelf import Shelf
from theme.assets import Assets
from theme.words import LANGS, speaking

_DRAFTS: tuple[Callable[[Edition], Iterator[Draft]], ...] = (
    home.drafts,
    clinic.drafts,
    doctor.drafts,
    specialty.drafts,
    town.drafts,
    indexes.drafts,
    insurers.drafts,
    groups.drafts,
    co_payments.drafts,
    plain.drafts,
)


@dataclass(frozen=True)
class Written:
    """How many pages the site has, how many of them had to be made, and which files were written or removed
    out of all files."""

    pages: int
    made: int
    changed: Sequence[str]
    files: Collection[str]


@dataclass(frozen=True)
class Caches:
    """Where cut pictures are kept, and what an earlier build kept of cards and pages (None: make all).

    Without `share_images` the images of shared links are not drawn; pages name them all the same.
    """

    pictures: Path
    shelf: Shelf | None = None
    cards: KeptCards | None = None
    share_images: bool = True


def generate(
    directory: Directory,
    site: Site,
    times: CommitTimes,
    folder: Path,
    caches: Caches,
    today: date,
    begin: Callable[[], Path] | None = None,
) -> Written:
    """Write the site into `folder` and remove from it what no longer belongs there.

    With `begin` the folder is only looked at, and what differs goes into the equal one that `begin` answers with.
    Raises ContentError for a picture that cannot be opened and ExpiryError, both before anything is written, and
    ContentError where a former address or a link in a text leads to a page that is not there. What is kept is put on
    the shelf, which the caller saves.
    """
    found = photos.read(directory, caches.pictures, caches.shelf)
    fixed = _fixed(site, today)
    lists = Lists(directory)
    editions = {lang: Edition(directory, lists, site, times, found, lang) for lang in LANGS}
    drafted = list(drafts(editions["lv"]))
    past = _answered(directory, drafted)
    fixed |= former.files(past) | _sitemaps(drafted, site, times)
    memory = Memory(caches.shelf, directory, site, found, caches.share_images)
    output, assets = Output(folder, memory.files, begin), Assets()
    memory.begin()
    for name, content in assets.files.values():
        if not output.keep([f"theme/{name}"]):
            output.write(f"theme/{name}", content)
    found.publish(caches.pictures, output)
    shown = Shares(directory, found)
    stale = [
        draft
        for draft in drafted
        if not (memory.has(draft) and output.keep([*_files_of(draft), *memory.beside(draft)]))
    ]
    if stale:
        output.begin()
        _make(stale, Renderer(site, assets, shown, caches.shelf), editions, output)
    if caches.share_images:
        _share(stale, shown, caches.pictures, memory, output)
    for bundle in _bundles(lists):
        if not (memory.has(bundle) and output.keep(memory.beside(bundle))):
            files = bundle.make()
            memory.note(bundle.name, sorted(files))
            fixed |= files
    for name, content in fixed.items():
        output.write(name, content)
    output.prune()
    memory.end(output.files)
    if caches.cards:
        caches.cards.put()
    pages = sum(len(draft.made_in) for draft in drafted)
    return Written(pages, sum(len(draft.made_in) for draft in stale), output.changed, output.files)


def _files_of(draft: Draft) -> list[str]:
    return [paths.file_of(draft.path, lang) for lang in draft.made_in]


def _make(stale: Sequence[Draft], renderer: Renderer, editions: Mapping[str, Edition], output: Output) -> None:
    """Make pages and write them; a second process, where there is one, tells which files it wrote."""

    def work(some: Sequence[Draft]) -> tuple[int, list[str], list[str]]:
        before, changed = output.files, len(output.changed)
        for draft in some:
            for lang in draft.made_in:
                with speaking(lang):
                    page = renderer.page(draft, draft.make(editions[lang]), lang)
                output.write(paths.file_of(draft.path, lang), page)
        return os.getpid(), list(output.files - before), output.changed[changed:]

    with unsearched():
        for process, files, changed in forks.in_halves(work, stale):
            if process != os.getpid():
                output.add(files, changed)


def _share(stale: Sequence[Draft], shown: Shares, cache: Path, memory: Memory, output: Output) -> None:
    """Images of shared links are named on the page of their card, so they change only with it."""
    tasks = {draft.name: shown.task(draft.path) for draft in stale if draft.kind in ("clinics", "doctors")}
    common = shown.task(paths.HOME)
    shares.draw_missing([common, *tasks.values()], cache)
    for name, task in tasks.items():
        memory.note(name, [f"images/{image}" for image in task.cards])
    for task in (common, *tasks.values()):
        for name in task.cards:
            output.place(f"images/{name}", cache / name)


def check_links(directory: Directory) -> None:
    """Raise ContentError where an address or a text leads to a page that there would not be; nothing is made."""
    edition = Edition(directory, Lists(directory), Site(""), CommitTimes({}), photos.Photos(), "lv")
    _answered(directory, list(drafts(edition)))


def _answered(directory: Directory, drafted: Sequence[Draft]) -> former.Former:
    """Where former addresses lead; ContentError where one of them, or a link in a text, leads to no page."""
    present = set(_addresses(drafted))
    past = former.of(directory, present)
    if problems := dead_links.problems(directory, present | past.redirects.keys()):
        raise ContentError(problems)
    return past


def _addresses(drafted: Sequence[Draft]) -> Iterator[str]:
    return (paths.spoken(draft.path, lang) for draft in drafted if draft.kind != "gone" for lang in draft.made_in)


def _sitemaps(drafted: Sequence[Draft], site: Site, times: CommitTimes) -> dict[str, bytes]:
    groups: dict[str, list[sitemap.Entry]] = {}
    for draft in drafted:
        if draft.indexed:
            changed = sitemap.said(times.newest(draft.sources))
            for lang in draft.made_in:
                entry = sitemap.Entry(site.url + paths.spoken(draft.path, lang), changed)
                groups.setdefault(f"{draft.kind}-{lang}", []).append(entry)
    return sitemap.files(site.url, groups)


def _bundles(lists: Lists) -> Iterator[Bundle]:
    doctors, clinics = lists.directory.briefs.values(), lists.directory.clinics.values()
    cards = [*(one.file for one in doctors), *(one.file for one in clinics)]
    yield Bundle(search_index.FOLDER, cards, partial(search_index.files, lists))


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
