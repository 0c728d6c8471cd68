"""`make apply-correction FILE=letter.eml`: takes a correction that a clinic has sent, after the checks of the reader.

The change is made in a copy of the content folder first and read there as a whole. Only a clean one is taken over;
otherwise every file stays as it is, and the reason is told.
"""

import argparse
import difflib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Final

from clinic_directory.editing.check import check, lines
from clinic_directory.editing.patches import LARGEST, FilePatch, PatchError, applied, parse
from clinic_directory.problems import UNSEEN

PATCH_ENDINGS: Final = (".patch", ".diff")


def patch_in(file: Path) -> str:
    """The patch in a file: the file itself, or what is attached to a saved letter. Raises PatchError."""
    try:
        raw = file.read_bytes()
    except OSError as wrong:
        raise PatchError(f"cannot be read ({wrong.strerror})") from None
    if len(raw) > 20 * LARGEST:
        raise PatchError("is larger than a letter")
    if file.suffix.lower() == ".eml":
        raw = _attached(raw)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise PatchError("is not UTF-8") from None


def _attached(raw: bytes) -> bytes:
    letter = message_from_bytes(raw, policy=default)
    found = [part for part in letter.walk() if _is_patch(part)]
    if len(found) != 1:
        raise PatchError(f"has {len(found) or 'no'} patches attached; save the one you mean as a .patch file")
    content = found[0].get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _is_patch(part: EmailMessage) -> bool:
    name = part.get_filename() or ""
    return name.lower().endswith(PATCH_ENDINGS) or part.get_content_type() in ("text/x-patch", "text/x-diff")


def changed(content: Path, patches: list[FilePatch]) -> dict[str, str]:
    """The new text of each file. Raises PatchError; nothing is written."""
    return {patch.file: applied(patch, _text(content, patch)) for patch in patches}


def _text(content: Path, patch: FilePatch) -> str:
    path = content / patch.file
    # A name that cannot lead out may still stand for a link that does.
    if path.is_symlink() or not path.resolve().is_relative_to(content.resolve()):
        raise PatchError(f"changes {patch.file}, which is a link")
    if patch.fresh:
        if path.exists():
            raise PatchError(f"makes {patch.file}, which is there already")
        return ""
    if not path.is_file():
        raise PatchError(f"changes {patch.file}, which is not there")
    return path.read_bytes().decode().replace("\r\n", "\n")


def check_with(content: Path, texts: Mapping[str, str], today: date) -> tuple[bool, list[str]]:
    """Whether the whole folder is sound with these texts in it, and what the check says; the folder is left alone."""
    with tempfile.TemporaryDirectory(prefix="pieraksts-correction-") as folder:
        copy = Path(folder) / "content"
        shutil.copytree(content, copy, copy_function=_link)
        take(copy, texts)
        report = check(copy, today, set(texts))
        said = [line.replace(str(copy), str(content), 1) for line in lines(copy, report, everything=True)]
        return not report.problems, said


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # Another disk, or one without hard links.
        shutil.copyfile(source, target)


def take(content: Path, texts: Mapping[str, str]) -> None:
    """Write every text under a hidden name first and rename then, so that a copy's hard links keep the old bytes."""
    parts = {content / file: (content / file).with_name(f".{Path(file).name}.part") for file in texts}
    try:
        for (path, part), text in zip(parts.items(), texts.values(), strict=True):
            path.parent.mkdir(exist_ok=True)
            part.write_text(text, encoding="utf-8")
        for path, part in parts.items():
            part.replace(path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def difference(content: Path, texts: Mapping[str, str]) -> Iterator[str]:
    """What really changes, line by line, with every sign visible that a terminal would obey."""
    for file, text in texts.items():
        path = content / file
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        names = (str(path) if path.exists() else "/dev/null", str(path))
        for line in difflib.unified_diff(before.splitlines(), text.splitlines(), *names, lineterm=""):
            yield UNSEEN.sub("\ufffd", line)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make apply-correction", description=__doc__)
    parser.add_argument("--content", type=Path, default=Path("content"), help="the content folder")
    parser.add_argument("file", type=Path, help="a .patch file, or a letter saved as .eml")
    chosen = parser.parse_args(arguments)
    content: Path = chosen.content
    try:
        texts = changed(content, parse(patch_in(chosen.file)))
    except PatchError as wrong:
        sys.stderr.write(f"{chosen.file} {wrong}\nContent stays as it was.\n")
        return 1
    for line in difference(content, texts):
        sys.stdout.write(line + "\n")
    sound, said = check_with(content, texts, datetime.now(UTC).date())
    for line in said:
        sys.stdout.write(line + "\n")
    if not sound:
        sys.stderr.write("Content stays as it was.\n")
        return 1
    take(content, texts)
    sys.stdout.write(f"Applied to {', '.join(texts)}. Look at it with make serve, then commit it.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
