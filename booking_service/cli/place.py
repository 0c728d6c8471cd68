"""Where a command works: the database of the settings, opened when asked for, and this process's keys."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.orm import Session, sessionmaker

from booking_service.db import prepare
from booking_service.migrations.upgrade import require_newest
from booking_service.security import encryption, keys
from booking_service.settings import Settings

Sessions = sessionmaker[Session]


@contextmanager
def engine(settings: Settings) -> Iterator[Engine]:
    """The database as it is, whatever its tables."""
    if settings.sqlite:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        _keep_private(make_url(settings.database_url).database)
    made = create_engine(settings.database_url)
    prepare(made)
    try:
        yield made
    finally:
        made.dispose()


@contextmanager
def sessions(settings: Settings) -> Iterator[Sessions]:
    """Writing sessions on a database of the newest tables, with the keys at hand. Use as `with made.begin()`."""
    with engine(settings) as made:
        require_newest(made)
        encryption.install(keyring(settings))
        yield sessionmaker(made.execution_options(writes=True), expire_on_commit=False)


def _keep_private(database: str | None) -> None:
    """Make a new database its owner's alone: names and phones stand in it. What SQLite puts beside it follows."""
    if database and Path(database).parent.is_dir():
        Path(database).touch(mode=0o600)


def keyring(settings: Settings) -> keys.Keyring:
    """The key file's keys; only demo mode makes a missing file."""
    return keys.read_or_make(settings.keys_file) if settings.demo else keys.read(settings.keys_file)
