"""What is taken of doctors' time: cells of bookings, extra visits, and live holds for the monthly counts."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import String, bindparam, cast, func, null, select, union_all
from sqlalchemy.orm import Session

from booking_service.bookings.models import Booking, Cell, State
from booking_service.bookings.states import OCCUPYING
from booking_service.calendars.reads import member, rows, values_of
from booking_service.calendars.slots import CELL
from booking_service.db import Instant

LONGEST_VISIT = timedelta(days=1)

_LAPSED = select(Booking.id).where(Booking.state == State.HELD, Booking.held_until <= bindparam("now"))

_TAKEN = {
    one: union_all(
        # All cells of a doctor as one text: reading a row for each takes four times as long.
        select(
            Cell.doctor_id.label("doctor_id"),
            func.aggregate_strings(cast(Cell.cell, String), " ").label("cells"),
            cast(null(), Instant).label("starts"),
            cast(null(), Instant).label("ends"),
        )
        .where(
            member(Cell.doctor_id, "doctors", one),
            Cell.cell >= bindparam("first_cell"),
            Cell.cell <= bindparam("last_cell"),
            Cell.booking_id.not_in(_LAPSED),
        )
        .group_by(Cell.doctor_id),
        select(Booking.doctor_id, cast(null(), String), Booking.starts, Booking.ends).where(
            member(Booking.doctor_id, "doctors", one),
            Booking.starts > bindparam("day_before"),
            Booking.starts < bindparam("until"),
            Booking.ends > bindparam("since"),
            Booking.extra,
            # Not "is one of": SQLite would then read every booking of these states, whosever they are.
            Booking.state.not_in([state for state in State if state not in OCCUPYING]),
        ),
    )
    for one in (True, False)
}


def taken_of(
    session: Session, doctors: Collection[UUID], since: datetime, until: datetime, now: datetime
) -> dict[UUID, tuple[set[int], list[tuple[int, int]]]]:
    """Each doctor's taken cells and the intervals of extra visits; lapsed holds are not counted. One query."""
    values = {
        **values_of("doctors", doctors),
        "first_cell": int((since - LONGEST_VISIT).timestamp()) // CELL,
        "last_cell": int((until + LONGEST_VISIT).timestamp()) // CELL,
        "day_before": since - LONGEST_VISIT,
        "since": since,
        "until": until + LONGEST_VISIT,
        "now": now,
    }
    found: dict[UUID, tuple[set[int], list[tuple[int, int]]]] = defaultdict(lambda: (set(), []))
    for doctor_id, taken, starts, ends in rows(session, _TAKEN, len(doctors) == 1, values):
        cells, extras = found[doctor_id]
        if taken is None:
            extras.append((int(starts.timestamp()), int(ends.timestamp())))
        else:
            cells.update(map(int, taken.split()))
    return found


def holds_of_months(session: Session, doctors: Collection[UUID], now: datetime) -> dict[UUID, list[datetime]]:
    """The starts of the doctors' live holds by calendar."""
    rows = session.execute(
        select(Booking.calendar_id, Booking.starts).where(
            Booking.state == State.HELD, Booking.held_until > now, Booking.doctor_id.in_(list(doctors))
        )
    )
    found: dict[UUID, list[datetime]] = defaultdict(list)
    for calendar_id, starts in rows:
        if calendar_id is not None:
            found[calendar_id].append(starts)
    return found
