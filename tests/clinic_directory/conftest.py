"""A sound content folder for each test."""

from pathlib import Path

import pytest

from tests.builders.content import a_content_folder


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return a_content_folder(tmp_path / "content")
