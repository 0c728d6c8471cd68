"""The mail server of demo mode: takes every letter over real SMTP and lays it in a folder instead of sending it on."""

import os
from asyncio import to_thread
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LARGEST = 5_000_000


class Catch:
    """aiosmtpd's handler: one file for each letter, named so that names sort by time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content or b""
        await to_thread(self._keep, content if isinstance(content, bytes) else content.encode())
        return "250 OK"

    def _keep(self, content: bytes) -> None:
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{uuid4().hex[:8]}.eml"
        waiting = self._folder / f".{name}"
        # Letters hold what is sealed in the database: their owner alone may read them.
        with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        waiting.rename(self._folder / name)


def catcher(folder: Path, port: int, host: str = "127.0.0.1") -> Controller:
    """Return the server, not yet started; `start()` and `stop()` it. It listens on this machine alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Controller(Catch(folder), hostname=host, port=port, data_size_limit=LARGEST, ready_timeout=10)
