"""The folder that the site is written into.

Each file is written under a temporary name and renamed, so that a reader sees the old bytes or the new ones. Equal
bytes are left alone, which keeps their times for caches and uploads. What a build did not write is gone after `prune`.
"""

import os
import shutil
from pathlib import Path

PACKED = (".br", ".gz")
"""Endings of compressed copies; they live and die with their file."""


class Output:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: set[str] = set()
        self._made: set[str] = set()

    @property
    def files(self) -> frozenset[str]:
        """The files of this build, as paths inside the folder."""
        return frozenset(self._kept)

    def write(self, name: str, content: bytes) -> None:
        """Put `content` at `name`; RuntimeError if this build wrote the name before."""
        if name in self._kept:
            raise RuntimeError(f"two pages want the address {name}")
        self._kept.add(name)
        path = self.folder / name
        if not _equals(path, content):
            self._make_folder(path.parent)
            partial = path.with_name(path.name + ".part")
            partial.write_bytes(content)
            partial.replace(path)

    def place(self, name: str, source: Path) -> None:
        """Put a file there whose name holds its content, so that one which is there already is the same."""
        self._kept.add(name)
        path = self.folder / name
        if path.exists():
            return
        self._make_folder(path.parent)
        partial = path.with_name(path.name + ".part")
        partial.unlink(missing_ok=True)
        try:
            partial.hardlink_to(source)
        except OSError:  # Another disk, or one without hard links.
            shutil.copyfile(source, partial)
        partial.replace(path)

    def keep(self, name: str) -> bool:
        """Count a file as written that is there already and right; False where it is not there."""
        if name in self._kept:
            raise RuntimeError(f"two pages want the address {name}")
        if not (self.folder / name).exists():
            return False
        self._kept.add(name)
        return True

    def prune(self) -> None:
        """Remove every file that this build did not write, and the folders that this leaves empty."""
        if self.folder.exists():
            self._prune(str(self.folder), "")

    def _make_folder(self, folder: Path) -> None:
        if str(folder) not in self._made:
            folder.mkdir(parents=True, exist_ok=True)
            self._made.add(str(folder))

    def _prune(self, folder: str, inside: str) -> bool:
        """Answers whether anything is left."""
        left = False
        with os.scandir(folder) as entries:
            for entry in entries:
                name = inside + entry.name
                if entry.is_dir(follow_symlinks=False):
                    if self._prune(entry.path, name + "/"):
                        left = True
                    else:
                        Path(entry.path).rmdir()
                elif name in self._kept or (name.endswith(PACKED) and name[:-3] in self._kept):
                    left = True
                else:
                    Path(entry.path).unlink()
        return left


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


def _equals(path: Path, content: bytes) -> bool:
    try:
        if path.stat().st_size != len(content):
            return False
        return path.read_bytes() == content
    except FileNotFoundError:
        return False
