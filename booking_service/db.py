"""The tables' base class, the engine's habits on both databases, and one transaction per request."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, Connection, DateTime, Dialect, Engine, Enum, MetaData, TypeDecorator, Uuid, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry

from booking_service.refusals import Refusal

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table derives from this, not from Flask-SQLAlchemy's model, so that nouns stay free of Flask."""

    metadata = MetaData(naming_convention=NAMES)


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept and returned in UTC. A naive value is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone; instants are aware")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON().with_variant(JSONB(), "postgresql")


def one_of(kind: type[StrEnum], name: str = "") -> Enum:
    """A column that holds one of a StrEnum's values, checked by the database itself.

    `name` tells two columns of one kind in one table apart.
    """
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        name=name or kind.__name__.lower(),
        length=24,
        values_callable=lambda members: [member.value for member in members],
    )


def id_column() -> Mapped[UUID]:
    """A primary key made before insert, so that it can be the associated data of encrypted fields."""
    return mapped_column(Uuid, primary_key=True, default=uuid4)


# Kept after commit: a redirect reads the id of what was just written, and must not open another transaction for it.
db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})


def prepare(engine: Engine) -> None:
    """Give an engine our habits. SQLite: foreign keys, waiting, durable commits, and BEGIN IMMEDIATE where asked."""
    # An exception quotes its statement; the values in it are people's names and addresses.
    engine.hide_parameters = True
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        # FULL, since a patient was told "booked"; WAL itself is set once, by migrate.
        for pragma in ("foreign_keys=ON", "busy_timeout=10000", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A read that turns into a write cannot wait its turn in SQLite; a writer says so from its first statement.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction(session: Session | None = None, *, writes: bool = True) -> Iterator[Session]:
    """Run one transaction: leave normally and it commits, raise and it rolls back; a counted refusal commits its count.

    `writes` takes SQLite's write lock from the first statement. `session` defaults to the request's own.
    """
    session = db.session() if session is None else session
    if session.in_transaction():
        session.rollback()
    session.connection(execution_options={"writes": writes})
    try:
        yield session
        session.commit()
    except Refusal as refusal:
        if refusal.counted:
            session.commit()
        else:
            session.rollback()
        raise
    except BaseException:
        session.rollback()
        raise
