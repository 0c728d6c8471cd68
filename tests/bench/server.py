"""The server under measurement: granian with two workers of one blocking thread, on loopback."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.client import Connection, get


@contextmanager
def served(database_url: str, keys_file: Path, folder: Path, doctor: str) -> Iterator[int]:
    """Serve the product and the bare routes on a free port; yield the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    env = {
        **os.environ,
        "DATABASE_URL": database_url,
        "DATA_DIR": str(folder / "data"),
        "KEYS_FILE": str(keys_file),
        "OUTPUT": str(folder / "no-site"),
        "PORT": str(port),
        "BENCH_DOCTOR": doctor,
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "2", "--blocking-threads", "1", "--log-level", "warning"]
    process = subprocess.Popen([*command, "tests.bench.app:app"], env=env)
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            connection = Connection(port)
            status, _, _ = connection.ask(get("/bench/bare", port))
            connection.close()
            if status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the measured server did not start")
