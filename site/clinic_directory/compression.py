"""Brotli and gzip copies beside each text file, so that no server compresses anything while somebody waits.

A copy is made anew only when its file's bytes or the quality changed; both compressors let other threads run.
"""

import gzip
import json
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
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


def compress(folder: Path, names: Iterable[str], quality: Quality, memory: Path) -> int:
    """Compress what changed since the last time, remembered in the file `memory`; answers how many files did."""
    known = _remembered(memory, quality)
    wanted = sorted(name for name in names if name.endswith(KINDS))

    def one(name: str) -> tuple[str, str, bool]:
        content = (folder / name).read_bytes()
        digest = sha256(content).hexdigest()[:24]
        path = folder / name
        if known.get(name) == digest and (len(content) < LEAST or path.with_name(path.name + ".br").exists()):
            return name, digest, False
        _pack(path, content, quality)
        return name, digest, True

    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        done = list(threads.map(one, wanted))
    files = {name: digest for name, digest, _ in done}
    memory.write_text(json.dumps({"quality": [quality.brotli, quality.gzip], "files": files}))
    return sum(changed for _, _, changed in done)


def _pack(path: Path, content: bytes, quality: Quality) -> None:
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


def _remembered(memory: Path, quality: Quality) -> dict[str, str]:
    """The digests of the last time; none if the quality was another or nothing is remembered."""
    try:
        found = json.loads(memory.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    files: dict[str, str] = found["files"]
    return files if found["quality"] == [quality.brotli, quality.gzip] else {}
