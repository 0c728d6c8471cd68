"""Running commands as an operator does, on a database of each kind."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from booking_service.cli.main import main
from booking_service.migrations.upgrade import steps
from booking_service.security import encryption, keys
from tests.builders.content import a_content_folder


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str


@pytest.fixture
def settings_of(engine: Engine, tmp_path: Path) -> Iterator[dict[str, str]]:
    """An environment for the commands: an empty database of the newest step, a key file, sound content."""
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{steps().get_current_head()}')")
    keys.write(keys.fresh(), tmp_path / "keys" / "keys.json")
    (tmp_path / "content").mkdir()
    a_content_folder(tmp_path / "content")
    ring = encryption.keyring()
    yield {
        "DATA_DIR": str(tmp_path / "var"),
        "DATABASE_URL": engine.url.render_as_string(hide_password=False),
        "KEYS_FILE": str(tmp_path / "keys" / "keys.json"),
        "CONTENT": str(tmp_path / "content"),
        "SITE_URL": "http://localhost:8000",
    }
    encryption.install(ring)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")


@pytest.fixture
def booking(settings_of: dict[str, str], capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run `booking COMMAND …`; keywords change the environment."""

    def run(*argv: str, **env: str) -> Said:
        status = main(argv, {**settings_of, **env})
        caught = capsys.readouterr()
        return Said(status, caught.out, caught.err)

    return run
