"""`python -m theme.check_words`: every message of templates and Python is said in every language, and nothing else is.

Found are: missing, fuzzy, empty and unused messages, placeholders that differ, and one message translated in two ways.
English needs an entry only where the msgid is not a sentence: a symbol such as `refusal.slot-taken`, or a plural.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir

from theme.words import FOLDER, LANGS, PLURAL_FORMS, read_messages

ROOT = Path(__file__).parent.parent
KEYWORDS: "Keywords" = {
    "_": None,
    "gettext": None,
    "N_": None,
    "translate": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Where words are said: this folder, by how its files are read. Scripts and styles say nothing.
SOURCES = (
    ("theme/templates", "**.html", "jinja2"),
    ("theme/templates", "**.txt", "jinja2"),
    ("theme", "**.py", "python"),
)
PYTHON_ROOMS = ("booking_service", "site")
OPTIONS = {"jinja2": {"extensions": "jinja2.ext.do", "silent": "false", "trimmed": "true"}, "python": {}}
_SYMBOL = re.compile(r"^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+$")

Key: TypeAlias = tuple[str | None, str]
Keywords: TypeAlias = Mapping[str, tuple[int | tuple[int, int] | tuple[int, str], ...] | None]


@dataclass(frozen=True)
class Used:
    """A message as a file uses it: its plural where it has one, and where it stands."""

    plural: str | None
    place: str


@dataclass
class Entry:
    """A message as one language's files hold it."""

    message: Message
    places: list[Path] = field(default_factory=list)


def _key(message_id: object, context: str | None) -> Key:
    return context or None, str(message_id[0] if isinstance(message_id, (tuple, list)) else message_id)


def _said(root: Path, source: tuple[str, str, str], keywords: Keywords) -> Iterator[tuple[Key, Used]]:
    folder, pattern, method = source
    found = extract_from_dir(root / folder, [(pattern, method)], {pattern: OPTIONS[method]}, keywords)
    for name, line, message, _, context in found:
        plural = str(message[1]) if isinstance(message, (tuple, list)) else None
        yield _key(message, context), Used(plural, f"{folder}/{name}:{line}")


def used_messages(root: Path = ROOT) -> dict[Key, Used]:
    """Every message that templates and Python of this checkout say; a refusal as `refusal.<code>`."""
    found: dict[Key, Used] = {}
    rooms = [(room, "**.py", "python") for room in PYTHON_ROOMS]
    for source in [*SOURCES, *rooms]:
        for key, used in _said(root, source, KEYWORDS):
            found.setdefault(key, used)
    for source in rooms:
        for (_, code), used in _said(root, source, {"Refusal": None}):
            found.setdefault((None, f"refusal.{code}"), used)
    return found


def entries(lang: str, folder: Path = FOLDER) -> tuple[dict[Key, Entry], list[str]]:
    """The entries of a language, and a complaint for each message that two files translate differently."""
    table: dict[Key, Entry] = {}
    faults = []
    for path, message in read_messages(lang, folder):
        entry = table.setdefault(_key(message.id, message.context), Entry(message))
        if entry.message.string != message.string:
            faults.append(f"{lang}: {message.id!r} differs between {entry.places[0].name} and {path.name}")
        entry.places.append(path)
    return table, faults


def _entry_faults(lang: str, entry: Entry, catalog: Catalog) -> Iterator[str]:
    message, place = entry.message, entry.places[0].name
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    if message.fuzzy:
        yield f"{lang}: {message.id!r} is fuzzy in {place}"
    if not all(strings):
        yield f"{lang}: {message.id!r} is empty in {place}"
        return
    for error in message.check(catalog):
        yield f"{lang}: {message.id!r} in {place}: {error}"


def _catalog(lang: str) -> Catalog:
    catalog = Catalog(locale=lang)
    catalog.mime_headers = [("Plural-Forms", PLURAL_FORMS[lang])]
    return catalog


def needs_entry(lang: str, key: Key, used: Used) -> bool:
    """Whether a language must hold an entry for the message: always, but English only for symbols and plurals."""
    return lang != "en" or used.plural is not None or bool(_SYMBOL.match(key[1]))


def faults(used: dict[Key, Used], folder: Path = FOLDER, langs: Iterable[str] = LANGS) -> list[str]:
    """Everything that is wrong with the catalogues, one line a fault, in an order that does not change."""
    found = []
    for lang in langs:
        table, differing = entries(lang, folder)
        found += differing
        found += [
            f"{lang}: missing {key[1]!r}, used in {use.place}"
            for key, use in used.items()
            if key not in table and needs_entry(lang, key, use)
        ]
        catalog = _catalog(lang)
        for key, entry in table.items():
            found += _entry_faults(lang, entry, catalog)
            if key not in used:
                found.append(f"{lang}: nobody says {key[1]!r} of {entry.places[0].name}")
    return found


def main() -> int:
    """Print every fault; 1 if there is one."""
    used = used_messages()
    found = faults(used)
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    sys.stdout.write(f"{len(used)} messages, {len(found)} faults\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
