"""A booking that reception makes: a normal one takes its cells, an extra one is squeezed in and marked for ever."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from booking_service.bookings import cells, counts, holds, letters, openings, store
from booking_service.bookings.models import Booking, Origin, State
from booking_service.bookings.moves import desk_slot
from booking_service.bookings.rules import Actor, Payment, check_not_past, check_staff, checked_payment, in_fives
from booking_service.bookings.states import Act
from booking_service.bookings.store import Bookable
from booking_service.calendars.store import zone
from booking_service.journal.actions import record
from booking_service.mail.letter import Kind
from booking_service.patients.actions import patient_of_clinic
from booking_service.patients.rules import PatientFacts
from booking_service.refusals import Refusal
from booking_service.security.encryption import seal


def book_at_desk(
    session: Session,
    *,
    service_id: UUID,
    start: datetime,
    patient: PatientFacts,
    actor: Actor,
    now: datetime,
    extra: bool = False,
    outside: bool = False,
    payment: Payment | None = None,
    tell: bool = True,
) -> Booking:
    """Enter a confirmed visit. `outside` lets any free time be used; `extra` takes no cell and asks for none.

    `tell` writes the patient's letter, where an e-mail address is known. A spent month is no obstacle: it is marked.
    Refused: `service-unknown`, `booking-unknown` (another clinic's), `start-not-fives`, `start-past`, `slot-taken`,
    `slot-not-offered`.
    """
    start = in_fives(start)
    check_not_past(start, now)
    wanted = store.bookable(session, service_id)
    if wanted is None:
        raise Refusal("service-unknown")
    check_staff(actor, wanted.clinic_id)
    cells.lock(session, [wanted.doctor_id])
    cells.lapse(session, [wanted.doctor_id], now)
    slot = None if extra else desk_slot(session, wanted, start, now, outside=outside)
    known = patient_of_clinic(session, wanted.clinic_id, patient, now=now)
    paid = checked_payment(wanted.payer, payment) if payment else None
    booking = holds.insert(
        session,
        wanted,
        calendar_id=slot.calendar_id if slot else None,
        patient_id=known.id,
        state=State.CONFIRMED,
        starts=start,
        ends=start + timedelta(minutes=wanted.minutes),
        extra=extra,
        origin=Origin.DESK,
        channel="desk",
        lang=known.lang,
        pays=paid.pays if paid else None,
        insurer=paid.insurer if paid else "",
        made_at=now,
        decided_at=now,
    )
    _complete(session, booking, wanted, patient, now, extra=extra)
    _note(session, booking, actor, now)
    if tell:
        letters.tell_patient(session, booking, Kind.CONFIRMED, now=now)
    session.flush()
    return booking


def _complete(
    session: Session, booking: Booking, wanted: Bookable, patient: PatientFacts, now: datetime, *, extra: bool
) -> None:
    if not extra and not cells.take(session, wanted.doctor_id, booking.id, booking.starts, wanted.need):
        raise holds.start_refused(session, wanted, booking.starts, now=now)
    store.load(session, booking.id)
    booking.code = seal(patient.code.digits, booking.id, "booking.code") if patient.code else None
    counts.use(session, booking, booking.starts.astimezone(zone(booking.clinic.zone)).date(), over=True)
    session.flush()
    openings.taken(session, wanted.doctor_id, booking.starts, wanted.need, now)


def _note(session: Session, booking: Booking, actor: Actor, now: datetime) -> None:
    record(
        session,
        Act.CONFIRM,
        actor=actor.kind,
        now=now,
        account_id=actor.account_id,
        role=actor.role,
        clinic_id=booking.clinic_id,
        booking_id=booking.id,
        patient_id=booking.patient_id,
        to_state=booking.state,
        extra=booking.extra,
    )
