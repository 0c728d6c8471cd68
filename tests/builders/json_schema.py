"""A small validator of the JSON Schema words that our own schemas use; any other word is an error in the test.

`as_an_editor_reads(text)` gives the values that editors validate: YAML 1.2, where 304 is a number and yes is text.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
}
_SILENT = {"$schema", "definitions", "description", "examples"}


class _Editor(yaml.SafeLoader):
    """The core schema of YAML 1.2."""


_Editor.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]*", "-+0123456789"),
    ("null", r"~|null|", "~n\0"),
):
    _Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), [*first, ""])


def as_an_editor_reads(text: str) -> Any:
    return yaml.load(text, Loader=_Editor)  # noqa: S506 - a safe loader


def faults(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "") -> Iterator[str]:
    """What is wrong with a value, each with its place."""
    for word, wanted in schema.items():
        if word not in _SILENT:
            yield from _WORDS[word](value, wanted, schema, root, at)


def _type(value: Any, wanted: Any, _schema: Any, _root: Any, at: str) -> Iterator[str]:
    names = wanted if isinstance(wanted, list) else [wanted]
    if not any(isinstance(value, _TYPES[name]) for name in names):
        yield f"{at}: {value!r} is no {wanted}"


def _enum(value: Any, wanted: Any, _schema: Any, _root: Any, at: str) -> Iterator[str]:
    if value not in wanted:
        yield f"{at}: {value!r} is none of {wanted}"


def _pattern(value: Any, wanted: str, _schema: Any, _root: Any, at: str) -> Iterator[str]:
    if isinstance(value, str) and not re.search(wanted, value):
        yield f"{at}: {value!r} is not {wanted}"


def _minimum(value: Any, wanted: int, _schema: Any, _root: Any, at: str) -> Iterator[str]:
    if isinstance(value, int) and value < wanted:
        yield f"{at}: {value} is less than {wanted}"


def _maximum(value: Any, wanted: int, _schema: Any, _root: Any, at: str) -> Iterator[str]:
    if isinstance(value, int) and value > wanted:
        yield f"{at}: {value} is more than {wanted}"


def _properties(value: Any, wanted: Any, _schema: Any, root: Any, at: str) -> Iterator[str]:
    for name in value.keys() & wanted.keys() if isinstance(value, dict) else ():
        yield from faults(value[name], wanted[name], root, f"{at}.{name}")


def _additional(value: Any, wanted: Any, schema: Any, root: Any, at: str) -> Iterator[str]:
    known = schema.get("properties", {})
    patterns = schema.get("patternProperties", {})
    for name in value if isinstance(value, dict) else ():
        if name in known or any(re.search(pattern, name) for pattern in patterns):
            continue
        if wanted is False:
            yield f"{at}.{name} is not a field"
        else:
            yield from faults(value[name], wanted, root, f"{at}.{name}")


def _pattern_properties(value: Any, wanted: Any, _schema: Any, root: Any, at: str) -> Iterator[str]:
    for name in value if isinstance(value, dict) else ():
        for pattern, inner in wanted.items():
            if re.search(pattern, name):
                yield from faults(value[name], inner, root, f"{at}.{name}")


def _required(value: Any, wanted: Any, _schema: Any, _root: Any, at: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (f"{at}.{name} is missing" for name in wanted if name not in value)


def _items(value: Any, wanted: Any, _schema: Any, root: Any, at: str) -> Iterator[str]:
    for number, item in enumerate(value if isinstance(value, list) else ()):
        yield from faults(item, wanted, root, f"{at}[{number}]")


def _least(value: Any, wanted: int, _schema: Any, _root: Any, at: str) -> Iterator[str]:
    if isinstance(value, list) and len(value) < wanted:
        yield f"{at} has fewer than {wanted} items"


def _any_of(value: Any, wanted: Any, _schema: Any, root: Any, at: str) -> Iterator[str]:
    tries = [list(faults(value, one, root, at)) for one in wanted]
    if all(tries):
        yield from min(tries, key=len)


def _ref(value: Any, wanted: str, _schema: Any, root: Any, at: str) -> Iterator[str]:
    yield from faults(value, root["definitions"][wanted.removeprefix("#/definitions/")], root, at)


_WORDS = {
    "type": _type,
    "enum": _enum,
    "pattern": _pattern,
    "minimum": _minimum,
    "maximum": _maximum,
    "properties": _properties,
    "additionalProperties": _additional,
    "patternProperties": _pattern_properties,
    "required": _required,
    "items": _items,
    "minItems": _least,
    "anyOf": _any_of,
    "$ref": _ref,
}
