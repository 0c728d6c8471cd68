"""Writes fields as content files have them: one field a line, short lists and maps on it, long ones below it.

Everything is text, so a value is quoted wherever YAML, an editor's completion or a reader could take it for more.
"""

import re
from collections.abc import Iterator
from typing import Final

from clinic_directory.yaml_events import Tree

_WIDTH: Final = 118
_PLAIN = re.compile(r"[\w„“«][\w .’„”“«»/()+–-]*")
_NUMBER = re.compile(r"[\d.]+")
_SMALL = re.compile(r"\d{1,3}")


def front_matter(fields: dict[str, Tree]) -> str:
    """The lines between `---` and `---`, each with its end. An empty text is a field to fill in; empty lists go."""
    return "".join(f"{line}\n" for line in _map(fields))


def field(name: str, value: Tree, indent: int = 0) -> list[str]:
    """The lines of one field, without their ends."""
    return [" " * indent + line for line in _field(name, value)]


def flow(value: Tree) -> str:
    """A value on one line: `{lv: …, en: …}`, `[sala, krasts]` or a text."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {flow(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    return scalar(value)


def scalar(value: str) -> str:
    """A text, in quotes unless nothing in it has a meaning for YAML."""
    number = _NUMBER.fullmatch(value) and not _SMALL.fullmatch(value)
    if _PLAIN.fullmatch(value) and not number and value == value.strip():
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _map(fields: dict[str, Tree]) -> Iterator[str]:
    for name, value in fields.items():
        if value or value == "":
            yield from _field(name, value)


def _field(name: str, value: Tree) -> Iterator[str]:
    line = f"{name}: {flow(value)}" if value else f"{name}:"
    if isinstance(value, str) or (len(line) <= _WIDTH and _shallow(value)):
        yield line
        return
    yield f"{name}:"
    if isinstance(value, dict):
        yield from (f"  {inner}" for inner in _map(value))
        return
    for item in value:
        lines = list(_map(item)) if isinstance(item, dict) else [flow(item)]
        yield from (("  - " if at == 0 else "    ") + inner for at, inner in enumerate(lines))


def _shallow(value: Tree) -> bool:
    """Whether a list or map may stand on one line: one with maps in a list, or with a field to fill in, may not."""
    if isinstance(value, dict):
        return all(one != "" and (isinstance(one, str) or _shallow(one)) for one in value.values())
    return all(isinstance(one, str) for one in value)
