"""Holding a time for ten minutes, keeping it longer, letting it go."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from booking_service.bookings import cells, openings, store
from booking_service.bookings.availability import Audience, Slot, free_times, nearest
from booking_service.bookings.models import Booking, EndedBy, Origin, State
from booking_service.bookings.numbers import TRIES, new_number
from booking_service.bookings.rules import EXTENSIONS, HOLD, HOLDS_A_NETWORK, HOLDS_AN_ACCOUNT, Holder, in_fives
from booking_service.bookings.states import Act, after
from booking_service.bookings.store import Bookable
from booking_service.bookings.taken import taken_of
from booking_service.calendars.models import Approval
from booking_service.journal.actions import record
from booking_service.refusals import Refusal

CHANNEL_LENGTH = 24
_LOCKED_IN = "booking locked in"


def hold(
    session: Session,
    *,
    service_id: UUID,
    start: datetime,
    holder: Holder,
    channel: str = "direct",
    lang: str = "lv",
    now: datetime,
) -> Booking:
    """Keep a time for ten minutes. A session's earlier hold ends in the same transaction; the same time again is it.

    Refused: `service-unknown`, `start-not-fives`, `too-many-holds`, `account-holds-spent`, `slot-taken` and
    `slot-not-offered` (both with `nearest`, an ISO instant or empty, and `times`, up to five of them).
    """
    start = in_fives(start)
    wanted = online_service(session, service_id)
    old = store.hold_of(session, holder.session_id) if holder.session_id else None
    cells.lock(session, {wanted.doctor_id, old.doctor_id} if old else {wanted.doctor_id})
    if old and (old.service_id, old.starts) == (service_id, start) and _live(old, now):
        return old
    freed = bool(cells.lapse(session, [wanted.doctor_id], now))
    if old and _still_held(session, old):
        _end(session, old, now, act=Act.RELEASE, actor="patient", account_id=holder.account_id)
        freed = freed or old.doctor_id == wanted.doctor_id
    _check_holds(session, holder, now)
    slot = offered(session, wanted, start, now=now, account_id=holder.account_id)
    booking = insert(
        session,
        wanted,
        calendar_id=slot.calendar_id,
        account_id=holder.account_id,
        visitor_id=holder.session_id,
        state=State.HELD,
        starts=start,
        ends=slot.end,
        held_until=now + HOLD,
        answer_by=slot.answer_by,
        manual=slot.approval is Approval.MANUAL,
        origin=Origin.ONLINE,
        channel=channel[:CHANNEL_LENGTH],
        network=holder.network,
        lang=lang,
        made_at=now,
    )
    if not cells.take(session, wanted.doctor_id, booking.id, start, wanted.need):
        raise start_refused(session, wanted, start, now=now)
    if old and old.doctor_id != wanted.doctor_id:
        openings.freed(session, old.doctor_id, now)
    if freed:
        openings.freed(session, wanted.doctor_id, now)
    else:
        openings.taken(session, wanted.doctor_id, start, wanted.need, now)
    record(
        session,
        "hold",
        actor="patient",
        now=now,
        account_id=holder.account_id,
        clinic_id=wanted.clinic_id,
        booking_id=booking.id,
        to_state=State.HELD,
        starts=start.isoformat(),
        channel=booking.channel,
    )
    return booking


def _check_holds(session: Session, holder: Holder, now: datetime) -> None:
    """Refuse who holds many times already: a network before an address is proven, after that the account."""
    if holder.account_id is None and store.holds_from(session, holder.network, now) >= HOLDS_A_NETWORK:
        raise Refusal("too-many-holds", limit=HOLDS_A_NETWORK)
    if holder.account_id is not None and store.holds_by(session, holder.account_id, now) >= HOLDS_AN_ACCOUNT:
        raise Refusal("account-holds-spent", limit=HOLDS_AN_ACCOUNT)


def extend(session: Session, booking_id: UUID, holder: Holder, *, now: datetime) -> Booking:
    """Keep a held time ten minutes longer, up to ten times, for somebody whose address is proven.

    Refused: `booking-unknown`, `hold-lapsed`, `extend-needs-proof`, `extensions-spent`.
    """
    booking = own_hold(session, booking_id, holder)
    if not _live(booking, now) or booking.held_until is None:
        raise Refusal("hold-lapsed")
    if holder.account_id is None:
        raise Refusal("extend-needs-proof")
    if booking.extensions >= EXTENSIONS:
        raise Refusal("extensions-spent", limit=EXTENSIONS)
    booking.extensions += 1
    booking.held_until += HOLD
    booking.account_id = holder.account_id
    session.flush()
    _note(session, booking, Act.EXTEND, State.HELD, now, actor="patient", account_id=holder.account_id)
    return booking


def release(session: Session, booking_id: UUID, holder: Holder, *, now: datetime) -> Booking:
    """Let a held time go at once. A hold that has ended already stays as it is. Refused: `booking-unknown`."""
    booking = own_hold(session, booking_id, holder)
    if booking.state is State.HELD:
        _end(session, booking, now, act=Act.RELEASE, actor="patient", account_id=holder.account_id)
        openings.freed(session, booking.doctor_id, now)
    return booking


def own_hold(session: Session, booking_id: UUID, holder: Holder) -> Booking:
    """Lock and load the booking of this session or account; `booking-unknown` for anybody else's."""
    booking = locked(session, booking_id)
    same_session = holder.session_id is not None and booking.visitor_id == holder.session_id
    same_account = holder.account_id is not None and booking.account_id == holder.account_id
    if not (same_session or same_account):
        raise Refusal("booking-unknown")
    return booking


def lock(session: Session, booking_id: UUID) -> None:
    """Lock the doctor of a booking before anything is read of it: what is read next need not be read again.

    Two presses of one button wait for each other here. A booking that does not exist locks nothing.
    """
    store.read_anew(session)
    if session.get_bind().dialect.name == "sqlite":
        cells.lock(session, ())
        return
    doctor_id = cells.lock_of(session, booking_id)
    session.info[_LOCKED_IN] = (session.get_transaction(), booking_id, doctor_id)


def locked(session: Session, booking_id: UUID, *also: UUID) -> Booking:
    """Lock the doctor of a booking (and others) and load the booking as it then is. Refused: `booking-unknown`."""
    transaction, known_id, known_doctor = session.info.get(_LOCKED_IN, (None, None, None))
    if not also and known_id == booking_id and transaction is session.get_transaction():
        booking = store.load_once(session, booking_id)
        # Another may have moved it to another doctor while we waited for the first one's lock.
        if booking is not None and booking.doctor_id == known_doctor:
            return booking
    if session.get_bind().dialect.name == "sqlite":
        cells.lock(session, also)
        booking = store.load_once(session, booking_id)
        if booking is None:
            raise Refusal("booking-unknown")
        return booking
    for _ in range(3):
        doctor_id = store.doctor_of(session, booking_id) if also else cells.lock_of(session, booking_id)
        if doctor_id is None:
            break
        if also:
            cells.lock(session, {doctor_id, *also})
        booking = store.load(session, booking_id)
        # Another may have moved it to another doctor between the two reads.
        if booking is not None and booking.doctor_id == doctor_id:
            return booking
    raise Refusal("booking-unknown")


def offered(session: Session, wanted: Bookable, start: datetime, *, now: datetime, account_id: UUID | None) -> Slot:
    """The slot of a start that is offered to this account; refused as `start_refused` says where none is."""
    for audience in (Audience.PUBLIC, Audience.OWN_PATIENT):
        own = audience is Audience.OWN_PATIENT
        if own and (account_id is None or not store.is_own_patient(session, account_id, wanted.clinic_id)):
            break
        end = start + timedelta(minutes=5)
        slots = free_times(session, [wanted.id], start, end, now=now, audience=audience)[wanted.id]
        if slots and slots[0].start == start:
            return slots[0]
    raise start_refused(session, wanted, start, now=now)


def start_refused(
    session: Session, wanted: Bookable, start: datetime, *, now: datetime, audience: Audience = Audience.PUBLIC
) -> Refusal:
    """The refusal of a start: `slot-taken` where somebody has it, else `slot-not-offered`; with the nearest times."""
    slots = nearest(session, wanted.id, start, now=now, audience=audience)
    busy, _ = taken_of(session, [wanted.doctor_id], start, start, now).get(wanted.doctor_id, (set(), []))
    first, last = cells.span(start, wanted.need)
    code = "slot-taken" if busy.intersection(range(first, last + 1)) else "slot-not-offered"
    times = [slot.start.isoformat() for slot in slots]
    return Refusal(code, nearest=times[0] if times else "", times=times)


def insert(session: Session, wanted: Bookable, **values: Any) -> Booking:
    """Write a new booking under a number that its clinic has not given yet."""
    known = {
        "clinic_id": wanted.clinic_id,
        "doctor_id": wanted.doctor_id,
        "practice_id": wanted.practice_id,
        "service_id": wanted.id,
        "price_cents": wanted.price_cents,
    }
    for attempt in range(TRIES):
        number = new_number(wanted.number_prefix, attempt)
        statement = _insert(session).values(id=uuid4(), number=number, **known, **values)
        booking: Booking | None = session.scalars(statement).one_or_none()
        if booking is not None:
            return booking
    raise Refusal("numbers-spent")


def end(session: Session, booking: Booking, now: datetime, *, act: Act) -> None:
    """End a hold or a request whose time is over, in the name of time itself."""
    _end(session, booking, now, act=act, actor="system", account_id=None)


def online_service(session: Session, service_id: UUID) -> Bookable:
    """A service that patients book themselves. Refused: `service-unknown`."""
    wanted = store.bookable(session, service_id)
    if wanted is None or not wanted.online:
        raise Refusal("service-unknown")
    return wanted


def _insert(session: Session) -> Insert:
    build = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    skip = build(Booking).on_conflict_do_nothing(index_elements=["clinic_id", "number"])
    return skip.returning(Booking)


def _live(booking: Booking, now: datetime) -> bool:
    return booking.state is State.HELD and booking.held_until is not None and booking.held_until > now


def _still_held(session: Session, booking: Booking) -> bool:
    """Ask again under the lock: another request may have ended or finished it meanwhile."""
    state = session.scalar(select(Booking.state).where(Booking.id == booking.id))
    return state is State.HELD


def _end(session: Session, booking: Booking, now: datetime, *, act: Act, actor: str, account_id: UUID | None) -> None:
    before = booking.state
    booking.state = after(act, before)
    booking.ended_at = now
    booking.ended_by = EndedBy.PATIENT if actor == "patient" else EndedBy.TIME
    session.flush()
    cells.give(session, [booking.id])
    _note(session, booking, act, before, now, actor=actor, account_id=account_id)


def _note(
    session: Session, booking: Booking, act: Act, before: State, now: datetime, *, actor: str, account_id: UUID | None
) -> None:
    record(
        session,
        act,
        actor=actor,
        now=now,
        account_id=account_id,
        clinic_id=booking.clinic_id,
        booking_id=booking.id,
        patient_id=booking.patient_id,
        from_state=before,
        to_state=booking.state,
    )
