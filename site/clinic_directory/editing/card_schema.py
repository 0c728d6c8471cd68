"""`make schema`: JSON Schemas of front matter and tables, out of the same models that the reader checks with.

They are for the completion and the hints of editors, and say less than the reader: what stands between fields and
between files, only the reader knows. Draft 7, which editors understand best.
"""

import argparse
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from clinic_directory import gone, schema
from clinic_directory.editing.explained import explained, models_inside, names_of

FOLDER: Final = ".schema"
"""Inside the content folder; hidden, so that the reader passes it by."""

_CARDS: Final[Mapping[str, type[BaseModel]]] = {
    "clinic": schema.Clinic,
    "doctor": schema.Doctor,
    "list": schema.ListText,
    "page": schema.PageFile,
    "prices": schema.Prices,
}
_SECTIONS: Final[Mapping[str, type[BaseModel]]] = {
    "clinics": gone.GoneClinic,
    "doctors": gone.GoneDoctor,
    "pages": gone.GonePage,
}
_ROWS: Final[Mapping[str, type[BaseModel]]] = {
    "groups": schema.Group,
    "insurers": schema.Insurer,
    "specialties": schema.Specialty,
    "towns": schema.Town,
}
_DIALECT = "http://json-schema.org/draft-07/schema#"
_SCALAR = ["string", "number"]
_NOISE = ("title", "default", "description")
_FORM = re.compile(r"^[\[{-]|…|^(a|the) ")
_BOUNDS = {"ge": "minimum", "le": "maximum"}


def schemas() -> dict[str, bytes]:
    """Every schema by its file name; always the same bytes."""
    found = {name: _whole(_fields(model)) for name, model in _CARDS.items()}
    found |= {name: _whole(_rows(model)) for name, model in _ROWS.items()}
    found["gone"] = _whole(_sections(_SECTIONS))
    return {f"{name}.json": content for name, content in sorted(found.items())}


def write(content: Path) -> list[Path]:
    """Puts the schemas into a content folder and answers what changed."""
    folder = content / FOLDER
    folder.mkdir(exist_ok=True)
    changed = []
    for name, text in schemas().items():
        path = folder / name
        if not path.exists() or path.read_bytes() != text:
            path.write_bytes(text)
            changed.append(path)
    return changed


def _whole(found: Mapping[str, Any]) -> bytes:
    return (json.dumps({"$schema": _DIALECT, **found}, ensure_ascii=False, indent=1) + "\n").encode()


def _rows(model: type[BaseModel]) -> dict[str, Any]:
    row = _fields(model)
    definitions = row.pop("definitions", {})
    return {"type": "object", "additionalProperties": row, "definitions": definitions}


def _sections(models: Mapping[str, type[BaseModel]]) -> dict[str, Any]:
    rows = {name: _rows(model) for name, model in models.items()}
    definitions = {key: inner for row in rows.values() for key, inner in row.pop("definitions").items()}
    properties = {name: {"anyOf": [row, {"type": "null"}]} for name, row in rows.items()}
    return {"type": "object", "additionalProperties": False, "properties": properties, "definitions": definitions}


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    found = model.model_json_schema(ref_template="#/definitions/{model}")
    definitions = found.pop("$defs", {})
    models = {one.__name__: one for one in _models_in(model)}
    made = {name: _map(models[name], inner) for name, inner in definitions.items()}
    if "Words" in made:
        # A text that is written once is Latvian and serves all.
        made["Words"] = {"anyOf": [{"type": _SCALAR}, made["Words"]]}
    whole = _map(model, found)
    return {**whole, "definitions": made} if made else whole


def _map(model: type[BaseModel], found: Mapping[str, Any]) -> dict[str, Any]:
    """A model's map of fields: those that an author writes, with their explanations."""
    names = names_of(model)
    required = [name for name in found.get("required", ()) if name in names]
    properties = {
        name: {"description": explained(model, name), **_field(found["properties"][name], name in required)}
        for name in names
    }
    needed = {"required": required} if required else {}
    return {"type": "object", "additionalProperties": False, "properties": properties, **needed}


def _field(found: Mapping[str, Any], required: bool) -> dict[str, Any]:
    tidy: dict[str, Any] = _tidy(found)
    if required or {"type": "null"} in tidy.get("anyOf", ()):
        return tidy
    # A field that is left empty says nothing, and is no mistake.
    return {"anyOf": [tidy, {"type": "null"}]}


def _tidy(node: Any) -> Any:
    if isinstance(node, list):
        return [_tidy(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    tidy = {_BOUNDS.get(key, key): _tidy(inner) for key, inner in node.items() if key not in _NOISE}
    if "examples" in tidy:
        # What an editor is to offer must be right as it stands; quotes are the editor's to add.
        offered = [str(one).strip('"') for one in tidy.pop("examples") if not _FORM.search(str(one))]
        tidy |= {"examples": offered} if offered else {}
    return tidy


def _models_in(model: type[BaseModel]) -> set[type[BaseModel]]:
    """The model and every other that its fields hold."""
    found, waiting = set(), [model]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        waiting += [inner for field in one.model_fields.values() for inner in models_inside(field.annotation)]
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make schema", description=__doc__)
    parser.add_argument("--content", type=Path, default=Path("content"), help="the content folder")
    chosen = parser.parse_args(arguments)
    for path in write(chosen.content):
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
