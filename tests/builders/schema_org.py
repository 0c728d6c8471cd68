"""The schema.org vocabulary: which property stands on which type, and what it may hold.

schema_org.json is cut from the published vocabulary by cut_schema_org.py; Google's rules for pages stand here.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

Node = Mapping[str, Any]

VOCABULARY: dict[str, Any] = json.loads(Path(__file__).with_name("schema_org.json").read_text(encoding="utf-8"))
BUSINESSES = {"MedicalClinic", "PhysiciansOffice", "Dentist", "IndividualPhysician"}
"""They are LocalBusiness too, which Google wants with a name and an address."""
_HOME = "https://schema.org/"
_FORMS = {
    "Text": re.compile(r".+", re.DOTALL),
    "URL": re.compile(r"https?://\S+"),
    "Date": re.compile(r"\d{4}-\d\d-\d\d"),
    "Time": re.compile(r"\d\d:\d\d:\d\d"),
}


def kinds(name: str) -> frozenset[str]:
    """A type and its ancestors; KeyError for one that the cut does not have."""
    return _kinds(name)


@cache
def _kinds(name: str) -> frozenset[str]:
    return frozenset([name, *VOCABULARY["types"][name]])


def faults(node: Node, known: Mapping[str, Node]) -> Iterator[str]:
    """What the vocabulary does not allow in a node. `known` are the nodes of its page by id."""
    if set(node) == {"@id"}:
        return
    of = kinds(node["@type"])
    for name, content in node.items():
        if name in ("@id", "@type"):
            continue
        told = VOCABULARY["properties"].get(name)
        if not told or not of & set(told["on"]):
            yield f"{node['@type']} may not have {name}"
            continue
        for value in content if isinstance(content, list) else [content]:
            if not _fits(value, frozenset(told["takes"]), known):
                yield f"{node['@type']}.{name} may not be {value!r}"


def _fits(value: object, takes: frozenset[str], known: Mapping[str, Node]) -> bool:
    if isinstance(value, dict):
        # A node elsewhere is known there; one of this page must be of a kind that belongs here.
        target = known.get(value.get("@id", ""), value) if set(value) == {"@id"} else value
        return "@type" not in target or bool(kinds(target["@type"]) & takes)
    if isinstance(value, bool):
        return "Boolean" in takes
    if isinstance(value, int | float):
        return bool({"Number", "Integer"} & takes)
    text = str(value)
    if text.startswith(_HOME):
        return any(text in VOCABULARY["values"].get(name, ()) for name in takes)
    if any(form.fullmatch(text) for name, form in _FORMS.items() if name in takes):
        return True
    # The address of a page stands for the thing there, as Google's own trails of pages have it.
    return "Thing" in takes and bool(_FORMS["URL"].fullmatch(text))
