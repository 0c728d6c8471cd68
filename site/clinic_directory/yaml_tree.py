"""YAML as a tree of text: maps, lists and strings only, nothing guessed, nothing hidden.

Anchors, tags, double keys and deep nesting are refused. Lines are looked up afterwards and only for problems,
so that a good file pays nothing for them.
"""

import re
from collections.abc import Iterator
from typing import Final

import yaml

from clinic_directory.problems import UNSEEN, Path, Problem, dotted

# A silent fall back to the Python loader would make every build several times slower.
assert yaml.__with_libyaml__, "PyYAML has no C loader here; install the wheel with libyaml"  # noqa: S101

Tree = dict[str, "Tree"] | list["Tree"] | str
DEEPEST: Final = 10

_NOT_BRACKETS = re.compile(r"[^\[\]{}]+")
_NESTED_ON_A_LINE = re.compile(r"(?:[-?] +){8}")
_FAR_IN = " " * 40
_OPEN_QUOTE = re.compile(r"""(?:^|[:,\[{-])[ ]*(?:"[^"\n]*|'[^'\n]*)$""", re.M)
_SIGNS = re.compile(r"(?:^|[\s,\[{:-])[&*!][^\s]", re.M)

# What libyaml says, and what an author should do about it.
_ADVICE = {
    "mapping values are not allowed in this context": (
        "has a colon inside plain text",
        'put the text in quotes: "…: …"',
    ),
    "found character that cannot start any token": (
        "begins with a sign that YAML keeps for itself",
        "put the text in quotes",
    ),
    "found a tab character that violates indentation": ("is indented with a tab", "indent with spaces"),
    "found unexpected end of stream": ("has a quote that never ends", "close the quote"),
    "did not find expected key": ("does not fit the lines above", "look at quotes and indentation"),
    "did not find expected <document start>": ("does not fit the lines above", "look at quotes and indentation"),
    "did not find expected ',' or ']'": ("has a list that never ends", "close the list with ]"),
    "did not find expected ',' or '}'": ("has a map that never ends", "close the map with }"),
    "could not find expected ':'": ("has a line without a colon", "write name: value"),
    "found unknown escape character": ("has an unknown \\ sign in quotes", "use single quotes"),
}


class _Loader(yaml.CBaseLoader):
    """The C parser without a look at each text for what type it might be."""

    def resolve(self, *_: object) -> str:
        return ""

    def descend_resolver(self, *_: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def _compose(text: str) -> yaml.Node | None:
    node: yaml.Node | None = _Loader(text).get_single_node()
    return node


class Source:
    """The YAML text of one file: `tree` reads it, `line` says where a field stands."""

    def __init__(self, file: str, text: str, first_line: int = 1) -> None:
        self.file = file
        self._text = text
        self._first_line = first_line
        self._root: yaml.Node | None = None

    def tree(self, problems: list[Problem]) -> dict[str, Tree] | None:
        """The top map, empty fields left out; None after noting why there is none."""
        known = len(problems)
        self._check_signs(problems)
        if len(problems) > known:
            return None
        try:
            root = _compose(self._text)
        except yaml.YAMLError as wrong:
            problems.append(self._broken(wrong))
            return None
        if root is None:
            return {}
        if not isinstance(root, yaml.MappingNode):
            problems.append(self._problem(root, (), "is not a map of fields", "write name: value on each line"))
            return None
        tree = self._map(root, (), problems)
        # Only a backslash in quotes can bring in what the text of the file was already searched for.
        if "\\" in self._text:
            problems.extend(self._unseen(tree, ()))
        return tree

    def _unseen(self, tree: Tree, path: Path) -> Iterator[Problem]:
        if isinstance(tree, str):
            if found := UNSEEN.search(tree):
                said = f"holds an invisible character (U+{ord(found[0]):04X})"
                yield Problem(self.file, self.line(path), "", said, "type the line anew")
            return
        for step, inner in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from self._unseen(str(step), path) if UNSEEN.search(str(step)) else ()
            yield from self._unseen(inner, (*path, step))

    def line(self, path: Path) -> int:
        """The line of a field, or of the nearest thing around it that is there."""
        if self._root is None:
            self._root = _compose(self._text)
        node, line = self._root, 0
        for step in path:
            found = _step(node, step)
            if found is None:
                break
            node, line = found
        return self._first_line + line

    def problem(self, path: Path, text: str, instead: str) -> Problem:
        return Problem(self.file, self.line(path), dotted(path), text, instead)

    def _map(self, node: yaml.MappingNode, path: Path, problems: list[Problem]) -> dict[str, Tree]:
        tree: dict[str, Tree] = {}
        empty: list[str] = []
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                problems.append(self._problem(key, path, "has a field without a name", "write name: value"))
                continue
            name: str = key.value
            if name in tree:
                problems.append(self._problem(key, (*path, name), "is written twice", "leave one of them"))
                continue
            if isinstance(value, yaml.ScalarNode):
                tree[name] = text = value.value.strip()
                if not text:
                    empty.append(name)
            else:
                tree[name] = self._inside(value, (*path, name), problems)
        for name in empty:
            del tree[name]
        return tree

    def _inside(self, node: yaml.Node, path: Path, problems: list[Problem]) -> Tree:
        if isinstance(node, yaml.MappingNode):
            return self._map(node, path, problems)
        if isinstance(node, yaml.ScalarNode):
            return str(node.value).strip()
        return [self._inside(item, (*path, index), problems) for index, item in enumerate(node.value)]

    def _check_signs(self, problems: list[Problem]) -> None:
        """Refuses, before anything is built in memory, what could make a small file huge or overflow the stack."""
        if not _brackets_deep(self._text) and not _may_hide(self._text):
            return
        depth = 0
        try:
            for event in yaml.parse(self._text, Loader=yaml.CBaseLoader):
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                if fault := _hidden(event, depth):
                    line = self._first_line + (event.start_mark.line if event.start_mark else 0)
                    problems.append(Problem(self.file, line, "", *fault))
                    return
        except yaml.YAMLError as wrong:
            problems.append(self._broken(wrong))

    def _broken(self, wrong: yaml.YAMLError) -> Problem:
        text, instead = "is not YAML", "look at the quotes, colons and indentation of this line"
        line = self._first_line
        if isinstance(wrong, yaml.MarkedYAMLError):
            said = str(wrong.problem or "")
            text, instead = _ADVICE.get(said, (f"is not YAML ({said})", instead))
            # An open quote or list is noticed where it cannot go on; the author wants to see where it began.
            mark = wrong.context_mark if "never ends" in text and wrong.context_mark else wrong.problem_mark
            at = min(mark.line if mark else 0, self._text.count("\n", 0, len(self._text.rstrip())))
            quote = _OPEN_QUOTE.search(self._text)
            if quote and (opened := self._text.count("\n", 0, quote.end())) <= at:
                text, instead, at = "has a quote that never ends", "close the quote", opened
            line += at
        return Problem(self.file, line, "", text, instead)

    def _problem(self, node: yaml.Node, path: Path, text: str, instead: str) -> Problem:
        return Problem(self.file, self._first_line + node.start_mark.line, dotted(path), text, instead)


def _hidden(event: yaml.Event, depth: int) -> tuple[str, str] | None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "uses a YAML anchor (& or *)", "write the text out or quote it"
    if getattr(event, "tag", None):
        return "uses a YAML tag (!)", "leave the tag out or quote the text"
    if depth > DEEPEST:
        return f"is nested deeper than {DEEPEST} levels", "write it flatter"
    return None


def _step(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value, key.start_mark.line
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item, item.start_mark.line
    return None


def _may_hide(text: str) -> bool:
    """A quick look that finds every anchor, tag and deep block, and some innocent text too."""
    if _FAR_IN in text or _NESTED_ON_A_LINE.search(text):
        return True
    return ("&" in text or "*" in text or "!" in text) and _SIGNS.search(text) is not None


def _brackets_deep(text: str) -> bool:
    """Whether brackets may nest too deep: each round takes the innermost pairs away."""
    brackets = _NOT_BRACKETS.sub("", text)
    for _ in range(DEEPEST):
        if not brackets:
            return False
        brackets = brackets.replace("{}", "").replace("[]", "")
    # Brackets that stand in quoted text may be left over; only many of them can hide a deep nest.
    return len(brackets) > DEEPEST
