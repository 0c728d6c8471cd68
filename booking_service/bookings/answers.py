"""What becomes of a booking: approved, declined, cancelled, marked at the desk."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from booking_service.bookings import cells, counts, holds, letters, openings
from booking_service.bookings.models import Booking, EndedBy, State
from booking_service.bookings.rules import (
    Actor,
    check_actor,
    check_answer,
    check_day,
    check_staff,
    check_still_open,
)
from booking_service.bookings.states import Act, after
from booking_service.calendars.store import zone
from booking_service.journal.actions import record
from booking_service.mail.letter import Kind
from booking_service.security.encryption import seal


def approve(session: Session, booking_id: UUID, actor: Actor, *, word: str | None = None, now: datetime) -> Booking:
    """Confirm a request. Its time is sure: its cells have kept it. Confirming again changes nothing.

    Refused: `booking-unknown`, `answer-too-late`, `move-not-allowed`.
    """
    booking = _at_clinic(session, booking_id, actor)
    if booking.state is State.CONFIRMED:
        return booking
    before, booking.state = booking.state, after(Act.APPROVE, booking.state)
    check_answer(booking.answer_by, now)
    booking.answer_by = None
    booking.decided_at = now
    _say(booking, word)
    _note(session, booking, Act.APPROVE, before, actor, now)
    letters.tell_patient(session, booking, Kind.CONFIRMED, now=now, word=word or "")
    session.flush()
    return booking


def decline(session: Session, booking_id: UUID, actor: Actor, *, word: str | None = None, now: datetime) -> Booking:
    """Say no to a request; its time is free at once. Declining again changes nothing.

    Refused: `booking-unknown`, `answer-too-late`, `move-not-allowed`.
    """
    booking = _at_clinic(session, booking_id, actor)
    if booking.state is State.DECLINED:
        return booking
    after(Act.DECLINE, booking.state)
    check_answer(booking.answer_by, now)
    _end(session, booking, Act.DECLINE, actor, now, word)
    letters.tell_patient(session, booking, Kind.DECLINED, now=now, invited=False, word=word or "")
    session.flush()
    return booking


def cancel(
    session: Session, booking_id: UUID, actor: Actor, *, now: datetime, word: str | None = None, tell: bool = True
) -> Booking:
    """Cancel a coming visit; its time is free at once. Cancelling again changes nothing.

    A patient may until the practice's last moment, then is told to call (`too-late-call`); the clinic may always.
    Refused otherwise: `booking-unknown`, `move-not-allowed`.
    """
    booking = holds.locked(session, booking_id)
    check_actor(actor, booking.clinic_id, booking.account_id)
    if booking.state is State.CANCELLED:
        return booking
    before = booking.state
    after(Act.CANCEL, before)
    phone = letters.phone_of(booking)
    check_still_open(actor, booking.starts, booking.practice.cancel_by_minutes, now, phone)
    _end(session, booking, Act.CANCEL, actor, now, word)
    kind = Kind.CANCELLED_BY_CLINIC if actor.staff else Kind.CANCELLED_BY_PATIENT
    if tell:
        letters.tell_patient(session, booking, kind, now=now, invited=before is State.CONFIRMED, word=word or "")
    else:
        letters.take_back(session, booking, kind, now=now)
    session.flush()
    return booking


def mark(session: Session, booking_id: UUID, act: Act | str, actor: Actor, *, now: datetime) -> Booking:
    """Mark a visit at the desk: `arrive`, `finish`, `miss`, or `undo` on the same day. No letter is written.

    Refused: `booking-unknown`, `mark-too-early`, `undo-too-late`, `move-not-allowed`.
    """
    booking = _at_clinic(session, booking_id, actor)
    act = Act(act)
    if act not in (Act.ARRIVE, Act.FINISH, Act.MISS, Act.UNDO):
        raise ValueError(f"{act} is not a mark")
    before = booking.state
    result = after(act, before)
    local = zone(booking.clinic.zone)
    check_day(act, booking.starts, now, now.astimezone(local).date(), booking.starts.astimezone(local).date())
    booking.state = result
    session.flush()
    _note(session, booking, act, before, actor, now)
    return booking


def expire(session: Session, booking: Booking, now: datetime) -> None:
    """End a request that nobody answered in time, and tell both sides. The caller has locked the doctor."""
    before = booking.state
    booking.state = after(Act.LAPSE, before)
    booking.ended_at, booking.ended_by = now, EndedBy.TIME
    booking.revision += 1
    _free(session, booking)
    record(
        session,
        Act.LAPSE,
        actor="system",
        now=now,
        clinic_id=booking.clinic_id,
        booking_id=booking.id,
        patient_id=booking.patient_id,
        from_state=before,
        to_state=booking.state,
    )
    letters.tell_patient(session, booking, Kind.EXPIRED, now=now, invited=False)
    letters.tell_clinic(session, booking, Kind.REQUEST_EXPIRED, now=now)
    session.flush()


def _at_clinic(session: Session, booking_id: UUID, actor: Actor) -> Booking:
    booking = holds.locked(session, booking_id)
    check_staff(actor, booking.clinic_id)
    return booking


def _end(session: Session, booking: Booking, act: Act, actor: Actor, now: datetime, word: str | None) -> None:
    before = booking.state
    booking.state = after(act, before)
    booking.ended_at = now
    booking.ended_by = EndedBy.CLINIC if actor.staff else EndedBy.PATIENT
    booking.revision += 1
    _say(booking, word)
    _free(session, booking)
    _note(session, booking, act, before, actor, now)
    openings.freed(session, booking.doctor_id, now)


def _free(session: Session, booking: Booking) -> None:
    session.flush()
    cells.give(session, [booking.id])
    counts.give_back(session, booking, booking.starts.astimezone(zone(booking.clinic.zone)).date())


def _say(booking: Booking, word: str | None) -> None:
    if word:
        booking.word = seal(word, booking.id, "booking.word")


def _note(session: Session, booking: Booking, act: Act, before: State, actor: Actor, now: datetime) -> None:
    record(
        session,
        act,
        actor=actor.kind,
        now=now,
        account_id=actor.account_id,
        role=actor.role,
        clinic_id=booking.clinic_id,
        booking_id=booking.id,
        patient_id=booking.patient_id,
        from_state=before,
        to_state=booking.state,
    )
