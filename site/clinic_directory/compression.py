"""Brotli and gzip copies beside each text file, so that no server compresses anything while somebody waits.

A copy is made anew only when its file was written again or the quality changed: files with equal bytes are left alone.
Both compressors let other threads run.
"""

import gzip
import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import brotli

from clinic_directory.output import every_file

KINDS: Final = (".html", ".css", ".js", ".svg", ".xml", ".txt", ".json")
LEAST: Final = 400
"""Bytes under which a copy saves nothing worth a file."""


@dataclass(frozen=True)
class Quality:
    """Brotli goes to 11 and gzip to 9."""

    brotli: int
    gzip: int


QUICK: Final = Quality(5, 6)
BEST: Final = Quality(11, 9)


def compress(folder: Path, quality: Quality, memory: Path) -> int:
    """Compress what was written since the last time, which the file `memory` remembers; answers how many files."""
    known = _remembered(memory, quality)
    files = every_file(folder)
    marks = {name: [stat.st_size, stat.st_mtime_ns] for name, stat in files.items() if name.endswith(KINDS)}
    stale = [
        name
        for name, mark in sorted(marks.items())
        if known.get(name) != mark or (mark[0] >= LEAST and name + ".gz" not in files)
    ]
    memory.unlink(missing_ok=True)
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        list(threads.map(lambda name: _pack(folder / name, quality), stale))
    memory.write_text(json.dumps({"quality": [quality.brotli, quality.gzip], "files": marks}))
    return len(stale)


def _pack(path: Path, quality: Quality) -> None:
    content = path.read_bytes()
    packed = {
        ".br": brotli.compress(content, mode=brotli.MODE_TEXT, quality=quality.brotli),
        ".gz": gzip.compress(content, quality.gzip, mtime=0),
    }
    for ending, smaller in packed.items():
        copy = path.with_name(path.name + ending)
        if len(content) < LEAST or len(smaller) >= len(content):
            copy.unlink(missing_ok=True)
            continue
        partial = copy.with_name(copy.name + ".part")
        partial.write_bytes(smaller)
        partial.replace(copy)


def _remembered(memory: Path, quality: Quality) -> dict[str, list[int]]:
    """Size and time of each file the last time; none if the quality was another or nothing is remembered."""
    try:
        found = json.loads(memory.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    files: dict[str, list[int]] = found["files"]
    return files if found["quality"] == [quality.brotli, quality.gzip] else {}
