"""What the desk does with calendars."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from booking_service.calendars import actions
from booking_service.calendars.models import Approval, Calendar, DateException, DayOff, WeeklyHours
from booking_service.calendars.slots import WeekSpan
from booking_service.calendars.store import timetables
from booking_service.directory.models import Payer
from booking_service.refusals import Refusal
from tests.builders import clinics


def hours(session: Session, calendar: Calendar) -> list[tuple[int, int, int]]:
    columns = WeeklyHours.weekday, WeeklyHours.start_minute, WeeklyHours.end_minute
    rows = session.execute(select(*columns).where(WeeklyHours.calendar_id == calendar.id).order_by(*columns))
    return [(weekday, start, end) for weekday, start, end in rows]


def test_a_first_calendar_is_proposed_from_the_clinics_opening_hours(session: Session, now: datetime) -> None:
    at = clinics.clinic(session, hours=[[0, 480, 720], [0, 780, 1143], [5, 542, 600]])
    practice = clinics.practice(session, clinics.doctor(session), at)
    clinics.service(session, practice)

    (made,) = actions.propose(session, practice, now)

    assert (made.payer, made.approval, made.draft) == (Payer.PAID, Approval.AUTOMATIC, False)
    assert hours(session, made) == [(0, 480, 720), (0, 780, 1140), (5, 545, 600)]


def test_state_paid_and_paid_times_are_proposed_for_the_two_halves_of_the_day(session: Session, now: datetime) -> None:
    at = clinics.clinic(session, hours=[[0, 480, 720], [0, 750, 1140], [1, 840, 1080]])
    practice = clinics.practice(session, clinics.doctor(session), at)
    clinics.service(session, practice)
    clinics.service(session, practice, "valsts", payer=Payer.STATE)

    made = {calendar.payer: hours(session, calendar) for calendar in actions.propose(session, practice, now)}

    assert made == {
        Payer.STATE: [(0, 480, 720), (0, 750, 780), (1, 840, 960)],
        Payer.PAID: [(0, 780, 1140), (1, 960, 1080)],
    }


def test_nothing_is_proposed_where_calendars_are_or_the_clinic_states_no_hours(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    silent = clinics.house(session, number=1, clinic_hours=[])
    session.delete(silent.calendar)
    session.flush()

    assert actions.propose(session, house.practice, now) == []
    assert actions.propose(session, silent.practice, now) == []


def test_hours_are_replaced_as_a_whole(session: Session, now: datetime) -> None:
    house = clinics.house(session)

    actions.set_hours(session, house.calendar, [WeekSpan(1, 600, 660), WeekSpan(1, 660, 720)], now=now)

    assert hours(session, house.calendar) == [(1, 600, 660), (1, 660, 720)]


@pytest.mark.parametrize(
    ("spans", "code"),
    [
        ([WeekSpan(0, 600, 600)], "hours-wrong"),
        ([WeekSpan(0, 602, 660)], "hours-wrong"),
        ([WeekSpan(0, 600, 1445)], "hours-wrong"),
        ([WeekSpan(7, 600, 660)], "hours-wrong"),
        ([WeekSpan(0, 600, 660), WeekSpan(0, 655, 700)], "hours-overlap"),
        ([WeekSpan(0, 600, 720), WeekSpan(0, 605, 610), WeekSpan(0, 700, 800)], "hours-overlap"),
        ([WeekSpan(0, 600, 660, 1, 2), WeekSpan(0, 655, 700)], "hours-overlap"),
        ([WeekSpan(0, 600, 660, 1, 2), WeekSpan(0, 655, 700, 2, 2)], ""),
    ],
)
def test_hours_that_cannot_be_are_refused(session: Session, now: datetime, spans: list[WeekSpan], code: str) -> None:
    house = clinics.house(session)

    if not code:
        actions.set_hours(session, house.calendar, spans, now=now)
        return
    with pytest.raises(Refusal, match=code):
        actions.set_hours(session, house.calendar, spans, now=now)
    assert len(hours(session, house.calendar)) == 10


def test_a_date_gets_other_hours_none_or_its_weeks_again(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    day = date(2027, 3, 10)

    actions.set_day(session, house.calendar, day, [(780, 840), (600, 660)], now=now)
    assert session.get_one(DateException, (house.calendar.id, day)).spans == [[600, 660], [780, 840]]
    actions.set_day(session, house.calendar, day, [], now=now)
    assert session.get_one(DateException, (house.calendar.id, day)).spans == []
    actions.set_day(session, house.calendar, day, None, now=now)
    assert session.get(DateException, (house.calendar.id, day)) is None


def test_a_day_off_is_a_doctors_or_a_clinics_and_has_a_length(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    later = now + timedelta(days=1)

    made = actions.add_day_off(
        session, doctor_id=None, clinic_id=house.clinic.id, starts=now, ends=later, reason="Remonts", now=now
    )
    for doctor_id, ends in ((None, later), (house.doctor.id, now)):
        with pytest.raises(Refusal, match="day-off-wrong"):
            actions.add_day_off(session, doctor_id=doctor_id, clinic_id=None, starts=now, ends=ends, now=now)
    actions.remove_day_off(session, made, now=now)

    assert session.scalars(select(DayOff)).all() == []


def test_a_closed_calendar_offers_no_more(session: Session, now: datetime) -> None:
    house = clinics.house(session)

    actions.close(session, house.calendar, now=now)
    actions.close(session, house.calendar, now=now + timedelta(days=1))

    assert house.calendar.closed_at == now
    assert timetables(session, [house.service.id], now, now + timedelta(days=7)) == []
