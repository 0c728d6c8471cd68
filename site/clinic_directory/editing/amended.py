"""Changes single fields of a content file and leaves every other sign of it as it was, comments too.

What is written is not checked here: `patch` of `difference` and the reader come after it.
"""

from collections.abc import Mapping, Sequence

import yaml

from clinic_directory.editing.writing import field, flow
from clinic_directory.frontmatter import halves
from clinic_directory.problems import Path, Problem
from clinic_directory.yaml_events import Tree


class CannotAmend(Exception):
    """The file or the place in it is not one that a field can be changed in; the text says why."""


def amended(text: str, changes: Mapping[Path, Tree]) -> str:
    """The file with new values at these paths; a value that is empty takes the field away. Raises CannotAmend.

    The map or list item around a field must be there: `("address", "street")` needs an address. A field that is not
    there is added behind the others of its map.
    """
    for path, value in changes.items():
        text = _changed(text, path, value)
    return text


def _changed(text: str, path: Path, value: Tree) -> str:
    problems: list[Problem] = []
    found = halves(text, "", problems)
    if found is None:
        raise CannotAmend(problems[0].text)
    start = text.index("\n") + 1
    header = _in_header(found.header, path, value)
    return text[:start] + header + text[start + len(found.header) :]


def _in_header(header: str, path: Path, value: Tree) -> str:
    try:
        root = yaml.compose(header, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        raise CannotAmend("is not YAML") from None
    around = root
    for step in path[:-1]:
        around = _inner(around, step)
    if not isinstance(around, yaml.MappingNode) or not isinstance(path[-1], str):
        raise CannotAmend(f"has no map of fields around {path[-1]}")
    pair = next((pair for pair in around.value if pair[0].value == path[-1]), None)
    if around.flow_style:
        return _in_flow(header, around, path[-1], value, pair)
    return _in_block(header, around, path[-1], value, pair)


def _inner(node: yaml.Node | None, step: str | int) -> yaml.Node:
    if isinstance(node, yaml.MappingNode):
        for key, inner in node.value:
            if key.value == step:
                found: yaml.Node = inner
                return found
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item
    raise CannotAmend(f"has no {step} to change something in")


Pair = tuple[yaml.Node, yaml.Node]


def _in_block(header: str, around: yaml.MappingNode, name: str, value: Tree, pair: Pair | None) -> str:
    lines = header.split("\n")
    indent = around.value[0][0].start_mark.column
    new = field(name, value, indent) if value else []
    if pair is None:
        last = _last_line(around, lines)
        return "\n".join([*lines[: last + 1], *new, *lines[last + 1 :]])
    first, last = pair[0].start_mark.line, _last_line(pair[1], lines)
    if not value and pair is around.value[0] and lines[first][:indent].strip():
        raise CannotAmend(f"begins with {name}, which cannot be left out")
    if new:
        # Before the name there may be the hyphen of a list, behind a short value a comment.
        new[0] = lines[first][:indent] + new[0].lstrip()
        if isinstance(pair[1], yaml.ScalarNode) and last == pair[1].end_mark.line:
            new[-1] += lines[last][pair[1].end_mark.column :].rstrip()
    return "\n".join([*lines[:first], *new, *lines[last + 1 :]])


def _in_flow(header: str, around: yaml.MappingNode, name: str, value: Tree, pair: Pair | None) -> str:
    fields = [
        (key.value, header[inner.start_mark.index : inner.end_mark.index])
        for key, inner in around.value
        if key.value != name or value
    ]
    if value:
        written = [(key, flow(value) if key == name else raw) for key, raw in fields]
        fields = written if pair else [*written, (name, flow(value))]
    inside = ", ".join(f"{key}: {raw}" for key, raw in fields)
    return header[: around.start_mark.index] + "{" + inside + "}" + header[around.end_mark.index :]


def _last_line(node: yaml.Node, lines: Sequence[str]) -> int:
    """The last line of a node's own text; what YAML counts to a block also holds empty lines and comments behind it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last, lines)
    end = int(node.end_mark.line)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") and not node.end_mark.column:
        end -= 1
        while end > node.start_mark.line and not lines[end].strip():
            end -= 1
    return end
