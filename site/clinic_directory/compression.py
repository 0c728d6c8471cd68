"""Brotli and gzip copies beside each text file, so that no server compresses anything while somebody waits.

A copy is made anew only when its file was written again or the quality changed; the build knows when that is.
Both compressors let other threads run.
"""

import gzip
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import brotli

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


def compress(folder: Path, quality: Quality, names: Iterable[str]) -> int:
    """Compress these files of the folder, those that are there; answers how many that were."""
    stale = [name for name in names if name.endswith(KINDS) and (folder / name).exists()]
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        list(threads.map(lambda name: _pack(folder / name, quality), stale))
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
