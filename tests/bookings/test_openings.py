"""The maintained first free starts."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking_service.bookings import actions, openings
from booking_service.calendars import actions as calendars
from booking_service.calendars.models import Opening
from tests.builders import bookings, clinics
from tests.builders.clinics import House, instant

MINUTE = timedelta(minutes=1)
HOURS = [[2, 600, 660], [3, 1050, 1110], [5, 600, 630]]
"""Wednesday 10-11, Thursday 17.30-18.30, Saturday 10-10.30."""


def written(session: Session, house: House) -> Opening:
    session.flush()
    statement = select(Opening).where(Opening.service_id == house.service.id)
    return session.scalars(statement.execution_options(populate_existing=True)).one()


def test_an_opening_tells_the_first_time_of_all_of_an_evening_and_of_a_weekend(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_hours=HOURS)

    assert actions.refresh_openings(session, now=now) == 1

    opening = written(session, house)
    assert opening.first == instant("2027-03-03 10:00")
    assert opening.first_evening == instant("2027-03-04 17:30")
    assert opening.first_weekend == instant("2027-03-06 10:00")
    assert opening.valid_until == instant("2027-03-03 00:00")


def test_each_change_of_the_doctor_rewrites_it_in_its_transaction(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_hours=HOURS)
    openings.refresh(session, [house.doctor.id], now)
    holder = bookings.holder(session)

    held = bookings.held(session, house, instant("2027-03-03 10:00"), holder=holder)
    assert written(session, house).first == instant("2027-03-03 10:30")
    actions.refresh_openings(session, now=now)
    assert written(session, house).valid_until == held.held_until
    actions.release(session, held.id, holder, now=now)
    assert written(session, house).first == instant("2027-03-03 10:00")

    booking = bookings.booked(session, house, instant("2027-03-03 10:00"))
    assert written(session, house).first == instant("2027-03-03 10:30")
    actions.move(session, booking.id, start=instant("2027-03-04 17:30"), actor=bookings.clerk(house), now=now)
    assert written(session, house).first == instant("2027-03-03 10:00")
    assert written(session, house).first_evening == instant("2027-03-04 18:00")
    actions.cancel(session, booking.id, bookings.clerk(house), now=now)
    assert written(session, house).first_evening == instant("2027-03-04 17:30")


def test_an_opening_of_a_longer_service_sees_the_visit_that_it_would_overlap(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_hours=HOURS)
    long = clinics.service(session, house.practice, "gara", minutes=60)
    openings.refresh(session, [house.doctor.id], now)

    bookings.held(session, house, instant("2027-03-03 10:30"))

    row = session.get_one(Opening, (house.practice.id, long.id), populate_existing=True)
    assert row.first == instant("2027-03-04 17:30")


def test_the_sweep_rewrites_openings_of_lapsed_holds(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_hours=HOURS)
    openings.refresh(session, [house.doctor.id], now)
    bookings.held(session, house, instant("2027-03-03 10:00"))

    actions.expire_due(session, now=now + 10 * MINUTE)

    assert written(session, house).first == instant("2027-03-03 10:00")


def test_the_worker_asks_again_when_an_opening_lapses(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_hours=HOURS, practice_notice_minutes=0)
    openings.refresh(session, [house.doctor.id], now)
    # The days are still to be counted.
    assert actions.refresh_openings(session, now=now) == 1
    assert actions.refresh_openings(session, now=now) == 0

    tomorrow = instant("2027-03-03 00:00")
    assert actions.refresh_openings(session, now=tomorrow) == 1

    assert written(session, house).valid_until == instant("2027-03-03 10:00")
    assert actions.refresh_openings(session, now=instant("2027-03-03 10:00") + MINUTE) == 1
    assert written(session, house).first == instant("2027-03-03 10:30")


def test_nothing_free_inside_the_horizon_is_written_as_none(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_hours=[])

    openings.refresh(session, [house.doctor.id], now)

    assert written(session, house).first is None


def test_changed_hours_let_an_opening_lapse_at_once(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_hours=HOURS)
    openings.refresh(session, [house.doctor.id], now)

    calendars.set_hours(session, house.calendar, [], now=now)

    assert written(session, house).valid_until == now
    actions.refresh_openings(session, now=now)
    assert written(session, house).first is None


def test_a_calendar_that_opens_later_is_looked_at_again_then(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_hours=HOURS, calendar_opens_at=now + 30 * MINUTE)
    openings.refresh(session, [house.doctor.id], now, count=True)
    assert (written(session, house).first, written(session, house).valid_until) == (None, now + 30 * MINUTE)

    actions.refresh_openings(session, now=now + 30 * MINUTE)

    assert written(session, house).first == instant("2027-03-03 10:00")


def test_a_single_date_may_bring_an_evening_and_a_weekend(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_hours=[[2, 600, 660]])
    saturday = instant("2027-03-13 00:00").date()
    calendars.set_day(session, house.calendar, saturday, [(1050, 1110)], now=now)

    openings.refresh(session, [house.doctor.id], now)

    opening = written(session, house)
    assert opening.first == instant("2027-03-03 10:00")
    assert opening.first_evening == opening.first_weekend == instant("2027-03-13 17:30")


def test_a_first_time_beyond_the_near_days_is_found_too(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_hours=HOURS, calendar_valid_from=instant("2027-05-10 00:00").date())

    openings.refresh(session, [house.doctor.id], now)

    opening = written(session, house)
    assert opening.first == instant("2027-05-12 10:00")
    assert opening.first_weekend == instant("2027-05-15 10:00")


def test_a_calendar_without_anything_to_book_is_not_asked_again_and_again(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_hours=HOURS)
    house.service.bookable = False

    assert actions.refresh_openings(session, now=now) == 0
