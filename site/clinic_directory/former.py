"""Where former addresses lead, and which answer that they are gone: one answer each, in one hop.

The same facts are written for everyone who may serve the folder: JSON for the service, maps for nginx, `_redirects` for
Netlify and Cloudflare Pages (https://developers.cloudflare.com/pages/configuration/redirects/).
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from clinic_directory import paths
from clinic_directory.gone import GonePage, slugs
from clinic_directory.problems import ContentError, Problem
from clinic_directory.schema import Directory
from theme.words import LANGS

REDIRECTS, GONE = "redirects.json", "gone.json"
_PATHS = {"doctor": paths.doctor, "clinic": paths.clinic}


@dataclass(frozen=True)
class Former:
    """`redirects` are present addresses by former ones, `gone` is in order; both with their language."""

    redirects: Mapping[str, str]
    gone: tuple[str, ...]


def of(directory: Directory, present: Collection[str]) -> Former:
    """`present` are the addresses of all pages there are; ContentError where an entry leads to none of them.

    A page that is there again wins over what was once written about its address.
    """
    redirects = dict(_first_parts(present))
    gone: set[str] = set()
    for path, leads in _cards(directory):
        for lang in LANGS:
            if leads:
                redirects[paths.spoken(path, lang)] = paths.spoken(leads, lang)
            else:
                gone.add(paths.spoken(path, lang))
    problems = []
    for page in directory.gone.pages.values():
        for address in (one for one in _spoken(page.address) if one not in present):
            to = _target(page, address, present)
            if to is None:
                gone.add(address)
            else:
                redirects[address] = to
        if page.to and _target(page, page.address, present) not in present:
            text = f"{page.to} is not a page of the site"
            problems.append(Problem("gone.yaml", page.line, f"pages.{page.address}.to", text, "name one that is"))
    if problems:
        raise ContentError(problems)
    return Former(redirects, tuple(sorted(gone)))


def _cards(directory: Directory) -> Iterator[tuple[str, str]]:
    """Former paths of cards and where they lead, empty for those that are gone."""
    for (kind, old), new in directory.renamed.items():
        yield _PATHS[kind](old), _PATHS[kind](new)
    gone = directory.gone
    for doctor in gone.doctors.values():
        to = directory.renamed.get(("doctor", doctor.to or ""), doctor.to)
        yield from ((paths.doctor(slug), paths.doctor(to) if to else "") for slug in slugs(doctor))
    for clinic in gone.clinics.values():
        to = directory.renamed.get(("clinic", clinic.to or ""), clinic.to)
        yield from ((paths.clinic(slug), paths.clinic(to) if to else "") for slug in slugs(clinic))


def _first_parts(present: Collection[str]) -> Iterator[tuple[str, str]]:
    """The first part of a list that has several answers at the list's own address alone."""
    for address in present:
        base = address.removesuffix("2/")
        if base != address and base in present:
            yield f"{base}1/", base


def _spoken(address: str) -> list[str]:
    return [address] if paths.parted(address)[0] else [paths.spoken(address, lang) for lang in LANGS]


def _target(page: GonePage, address: str, present: Collection[str]) -> str | None:
    """In the language of the address; in Latvian where that language lacks the page."""
    if page.to is None or paths.parted(page.to)[0]:
        return page.to
    same = paths.spoken(page.to, paths.parted(address)[0] or "lv")
    return same if same in present else page.to


def files(former: Former) -> dict[str, bytes]:
    """By name, each in an order that does not change."""
    moved = sorted(former.redirects.items())
    # Cloudflare Pages leaves out a line whose status it does not know; Netlify wants "!" where a file is there.
    lines = [*(f"{old} {new} 301" for old, new in moved), *(f"{old} {old}index.html 410!" for old in former.gone)]
    return {
        REDIRECTS: json.dumps(dict(moved), indent=1).encode(),
        GONE: json.dumps(former.gone, indent=1).encode(),
        "nginx/redirects.map": _text(f"{old} {new};" for old, new in moved),
        "nginx/gone.map": _text(f"{old} 1;" for old in former.gone),
        "_redirects": _text(lines),
    }


def _text(lines: Iterator[str] | list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
