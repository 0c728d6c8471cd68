"""`booking run`, as `make run` calls it: the whole product from nothing, at one address, and stopped as a whole."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tests.builders.content import a_content_folder

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(folder: Path, port: int) -> tuple[subprocess.Popen[str], str]:
    """Start it and wait until it says where it is; return the process and what it said so far."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "PYTHONPATH", "LANG")}
    env = {**kept, "DEMO": "1", "DATA_DIR": str(folder / "var"), "CONTENT": str(folder / "content"), "PORT": str(port)}
    env["PYTHONPATH"] = f"{ROOT}:{ROOT / 'site'}"
    log = folder / "log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "booking_service", "run"], cwd=ROOT, env=env, stdout=out, stderr=out, text=True
        )
    for _ in range(1200):
        said = log.read_text()
        if process.poll() is not None or "Stop with Ctrl-C" in said:
            return process, said
        time.sleep(0.1)
    process.kill()
    raise AssertionError(said)


def status(address: str) -> int:
    try:
        with urlopen(address, timeout=10) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    a_content_folder(tmp_path / "content")
    return tmp_path


def test_one_command_serves_everything_and_stops_as_a_whole(folder: Path) -> None:
    port = free_port()
    process, said = start(folder, port)
    here = f"http://localhost:{port}"
    try:
        assert "Building" in said, said
        assert {path: status(here + path) for path in ("/", "/arsti/ilze-berzina/", "/account/sign-in", "/_mail/")} == {
            "/": 200,
            "/arsti/ilze-berzina/": 200,
            "/account/sign-in": 200,
            "/_mail/": 200,
        }
        assert status(f"{here}/nav-tadas/") == 404
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    with pytest.raises(URLError):
        urlopen(f"{here}/health", timeout=2)

    process, said = start(folder, port)
    process.send_signal(signal.SIGTERM)

    assert process.wait(30) == 0
    assert "Building" not in said, "what is made and unchanged is left alone"


def test_a_taken_port_is_told_in_one_sentence(folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        process, said = start(folder, other.getsockname()[1])

    assert process.wait(30) == 1
    assert "is taken" in said
    assert "PORT=" in said
    assert "Traceback" not in said


def test_broken_content_starts_nothing_and_says_what_to_mend(folder: Path) -> None:
    card = folder / "content" / "doctors" / "ilze-berzina.md"
    card.write_text(card.read_text().replace("clinic: veja-roze", "clinic: veja-rose"))

    process, said = start(folder, free_port())

    assert process.wait(30) == 1
    assert "doctors/ilze-berzina.md:" in said
    assert "veja-roze" in said
    assert "Traceback" not in said
