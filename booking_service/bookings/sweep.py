"""What time alone does: lapsed holds end, unanswered requests expire, openings are asked again. The worker calls it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking_service.bookings import answers, cells, openings, store
from booking_service.bookings.models import Booking, State

BATCH = 100


def expire_due(session: Session, *, now: datetime) -> int:
    """End holds and requests whose time is over, up to a hundred of each; returns how many ended.

    An unanswered request gets its letters, to the patient and to the clinic, in this transaction.
    """
    lapsed = session.scalars(
        select(Booking.doctor_id).where(Booking.state == State.HELD, Booking.held_until <= now).distinct().limit(BATCH)
    )
    due = session.execute(
        select(Booking.id, Booking.doctor_id)
        .where(Booking.state == State.REQUESTED, Booking.answer_by <= now)
        .order_by(Booking.answer_by)
        .limit(BATCH)
    ).all()
    doctors = sorted({*lapsed, *(row.doctor_id for row in due)})
    if not doctors:
        return 0
    cells.lock(session, doctors)
    ended = len(cells.lapse(session, doctors, now))
    for row in due:
        booking = store.load(session, row.id)
        # Somebody may have answered, or moved it to a doctor that is not locked, before the lock was ours.
        if booking is None or booking.state is not State.REQUESTED or booking.doctor_id not in doctors:
            continue
        answers.expire(session, booking, now)
        ended += 1
    openings.refresh(session, doctors, now)
    return ended


def refresh_openings(session: Session, *, now: datetime) -> int:
    """Rewrite openings that are due or were never written, and count their days, of up to a hundred doctors.

    Returns of how many doctors.
    """
    doctors = sorted({*openings.stale(session, now, BATCH), *openings.unwritten(session, BATCH)})[:BATCH]
    if doctors:
        cells.lock(session, doctors)
        openings.refresh(session, doctors, now, count=True)
    return len(doctors)
