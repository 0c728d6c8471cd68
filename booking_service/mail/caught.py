"""Reading what the catcher has caught, for the demo's `/_mail/`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

NAME = re.compile(r"[0-9]{8}T[0-9]{12}-[0-9a-f]{8}")


@dataclass(frozen=True)
class Caught:
    """One letter in the folder. `calendar` is the text of its calendar part, empty where there is none; `files` are
    names and texts of other attachments."""

    id: str
    to: str
    subject: str
    sent_at: datetime | None
    text: str
    html: str
    calendar: str
    files: tuple[tuple[str, str], ...]
    raw: bytes


def newest(folder: Path, *, most: int = 100) -> list[Caught]:
    """List the letters, newest first."""
    names = sorted((path.stem for path in folder.glob("*.eml") if NAME.fullmatch(path.stem)), reverse=True)
    return [letter for name in names[:most] if (letter := find(folder, name)) is not None]


def find(folder: Path, name: str) -> Caught | None:
    """Read one letter by its id; nothing for an id that is none, so that an address opens no other file."""
    path = folder / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.is_file():
        return None
    raw = path.read_bytes()
    message = BytesParser(policy=policy.default).parsebytes(raw)
    if not isinstance(message, EmailMessage):
        return None
    return Caught(
        id=name,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        sent_at=parsedate_to_datetime(str(message["Date"])) if message["Date"] else None,
        text=_body(message, "plain"),
        html=_body(message, "html"),
        calendar=_calendar(message),
        files=tuple(_files(message)),
        raw=raw,
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""


def _calendar(message: EmailMessage) -> str:
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            content = part.get_payload(decode=True)
            return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
    return ""


def _files(message: EmailMessage) -> Iterator[tuple[str, str]]:
    for part in message.iter_attachments():
        content = part.get_payload(decode=True)
        if part.get_content_maintype() == "text" and isinstance(content, bytes):
            yield part.get_filename() or "", content.decode("utf-8", "replace")


def clear(folder: Path) -> None:
    """Delete every caught letter."""
    for path in folder.glob("*.eml"):
        path.unlink(missing_ok=True)
