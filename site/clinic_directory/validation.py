"""Turns what pydantic says about a value into problems with a line, in an author's words."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from clinic_directory.fields import Fault, shortened
from clinic_directory.problems import Path, Problem, choice
from clinic_directory.yaml_events import Tree
from clinic_directory.yaml_tree import Source

Model = TypeVar("Model", bound=BaseModel)

_QUOTED = re.compile(r"'([^']*)'")
_KINDS = {
    "tuple_type": "takes a list",
    "dict_type": "takes a map of fields",
    "model_type": "takes a map of fields",
    "model_attributes_type": "takes a map of fields",
}
_BOUNDS = {
    "greater_than_equal": ("is less than {ge}", "write {ge} or more"),
    "less_than_equal": ("is more than {le}", "write {le} or less"),
}


def value_of(
    model: type[Model], tree: Tree, given: Mapping[str, Any], source: Source, problems: list[Problem], at: Path = ()
) -> Model | None:
    """The value of a map of fields, or None after noting everything wrong with it.

    `given` are fields that the reader itself fills in, so an author may not; `at` is where the map stands in its file.
    """
    if not isinstance(tree, dict):
        problems.append(source.problem(at, "takes a map of fields", f"write {_example_map(model)}"))
        return None
    known = len(problems)
    said = "is not written, the file itself says it"
    problems.extend(source.problem((*at, name), said, "leave it out") for name in given.keys() & tree.keys())
    try:
        # An author writes `from`, programs may say `from_`.
        value = model.model_validate({**tree, **given}, by_alias=True, by_name=False)
    except ValidationError as wrong:
        faults = (fault for error in wrong.errors(include_url=False) for fault in _faults(error, model, given))
        problems.extend(source.problem((*at, *fault.at), fault.text, fault.instead) for fault in faults)
        return None
    return value if len(problems) == known else None


def _faults(error: ErrorDetails, model: type[BaseModel], given: Mapping[str, Any]) -> Iterator[Fault]:
    # A bad key of a map is told at the key.
    path = tuple(step for step in error["loc"] if step != "[key]")
    kind, context = error["type"], error.get("ctx", {})
    if kind == "content":
        for fault in context["faults"]:
            yield Fault((*path, *fault.at), fault.text, fault.instead)
        return
    around, field = _found(model, path)
    if kind == "extra_forbidden":
        yield Fault(path, "is not a field", _other_field(str(path[-1]), around, given))
    elif kind == "missing":
        yield Fault(path, "is missing", f"write {path[-1]}: {_example(field)}")
    elif kind == "literal_error":
        options = tuple(_QUOTED.findall(context["expected"]))
        otherwise = f"write one of {', '.join(options)}"
        if isinstance(word := error["input"], str):
            yield Fault(path, f'"{shortened(word)}" is not one of the words for it', choice(word, options, otherwise))
        else:
            yield Fault(path, "takes one value", otherwise)
    elif kind in _BOUNDS:
        text, instead = _BOUNDS[kind]
        yield Fault(path, text.format(**context), instead.format(**context))
    elif kind == "too_short":
        # Pydantic also calls a list short when all of its items were refused.
        if not error["input"]:
            yield Fault(path, "is an empty list", f"write {_example(field)}")
    else:
        yield Fault(path, _KINDS.get(kind, "takes one value"), f"write {_example(field)}")


def _other_field(name: str, model: type[BaseModel] | None, given: Mapping[str, Any]) -> str:
    if model is None:
        return "leave it out"
    names = tuple(field.alias or key for key, field in model.model_fields.items() if key not in given)
    return choice(name, names, "leave it out")


def _found(model: type[BaseModel], path: Path) -> tuple[type[BaseModel] | None, FieldInfo | None]:
    """The model around the end of a path, and the field there (None where there is none such)."""
    around: type[BaseModel] | None = model
    field: FieldInfo | None = None
    at_key = False
    for step in path:
        inner = _model_in(field.annotation) if field else around
        if isinstance(step, int):
            continue
        # The first step into a map is one of its keys, the next one a field of the value there.
        at_key = bool(field and _is_map(field)) and not at_key
        if at_key:
            continue
        around = inner
        fields = around.model_fields if around else {}
        field = next((info for key, info in fields.items() if step == (info.alias or key)), None)
    return around, field


def _is_map(field: FieldInfo) -> bool:
    return getattr(field.annotation, "__origin__", None) is dict


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside `Words | None`, `tuple[Branch, ...]` or `dict[str, Price]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for inner in get_args(annotation) if (model := _model_in(inner))), None)


def _example(field: FieldInfo | None) -> str:
    if field is None:
        return "one value"
    if field.examples:
        return str(field.examples[0])
    return _example_of(field.annotation) or "one value"


def _example_of(annotation: Any) -> str | None:
    """What a field of this type may look like, from the example that its type carries."""
    for note in getattr(annotation, "__metadata__", ()):
        if isinstance(note, FieldInfo) and note.examples:
            return str(note.examples[0])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _example_map(annotation)
    inner = get_args(annotation)
    if get_origin(annotation) is Literal:
        return " or ".join(map(str, inner)) if len(inner) <= 8 else str(inner[0])
    found = next((example for each in inner if (example := _example_of(each))), None)
    return f"[{found}]" if found and get_origin(annotation) is tuple else found


def _example_map(model: type[BaseModel]) -> str:
    names = [field.alias or key for key, field in model.model_fields.items() if field.is_required()]
    return "{" + ", ".join(f"{name}: …" for name in names) + "}"
