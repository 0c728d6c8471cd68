"""Writes YAML front matter as an editor would: short maps on one line, quotes only where YAML needs them."""

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"

WIDEST = 118
_PLAIN = re.compile(r"[\w„“«+(/][^\n#\"'{}\[\],&*!|>%@`]*")
_MEANS_SOMETHING = re.compile(r"[-+]?[\d.:_eE+-]*|null|true|false|on|off", re.IGNORECASE)


def document(fields: Mapping[str, Value], body: str) -> str:
    """A whole content file; fields without a value ("" or empty) are left out."""
    lines = [line for key, value in fields.items() if value for line in _field(key, value, "")]
    return "\n".join(["---", *lines, "---", "", body.strip(), ""])


def scalar(text: str) -> str:
    """Plain where that is safe in a flow map too, else in double quotes."""
    safe = _PLAIN.fullmatch(text) and ": " not in text and not text.endswith((":", " "))
    if safe and (not _MEANS_SOMETHING.fullmatch(text) or re.fullmatch(r"\d{4}-\d\d-\d\d|\d{1,4}", text)):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def flow(value: Value) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items() if inner) + "}"
    return "[" + ", ".join(flow(inner) for inner in value) + "]"


def _field(key: str, value: Value, indent: str) -> list[str]:
    if isinstance(value, str):
        return [f"{indent}{key}: {scalar(value)}"]
    if isinstance(value, Mapping):
        one_line = f"{indent}{key}: {flow(value)}"
        if len(one_line) <= WIDEST:
            return [one_line]
        inner = [line for name, part in value.items() if part for line in _field(name, part, indent + "  ")]
        return [f"{indent}{key}:", *inner]
    if all(isinstance(item, str) for item in value):
        return [f"{indent}{key}: {flow(value)}"]
    return [f"{indent}{key}:", *(line for item in value for line in _item(item, indent + "  "))]


def _item(item: Value, indent: str) -> list[str]:
    if not isinstance(item, Mapping):
        return [f"{indent}- {flow(item)}"]
    lines = [line for key, value in item.items() if value for line in _field(key, value, indent + "  ")]
    return [f"{indent}- {lines[0].strip()}", *lines[1:]]
