"""Reads one content file as text, or says why it cannot be one."""

import unicodedata
from pathlib import Path
from typing import Final

from clinic_directory.problems import UNSEEN, Problem

LARGEST: Final = 256 * 1024
_BOM = b"\xef\xbb\xbf"


def text_of(path: Path, file: str, problems: list[Problem]) -> str | None:
    """The composed (NFC) text with `\\n` line ends, or None after noting the problem. `file` is its name in reports."""
    try:
        with path.open("rb") as source:
            raw = source.read(LARGEST + 1)
    except OSError as wrong:
        problems.append(Problem(file, None, "", f"cannot be read ({wrong.strerror})", "give the file back its rights"))
        return None
    if len(raw) > LARGEST:
        problems.append(Problem(file, None, "", "is larger than 256 kB", "shorten the text, pictures go to images/"))
        return None
    try:
        text = raw.removeprefix(_BOM).decode()
    except UnicodeDecodeError as wrong:
        problems.append(_not_utf8(raw.removeprefix(_BOM), wrong, file))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := UNSEEN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        said = f"holds an invisible character (U+{ord(found[0]):04X})"
        problems.append(Problem(file, line, "", said, "type the line anew"))
        return None
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _not_utf8(raw: bytes, wrong: UnicodeDecodeError, file: str) -> Problem:
    line = raw.count(b"\n", 0, wrong.start) + 1
    byte = f"is not UTF-8: byte 0x{raw[wrong.start]:02X} at position {wrong.start}"
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        byte = "is UTF-16, not UTF-8"
    return Problem(file, line, "", byte, "save the file as UTF-8")
