"""The application behind a real server in a process of its own, at the time of the tests; the clock there goes on.

`python -m tests.builders.served DATABASE_URL FOLDER PORT` is that process.
"""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import time_machine
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.serving import make_server

from booking_service.db import prepare
from booking_service.migrations.upgrade import upgrade
from booking_service.security import encryption, keys
from tests.apps import make_app
from tests.builders.smtp import free_port
from tests.conftest import NOW

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Place:
    """Where the application answers, and sessions on its database."""

    address: str
    sessions: sessionmaker[Session]


@contextmanager
def served(folder: Path) -> Iterator[Place]:
    """Serve a demo application on a new SQLite database in `folder` until the block ends."""
    url, port = f"sqlite:///{folder / 'served.sqlite3'}", free_port()
    engine = create_engine(url)
    prepare(engine)
    upgrade(engine)
    before = encryption.keyring()
    # What the tests write must open in the server's process.
    encryption.install(keys.read_or_make(folder / "keys.json"))
    env = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}
    command = [sys.executable, "-m", "tests.builders.served", url, folder, str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        _wait(f"http://127.0.0.1:{port}/health", process)
        sessions = sessionmaker(engine.execution_options(writes=True), expire_on_commit=False)
        yield Place(f"http://127.0.0.1:{port}", sessions)
    finally:
        process.terminate()
        process.wait(20)
        engine.dispose()
        encryption.install(before)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        try:
            with urlopen(address, timeout=2):
                return
        except HTTPError as error:
            error.close()
            break
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("the application did not start")


def main(url: str, folder: str, port: str) -> None:
    # Whoever reads a failed test wants its words, not every address that was opened.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    engine = create_engine(url)
    with time_machine.travel(NOW, tick=True):
        app = make_app(engine, Path(folder))
        make_server("127.0.0.1", int(port), app, threaded=True).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
