"""Turning a held time into a booking, once, however often it is pressed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from booking_service.accounts.models import Account
from booking_service.bookings import cells, counts, holds, letters, openings, representatives, store
from booking_service.bookings.models import Booking, EndedBy, State
from booking_service.bookings.rules import HOLD, Payment, check_age, check_insurer, check_visits, checked_payment
from booking_service.bookings.states import Act, after
from booking_service.calendars.models import Approval
from booking_service.calendars.store import zone
from booking_service.journal.actions import record
from booking_service.mail.letter import Kind
from booking_service.patients.actions import patient_of_clinic
from booking_service.patients.family import check_may_book
from booking_service.patients.models import Patient, Person, Relation
from booking_service.patients.rules import PatientFacts, Representative, check, check_represented, is_child
from booking_service.refusals import Refusal
from booking_service.security.encryption import seal


def book(
    session: Session,
    booking_id: UUID,
    *,
    person_facts: PatientFacts,
    payment: Payment,
    account: Account | None,
    now: datetime,
    person_id: UUID | None = None,
    representative: Representative | None = None,
) -> Booking:
    """Book a held time: confirmed at once, or requested where the clinic approves by hand; writes the letter.

    `person_facts.email` is an address that the account has proven: the letter goes there.
    `representative` answers for a patient who is not yet 14 today; for others it is not kept.
    Pressing twice gives the same booking. A hold that lapsed is taken again in this step while its time is free.
    Refused: `booking-unknown`, `hold-ended`, `service-unknown`, `slot-taken` or `slot-not-offered` (with the nearest
    times), `too-young`, `too-old`, `representative-missing`, `consent-missing`, `too-many-visits`, `month-spent`, and
    what `patients.rules.check`, `rules.checked_payment` and `rules.check_insurer` refuse.
    """
    booking = holds.locked(session, booking_id)
    account_id = account.id if account is not None else None
    if booking.account_id is not None and booking.account_id != account_id:
        raise Refusal("booking-unknown")
    if booking.state not in (State.HELD, State.EXPIRED):
        return booking
    if booking.state is State.EXPIRED and booking.patient_id is not None:
        # A request that nobody answered in time: its page says so, and a new booking is a new start.
        raise Refusal("hold-ended")
    if any(row.withdrawn_at for row in (booking.service, booking.practice, booking.doctor, booking.clinic)):
        # Content has let go of it since the time was held.
        raise Refusal("service-unknown")
    today = now.astimezone(zone(booking.clinic.zone)).date()
    check(person_facts, code_asked=False, today=today)
    person = session.get(Person, person_id) if person_id else None
    service = booking.service
    day = booking.starts.astimezone(zone(booking.clinic.zone)).date()
    check_age(service.ages_from, service.ages_to, person_facts.born(), day)
    check_may_book(person, person_facts.born(), today)
    check_represented(person_facts.born(), representative, today)
    payment = checked_payment(service.payer, payment)
    check_insurer(payment, [one["slug"] for one in booking.clinic.facts.get("insurers") or ()])
    _hold_again(session, booking, account_id, now)
    patient = patient_of_clinic(session, booking.clinic_id, person_facts, now=now, person_id=person_id)
    limit = booking.practice.visits_at_a_time
    check_visits(store.coming(session, booking.practice_id, patient.id, patient.person_id, now, booking.id), limit)
    counts.use(session, booking, day)
    act = Act.REQUEST if booking.manual else Act.CONFIRM
    _write(booking, patient, person_facts, payment, account_id)
    representatives.write(booking, representative if is_child(person_facts.born(), today) else None)
    _decide(booking, act, now)
    record(
        session,
        act,
        actor="patient",
        now=now,
        account_id=account_id,
        clinic_id=booking.clinic_id,
        booking_id=booking.id,
        patient_id=patient.id,
        from_state=State.HELD,
        to_state=booking.state,
    )
    kind = Kind.REQUESTED if act is Act.REQUEST else Kind.CONFIRMED
    invited = act is Act.CONFIRM
    to, greet = person_facts.email or None, _greet(person)
    letters.tell_patient(session, booking, kind, now=now, invited=invited, to=to, greet=greet, first=True)
    session.flush()
    return booking


def _greet(person: Person | None) -> str | None:
    """The account's owner, where the visit is the owner's own: known without asking."""
    return person.given if person is not None and person.relation is Relation.SELF else None


def _hold_again(session: Session, booking: Booking, account_id: UUID | None, now: datetime) -> None:
    """Make sure that the time is held by this booking. A time chosen anew by the same patient is not taken again."""
    if booking.state is State.HELD and booking.held_until is not None and booking.held_until > now:
        return
    if booking.state is State.EXPIRED and booking.ended_by is not EndedBy.TIME:
        raise Refusal("hold-ended")
    cells.lapse(session, [booking.doctor_id], now)
    session.refresh(booking, ["state"])
    wanted = holds.online_service(session, booking.service_id)
    slot = holds.offered(session, wanted, booking.starts, now=now, account_id=account_id)
    if not cells.take(session, booking.doctor_id, booking.id, booking.starts, wanted.need):
        raise holds.start_refused(session, wanted, booking.starts, now=now)
    booking.state = after(Act.RETAKE, booking.state)
    booking.held_until = now + HOLD
    booking.calendar_id, booking.manual = slot.calendar_id, slot.approval is Approval.MANUAL
    booking.answer_by, booking.price_cents = slot.answer_by, wanted.price_cents
    booking.ended_at = booking.ended_by = None
    record(
        session,
        Act.RETAKE,
        actor="patient",
        now=now,
        account_id=account_id,
        clinic_id=booking.clinic_id,
        booking_id=booking.id,
        from_state=State.EXPIRED,
        to_state=State.HELD,
    )
    openings.freed(session, booking.doctor_id, now)


def _write(booking: Booking, patient: Patient, facts: PatientFacts, payment: Payment, account_id: UUID | None) -> None:
    booking.patient, booking.patient_id = patient, patient.id
    booking.account_id = account_id
    booking.lang = facts.lang
    booking.pays, booking.insurer = payment.pays, payment.insurer
    booking.policy = seal(payment.policy, booking.id, "booking.policy") if payment.policy else None
    booking.code = seal(facts.code.digits, booking.id, "booking.code") if facts.code else None


def _decide(booking: Booking, act: Act, now: datetime) -> None:
    booking.state = after(act, booking.state)
    booking.held_until = None
    if act is Act.CONFIRM:
        booking.answer_by = None
        booking.decided_at = now
