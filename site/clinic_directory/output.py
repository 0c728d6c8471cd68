"""The folder that the site is written into.

A file that is there already is replaced under a temporary name, so that a reader sees the old bytes or the new ones,
and a hard link elsewhere keeps the old. Equal bytes are left alone, which keeps their times for caches and uploads.
What a build did not write is gone after `prune`.
"""

import os
import shutil
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

PACKED = (".br", ".gz")
"""Endings of compressed copies; they live and die with their file."""


class Output:
    """`known` are the files that are there for certain, and no others are; None where only a look will tell.

    `begin` answers with the folder to write into when the first change comes; what is in `folder` is there too.
    """

    def __init__(
        self, folder: Path, known: Collection[str] | None = None, begin: Callable[[], Path] | None = None
    ) -> None:
        self.folder = folder
        self.changed: list[str] = []
        self._known = known
        self._begin = begin
        self._kept: set[str] = set()
        self._made: set[str] = set()

    @property
    def files(self) -> frozenset[str]:
        """The files of this build, as paths inside the folder."""
        return frozenset(self._kept)

    def begin(self) -> None:
        """Get ready to write; whatever writes does it by itself, but for a process that is to be parted in two."""
        if self._begin:
            self.folder, self._begin = self._begin(), None

    def write(self, name: str, content: bytes) -> None:
        """Put `content` at `name`; RuntimeError if this build wrote the name before."""
        self._keep(name)
        there = self._is_there(name)
        if there and _equals(f"{self.folder}/{name}", content):
            return
        self.begin()
        path = f"{self.folder}/{name}"
        if there:
            _replace(path, content)
        else:
            self._make_folder(path)
            _write(path, content)
        self.changed.append(name)

    def place(self, name: str, source: Path) -> None:
        """Put a file there whose name holds its content, so that one which is there already is the same."""
        self._kept.add(name)
        if self._is_there(name):
            return
        self.begin()
        path = self.folder / name
        self._make_folder(str(path))
        partial = path.with_name(path.name + ".part")
        partial.unlink(missing_ok=True)
        try:
            partial.hardlink_to(source)
        except OSError:  # Another disk, or one without hard links.
            shutil.copyfile(source, partial)
        partial.replace(path)
        self.changed.append(name)

    def keep(self, names: Iterable[str]) -> bool:
        """Count files as written that are there already and right; False, and none counted, where one is not there."""
        if not all(map(self._is_there, names)):
            return False
        for name in names:
            self._keep(name)
        return True

    def add(self, files: Iterable[str], changed: Iterable[str]) -> None:
        """Count what another process wrote into the same folder."""
        for name in files:
            self._keep(name)
        self.changed += changed

    def prune(self) -> None:
        """Remove every file that this build did not write, and the folders that this leaves empty."""
        if self._known is not None:
            gone = sorted(set(self._known) - self._kept)
        elif self.folder.exists():
            packed = {name + ending for name in self._kept for ending in PACKED}
            gone = sorted(every_file(self.folder).keys() - self._kept - packed)
        else:
            gone = []
        for name in gone:
            self._remove(name)

    def _keep(self, name: str) -> None:
        if name in self._kept:
            raise RuntimeError(f"two pages want the address {name}")
        self._kept.add(name)

    def _is_there(self, name: str) -> bool:
        return (self.folder / name).exists() if self._known is None else name in self._known

    def _make_folder(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder in self._made:
            return
        try:
            Path(folder).mkdir()
        except FileExistsError:
            pass
        except FileNotFoundError:
            Path(folder).mkdir(parents=True, exist_ok=True)
        self._made.add(folder)

    def _remove(self, name: str) -> None:
        self.begin()
        path = self.folder / name
        for each in (path, *(path.with_name(path.name + ending) for ending in PACKED)):
            each.unlink(missing_ok=True)
        self.changed.append(name)
        for folder in path.parents:
            # Gone already where this is the copy of a file that was removed before it.
            if folder == self.folder or (folder.exists() and any(folder.iterdir())):
                return
            if folder.exists():
                folder.rmdir()


def every_file(folder: Path) -> dict[str, os.stat_result]:
    """The files inside a folder, by their paths inside it."""
    found: dict[str, os.stat_result] = {}
    waiting = [(str(folder), "")]
    while waiting:
        path, inside = waiting.pop()
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{inside}{entry.name}/"))
                else:
                    found[inside + entry.name] = entry.stat()
    return found


def _write(path: str, content: bytes) -> None:
    """A new file: nobody reads it yet."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)


def _replace(path: str, content: bytes) -> None:
    partial = Path(path + ".part")
    partial.write_bytes(content)
    partial.replace(path)


def _equals(path: str, content: bytes) -> bool:
    try:
        there = Path(path)
        return there.stat().st_size == len(content) and there.read_bytes() == content
    except FileNotFoundError:
        return False
