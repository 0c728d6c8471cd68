"""Reading bookings, and what a booking action must know of what it books."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, func, inspect, or_, select
from sqlalchemy.orm import Session, joinedload

from booking_service.accounts.models import Visitor
from booking_service.bookings.models import Booking, State
from booking_service.bookings.rules import Pays
from booking_service.bookings.states import COMING
from booking_service.calendars.slots import Need
from booking_service.directory.models import Clinic, Doctor, Payer, Practice, Service
from booking_service.patients.models import Patient, Person

_READ_IN = "booking read last, and in which transaction"

_BOOKABLE = (
    select(
        Service.id,
        Service.practice_id,
        Service.payer,
        Service.minutes,
        Service.buffer_before,
        Service.buffer_after,
        Service.price_cents,
        Practice.doctor_id,
        Practice.clinic_id,
        Clinic.number_prefix,
        Service.bookable,
    )
    .join(Practice, Practice.id == Service.practice_id)
    .join(Doctor, Doctor.id == Practice.doctor_id)
    .join(Clinic, Clinic.id == Practice.clinic_id)
    .where(
        Service.id == bindparam("service"),
        Service.withdrawn_at.is_(None),
        Practice.withdrawn_at.is_(None),
        Doctor.withdrawn_at.is_(None),
        Clinic.withdrawn_at.is_(None),
    )
)

_WHOLE = (
    joinedload(Booking.clinic),
    joinedload(Booking.doctor),
    joinedload(Booking.practice),
    joinedload(Booking.service),
    joinedload(Booking.patient),
)

_LOAD = (
    select(Booking).where(Booking.id == bindparam("booking")).options(*_WHOLE).execution_options(populate_existing=True)
)

_COMING = (
    select(func.count())
    .select_from(Booking)
    .where(
        Booking.practice_id == bindparam("practice"),
        Booking.state.in_(COMING),
        Booking.starts > bindparam("now"),
        Booking.id != bindparam("but"),
    )
)
_COMING_OF_PATIENT = _COMING.where(Booking.patient_id == bindparam("patient"))
_COMING_OF_PERSON = _COMING.where(
    or_(
        Booking.patient_id == bindparam("patient"),
        Booking.patient_id.in_(select(Patient.id).where(Patient.person_id == bindparam("person"))),
    )
)

_HOLD_OF = (
    select(Booking)
    .where(Booking.visitor_id == bindparam("visitor"), Booking.state == State.HELD)
    .execution_options(populate_existing=True)
)

_LIVE_HOLDS = (
    select(func.count()).select_from(Booking).where(Booking.state == State.HELD, Booking.held_until > bindparam("now"))
)
_HOLDS_FROM = _LIVE_HOLDS.where(Booking.network == bindparam("network"), Booking.account_id.is_(None))
_HOLDS_BY = _LIVE_HOLDS.where(Booking.account_id == bindparam("account"))


class Bookable(NamedTuple):
    """What a hold needs to know of a service."""

    id: UUID
    practice_id: UUID
    payer: Payer
    minutes: int
    before: int
    after: int
    price_cents: int | None
    doctor_id: UUID
    clinic_id: UUID
    number_prefix: str
    online: bool

    @property
    def need(self) -> Need:
        return Need(self.minutes, self.before, self.after)


@dataclass(frozen=True)
class Visits:
    """An account's visits: coming ones from the nearest on, past and ended ones from the latest back."""

    coming: list[Booking]
    past: list[Booking]


def bookable(session: Session, service_id: UUID) -> Bookable | None:
    """The service by its id; none where it cannot be booked."""
    row = session.execute(_BOOKABLE, {"service": service_id}).one_or_none()
    return None if row is None else Bookable._make(row)


def doctor_of(session: Session, booking_id: UUID) -> UUID | None:
    return session.scalar(select(Booking.doctor_id).where(Booking.id == booking_id))


def load(session: Session, booking_id: UUID) -> Booking | None:
    """A booking with its clinic, doctor, practice, service and patient, as the database has them now."""
    booking = session.scalars(_LOAD, {"booking": booking_id}).one_or_none()
    session.info[_READ_IN] = (session.get_transaction(), booking)
    return booking


def read_anew(session: Session) -> None:
    """Let `load_once` ask again: from here on a lock stands, and what was read before it may have changed."""
    session.info.pop(_READ_IN, None)


def load_once(session: Session, booking_id: UUID) -> Booking | None:
    """The same, but not asked again when this transaction has just asked.

    Right only where nobody else can have written since: on SQLite in a writing transaction, or after `holds.lock`.
    """
    transaction, booking = session.info.get(_READ_IN, (None, None))
    if booking is not None and booking.id == booking_id and transaction is session.get_transaction():
        return booking if not inspect(booking).expired else load(session, booking_id)
    return load(session, booking_id)


def hold_of(session: Session, session_id: UUID) -> Booking | None:
    """The hold of a session, live or lapsed. The session's row is locked, so that two presses wait for each other."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(select(Visitor.id).where(Visitor.id == session_id).with_for_update(key_share=True))
    return session.scalars(_HOLD_OF, {"visitor": session_id}).first()


def live_hold(session: Session, session_id: UUID, now: datetime) -> Booking | None:
    """The time that a session is holding now, with everything that its pages show; nothing is locked."""
    statement = (
        select(Booking)
        .where(Booking.visitor_id == session_id, Booking.state == State.HELD, Booking.held_until > now)
        .options(*_WHOLE)
    )
    return session.scalars(statement).first()


def holds_from(session: Session, network: str, now: datetime) -> int:
    """How many live holds come from a network without a proven address."""
    return session.scalar(_HOLDS_FROM, {"network": network, "now": now}) or 0


def holds_by(session: Session, account_id: UUID, now: datetime) -> int:
    """How many live holds an account has, on all its devices."""
    return session.scalar(_HOLDS_BY, {"account": account_id, "now": now}) or 0


def coming(
    session: Session, practice_id: UUID, patient_id: UUID, person_id: UUID | None, now: datetime, but: UUID
) -> int:
    """How many other visits a patient has ahead at a practice, by the clinic's patient or by the person."""
    values = {"practice": practice_id, "patient": patient_id, "now": now, "but": but}
    if person_id is None:
        return session.scalar(_COMING_OF_PATIENT, values) or 0
    return session.scalar(_COMING_OF_PERSON, {**values, "person": person_id}) or 0


def last_payer(session: Session, account_id: UUID) -> tuple[str, str]:
    """Who paid for what an account booked last, and the insurer's slug; empty texts where it has booked nothing."""
    statement = (
        select(Booking.pays, Booking.insurer)
        .where(Booking.account_id == account_id, Booking.pays.is_not(None), Booking.pays != Pays.STATE)
        .order_by(Booking.made_at.desc())
    )
    found = session.execute(statement.limit(1)).first()
    return (str(found[0]), found[1]) if found else ("", "")


def is_own_patient(session: Session, account_id: UUID, clinic_id: UUID) -> bool:
    """Whether an account, or one of its family, is on the clinic's own list of patients."""
    statement = (
        select(Patient.id)
        .join(Person, Person.id == Patient.person_id)
        .where(Person.account_id == account_id, Patient.clinic_id == clinic_id, Patient.own)
    )
    return session.scalars(statement.limit(1)).first() is not None


def visits_of(session: Session, account_id: UUID, now: datetime) -> Visits:
    """An account's visits, holds left out."""
    statement = (
        select(Booking)
        .where(Booking.account_id == account_id, Booking.patient_id.is_not(None))
        .options(*_WHOLE)
        .order_by(Booking.starts)
    )
    coming_visits: list[Booking] = []
    past: list[Booking] = []
    for booking in session.scalars(statement):
        ahead = booking.state in (*COMING, State.ARRIVED) and booking.ends > now
        (coming_visits if ahead else past).append(booking)
    return Visits(coming_visits, past[::-1])


def visit_of(session: Session, account_id: UUID, booking_id: UUID) -> Booking | None:
    """One of an account's visits; none for anybody else's."""
    booking = load(session, booking_id)
    return booking if booking is not None and booking.account_id == account_id and booking.patient_id else None


def between(session: Session, clinic_id: UUID, since: datetime, until: datetime) -> list[Booking]:
    """A clinic's bookings that start in [since, until), live holds too, ended ones too, in order of time."""
    statement = _of_clinic(clinic_id).where(Booking.starts >= since, Booking.starts < until)
    return list(session.scalars(statement.order_by(Booking.starts, Booking.id)))


def requests_of(session: Session, clinic_id: UUID) -> list[Booking]:
    """A clinic's requests that wait for its answer, the most pressing first."""
    statement = _of_clinic(clinic_id).where(Booking.state == State.REQUESTED)
    return list(session.scalars(statement.order_by(Booking.answer_by, Booking.id)))


def at_clinic(session: Session, clinic_id: UUID, booking_id: UUID) -> Booking | None:
    """A clinic's booking; none for one of another clinic."""
    booking = load(session, booking_id)
    return booking if booking is not None and booking.clinic_id == clinic_id else None


def by_number(session: Session, clinic_id: UUID, number: str) -> Booking | None:
    return session.scalars(_of_clinic(clinic_id).where(Booking.number == number)).one_or_none()


def _of_clinic(clinic_id: UUID) -> Select[Booking]:
    return select(Booking).where(Booking.clinic_id == clinic_id).options(*_WHOLE)
