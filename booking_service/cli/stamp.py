"""Whether the sources of a build changed since the last one: names, sizes and times of files, no contents."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


def of(folders: Iterable[Path]) -> str:
    """Digest every file's path, size and time of change below the folders; a few milliseconds for a thousand files."""
    digest = hashlib.sha256()
    for folder in folders:
        for place, inner, files in os.walk(folder):
            inner[:] = sorted(name for name in inner if name != "__pycache__")
            for name in sorted(files):
                found = Path(place, name).stat()
                digest.update(f"{place}/{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def fresh(file: Path, value: str) -> bool:
    """Tell whether the file already says this value."""
    return file.is_file() and file.read_text(encoding="ascii") == value


def write(file: Path, value: str) -> None:
    file.write_text(value, encoding="ascii")
