"""Writes the change of a content file as git does, so that `make apply-correction` and `git apply` both take it."""

import difflib
from collections.abc import Iterator, Mapping

ROOT = "content"


def patch(changes: Mapping[str, tuple[str | None, str]]) -> str:
    """One unified diff of all files: before (None: there is no such file yet) and after, by their names in content.

    A file that stays as it was says nothing. Format: https://git-scm.com/docs/diff-format
    """
    return "".join(
        line for file, (before, after) in changes.items() if before != after for line in _of(file, before, after)
    )


def _of(file: str, before: str | None, after: str) -> Iterator[str]:
    name = f"{ROOT}/{file}"
    yield f"diff --git a/{name} b/{name}\n"
    if before is None:
        yield "new file mode 100644\n"
    old = "/dev/null" if before is None else f"a/{name}"
    # Not `splitlines`, which also ends lines where git does not.
    was, now = (text.split("\n") for text in (before or "", after))
    for line in difflib.unified_diff(_ended(was), _ended(now), old, f"b/{name}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _ended(lines: list[str]) -> list[str]:
    """Each line with its end; the last has none where the file does not end with one."""
    whole = [f"{line}\n" for line in lines[:-1]]
    return [*whole, lines[-1]] if lines[-1] else whole
