"""A booking that reception makes."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from booking_service.bookings import actions
from booking_service.bookings.models import Booking, Cell, Origin, State
from booking_service.calendars.models import Approval, MonthlyCount
from booking_service.directory.models import Payer
from booking_service.mail.models import Letter
from booking_service.refusals import Refusal
from tests.builders import bookings, clinics, people
from tests.builders.bookings import START
from tests.builders.clinics import House, instant

MINUTE = timedelta(minutes=1)


def enter(session: Session, house: House, start: datetime, now: datetime, **values: object) -> Booking:
    given = {"patient": people.patient_facts(), "actor": bookings.clerk(house)} | values
    return actions.book_at_desk(session, service_id=house.service.id, start=start, now=now, **given)  # type: ignore[arg-type]


def cells(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Cell)) or 0


def test_a_desk_booking_is_confirmed_whatever_the_calendar_says(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_approval=Approval.MANUAL)

    booking = enter(session, house, START, now)

    assert (booking.state, booking.origin, booking.channel) == (State.CONFIRMED, Origin.DESK, "desk")
    assert (booking.extra, booking.account_id, cells(session)) == (False, None, 6)
    assert booking.patient is not None
    assert booking.patient.family == "Ozola"
    assert session.scalars(select(Letter.kind)).all() == ["confirmed"]


def test_the_desk_may_book_now_and_without_a_letter(session: Session, now: datetime) -> None:
    house = clinics.house(session)

    enter(session, house, instant("2027-03-02 11:00"), now, tell=False)
    enter(session, house, instant("2027-03-02 11:30"), now, patient=people.patient_facts("Jānis", email=""))

    assert session.scalars(select(Letter)).all() == []


def test_a_taken_time_is_refused_and_an_extra_visit_is_squeezed_in_without_cells(
    session: Session, now: datetime
) -> None:
    house = clinics.house(session)
    enter(session, house, START, now)

    with pytest.raises(Refusal, match="slot-taken"):
        enter(session, house, START, now)
    extra = enter(session, house, START, now, extra=True)

    assert (extra.extra, cells(session)) == (True, 6)


def test_an_extra_visit_moved_is_extra_still(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    enter(session, house, START + 30 * MINUTE, now)
    extra = enter(session, house, START, now, extra=True)

    actions.move(session, extra.id, start=START + 30 * MINUTE, actor=bookings.clerk(house), now=now)

    assert (extra.extra, cells(session)) == (True, 6)


def test_an_e_booking_can_never_be_an_extra_one(session: Session, now: datetime) -> None:
    booking = bookings.booked(session, clinics.house(session))
    booking.extra = True

    with pytest.raises(IntegrityError):
        session.flush()


def test_outside_the_hours_the_desk_must_say_so_and_cells_still_hold(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    noon = instant("2027-03-10 12:10")

    with pytest.raises(Refusal, match="slot-not-offered"):
        enter(session, house, noon, now)
    assert enter(session, house, noon, now, outside=True).calendar_id is None
    with pytest.raises(Refusal, match="slot-taken"):
        enter(session, house, noon + 10 * MINUTE, now, outside=True)
    with pytest.raises(Refusal, match="start-not-fives"):
        enter(session, house, noon + 2 * MINUTE, now, outside=True)
    with pytest.raises(Refusal, match="start-past"):
        enter(session, house, now - timedelta(hours=13, minutes=2), now, outside=True)


def test_the_desk_may_go_over_a_months_count_and_the_booking_is_marked(session: Session, now: datetime) -> None:
    house = clinics.house(session, service_payer=Payer.STATE)
    count = MonthlyCount(calendar_id=house.calendar.id, month=START.date().replace(day=1), paid_visits=1)
    session.add(count)
    session.flush()

    marks = [enter(session, house, START + step * MINUTE, now).over_count for step in (0, 30)]

    session.refresh(count)
    assert (marks, count.used) == ([False, True], 2)


def test_the_desk_books_what_patients_book_by_telephone(session: Session, now: datetime) -> None:
    house = clinics.house(session, service_bookable=False)

    assert enter(session, house, START, now).state is State.CONFIRMED


def test_another_clinics_clerk_cannot_book_here(session: Session, now: datetime) -> None:
    house, other = clinics.house(session), clinics.house(session, number=1)

    with pytest.raises(Refusal, match="booking-unknown"):
        enter(session, house, START, now, actor=bookings.clerk(other))


def test_a_desk_booking_takes_over_a_lapsed_hold(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    bookings.held(session, house)

    with pytest.raises(Refusal, match="slot-taken"):
        enter(session, house, START, now)
    assert enter(session, house, START, now + 10 * MINUTE).state is State.CONFIRMED
