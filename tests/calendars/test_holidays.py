"""Latvia's public holidays and moved days."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking_service.calendars.actions import fill_holidays
from booking_service.calendars.holidays import of_year
from booking_service.calendars.models import PublicHoliday


def test_a_year_has_its_holidays_in_three_languages() -> None:
    found = {holiday.day: holiday for holiday in of_year(2027)}

    assert found[date(2027, 3, 29)].names == {
        "lv": "Otrās Lieldienas",
        "ru": "Пасхальный понедельник",
        "en": "Easter Monday",
    }
    assert {date(2027, 1, 1), date(2027, 3, 26), date(2027, 6, 23), date(2027, 6, 24), date(2027, 11, 18)} <= set(found)


def test_moved_days_of_2026_are_closed_and_the_saturdays_for_them_worked() -> None:
    found = {holiday.day: holiday for holiday in of_year(2026)}

    friday, saturday = found[date(2026, 1, 2)], found[date(2026, 1, 17)]
    assert (friday.works, friday.names["en"]) == (False, "Moved day off")
    assert (saturday.works, saturday.as_weekday) == (True, 4)
    assert (found[date(2026, 6, 22)].works, found[date(2026, 6, 27)].as_weekday) == (False, 0)


def test_this_and_the_next_two_years_are_filled_once(session: Session, now: datetime) -> None:
    written = fill_holidays(session, now)

    years = {day.year for day in session.scalars(select(PublicHoliday.day))}
    assert (written > 40, years) == (True, {2027, 2028, 2029})
    assert fill_holidays(session, now) == 0


def test_what_an_operator_added_or_changed_is_left_alone(session: Session, now: datetime) -> None:
    added = PublicHoliday(day=date(2027, 5, 3), names={"lv": "Pārcelta"}, works=False, source="operator")
    changed = PublicHoliday(day=date(2027, 11, 18), names={"lv": "Strādājam"}, works=True, source="operator")
    stale = PublicHoliday(day=date(2027, 2, 2), names={"lv": "Kādreiz"}, source="law")
    session.add_all([added, changed, stale])
    session.flush()

    fill_holidays(session, now)

    kept = {row.day: row for row in session.scalars(select(PublicHoliday))}
    assert kept[date(2027, 5, 3)].source == "operator"
    assert kept[date(2027, 11, 18)].works
    assert date(2027, 2, 2) not in kept
