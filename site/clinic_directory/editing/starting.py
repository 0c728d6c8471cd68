"""`make new-doctor` and `make new-clinic`: a card to fill in, every field explained beside it.

What must be filled in is left empty, so that the check names it; what may be left out stands behind a `#`.
"""

import argparse
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from string import Template
from typing import Final

from pydantic import BaseModel

from clinic_directory import cards
from clinic_directory.editing.card_schema import FOLDER
from clinic_directory.editing.explained import explained, model_of
from clinic_directory.editing.names import free_prefix, free_slug
from clinic_directory.editing.taken import taken
from clinic_directory.lists import bare
from clinic_directory.problems import choice
from clinic_directory.schema import Clinic, Doctor

PERSONS: Final = ("doctor", "nurse", "midwife")
ROOMS: Final = ("room", "device")
CLINICS: Final = ("clinic", "dentist", "practice")

_NEW = Path(__file__).with_name("new")
_FIELD = re.compile(r"^( *)(- |#)?(\w+):")
_PLAIN = re.compile(r"[^\W\d_][\w .’-]*")
_HEAD = """\
# Lauki bez # jāaizpilda; lauki ar # nav obligāti – noņemiet # un ierakstiet savu. Zem otrās --- līnijas rakstiet tekstu
# latviski; rindas „=== ru” un „=== en” sāk pārējās valodas. Kas vēl trūkst, pasaka make check-content.
# Fields without # are to be filled in; those with # may be left out: take the # away and write your own. Below the
# second --- line write the text in Latvian; the lines "=== ru" and "=== en" begin the other languages.
# What is still missing, make check-content says.
"""


class CannotStart(Exception):
    """There is something in the way; the text says what and what to do."""


def new_doctor(content: Path, name: str, clinic: str, kind: str, today: date) -> Path:
    """Writes a doctor's card, or one of a room or device. Raises CannotStart; an existing card is never touched."""
    home = content / "clinics" / f"{clinic}.md"
    clinics = tuple(sorted(path.stem for path in (content / "clinics").glob("*.md")))
    if clinic not in clinics:
        otherwise = "start it with make new-clinic"
        raise CannotStart(f'there is no clinic "{clinic}"; {choice(clinic, clinics, otherwise)}')
    given, _, family = name.rpartition(" ")
    if kind in PERSONS and not given:
        raise CannotStart(f'"{name}" is one word; write the given and the family name')
    slug = _free(content, "doctors", name, clinic)
    card = cards.card(home, clinic, f"clinics/{clinic}.md", [])
    branches = [cards.text_of(branch, "id") or "" for _, branch in cards.maps_of(card.tree, "branches")]
    values = {"given": given, "family": family, "name": name, "kind": kind, "clinic": clinic}
    values |= {"branch": " | ".join(branches) or "filiale", "slug": slug, "today": today.isoformat()}
    text = _text("room" if kind in ROOMS else "doctor", Doctor, values)
    return _write(content / "doctors" / f"{slug}.md", text)


def new_clinic(content: Path, name: str, kind: str, today: date) -> Path:
    """Writes a clinic's card. Raises CannotStart; an existing card is never touched."""
    slug = _free(content, "clinics", bare(name), "")
    values = {"name": name, "kind": kind, "slug": slug, "prefix": _prefix(content, slug), "today": today.isoformat()}
    return _write(content / "clinics" / f"{slug}.md", _text("clinic", Clinic, values))


def _free(content: Path, kind: str, name: str, clinic: str) -> str:
    """A slug that no card has or had: by the name, else with the clinic, else numbered."""
    slug = free_slug([name, f"{name} {clinic}"], taken(content, kind))
    if not slug:
        raise CannotStart(f'"{name}" holds no letter for a file name')
    return slug


def _prefix(content: Path, slug: str) -> str:
    paths = (content / "clinics").glob("*.md")
    there = {cards.text_of(cards.card(path, path.stem, path.name, []).tree, "number_prefix") for path in paths}
    return free_prefix(slug, {prefix for prefix in there if prefix})


def _text(form: str, model: type[BaseModel], values: dict[str, str]) -> str:
    """The form with its values, and above each field what it means."""
    filled = {name: value if _PLAIN.fullmatch(value) else _quoted(value) for name, value in values.items()}
    filled |= {name: values[name] for name in ("today", "slug", "prefix") if name in values}
    around: list[tuple[int, type[BaseModel]]] = [(0, model)]
    lines: list[str] = []
    for line in Template((_NEW / f"{form}.md").read_text(encoding="utf-8")).substitute(filled).splitlines():
        if found := _FIELD.match(line):
            indent = len(found[1]) + (2 if found[2] == "- " else 0)
            around = [one for one in around if one[0] <= indent]
            lines.append(f"{found[1]}# {explained(around[-1][1], found[3])}")
            if inner := model_of(around[-1][1], found[3]):
                around.append((indent + 1, inner))
        lines.append(line)
    completion = f"# yaml-language-server: $schema=../{FOLDER}/{model.__name__.lower()}.json"
    return "\n".join([lines[0], completion, _HEAD, *lines[1:], "", ""])


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' if value else ""


def _write(path: Path, text: str) -> Path:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise CannotStart(f"{path} is there already") from None
    return path


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make new-doctor", description=__doc__)
    parser.add_argument("what", choices=("doctor", "clinic"))
    parser.add_argument("--content", type=Path, default=Path("content"), help="the content folder")
    parser.add_argument("--name", required=True, help="the name in full")
    parser.add_argument("--clinic", default="", help="the clinic's slug, for a doctor")
    parser.add_argument("--kind", default="", help=f"{', '.join((*PERSONS, *ROOMS))}; {', '.join(CLINICS)}")
    chosen = parser.parse_args(arguments)
    kinds = CLINICS if chosen.what == "clinic" else (*PERSONS, *ROOMS)
    kind, today = chosen.kind or kinds[0], datetime.now(UTC).date()
    name = " ".join(chosen.name.split())
    try:
        if not name:
            raise CannotStart('say whose card: NAME="Ilze Bērziņa"')
        if kind not in kinds:
            raise CannotStart(f'"{kind}" is not a kind of {chosen.what}; {choice(kind, kinds, "")}')
        if chosen.what == "clinic":
            path = new_clinic(chosen.content, name, kind, today)
        else:
            path = new_doctor(chosen.content, name, chosen.clinic, kind, today)
    except CannotStart as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    sys.stdout.write(f"{path}\nFill it in; make check-content FILES={path} says what is still missing.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
