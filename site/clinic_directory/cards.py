"""One file as read: its tree of text and the languages of its body, whether or not its fields are sound.

Rules look at the tree and not at the finished value, so that one bad field hides no other problem.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from clinic_directory import frontmatter, markdown, texts
from clinic_directory.frontmatter import NOTHING, Halves, Part
from clinic_directory.problems import Path as FieldPath
from clinic_directory.problems import Problem
from clinic_directory.words import Words
from clinic_directory.yaml_events import Tree
from clinic_directory.yaml_tree import Source


@dataclass
class Card:
    """A front matter and its body. `readable` is False where the file gave no tree; its slug counts nevertheless."""

    slug: str
    file: str
    source: Source
    readable: bool = True
    tree: dict[str, Tree] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    halves: Halves = NOTHING

    def problem(self, path: FieldPath, text: str, instead: str) -> Problem:
        return self.source.problem(path, text, instead)

    @property
    def body(self) -> Words | None:
        """The body as words, or None where it has no Latvian."""
        found = {part.lang: part.text.strip("\n") for part in self.parts}
        return Words(**found) if "lv" in found else None


def card(path: Path, slug: str, file: str, problems: list[Problem]) -> Card:
    """Reads a Markdown file with front matter."""
    text = texts.text_of(path, file, problems)
    halves = None if text is None else frontmatter.halves(text, file, problems)
    if halves is None:
        return Card(slug, file, Source(file, ""), readable=False)
    source = Source(file, halves.header, first_line=2)
    tree = source.tree(problems)
    parts = frontmatter.parts(halves.body, halves.body_line, file, problems)
    for part in parts:
        markdown.check(part, file, problems)
    return Card(slug, file, source, readable=tree is not None, tree=tree or {}, parts=parts, halves=halves)


class Unread(Source):
    """The source of a card that an earlier run read: its text is read when a problem asks for a line."""

    def __init__(self, file: str, path: Path) -> None:
        super().__init__(file, "", first_line=2)
        self._path = path

    def line(self, path: FieldPath) -> int:
        if not self._text:
            text = texts.text_of(self._path, self.file, []) or ""
            halves = frontmatter.halves(text, self.file, [])
            self._text = halves.header if halves else ""
        return super().line(path)


def table(path: Path, slug: str, file: str, problems: list[Problem]) -> Card:
    """Reads a YAML file without a body."""
    text = texts.text_of(path, file, problems)
    source = Source(file, text or "")
    tree = source.tree(problems) if text is not None else None
    return Card(slug, file, source, readable=tree is not None, tree=tree or {})


def maps_of(tree: Tree | None, name: str) -> Iterator[tuple[int, dict[str, Tree]]]:
    """The maps in a list with their places; an item that is not a map is refused by the schema."""
    items = tree.get(name) if isinstance(tree, dict) else None
    if isinstance(items, list):
        yield from ((index, item) for index, item in enumerate(items) if isinstance(item, dict))


def texts_of(tree: Tree | None, name: str) -> list[tuple[int, str]]:
    """The texts in a list with their places."""
    items = tree.get(name) if isinstance(tree, dict) else None
    return [(at, item) for at, item in enumerate(items) if isinstance(item, str)] if isinstance(items, list) else []


def text_of(tree: Tree | None, *path: str) -> str | None:
    """The text at a path, or None where there is none or something else."""
    for name in path:
        tree = tree.get(name) if isinstance(tree, dict) else None
    return tree if isinstance(tree, str) else None


def twice(items: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The items that stand in a list a second time."""
    seen: set[str] = set()
    for at, item in items:
        if item in seen:
            yield at, item
        seen.add(item)
