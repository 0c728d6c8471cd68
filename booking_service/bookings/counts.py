"""The monthly count of a state-paid calendar, changed in the booking's own transaction."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from booking_service.bookings.models import Booking
from booking_service.calendars.models import MonthlyCount
from booking_service.directory.models import Payer
from booking_service.refusals import Refusal


def use(session: Session, booking: Booking, day: date, *, over: bool = False) -> None:
    """Count a booking in the month of its local day, where its calendar keeps a count.

    A spent month refuses with `month-spent`; with `over` (the desk) the booking is taken and marked instead.
    """
    if booking.service.payer is not Payer.STATE or booking.calendar_id is None:
        return
    # Free times counted this hold already, so that only a lapsed one can find its month spent.
    if _step(session, booking.calendar_id, day, 1, MonthlyCount.used < MonthlyCount.paid_visits):
        return
    kept = select(MonthlyCount.id).where(
        MonthlyCount.calendar_id == booking.calendar_id, MonthlyCount.month == day.replace(day=1)
    )
    if session.scalar(kept) is None:
        return
    if not over:
        raise Refusal("month-spent")
    _step(session, booking.calendar_id, day, 1)
    booking.over_count = True


def give_back(session: Session, booking: Booking, day: date) -> None:
    """Take a booking that has ended or moved away out of its month's count."""
    if booking.service.payer is Payer.STATE and booking.calendar_id is not None:
        _step(session, booking.calendar_id, day, -1, MonthlyCount.used > 0)
        booking.over_count = False


def _step(session: Session, calendar_id: UUID, day: date, by: int, *conditions: Any) -> bool:
    result: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        update(MonthlyCount)
        .where(MonthlyCount.calendar_id == calendar_id, MonthlyCount.month == day.replace(day=1), *conditions)
        .values(used=MonthlyCount.used + by)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount)
