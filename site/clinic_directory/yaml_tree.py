"""The YAML of one file: its tree of text, and the line of any field.

Lines are looked up afterwards and only for problems, so that a good file pays nothing for them.
"""

from collections.abc import Iterator

import yaml

from clinic_directory.problems import UNSEEN, Path, Problem, dotted
from clinic_directory.yaml_advice import advice
from clinic_directory.yaml_events import Building, Tree


class Source:
    """The YAML text of one file: `tree` reads it, `line` says where a field stands."""

    def __init__(self, file: str, text: str, first_line: int = 1) -> None:
        self.file = file
        self._text = text
        self._first_line = first_line
        self._root: yaml.Node | None = None

    def tree(self, problems: list[Problem]) -> dict[str, Tree] | None:
        """The top map, empty fields left out; None after noting why there is none."""
        building = Building()
        try:
            building.run(self._text)
        except yaml.YAMLError as wrong:
            line, text, instead = advice(wrong, self._text)
            problems.append(Problem(self.file, self._first_line + line, "", text, instead))
            return None
        problems.extend(
            Problem(self.file, self._first_line + fault.line, dotted(fault.path), *fault.said)
            for fault in building.faults
        )
        # Only a backslash in quotes can bring in what the text of the file was already searched for.
        if building.root is not None and "\\" in self._text:
            problems.extend(self._unseen(building.root, ()))
        return building.root

    def line(self, path: Path) -> int:
        """The line of a field, or of the nearest thing around it that is there."""
        if self._root is None:
            # Composing recurses; `tree` has made sure that there is nowhere deep to go.
            self._root = yaml.compose(self._text, Loader=yaml.CBaseLoader)
        node, line = self._root, 0
        for step in path:
            found = _step(node, step)
            if found is None:
                break
            node, line = found
        return self._first_line + line

    def problem(self, path: Path, text: str, instead: str) -> Problem:
        return Problem(self.file, self.line(path), dotted(path), text, instead)

    def _unseen(self, tree: Tree, path: Path) -> Iterator[Problem]:
        if isinstance(tree, str):
            if found := UNSEEN.search(tree):
                said = f"holds an invisible character (U+{ord(found[0]):04X})"
                yield Problem(self.file, self.line(path), "", said, "type the line anew")
            return
        for step, inner in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from self._unseen(str(step), path) if UNSEEN.search(str(step)) else ()
            yield from self._unseen(inner, (*path, step))


def _step(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value, key.start_mark.line
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item, item.start_mark.line
    return None
