"""A real Chromium, and the application behind a real server."""

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.builders.served import Place, served


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The Chromium that the set-up found, else the system's; root needs it without its sandbox."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert program, "no Chromium: run `make setup`"
    return {"executable_path": program, "chromium_sandbox": False, "args": ["--disable-gpu"]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    return {"locale": "lv-LV", "timezone_id": "Europe/Riga", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The application on a new database, for the tests of one file."""
    with served(tmp_path_factory.mktemp("served")) as place:
        yield place
