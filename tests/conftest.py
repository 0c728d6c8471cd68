"""What every test may ask for: a database of each kind, emptied after each test."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session, sessionmaker

from booking_service.db import prepare
from booking_service.security import encryption, keys
from booking_service.tables import METADATA
from tests.servers import Postgres

NOW = datetime(2027, 3, 2, 8, 42, tzinfo=UTC)
"""Tuesday 2 March 2027, 10.42 in Riga: "today" of the pictures, and of the tests unless they say otherwise."""


@pytest.fixture(scope="session", autouse=True)
def _keyring() -> None:
    """Every process has its keys from the start, as the service has."""
    encryption.install(keys.fresh())


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL server per worker, with its tables made."""
    with Postgres.started() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_engine(postgres: Postgres) -> Iterator[Engine]:
    engine = create_engine(postgres.url, pool_size=60, max_overflow=10)
    prepare(engine)
    METADATA.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with empty tables, copied for each test: quicker than making them anew."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    engine = create_engine(f"sqlite:///{path}")
    prepare(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    METADATA.create_all(engine)
    engine.dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of each kind: every test of stored data runs on both."""
    if request.param == "sqlite":
        path = tmp_path / "test.sqlite3"
        path.write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
        engine = create_engine(f"sqlite:///{path}", pool_size=60, max_overflow=10)
        prepare(engine)
        yield engine
        engine.dispose()
        return
    shared: Engine = request.getfixturevalue("postgres_engine")
    yield shared
    empty(shared)


def empty(engine: Engine) -> None:
    """Delete every row. DELETE with triggers off takes under a millisecond; TRUNCATE takes a hundred times as long."""
    deletes = ";".join(f'DELETE FROM "{table.name}"' for table in METADATA.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.exec_driver_sql(deletes)


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    """Make sessions that begin as a writing request does."""
    return sessionmaker(engine.execution_options(writes=True), expire_on_commit=False)


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    with sessions() as session:
        yield session


@pytest.fixture
def now() -> datetime:
    return NOW
