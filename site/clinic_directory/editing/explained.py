"""What each field means, in Latvian and English, as editors read it beside the field."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel

FILE: Final = Path(__file__).with_name("explained.yaml")
_GIVEN: Final[Mapping[str, frozenset[str]]] = {
    "Clinic": frozenset({"slug", "file", "text"}),
    "Doctor": frozenset({"slug", "file", "text"}),
    "ListText": frozenset({"slug", "file", "text", "specialty", "town"}),
    "Specialty": frozenset({"slug"}),
    "Town": frozenset({"slug"}),
    "Insurer": frozenset({"slug"}),
    "Group": frozenset({"slug"}),
    "GoneDoctor": frozenset({"slug", "line"}),
    "GoneClinic": frozenset({"slug", "line"}),
    "GonePage": frozenset({"address", "line"}),
}
"""Fields that nobody writes: the file's name, the key and what stands below the front matter say them."""


def explained(model: type[BaseModel], name: str) -> str:
    """Both languages of one field in one line; KeyError where nobody has explained it."""
    words = _words()[model.__name__][name]
    return f"{words['lv']} / {words['en']}"


def model_of(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    """The model of the maps in a field, or None where there are none."""
    annotation = next(field.annotation for key, field in model.model_fields.items() if name == (field.alias or key))
    return next(iter(models_inside(annotation)), None)


def models_inside(annotation: Any) -> list[type[BaseModel]]:
    """The models of `Words | None`, `tuple[Branch, ...]` or `dict[str, Price]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in getattr(annotation, "__args__", ()) for model in models_inside(inner)]


def names_of(model: type[BaseModel]) -> list[str]:
    """The fields that an author writes, by the names in the file."""
    given = _GIVEN.get(model.__name__, frozenset())
    return [field.alias or name for name, field in model.model_fields.items() if name not in given]


@cache
def _words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    words: Mapping[str, Mapping[str, Mapping[str, str]]] = yaml.load(FILE.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506 - text only
    return words
