"""The hand-written material that cards are made of: YAML files beside this module."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "material"
LANGS = ("lv", "ru", "en")


class _Strings(yaml.CSafeLoader):
    """Guesses no types, as the content reader does not: `no` stays a word and `7:30` a time."""


_Strings.yaml_implicit_resolvers = {}


def _parsed(path: Path) -> Any:
    return _Strings(path.read_text(encoding="utf-8")).get_single_data()


@cache
def table(name: str) -> Any:
    """The parsed file `material/<name>.yaml`; whoever takes it must not change it. All scalars are strings."""
    return _parsed(FOLDER / f"{name}.yaml")


def specialties(content: Path) -> Any:
    """The specialties of a content folder: the one table that the site itself uses."""
    return _parsed(content / "tables" / "specialties.yaml")


def towns(content: Path) -> Any:
    """The towns of a content folder, in the order of the table."""
    return _parsed(content / "tables" / "towns.yaml")
