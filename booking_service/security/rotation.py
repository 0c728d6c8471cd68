"""Brings every sealed field to the newest key, in short transactions while the service runs."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Column, LargeBinary, MetaData, Table, select, update
from sqlalchemy.orm import Session, sessionmaker

from booking_service.security.encryption import keyring, seal, unseal

BATCH = 200


def sealed_columns(tables: MetaData) -> list[Column[bytes]]:
    """List the sealed columns: by convention, every LargeBinary without a length."""
    return [
        column
        for table in tables.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary) and column.type.length is None
    ]


def rotate(sessions: sessionmaker[Session], tables: MetaData) -> int:
    """Seal anew whatever an older key has sealed; return how many fields that were. Safe to stop and run again."""
    return sum(_rotate(sessions, column) for column in sealed_columns(tables))


def _rotate(sessions: sessionmaker[Session], column: Column[bytes]) -> int:
    changed = 0
    for ids in _batches(sessions, column.table):
        with sessions.begin() as session:
            changed += sum(_reseal(session, column, row) for row in ids)
    return changed


def _batches(sessions: sessionmaker[Session], table: Table) -> Iterator[list[UUID]]:
    last: UUID | None = None
    while True:
        query = select(table.c.id).order_by(table.c.id).limit(BATCH)
        with sessions.begin() as session:
            ids = list(session.scalars(query if last is None else query.where(table.c.id > last)))
        if not ids:
            return
        yield ids
        last = ids[-1]


def _reseal(session: Session, column: Column[bytes], row: UUID) -> int:
    table = column.table
    name = f"{table.name}.{column.name}"
    old = session.scalar(select(column).where(table.c.id == row).with_for_update())
    if old is None or old[0] == keyring().newest:
        return 0
    session.execute(
        update(table).where(table.c.id == row).values({column.name: seal(unseal(old, row, name), row, name)})
    )
    return 1
