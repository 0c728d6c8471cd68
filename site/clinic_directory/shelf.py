"""Keeps what one build made for the next: bytes by name in one SQLite file, saved in one transaction or not at all.

Only what is asked for is read, so that ten thousand cards may lie there and one build opens forty of them.
"""

import os
import sqlite3
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from theme import words

_CODE = (Path(__file__).parent, Path(words.__file__).parent)
_KINDS = (".py", ".html", ".po", ".css", ".js", ".svg", ".woff2", ".yaml", ".ttf")
_LIBRARIES = ("Babel", "Jinja2", "MarkupSafe", "cmarkgfm", "pydantic", "PyYAML", "phonenumbers", "email-validator")


class Shelf:
    """`file` may be missing, or broken, and is then begun anew; so it is when code, theme or libraries changed."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._process = 0
        self._fresh: dict[str, bytes | None] = {}
        if self.get("code") != fingerprint():
            self.clear()

    def get(self, name: str) -> bytes | None:
        if name in self._fresh:
            return self._fresh[name]
        row = self._base().execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        return bytes(row[0]) if row else None

    def put(self, name: str, value: bytes) -> None:
        self._fresh[name] = value

    def drop(self, name: str) -> None:
        self._fresh[name] = None

    def save(self) -> None:
        """Call it when all that the values speak of is true."""
        base = self._base()
        with base:
            base.executemany(
                "DELETE FROM kept WHERE name = ?", [(n,) for n, value in self._fresh.items() if value is None]
            )
            fresh = ((name, value) for name, value in self._fresh.items() if value is not None)
            base.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", fresh)
        self._fresh.clear()

    def clear(self) -> None:
        """Forget everything."""
        if self._process:
            self._connection.close()
            self._process = 0
        self._file.unlink(missing_ok=True)
        self._fresh = {"code": fingerprint()}

    def _base(self) -> sqlite3.Connection:
        # A connection must not be carried over a fork.
        if self._process != os.getpid():
            self._connection = sqlite3.connect(self._file)
            try:
                # What is lost with the power is only time: the next build makes all of it anew.
                self._connection.executescript(_START)
            except sqlite3.DatabaseError:
                self._connection.close()
                self._file.unlink()
                self._connection = sqlite3.connect(self._file)
                self._connection.executescript(_START)
            self._process = os.getpid()
        return self._connection


_START = """
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value BLOB);
"""


@lru_cache(1)
def fingerprint() -> bytes:
    """Of everything that makes values and pages out of content: our code, templates and words, and the libraries."""
    digest = sha256(repr([version(name) for name in _LIBRARIES]).encode())
    for folder in _CODE:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _KINDS:
                digest.update(path.read_bytes())
    return digest.digest()
