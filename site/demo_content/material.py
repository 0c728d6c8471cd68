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


@cache
def table(name: str) -> Any:
    """The parsed file `material/<name>.yaml`; whoever takes it must not change it. All scalars are strings."""
    return yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), _Strings)


def specialties(content: Path) -> Any:
    """The specialties of the content folder: the one table that the site itself uses."""
    return yaml.load((content / "tables" / "specialties.yaml").read_text(encoding="utf-8"), _Strings)


def towns(content: Path) -> Any:
    return yaml.load((content / "tables" / "towns.yaml").read_text(encoding="utf-8"), _Strings)
