"""Links of texts to this site itself that lead nowhere: no page is there, and none was that leads on.

What they may lead to is known when every page is, so the build asks and the check of content does.
"""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from clinic_directory import links, paths
from clinic_directory.addresses import SERVICE
from clinic_directory.paths import parted
from clinic_directory.problems import Problem, choice
from clinic_directory.schema import Directory
from clinic_directory.vocabulary import LANGS


def problems(directory: Directory, answered: Collection[str]) -> list[Problem]:
    """Every link that leads nowhere. `answered` are the addresses of all pages, and those that lead on to one."""
    return [
        _problem(directory.folder, file, target, answered)
        for file, target in _all(directory)
        if not _leads(target, answered)
    ]


def certain(directory: Directory) -> frozenset[str]:
    """The addresses of cards and plain pages, which are known without looking at who stands in which list."""
    found = [paths.doctor(slug) for slug in directory.doctors] + [paths.clinic(slug) for slug in directory.clinics]
    spoken = [paths.spoken(path, lang) for path in found for lang in LANGS]
    plain = [paths.spoken(paths.plain(page.slug), lang) for page in directory.pages.values() for lang in page.languages]
    return frozenset([*spoken, *plain])


def _all(directory: Directory) -> Iterator[tuple[str, str]]:
    for brief in directory.briefs.values():
        yield from ((brief.file, target) for target in brief.links)
    texts = [(clinic.file, clinic.text) for clinic in directory.clinics.values()]
    texts += [(text.file, text.text) for text in directory.lists.values()]
    for file, words in texts:
        yield from ((file, target) for target in links.of_words(words))
    for page in directory.pages.values():
        for lang, file in zip(page.languages, page.files, strict=True):
            yield from ((file, target) for target in dict.fromkeys(links.of(page.text.own(lang) or "")))


def _leads(target: str, answered: Collection[str]) -> bool:
    path = re.split("[?#]", target)[0]
    of_service = path.startswith("/") and parted(path)[1].split("/")[1] in SERVICE
    return of_service or path in answered


def _problem(folder: Path, file: str, target: str, answered: Collection[str]) -> Problem:
    lines = (folder / file).read_text(encoding="utf-8").split("\n")
    line = next((number for number, text in enumerate(lines, 1) if target in text and "]" in text), None)
    if not target.startswith("/"):
        said = f'"{target[:100]}" leads on from the page that it stands on'
        return Problem(file, line, "", said, "write the whole address, /arsti/ilze-berzina/ or https://…")
    above = target.rstrip("/").rpartition("/")[0] + "/"
    near = tuple(sorted(one for one in answered if one.startswith(above)))
    instead = choice(target, near, "name a page that is there")
    return Problem(file, line, "", f'"{target[:100]}" is not a page of the site', instead)
