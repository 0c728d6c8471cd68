"""What lies in a content folder: which files are cards, pages, lists, tables and pictures, and what does not belong."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Final

from clinic_directory.fields import LONGEST_SLUG, SLUG
from clinic_directory.problems import Problem, choice
from clinic_directory.vocabulary import LANGS

FOLDERS: Final = ("clinics", "doctors", "images", "lists", "pages", "tables")
NEEDED: Final = ("clinics", "doctors", "tables")
TABLES: Final = ("groups", "insurers", "prices", "specialties", "towns")
NEEDED_TABLES: Final = ("insurers", "prices", "specialties", "towns")
PICTURES: Final = (".jpg", ".jpeg", ".png", ".webp")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass
class Listing:
    """Paths by name in the order of names: `ilze-berzina`, `help.lv`, `kardiologs--riga`, `towns`; pictures by file."""

    clinics: dict[str, Path] = field(default_factory=dict)
    doctors: dict[str, Path] = field(default_factory=dict)
    pages: dict[str, Path] = field(default_factory=dict)
    lists: dict[str, Path] = field(default_factory=dict)
    tables: dict[str, Path] = field(default_factory=dict)
    images: dict[str, Path] = field(default_factory=dict)
    gone: Path | None = None


def listing(folder: Path, problems: list[Problem]) -> Listing:
    """Every file that has a place, after noting every one that has none."""
    found = Listing()
    if not folder.is_dir():
        text = "is not a folder" if folder.exists() else "does not exist"
        problems.append(Problem(str(folder), None, "", text, "name the folder that holds clinics/ and doctors/"))
        return found
    names: list[str] = []
    for entry in _entries(folder, folder, problems):
        if entry.is_dir() and entry.name in FOLDERS:
            names.append(entry.name)
            _list_folder(folder, entry.name, found, problems)
        elif entry.name in FOLDERS:
            problems.append(Problem(entry.name, None, "", "is not a folder", "make a folder of this name"))
        elif entry.name == "gone.yaml" and entry.is_file():
            found.gone = Path(entry.path)
        elif entry.name != "README.md":
            instead = choice(entry.name, FOLDERS, "take it out")
            problems.append(Problem(_said(entry.name), None, "", "does not belong into content", instead))
    problems.extend(_missing(names, found))
    return found


def _missing(folders: list[str], found: Listing) -> Iterator[Problem]:
    for name in NEEDED:
        if name not in folders:
            yield Problem(f"{name}/", None, "", "is missing", f"make the folder {name}")
    if "clinics" in folders and not found.clinics:
        yield Problem("clinics/", None, "", "holds no clinic", "write the first card, clinics/<slug>.md")
    for table in NEEDED_TABLES if "tables" in folders else ():
        if table not in found.tables:
            yield Problem(f"tables/{table}.yaml", None, "", "is missing", "write this table")


def _list_folder(folder: Path, kind: str, found: Listing, problems: list[Problem]) -> None:
    paths: dict[str, Path] = getattr(found, kind)
    for entry in _entries(folder / kind, folder, problems):
        file = f"{kind}/{_said(entry.name)}"
        if kind == "images" and entry.name == "readme" and entry.is_dir():
            continue  # Screenshots that the repository's own README shows.
        if not entry.is_file():
            problems.append(Problem(file, None, "", "is not a file", f"keep only files in {kind}/"))
            continue
        if fault := _fault(kind, entry.name):
            problems.append(Problem(file, None, "", *fault))
            continue
        paths[entry.name if kind == "images" else PurePath(entry.name).stem] = Path(entry.path)


def _entries(inside: Path, folder: Path, problems: list[Problem]) -> Iterator[os.DirEntry[str]]:
    """The entries in the order of names without hidden ones; a link that leads out of the content folder is refused."""
    try:
        with os.scandir(inside) as entries:
            shown = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as wrong:
        file = f"{inside.relative_to(folder)}/"
        problems.append(Problem(file, None, "", f"cannot be read ({wrong.strerror})", "give the folder its rights"))
        return
    home = folder.resolve()
    for entry in shown:
        if entry.is_symlink() and not _leads_inside(Path(entry.path), home):
            file = _said(os.path.relpath(entry.path, folder))
            problems.append(Problem(file, None, "", "is a link out of the content folder", "copy the file here"))
            continue
        yield entry


def _leads_inside(link: Path, home: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(home)
    except (OSError, RuntimeError):
        return False


def _fault(kind: str, name: str) -> tuple[str, str] | None:
    """What is wrong with a file's name and what to do, or None."""
    path = PurePath(name)
    endings = {"images": PICTURES, "tables": (".yaml",)}.get(kind, (".md",))
    if path.suffix not in endings:
        if path.suffix.lower() in endings:
            return f'ends in "{path.suffix}"', f"rename it to end in {path.suffix.lower()}"
        return f"does not belong into {kind}/", f"keep only {', '.join(endings)} files here"
    if kind == "images":
        # One way to write a name: what a card says and what an address shows is the same on every system.
        good = re.fullmatch(r"[a-z0-9]+(?:[._-][a-z0-9]+)*", path.stem)
        return None if good else ("has a name that an address cannot carry", "use a–z, 0–9 and hyphens")
    if kind == "tables":
        return None if path.stem in TABLES else ("is not a table", choice(path.stem, TABLES, ""))
    if kind == "pages":
        return _page_fault(path.stem)
    slugs = path.stem.split("--") if kind == "lists" else [path.stem]
    return _slug_fault(kind, slugs)


def _page_fault(stem: str) -> tuple[str, str] | None:
    slug, _, lang = stem.rpartition(".")
    if lang not in LANGS:
        return "does not say its language", f"name it {stem}.lv.md, {stem}.ru.md or {stem}.en.md"
    return _slug_fault("pages", [slug])


def _slug_fault(kind: str, slugs: list[str]) -> tuple[str, str] | None:
    if kind == "lists" and len(slugs) > 2:
        return "names more than a specialty and a town", "name it specialty--town.md"
    if not all(SLUG.fullmatch(slug) and len(slug) <= LONGEST_SLUG for slug in slugs):
        return "has a name that is not a slug", "use a–z, 0–9 and single hyphens, at most 80"
    if slugs[-1].isdigit():
        # /arsti/2/ is the second part of the list of doctors.
        return "has a name that looks like the number of a page", "put a word into it"
    if kind == "doctors" and _UUID.fullmatch(slugs[0]):
        # /book/<doctor>/ and /book/<booking>/ share their place.
        return "has a name that looks like a booking's number", "name it after the doctor"
    return None


def _said(name: str) -> str:
    """A file name that can be printed, whatever bytes it holds."""
    return os.fsencode(name).decode("utf-8", "replace")
