"""One small site, built once for all tests that only look at it."""

import os
import shutil
from pathlib import Path

import pytest

from tests.builders.sites import BuiltSite, a_built_site, a_site_folder


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The Chromium that the set-up found, else the system's; root needs it without its sandbox."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert program, "no Chromium: run `make setup`"
    return {"executable_path": program, "chromium_sandbox": False, "args": ["--disable-gpu"]}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    folder = tmp_path_factory.mktemp("site")
    return a_built_site(a_site_folder(folder / "content"), folder / "site")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return a_site_folder(tmp_path / "content")
