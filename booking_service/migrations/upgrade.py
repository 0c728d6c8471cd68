"""Takes an empty or older database to the newest step, in one transaction; two processes may try at once."""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine

from booking_service.db import prepare
from booking_service.refusals import Refusal

FOLDER = Path(__file__).parent
# Any number, as long as every process that migrates asks for the same lock.
LOCK = 7_452_301
# The commands say themselves what was done.
logging.getLogger("alembic").setLevel(logging.WARNING)


class NotMigrated(Exception):
    """The database lacks steps that this code needs; the text says what to do."""


def configuration(connection: Connection | None = None, versions: Path | None = None) -> Config:
    """Alembic's settings, made here: there is no ini file. `versions` is another folder of steps, for tests."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("version_locations", str(versions or FOLDER / "versions"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def steps(versions: Path | None = None) -> ScriptDirectory:
    return ScriptDirectory.from_config(configuration(versions=versions))


def position(connection: Connection) -> str | None:
    """The number of the last step that the database has taken, None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, *, versions: Path | None = None) -> tuple[str | None, str]:
    """Take every step that is missing; return the numbers before and after. Refuses a database newer than this code."""
    with engine.connect().execution_options(writes=True) as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            # Neither can be set inside a transaction. With foreign keys on, rebuilding a table empties its children.
            _pragma(connection, "journal_mode=WAL")
            _pragma(connection, "foreign_keys=OFF")
        try:
            with connection.begin():
                if not sqlite:
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
                before = position(connection)
                newest = steps(versions).get_current_head() or ""
                if before is not None and before not in {step.revision for step in steps(versions).walk_revisions()}:
                    raise Refusal("database-newer", found=before, newest=newest)
                command.upgrade(configuration(connection, versions), "head")
                if sqlite and (orphan := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
                    raise RuntimeError(f"a step left a row of {orphan[0]} that points to nothing in {orphan[2]}")
        finally:
            if sqlite:
                _pragma(connection, "foreign_keys=ON")
    return before, newest


def require_newest(engine: Engine) -> None:
    """Raise NotMigrated unless the database has taken every step and no other."""
    with engine.connect() as connection:
        found, newest = position(connection), steps().get_current_head()
    if found != newest:
        raise NotMigrated(f"The database stands at step {found or 'none'}, this code needs {newest}: booking migrate")


def propose(words: str, *, versions: Path | None = None) -> Path:
    """Write the next numbered step from the difference between the steps so far and the models."""
    engine = create_engine("sqlite://")
    prepare(engine)
    upgrade(engine, versions=versions)
    number = f"{int(steps(versions).get_current_head() or 0) + 1:04d}"
    with engine.connect() as connection:
        made = command.revision(
            configuration(connection, versions),
            words,
            autogenerate=True,
            rev_id=number,
            version_path=str(versions or FOLDER / "versions"),
        )
    engine.dispose()
    if made is None or isinstance(made, list):
        raise RuntimeError("Alembic wrote no step, or several")
    return Path(made.path)


def _pragma(connection: Connection, text: str) -> None:
    """Run a pragma outside any transaction: asking SQLAlchemy would begin one."""
    driver = connection.connection.dbapi_connection
    if driver is not None:
        driver.cursor().execute(f"PRAGMA {text}")
