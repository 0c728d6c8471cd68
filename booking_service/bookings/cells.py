"""A doctor's time: locking it, taking and giving back its five-minute cells, and ending holds that have lapsed.

Every action that writes cells calls `lock` first. Without it, on PostgreSQL, a takeover raced the holder's uncommitted
confirmation and left a confirmed booking without cells.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, CursorResult, Uuid, bindparam, delete, select, text, update
from sqlalchemy.orm import Session

from booking_service.bookings.models import Booking, Cell, EndedBy, State
from booking_service.bookings.states import Act
from booking_service.calendars.slots import CELL, Need
from booking_service.directory.models import Doctor
from booking_service.journal.actions import record

# One statement for any number of cells. A cell that is taken is left out and so missed in the count; the primary key
# refuses it whatever else happens.
_TAKE = text(
    "INSERT INTO cell (doctor_id, cell, booking_id) "
    "WITH RECURSIVE span(cell) AS "
    "(SELECT CAST(:first AS BIGINT) UNION ALL SELECT cell + 1 FROM span WHERE cell < :last) "
    "SELECT :doctor, span.cell, :booking FROM span WHERE true "
    "ON CONFLICT DO NOTHING"
).bindparams(
    bindparam("doctor", type_=Uuid()),
    bindparam("booking", type_=Uuid()),
    bindparam("first", type_=BigInteger()),
    bindparam("last", type_=BigInteger()),
)

_LOCK = (
    select(Doctor.id)
    .where(Doctor.id.in_(bindparam("doctors", expanding=True)))
    .order_by(Doctor.id)
    .with_for_update(key_share=True)
)

_LOCK_OF = (
    select(Doctor.id)
    .where(Doctor.id == select(Booking.doctor_id).where(Booking.id == bindparam("booking")).scalar_subquery())
    .with_for_update(key_share=True, of=Doctor)
)

_LAPSE = (
    update(Booking)
    .where(
        Booking.doctor_id.in_(bindparam("doctors", expanding=True)),
        Booking.state == State.HELD,
        Booking.held_until <= bindparam("now"),
    )
    .values(state=State.EXPIRED, ended_at=bindparam("now"), ended_by=EndedBy.TIME)
    .returning(Booking.id, Booking.clinic_id, Booking.doctor_id, Booking.starts)
    .execution_options(synchronize_session=False)
)

_GIVE = delete(Cell).where(Cell.booking_id.in_(bindparam("bookings", expanding=True)))


class Lapsed(NamedTuple):
    """A hold that time has ended."""

    id: UUID
    clinic_id: UUID
    doctor_id: UUID
    starts: datetime


def lock(session: Session, doctors: Collection[UUID]) -> None:
    """Lock doctors' rows in the order of their ids until the transaction ends.

    SQLite has one writer at a time, which BEGIN IMMEDIATE made sure of; RuntimeError where a transaction did not.
    """
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        if not connection.get_execution_options().get("writes"):
            raise RuntimeError("a booking action needs a writing transaction: db.transaction(writes=True)")
        return
    session.execute(_LOCK, {"doctors": list(doctors)})


def lock_of(session: Session, booking_id: UUID) -> UUID | None:
    """Lock the doctor of a booking and return the id; none where there is no such booking. Not for SQLite."""
    return session.scalar(_LOCK_OF, {"booking": booking_id})


def lapse(session: Session, doctors: Collection[UUID], now: datetime) -> list[Lapsed]:
    """End the doctors' holds whose time is over and give back their cells, and only theirs."""
    ended = [Lapsed(*row) for row in session.execute(_LAPSE, {"doctors": list(doctors), "now": now})]
    if ended:
        give(session, [hold.id for hold in ended])
    for hold in ended:
        record(
            session,
            Act.LAPSE,
            actor="system",
            now=now,
            clinic_id=hold.clinic_id,
            booking_id=hold.id,
            from_state=State.HELD,
            to_state=State.EXPIRED,
        )
    return ended


def take(session: Session, doctor_id: UUID, booking_id: UUID, start: datetime, need: Need) -> bool:
    """Take the cells of a visit and its buffers; False where one of them is not free, and then none is taken."""
    first, last = span(start, need)
    values = {"doctor": doctor_id, "booking": booking_id, "first": first, "last": last}
    result: CursorResult[Any] = session.execute(_TAKE, values)  # type: ignore[assignment]
    if result.rowcount == last - first + 1:
        return True
    session.execute(_GIVE, {"bookings": [booking_id]})
    return False


def give(session: Session, bookings: Sequence[UUID]) -> None:
    """Give back the cells of these bookings."""
    session.execute(_GIVE, {"bookings": list(bookings)})


def span(start: datetime, need: Need) -> tuple[int, int]:
    """The first and the last cell of a visit with its buffers."""
    opens = start - timedelta(minutes=need.before)
    closes = start + timedelta(minutes=need.minutes + need.after)
    return int(opens.timestamp()) // CELL, -(-int(closes.timestamp()) // CELL) - 1
