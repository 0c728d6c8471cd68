"""The first times of doctors in a list: from openings, and asked again."""

from datetime import date, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from booking_service.bookings import actions
from booking_service.calendars.models import Opening
from booking_service.directory import cards
from booking_service.directory.models import Payer
from booking_service.portal.live_views import LiveRow, live_rows
from tests.builders import bookings, clinics
from tests.builders.clinics import House, instant
from tests.conftest import NOW

HOURS = [[2, 600, 660], [3, 1050, 1110], [5, 600, 630]]
"""Wednesday 10-11, Thursday 17.30-18.30, Saturday 10-10.30."""


def row(session: Session, house: House, *, when: object = None) -> LiveRow:
    session.flush()
    session.expire_all()
    services = cards.services_of(session, [house.doctor.slug])
    return live_rows(session, services, NOW, when=when)[house.doctor.slug]  # type: ignore[arg-type]


def starts(found: LiveRow) -> list[str]:
    return [f"{slot.day:%a} {slot.minute // 60}.{slot.minute % 60:02}" for slot in found.first.slots]


def test_a_row_shows_the_next_day_or_the_next_evening_or_weekend(session: Session) -> None:
    house = clinics.house(session, calendar_hours=HOURS)
    actions.refresh_openings(session, now=NOW)

    assert starts(row(session, house)) == ["Wed 10.00", "Wed 10.30"]
    assert starts(row(session, house, when="evening")) == ["Thu 17.30", "Thu 18.00"]
    assert starts(row(session, house, when="weekend")) == ["Sat 10.00"]


def test_evening_times_leave_out_the_afternoon_of_the_same_day(session: Session) -> None:
    house = clinics.house(session, calendar_hours=[[2, 960, 1080]])
    actions.refresh_openings(session, now=NOW)

    assert starts(row(session, house, when="evening")) == ["Wed 17.00", "Wed 17.30"]


def test_the_strip_is_as_free_as_the_freest_service_of_the_doctor(session: Session) -> None:
    house = clinics.house(session, calendar_hours=HOURS)
    clinics.service(session, house.practice, "isa", minutes=15, position=1)
    assert row(session, house).strip == ()

    actions.refresh_openings(session, now=NOW)

    found = row(session, house)
    marks = {mark.date: mark.level for mark in found.strip}
    assert len(marks) == 14
    assert min(marks) == date(2027, 3, 2)
    assert {day: level for day, level in marks.items() if level} == {
        date(2027, 3, 3): 2, date(2027, 3, 4): 2, date(2027, 3, 6): 1,
        date(2027, 3, 10): 2, date(2027, 3, 11): 2, date(2027, 3, 13): 1,
    }  # fmt: skip
    assert found.free_days == 6


def test_after_midnight_a_whole_fortnight_is_left_until_the_days_are_counted_anew(session: Session) -> None:
    house = clinics.house(session, calendar_hours=HOURS)
    actions.refresh_openings(session, now=NOW)
    services = cards.services_of(session, [house.doctor.slug])

    found = live_rows(session, services, NOW + timedelta(days=1))[house.doctor.slug]

    assert [mark.date for mark in found.strip][::13] == [date(2027, 3, 3), date(2027, 3, 16)]
    assert found.free_days == 6


def test_a_time_that_an_opening_promises_is_asked_again(session: Session) -> None:
    house = clinics.house(session, calendar_hours=HOURS)
    actions.refresh_openings(session, now=NOW)
    bookings.held(session, house, instant("2027-03-03 10:00"))
    # As an opening that another process has read before the hold.
    session.execute(update(Opening).values(first=instant("2027-03-03 10:00")))

    assert starts(row(session, house)) == ["Wed 10.30"]


def test_where_a_service_has_nothing_any_more_the_next_one_is_shown(session: Session) -> None:
    house = clinics.house(session, calendar_hours=HOURS)
    clinics.service(session, house.practice, "bez-maksas", payer=Payer.STATE, position=1)
    clinics.calendar(session, house.practice, [[4, 600, 660]], payer=Payer.STATE)
    actions.refresh_openings(session, now=NOW)
    house.calendar.closed_at = NOW

    found = row(session, house)

    assert (found.first.offer.slug, starts(found)) == ("bez-maksas", ["Fri 10.00", "Fri 10.30"])


def test_a_doctor_whose_openings_are_not_written_yet_has_times_and_no_strip(session: Session) -> None:
    house = clinics.house(session, calendar_hours=HOURS)

    found = row(session, house)

    assert starts(found) == ["Wed 10.00", "Wed 10.30"]
    assert found.strip == found.first.strip == ()


def test_times_far_away_are_found_too(session: Session) -> None:
    near = clinics.house(session, calendar_hours=HOURS)
    far = clinics.house(session, number=1, calendar_hours=HOURS, calendar_valid_from=date(2027, 5, 10))
    later = clinics.house(session, number=2, calendar_hours=HOURS, calendar_valid_from=date(2027, 3, 10))
    actions.refresh_openings(session, now=NOW)
    services = cards.services_of(session, [house.doctor.slug for house in (near, far, later)])

    rows = live_rows(session, services, NOW)

    days = [rows[house.doctor.slug].first.slots[0].day for house in (near, far, later)]
    assert days == [date(2027, 3, 3), date(2027, 5, 12), date(2027, 3, 10)]
