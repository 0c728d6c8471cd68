"""Bookable hours and days off, set at the desk."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings.availability import free_times
from booking_service.bookings.models import Booking, State
from booking_service.calendars.models import Approval, Calendar, DayOff
from booking_service.calendars.slots import WeekSpan
from booking_service.desk.hours_text import HoursMistake, outside, read_day, write_week
from tests.builders import clinics
from tests.builders.clinics import House
from tests.builders.desks import sign_in, stored
from tests.conftest import NOW
from tests.pages import Browser


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("9.00–12.00, 13.00–17.00", [(540, 720), (780, 1020)]),
        ("9-12;13-17", [(540, 720), (780, 1020)]),
        ("08:30 – 24.00", [(510, 1440)]),
        ("", []),
        ("–", []),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, spans: list[tuple[int, int]]) -> None:
    assert read_day(2, text) == [WeekSpan(2, *span) for span in spans]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no rīta", "hours-unread"),
        ("9.00", "hours-unread"),
        ("9.61–12", "hours-unread"),
        ("25–26", "hours-unread"),
        ("9.02–12.00", "hours-fives"),
        ("12–9", "hours-order"),
        ("9–12, 11–13", "hours-order"),
    ],
)
def test_hours_that_cannot_be_read_say_why(text: str, code: str) -> None:
    with pytest.raises(HoursMistake) as mistake:
        read_day(0, text)

    assert mistake.value.code == code


def test_a_week_is_written_as_it_is_read() -> None:
    spans = [*read_day(0, "9.00–12.00, 13.00–17.00"), *read_day(5, "10.00–14.00")]

    assert write_week(spans) == ["9.00–12.00, 13.00–17.00", "", "", "", "", "10.00–14.00", ""]


def test_a_visit_across_a_break_lies_outside() -> None:
    spans = read_day(0, "9.00–12.00, 13.00–17.00")

    assert not outside(spans, 0, 11 * 60, 12 * 60)
    assert outside(spans, 0, 11 * 60 + 30, 13 * 60 + 30)


def test_a_new_calendar_proposes_the_opening_hours_and_can_be_booked_at_once(
    clerk: Browser, house: House, sessions: sessionmaker[Session]
) -> None:
    sign_in(clerk)
    clerk.open("/desk/veja-roze/hours")

    clerk.press("Pievienot maksas laikus")
    assert 'value="8.00–19.00"' in clerk.here.response.text
    clerk.press("Saglabāt", approval="manual", day_5="10.00–14.00")

    assert "10.00–14.00" in clerk.here.main
    with sessions.begin() as session:
        made = session.scalars(select(Calendar).where(Calendar.approval == Approval.MANUAL)).one()
        saturday = clinics.instant("2027-03-13 00:00"), clinics.instant("2027-03-14 00:00")
        slots = free_times(session, [house.service.id], *saturday, now=NOW)[house.service.id]
    assert {slot.calendar_id for slot in slots} == {made.id}


def test_hours_that_cannot_be_read_come_back_as_typed(clerk: Browser, house: House) -> None:
    sign_in(clerk)
    clerk.open(f"/desk/veja-roze/hours/calendars/{house.calendar.id}")

    clerk.press("Saglabāt", day_0="no rīta")

    assert clerk.here.status == 422
    assert clerk.here.title.startswith("Kļūda: ")
    assert 'value="no rīta"' in clerk.here.response.text


def test_visits_outside_new_hours_are_shown_before_saving_and_stay(
    clerk: Browser, house: House, booking: Booking, sessions: sessionmaker[Session]
) -> None:
    sign_in(clerk)
    clerk.open(f"/desk/veja-roze/hours/calendars/{house.calendar.id}")

    clerk.press("Saglabāt", day_2="13.00–17.00")
    assert "Trešdiena, 10. marts, 10.00, Ozola Anna" in clerk.here.main
    clerk.press("Tomēr saglabāt")

    assert "Saglabāts" in clerk.here.main
    assert stored(sessions, booking).state is State.CONFIRMED
    with sessions.begin() as session:
        wednesday = clinics.instant("2027-03-17 00:00"), clinics.instant("2027-03-18 00:00")
        slots = free_times(session, [house.service.id], *wednesday, now=NOW)[house.service.id]
    assert {slot.minute < 13 * 60 for slot in slots} == {False}


def test_hours_taken_away_offer_nothing_more(clerk: Browser, house: House, sessions: sessionmaker[Session]) -> None:
    sign_in(clerk)
    clerk.open(f"/desk/veja-roze/hours/calendars/{house.calendar.id}")

    clerk.press("Noņemt šos laikus")

    assert "Pierakstīties vēl nevar" in clerk.here.main


def test_a_day_off_shows_the_visits_that_it_touches_and_closes_the_day(
    clerk: Browser, house: House, booking: Booking, sessions: sessionmaker[Session]
) -> None:
    sign_in(clerk)
    clerk.open("/desk/veja-roze/days-off/new")

    clerk.press("Saglabāt", doctor=str(house.doctor.id), first="2027-03-10", last="2027-03-11")
    assert "Ozola Anna" in clerk.here.main
    clerk.press("Tomēr saglabāt")

    assert "Ilze Bērziņa: Trešdiena, 10. marts, 0.00" in clerk.here.main
    with sessions.begin() as session:
        days = clinics.instant("2027-03-10 00:00"), clinics.instant("2027-03-12 00:00")
        assert free_times(session, [house.service.id], *days, now=NOW)[house.service.id] == []
    clerk.press("Noņemt")
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(DayOff)) == 0


@pytest.mark.parametrize(
    "typed",
    [
        {"first": "kad", "last": "2027-03-10"},
        {"first": "2027-03-11", "last": "2027-03-10"},
        {"first": "2027-03-01", "last": "2027-03-01"},
        {"first": "2027-03-10", "last": "2027-03-10", "since": "9.03"},
    ],
)
def test_a_day_off_that_cannot_be_is_asked_for_again(
    clerk: Browser, house: House, sessions: sessionmaker[Session], typed: dict[str, str]
) -> None:
    sign_in(clerk)
    clerk.open("/desk/veja-roze/days-off/new")

    clerk.press("Saglabāt", **typed)

    assert clerk.here.status == 422
    assert clerk.here.title.startswith("Kļūda: ")
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(DayOff)) == 0


def test_a_part_of_a_day_off_leaves_the_rest(clerk: Browser, house: House, sessions: sessionmaker[Session]) -> None:
    sign_in(clerk)
    clerk.open("/desk/veja-roze/days-off/new")

    clerk.press("Saglabāt", first="2027-03-10", last="2027-03-10", since="12.00")

    with sessions.begin() as session:
        day = clinics.instant("2027-03-10 00:00"), clinics.instant("2027-03-11 00:00")
        slots = free_times(session, [house.service.id], *day, now=NOW)[house.service.id]
    assert [slot.minute for slot in slots] == [540, 570, 600, 630, 660, 690]
