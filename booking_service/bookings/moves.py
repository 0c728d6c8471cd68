"""Moving a visit to another time, service or doctor of the same clinic: one booking, one number, one link."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from booking_service.bookings import cells, counts, holds, letters, openings, store
from booking_service.bookings.availability import Audience, Slot, free_times
from booking_service.bookings.models import Booking, State
from booking_service.bookings.rules import Actor, check_actor, check_not_past, check_still_open, in_fives
from booking_service.bookings.states import Act, after
from booking_service.bookings.store import Bookable
from booking_service.calendars.models import Approval
from booking_service.calendars.store import zone
from booking_service.journal.actions import record
from booking_service.mail.letter import Kind
from booking_service.refusals import Refusal


def move(
    session: Session,
    booking_id: UUID,
    *,
    start: datetime,
    service_id: UUID | None = None,
    actor: Actor,
    now: datetime,
    tell: bool = True,
    outside: bool = False,
) -> Booking:
    """Move a coming visit; the old time is given back only with the new one taken. Moving to where it is does nothing.

    `outside` lets the desk use any free time, hours or not. Refused: `booking-unknown`, `service-unknown`,
    `other-clinic`, `too-late-call`, `move-needs-clinic`, `move-not-allowed`, `slot-taken`, `slot-not-offered`.
    """
    start = in_fives(start)
    wanted = _service(session, service_id) if service_id else None
    booking = holds.locked(session, booking_id, *([wanted.doctor_id] if wanted else ()))
    check_actor(actor, booking.clinic_id, booking.account_id)
    wanted = wanted or _service(session, booking.service_id)
    if wanted.clinic_id != booking.clinic_id:
        raise Refusal("other-clinic")
    if (booking.starts, booking.service_id) == (start, wanted.id):
        return booking
    after(Act.MOVE, booking.state)
    check_still_open(actor, booking.starts, booking.practice.cancel_by_minutes, now, letters.phone_of(booking))
    old_starts, old_doctor = booking.starts, booking.doctor_id
    cells.lapse(session, {old_doctor, wanted.doctor_id}, now)
    # A refusal inside takes back what was given up, whatever the caller does with the transaction.
    with session.begin_nested():
        slot = _change_time(session, booking, wanted, start, actor, now, outside)
    _write(session, booking, wanted, start, slot, now)
    openings.refresh(session, {old_doctor, wanted.doctor_id}, now)
    record(
        session,
        Act.MOVE,
        actor=actor.kind,
        now=now,
        account_id=actor.account_id,
        role=actor.role,
        clinic_id=booking.clinic_id,
        booking_id=booking.id,
        patient_id=booking.patient_id,
        from_state=booking.state,
        to_state=booking.state,
        old_starts=old_starts.isoformat(),
        starts=start.isoformat(),
        doctor_id=str(wanted.doctor_id),
    )
    if tell:
        invited = booking.state is State.CONFIRMED
        letters.tell_patient(session, booking, Kind.MOVED, now=now, invited=invited, old_starts=old_starts)
    else:
        letters.take_back(session, booking, Kind.MOVED, now=now)
    session.flush()
    return booking


def desk_slot(session: Session, wanted: Bookable, start: datetime, now: datetime, *, outside: bool) -> Slot | None:
    """The slot that the desk uses; none for a time outside hours, which `outside` allows."""
    slots = free_times(
        session, [wanted.id], start, start + timedelta(minutes=5), now=min(now, start), audience=Audience.DESK
    )[wanted.id]
    if slots and slots[0].start == start:
        return slots[0]
    if not outside:
        raise holds.start_refused(session, wanted, start, now=now, audience=Audience.DESK)
    return None


def _service(session: Session, service_id: UUID) -> Bookable:
    wanted = store.bookable(session, service_id)
    if wanted is None:
        raise Refusal("service-unknown")
    return wanted


def _change_time(
    session: Session, booking: Booking, wanted: Bookable, start: datetime, actor: Actor, now: datetime, outside: bool
) -> Slot | None:
    cells.give(session, [booking.id])
    if actor.staff:
        check_not_past(start, now)
        slot = None if booking.extra else desk_slot(session, wanted, start, now, outside=outside)
    else:
        slot = holds.offered(session, wanted, start, now=now, account_id=booking.account_id)
        if slot.approval is Approval.MANUAL and booking.state is State.CONFIRMED:
            raise Refusal("move-needs-clinic", phone=letters.phone_of(booking))
    if not booking.extra and not cells.take(session, wanted.doctor_id, booking.id, start, wanted.need):
        raise holds.start_refused(session, wanted, start, now=now)
    return slot


def _write(
    session: Session, booking: Booking, wanted: Bookable, start: datetime, slot: Slot | None, now: datetime
) -> None:
    local = zone(booking.clinic.zone)
    counts.give_back(session, booking, booking.starts.astimezone(local).date())
    booking.doctor_id, booking.practice_id = wanted.doctor_id, wanted.practice_id
    if booking.service_id != wanted.id:
        booking.service_id, booking.price_cents = wanted.id, wanted.price_cents
    booking.starts, booking.ends = start, start + timedelta(minutes=wanted.minutes)
    booking.calendar_id = slot.calendar_id if slot else None
    if booking.state is State.REQUESTED and booking.answer_by is not None:
        booking.answer_by = min(booking.answer_by, start) if start > now else booking.answer_by
    booking.revision += 1
    session.flush()
    store.load(session, booking.id)
    counts.use(session, booking, start.astimezone(local).date(), over=True)
