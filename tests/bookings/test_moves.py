"""Moving a visit: one booking, one number, and the old time free only with the new one taken."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings import actions
from booking_service.bookings.models import Booking, Cell, State
from booking_service.bookings.rules import Holder
from booking_service.calendars.models import Approval, MonthlyCount
from booking_service.directory.models import Payer
from booking_service.journal.models import JournalEntry
from booking_service.mail.letter import Kind, VisitFacts, load
from booking_service.mail.models import Letter, LetterState
from booking_service.refusals import Refusal
from booking_service.security.encryption import unseal
from tests.builders import bookings, clinics, people
from tests.builders.bookings import START
from tests.builders.clinics import House, instant

MINUTE = timedelta(minutes=1)
LATER = START + 90 * MINUTE


def cells_of(session: Session, booking: Booking) -> list[Cell]:
    return list(session.scalars(select(Cell).where(Cell.booking_id == booking.id).order_by(Cell.cell)))


def colleague(session: Session, house: House, **values: object) -> House:
    """Another doctor of the same clinic."""
    doctor = clinics.doctor(session, "janis-kalns")
    practice = clinics.practice(session, doctor, house.clinic)
    service = clinics.service(session, practice, **values)
    return House(house.clinic, doctor, practice, service, clinics.calendar(session, practice))


def test_a_moved_visit_keeps_number_and_link_and_tells_the_patient(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    booking = bookings.booked(session, house)
    number = booking.number

    actions.move(session, booking.id, start=LATER, actor=bookings.clerk(house), now=now)

    assert (booking.state, booking.number, booking.generation) == (State.CONFIRMED, number, 0)
    assert (booking.starts, booking.ends, booking.revision) == (LATER, LATER + 30 * MINUTE, 1)
    assert cells_of(session, booking)[0].cell * 300 == LATER.timestamp()
    assert len(cells_of(session, booking)) == 6
    letter = session.scalars(select(Letter).where(Letter.state == LetterState.WAITING)).one()
    told = load(Kind.MOVED, unseal(letter.facts or b"", letter.id, "letter.facts"))
    assert isinstance(told, VisitFacts)
    assert (letter.kind, told.old_starts, told.revision) == ("moved", "2027-03-10T08:00:00+00:00", 1)
    entry = session.scalars(select(JournalEntry).where(JournalEntry.verb == "move")).one()
    assert entry.facts["old_starts"] == "2027-03-10T08:00:00+00:00"


def test_a_visit_may_move_to_a_time_that_overlaps_its_own(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_grid_minutes=15)
    booking = bookings.booked(session, house)

    actions.move(session, booking.id, start=START + 15 * MINUTE, actor=bookings.clerk(house), now=now)

    assert len(cells_of(session, booking)) == 6


def test_a_visit_moves_to_another_service_and_doctor_of_the_clinic(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    there = colleague(session, house, minutes=45, price_cents=7000)
    booking = bookings.booked(session, house)

    moved = actions.move(
        session,
        booking.id,
        start=instant("2027-03-10 09:45"),
        service_id=there.service.id,
        actor=bookings.clerk(house),
        now=now,
    )

    assert (moved.doctor_id, moved.practice_id, moved.service_id) == (
        there.doctor.id,
        there.practice.id,
        there.service.id,
    )
    assert (moved.price_cents, moved.calendar_id) == (7000, there.calendar.id)
    assert {cell.doctor_id for cell in cells_of(session, moved)} == {there.doctor.id}
    assert len(cells_of(session, moved)) == 9
    assert moved.service.id == there.service.id


def test_a_visit_does_not_move_to_another_clinic(session: Session, now: datetime) -> None:
    house, other = clinics.house(session), clinics.house(session, number=1)
    booking = bookings.booked(session, house)

    with pytest.raises(Refusal, match="other-clinic"):
        actions.move(
            session, booking.id, start=LATER, service_id=other.service.id, actor=bookings.clerk(house), now=now
        )


def test_a_refused_move_leaves_the_visit_where_it_was_even_if_the_rest_is_kept(
    sessions: sessionmaker[Session], now: datetime
) -> None:
    with sessions.begin() as session:
        house = clinics.house(session)
        booking = bookings.booked(session, house)
        bookings.held(session, house, LATER)

    with sessions.begin() as session, pytest.raises(Refusal, match="slot-taken"):
        actions.move(session, booking.id, start=LATER, actor=bookings.clerk(house), now=now)

    with sessions() as session:
        assert session.get_one(Booking, booking.id).starts == START
        assert len(cells_of(session, booking)) == 6
        assert session.scalars(select(Letter.kind)).all() == ["confirmed"]


def test_moving_to_where_it_is_does_nothing(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    booking = bookings.booked(session, house)

    actions.move(session, booking.id, start=START, actor=bookings.clerk(house), now=now)

    assert booking.revision == 0
    assert session.scalars(select(Letter.kind)).all() == ["confirmed"]


def test_the_desk_may_move_outside_the_hours_if_it_says_so(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    booking = bookings.booked(session, house)
    noon = instant("2027-03-10 12:15")

    with pytest.raises(Refusal, match="slot-not-offered"):
        actions.move(session, booking.id, start=noon, actor=bookings.clerk(house), now=now)
    actions.move(session, booking.id, start=noon, actor=bookings.clerk(house), now=now, outside=True, tell=False)

    assert (booking.starts, booking.calendar_id) == (noon, None)
    assert session.scalars(select(Letter.kind)).all() == ["confirmed"]


def test_a_patient_moves_in_time_and_only_to_what_is_offered(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    account = people.account(session)
    booking = bookings.booked(session, house, account=account)

    with pytest.raises(Refusal, match="slot-not-offered"):
        actions.move(session, booking.id, start=instant("2027-03-10 12:15"), actor=bookings.patient(account), now=now)
    late = START - timedelta(hours=23)
    with pytest.raises(Refusal, match="too-late-call"):
        actions.move(session, booking.id, start=LATER, actor=bookings.patient(account), now=late)
    actions.move(session, booking.id, start=LATER, actor=bookings.patient(account), now=now)

    assert booking.starts == LATER


def test_a_patient_cannot_move_a_confirmed_visit_to_where_the_clinic_must_agree(
    session: Session, now: datetime
) -> None:
    house = clinics.house(session, calendar_hours=[[2, 540, 660]])
    clinics.calendar(session, house.practice, [[2, 660, 720]], approval=Approval.MANUAL)
    account = people.account(session)
    booking = bookings.booked(session, house, account=account)

    with pytest.raises(Refusal, match="move-needs-clinic"):
        actions.move(session, booking.id, start=START + 60 * MINUTE, actor=bookings.patient(account), now=now)


def test_a_moved_request_stays_a_request_and_is_answered_before_it_begins(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_approval=Approval.MANUAL)
    booking = bookings.booked(session, house)
    sooner = instant("2027-03-03 14:00")

    actions.move(session, booking.id, start=sooner, actor=bookings.clerk(house), now=now)

    assert (booking.state, booking.answer_by) == (State.REQUESTED, sooner)


def test_a_visit_that_moves_to_another_month_is_counted_there(session: Session, now: datetime) -> None:
    house = clinics.house(session, service_payer=Payer.STATE)
    march, april = (
        MonthlyCount(calendar_id=house.calendar.id, month=START.date().replace(month=month, day=1), paid_visits=1)
        for month in (3, 4)
    )
    session.add_all([march, april])
    session.flush()
    booking = bookings.booked(session, house)

    actions.move(session, booking.id, start=instant("2027-04-07 10:00"), actor=bookings.clerk(house), now=now)

    session.refresh(march)
    session.refresh(april)
    assert (march.used, april.used, booking.over_count) == (0, 1, False)


def test_what_is_done_or_ended_does_not_move(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    booking = bookings.booked(session, house)
    actions.cancel(session, booking.id, bookings.clerk(house), now=now)

    with pytest.raises(Refusal, match="move-not-allowed"):
        actions.move(session, booking.id, start=LATER, actor=bookings.clerk(house), now=now)


def test_a_move_takes_over_a_lapsed_hold_of_the_other_doctor(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    there = colleague(session, house)
    booking = bookings.booked(session, house)
    bookings.held(session, there, holder=Holder(None, None, "192.0.2.9"))
    later = now + 11 * MINUTE

    actions.move(session, booking.id, start=START, service_id=there.service.id, actor=bookings.clerk(house), now=later)

    assert session.scalar(select(func.count()).select_from(Cell)) == 6


@pytest.mark.parametrize("change", ["move", "cancel"])
def test_a_change_that_is_told_otherwise_takes_back_the_letter_that_still_waits(
    session: Session, now: datetime, change: str
) -> None:
    house = clinics.house(session)
    booking = bookings.booked(session, house)
    actor, later = bookings.clerk(house), now + MINUTE

    if change == "move":
        actions.move(session, booking.id, start=LATER, actor=actor, now=later, tell=False)
    else:
        actions.cancel(session, booking.id, actor, now=later, tell=False)

    assert session.scalars(select(Letter.state)).all() == [LetterState.OVERTAKEN]
