"""Builds a tree of text from the events of the YAML parser, without recursion.

So no file can overflow the stack or grow in memory: anchors, tags, double keys and deep nesting are refused at once.
"""

from typing import Final, NamedTuple

import yaml

from clinic_directory.problems import Path

try:
    from yaml._yaml import CParser
except ImportError as missing:
    # A silent fall back to the Python parser would make every build several times slower.
    raise ImportError("PyYAML has no C parser here; install the wheel that holds libyaml") from missing

Tree = dict[str, "Tree"] | list["Tree"] | str
Branch = dict[str, "Tree"] | list["Tree"]
DEEPEST: Final = 10

_NO_MAP = ("is not a map of fields", "write name: value on each line")
_NO_NAME = ("has a field without a name", "write name: value")
_SECOND = ("has a second YAML document", "leave one")
_LONELY = ("has no colon behind it", "put a text that holds a comma in quotes, or write name: value")
_TWICE = ("is written twice", "leave one of them")
_ANCHOR = ("uses a YAML anchor (& or *)", "write the text out or quote it")
_TAG = ("uses a YAML tag (!)", "leave the tag out or quote the text")
_DEEP = (f"is nested deeper than {DEEPEST} levels", "write it flatter")


class YamlFault(NamedTuple):
    """`line` counts from 0; `said` is what is wrong and what to do."""

    line: int
    path: Path
    said: tuple[str, str]


class Building:
    """One reading of a text: `root` is its top map, or None after a fault that nothing can be read behind."""

    def __init__(self) -> None:
        self.root: dict[str, Tree] | None = {}
        self.faults: list[YamlFault] = []
        self._inside: Branch | None = None
        self._key: str | None = None
        self._around: list[tuple[Branch | None, str | int]] = []
        self._empty: list[tuple[dict[str, Tree], str]] = []
        self._text = ""

    def run(self, text: str) -> None:
        """Reads the text; raises YAMLError where it is not YAML. Fields without a value are left out."""
        self._text = text
        next_event = CParser(text).get_event
        while (event := next_event()) is not None:
            # Nearly all events are scalars, so these take the shortest way.
            said = self._scalar(event) if type(event) is yaml.ScalarEvent else self._other(event)
            if said:
                line = event.start_mark.line if event.start_mark else 0
                self.faults.append(YamlFault(line, (), said))
                self.root = None
                return
        for branch, key in self._empty:
            # Of a field that is written twice, the empty one may have been filled since.
            if not branch.get(key, True):
                del branch[key]

    def _scalar(self, event: yaml.ScalarEvent) -> tuple[str, str] | None:
        """Adds a text to the tree, or says why the reading ends here."""
        if event.anchor or event.tag:
            return _ANCHOR if event.anchor else _TAG
        text, inside, name = event.value.strip(), self._inside, self._key
        if type(inside) is dict:
            if name is None:
                self._key = text
                if text in inside:
                    self._fault(event, text, _TWICE)
                return None
            inside[name] = text
            self._key = None
            if not text:
                self._empty.append((inside, name))
                # In {lv: ārsts, kas operē} the comma ends the text, and what follows would be lost without a word.
                if event.start_mark and not self._text[: event.start_mark.index].rstrip().endswith(":"):
                    self._fault(event, name, _LONELY)
        elif type(inside) is list:
            inside.append(text)
        elif text:
            return _NO_MAP
        return None

    def _other(self, event: yaml.Event) -> tuple[str, str] | None:
        if isinstance(event, yaml.CollectionStartEvent):
            return self._open(event, {} if isinstance(event, yaml.MappingStartEvent) else [])
        if isinstance(event, yaml.CollectionEndEvent):
            self._inside = self._around.pop()[0]
        elif isinstance(event, yaml.AliasEvent):
            return _ANCHOR
        elif isinstance(event, yaml.DocumentStartEvent) and self.root:
            return _SECOND
        return None

    def _fault(self, event: yaml.ScalarEvent, name: str, said: tuple[str, str]) -> None:
        line = event.start_mark.line if event.start_mark else 0
        steps = [step for _, step in self._around[1:]]
        self.faults.append(YamlFault(line, (*steps, name), said))

    def _open(self, event: yaml.CollectionStartEvent, branch: Branch) -> tuple[str, str] | None:
        if event.anchor or event.tag:
            return _ANCHOR if event.anchor else _TAG
        inside: Branch | None = self._inside
        step: str | int = self._key or ""
        if type(inside) is dict:
            if self._key is None:
                return _NO_NAME
            inside[self._key] = branch
            self._key = None
        elif type(inside) is list:
            step = len(inside)
            inside.append(branch)
        elif type(branch) is dict:
            self.root = branch
        else:
            return _NO_MAP
        self._around.append((inside, step))
        self._inside = branch
        return _DEEP if len(self._around) > DEEPEST else None
