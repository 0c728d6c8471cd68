"""Reads and applies unified diffs of content files, as git and `diff -u` write them, and nothing else that they can.

A letter from a stranger may change the text of a card. It may not delete, rename, link, run or reach outside, so this
reads less than `git apply` does, and works where there is no git. Format: https://git-scm.com/docs/diff-format
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from clinic_directory.problems import UNSEEN

LARGEST: Final = 256 * 1024
MOST_FILES: Final = 50

_FILE = re.compile(
    r"(?:content/)?((?:clinics|doctors|lists)/[a-z0-9-]+\.md|pages/[a-z0-9-]+\.[a-z]{2}\.md|tables/[a-z]+\.yaml)"
)
_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_NEVER = {
    "GIT binary patch": "holds a binary file",
    "Binary files ": "holds a binary file",
    "rename ": "renames a file",
    "copy ": "copies a file",
    "old mode ": "changes the rights of a file",
    "deleted file mode ": "deletes a file",
    "new file mode 120000": "makes a link",
    "new file mode 100755": "makes a program",
}


class PatchError(Exception):
    """The patch cannot be taken; the text says why."""


@dataclass(frozen=True)
class Hunk:
    """`old` lines, which begin at `line` (from 1), become `new` ones."""

    line: int
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass
class FilePatch:
    """Changes of one file, named inside the content folder; `fresh` if the file is not there yet."""

    file: str
    fresh: bool
    hunks: list[Hunk] = field(default_factory=list)


def parse(text: str) -> list[FilePatch]:
    """The changes of each file; words around the diff are passed by. Raises PatchError."""
    if len(text) > LARGEST:
        raise PatchError("is larger than 256 kB")
    if found := UNSEEN.search(text.replace("\r\n", "\n")):
        raise PatchError(f"holds an invisible character (U+{ord(found[0]):04X})")
    lines = text.replace("\r\n", "\n").split("\n")
    patches: list[FilePatch] = []
    at, header = 0, False
    while at < len(lines):
        line = lines[at]
        # Only between `diff --git` and the first change do these words speak of a file.
        if said := next((said for sign, said in _NEVER.items() if header and line.startswith(sign)), None):
            raise PatchError(f"{said} (line {at + 1})")
        if line.startswith("--- ") and at + 1 < len(lines) and lines[at + 1].startswith("+++ "):
            patches.append(_named(line[4:], lines[at + 1][4:]))
            at += 2
        elif line.startswith("@@ ") and patches:
            hunk, at = _hunk(lines, at)
            patches[-1].hunks.append(hunk)
            header = False
        else:
            header = header or line.startswith("diff --git ")
            at += 1
    _sound(patches)
    return patches


def applied(patch: FilePatch, text: str) -> str:
    """The file's text after the patch. Raises PatchError where its lines are not those that the patch speaks of."""
    lines = text.split("\n")
    shift = 0
    for hunk in patch.hunks:
        start = _place(lines, hunk, max(hunk.line - 1, 0) + shift, patch.file)
        lines[start : start + len(hunk.old)] = hunk.new
        shift = start - max(hunk.line - 1, 0) + len(hunk.new) - len(hunk.old)
    return "\n".join(lines)


def _named(old: str, new: str) -> FilePatch:
    # What stands after a tab is the time, which `diff -u` writes.
    old, new = old.partition("\t")[0].strip(), new.partition("\t")[0].strip()
    if new == "/dev/null":
        raise PatchError(f"deletes {old[:100]}")
    name = _FILE.fullmatch(new.removeprefix("b/"))
    if not name:
        raise PatchError(f'changes "{new[:100]}", which is no text of content')
    if old != "/dev/null" and old.removeprefix("a/") != new.removeprefix("b/"):
        raise PatchError(f"renames {old[:100]}")
    return FilePatch(name[1], fresh=old == "/dev/null")


def _hunk(lines: Sequence[str], at: int) -> tuple[Hunk, int]:
    head = _HUNK.match(lines[at])
    if not head:
        raise PatchError(f"is broken at its line {at + 1}")
    left, right = (1 if count is None else int(count) for count in (head[2], head[3]))
    old: list[str] = []
    new: list[str] = []
    begin = at
    at += 1
    while len(old) < left or len(new) < right:
        # Programs that send letters cut the space of an empty line.
        line = (lines[at] or " ") if at < len(lines) else "?"
        if line.startswith("\\"):  # "\ No newline at end of file": a card ends with one anyway.
            at += 1
            continue
        if line[0] not in " +-":
            raise PatchError(
                f"is broken at its line {min(at, len(lines) - 1) + 1}: the part of line {begin + 1} is cut"
            )
        if line[0] != "+":
            old.append(line[1:])
        if line[0] != "-":
            new.append(line[1:])
        at += 1
    if (len(old), len(new)) != (left, right):
        raise PatchError(f"is broken: the part of line {begin + 1} does not count right")
    return Hunk(int(head[1]), tuple(old), tuple(new)), at


def _sound(patches: Sequence[FilePatch]) -> None:
    if not patches:
        raise PatchError("holds no change of a content file")
    if len(patches) > MOST_FILES:
        raise PatchError(f"changes more than {MOST_FILES} files")
    if len({patch.file for patch in patches}) < len(patches):
        raise PatchError("changes one file twice")
    for patch in patches:
        if not patch.hunks:
            raise PatchError(f"says nothing about {patch.file}")


def _place(lines: Sequence[str], hunk: Hunk, expected: int, file: str) -> int:
    """Where the old lines stand: where they are said to, else the one place that has them."""
    if _stands(lines, hunk.old, expected):
        return expected
    found = list(_places(lines, hunk.old))
    if len(found) == 1 and hunk.old:
        return found[0]
    if hunk.new and any(True for _ in _places(lines, hunk.new)):
        raise PatchError(f"is applied already: {file} says so near line {next(_places(lines, hunk.new)) + 1}")
    why = "has changed since" if not found else "has these lines more than once"
    raise PatchError(f"does not fit: {file} {why} (near line {hunk.line})")


def _places(lines: Sequence[str], block: Sequence[str]) -> Iterator[int]:
    return (at for at in range(len(lines) - len(block) + 1) if _stands(lines, block, at))


def _stands(lines: Sequence[str], block: Sequence[str], at: int) -> bool:
    return list(lines[at : at + len(block)]) == list(block)
