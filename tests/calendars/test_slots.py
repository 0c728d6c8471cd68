"""Free starts from hours, limits and taken time."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from booking_service.calendars.slots import (
    CELL,
    Audience,
    Holiday,
    Month,
    Need,
    Place,
    Plan,
    Taken,
    WeekSpan,
    answer_deadline,
    free_starts,
)

RIGA = ZoneInfo("Europe/Riga")
WEEK = tuple((weekday, 8 * 60, 19 * 60) for weekday in range(5))
PLACE = Place(RIGA, hours=WEEK)
MORNINGS = Plan(weekly=[WeekSpan(weekday, 9 * 60, 11 * 60) for weekday in range(5)])
NOW = datetime(2027, 3, 2, 8, 42, tzinfo=UTC)
HALF_HOUR = Need(30)
NOTHING = Taken()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=RIGA).astimezone(UTC)


def starts(
    plan: Plan = MORNINGS,
    *,
    place: Place = PLACE,
    need: Need = HALF_HOUR,
    taken: Taken = NOTHING,
    since: str = "2027-03-03",
    until: str = "2027-03-04",
    now: datetime = NOW,
    audience: Audience = Audience.PUBLIC,
) -> list[str]:
    """Free starts as local wall time, `03 09:30`."""
    found = free_starts(plan, place, need, taken, since=at(since), until=at(until), now=now, audience=audience)
    return [datetime.fromtimestamp(start.seconds, RIGA).strftime("%d %H:%M") for start in found]


def cells(*spans: tuple[str, str]) -> Taken:
    """Taken cells of local spans."""
    found: set[int] = set()
    for start, end in spans:
        found.update(range(int(at(start).timestamp()) // CELL, int(at(end).timestamp()) // CELL))
    return Taken(found)


def between(start: str, end: str) -> Taken:
    return Taken(intervals=[(int(at(start).timestamp()), int(at(end).timestamp()))])


def test_starts_follow_each_other_by_the_length_of_the_visit() -> None:
    assert starts() == ["03 09:00", "03 09:30", "03 10:00", "03 10:30"]


def test_a_start_tells_its_local_day_and_minute() -> None:
    found = free_starts(MORNINGS, PLACE, HALF_HOUR, Taken(), since=at("2027-03-03"), until=at("2027-03-04"), now=NOW)

    first = next(iter(found))

    assert (first.day, first.minute) == (date(2027, 3, 3), 9 * 60)


def test_buffers_stand_inside_the_hours_and_widen_the_grid() -> None:
    assert starts(need=Need(30, 5, 10)) == ["03 09:05", "03 09:50"]


def test_a_calendar_may_have_a_grid_of_its_own() -> None:
    assert starts(replace(MORNINGS, grid_minutes=20)) == ["03 09:00", "03 09:20", "03 09:40", "03 10:00", "03 10:20"]


def test_a_break_is_the_gap_between_two_spans() -> None:
    plan = Plan(weekly=[WeekSpan(2, 540, 600), WeekSpan(2, 630, 660)])

    assert starts(plan) == ["03 09:00", "03 09:30", "03 10:30"]


def test_a_visit_longer_than_the_span_has_no_start() -> None:
    assert starts(need=Need(125)) == []


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        (cells(("2027-03-03T09:30", "2027-03-03T10:00")), ["03 09:00", "03 10:00", "03 10:30"]),
        (cells(("2027-03-03T09:25", "2027-03-03T09:35")), ["03 10:00", "03 10:30"]),
        (between("2027-03-03T09:00", "2027-03-03T10:10"), ["03 10:30"]),
        (between("2027-03-03T09:29:59", "2027-03-03T09:30"), ["03 09:30", "03 10:00", "03 10:30"]),
        (between("2027-03-03T00:00", "2027-03-04T00:00"), []),
    ],
)
def test_taken_time_is_left_out(taken: Taken, left: list[str]) -> None:
    assert starts(taken=taken) == left


def test_the_buffers_of_a_new_visit_keep_their_distance_from_taken_time() -> None:
    taken = cells(("2027-03-03T09:30", "2027-03-03T10:00"))

    assert starts(need=Need(30, 0, 5), taken=taken) == ["03 10:10"]


def test_nothing_is_offered_inside_the_notice() -> None:
    now = at("2027-03-03T08:00")

    assert starts(replace(MORNINGS, notice_minutes=120), now=now) == ["03 10:00", "03 10:30"]
    assert starts(now=at("2027-03-03T09:40")) == ["03 10:00", "03 10:30"]


def test_the_horizon_counts_local_days_to_the_end() -> None:
    late = at("2027-03-02T23:30")

    assert starts(replace(MORNINGS, horizon_days=1), now=late)
    assert starts(replace(MORNINGS, horizon_days=0), now=late) == []


def test_the_end_of_the_asked_time_is_left_out() -> None:
    assert starts(since="2027-03-03T09:30", until="2027-03-03T10:30") == ["03 09:30", "03 10:00"]


def test_a_calendar_is_valid_on_its_first_and_last_day() -> None:
    plan = replace(MORNINGS, valid_from=date(2027, 3, 4), valid_to=date(2027, 3, 4))

    found = starts(plan, until="2027-03-10", need=Need(120))

    assert found == ["04 09:00"]


def test_a_doctor_is_away_until_the_end_of_the_day() -> None:
    plan = replace(MORNINGS, away_until=date(2027, 3, 4))

    assert starts(plan, until="2027-03-06", need=Need(120)) == ["05 09:00"]


def test_a_single_date_may_have_other_hours_or_none() -> None:
    plan = replace(MORNINGS, exceptions={date(2027, 3, 3): [[14 * 60, 15 * 60]], date(2027, 3, 4): []})

    assert starts(plan, until="2027-03-06", need=Need(60)) == ["03 14:00", "05 09:00", "05 10:00"]


def test_a_holiday_is_closed_unless_the_clinic_works_or_the_date_has_hours_of_its_own() -> None:
    day = date(2027, 3, 3)
    kept = replace(PLACE, holidays={day: Holiday()})

    assert starts(place=kept) == []
    assert starts(place=replace(kept, works_on_holidays=True), need=Need(120)) == ["03 09:00"]
    assert starts(replace(MORNINGS, exceptions={day: [[600, 660]]}), place=kept, need=Need(60)) == ["03 10:00"]


def test_a_moved_working_day_follows_the_plan_of_the_weekday_it_was_exchanged_for() -> None:
    saturday = date(2027, 3, 6)
    plan = Plan(weekly=[WeekSpan(4, 540, 600)])
    place = replace(PLACE, holidays={saturday: Holiday(works=True, as_weekday=4)})

    assert starts(plan, place=place, since="2027-03-06", until="2027-03-07", need=Need(60)) == ["06 09:00"]


def test_rotating_weeks_count_from_the_first_day_of_the_calendar() -> None:
    plan = Plan(weekly=[WeekSpan(0, 540, 600, 1, 2), WeekSpan(0, 840, 900, 2, 2)], valid_from=date(2027, 3, 3))

    found = starts(plan, until="2027-04-01", need=Need(60))

    assert found == ["08 14:00", "15 09:00", "22 14:00", "29 09:00"]


def test_rotating_weeks_go_on_over_the_end_of_a_year_of_53_weeks() -> None:
    plan = Plan(weekly=[WeekSpan(0, 540, 600, 1, 2)], horizon_days=400)
    now = at("2032-12-01T12:00")

    found = starts(plan, since="2032-12-06", until="2033-01-25", need=Need(60), now=now)

    days = [int(start[:2]) for start in found]
    assert len(found) == 4
    assert {(later - earlier) % 31 for earlier, later in itertools.pairwise(days)} == {14}


@pytest.mark.parametrize(
    ("open_to", "audience", "offered"),
    [
        ("all", Audience.PUBLIC, True),
        ("own-patients", Audience.PUBLIC, False),
        ("own-patients", Audience.OWN_PATIENT, True),
        ("desk", Audience.OWN_PATIENT, False),
        ("desk", Audience.DESK, True),
    ],
)
def test_a_calendar_is_offered_to_whom_it_is_open(open_to: str, audience: Audience, offered: bool) -> None:
    assert bool(starts(replace(MORNINGS, open_to=open_to), audience=audience)) is offered


def test_times_kept_for_some_open_to_all_so_many_days_before() -> None:
    plan = replace(MORNINGS, open_to="own-patients", open_to_all_days=1)

    assert starts(plan, until="2027-03-06", need=Need(120)) == ["03 09:00"]
    assert len(starts(plan, until="2027-03-06", need=Need(120), audience=Audience.OWN_PATIENT)) == 3


def test_what_is_kept_for_own_patients_alone_never_opens_to_all() -> None:
    plan = replace(MORNINGS, own_patients_only=True, open_to_all_days=30)

    assert starts(plan) == []
    assert starts(plan, audience=Audience.OWN_PATIENT)


def test_a_calendar_opens_at_its_instant() -> None:
    plan = replace(MORNINGS, opens_at=NOW)

    assert starts(plan, now=NOW - timedelta(seconds=1)) == []
    assert starts(plan, now=NOW)
    assert starts(plan, now=NOW - timedelta(seconds=1), audience=Audience.DESK)


def test_a_spent_month_offers_nothing_but_to_the_desk() -> None:
    plan = replace(MORNINGS, months={date(2027, 3, 1): Month(0)})

    assert starts(plan, since="2027-03-31", until="2027-04-02", need=Need(120)) == ["01 09:00"]
    assert starts(plan, audience=Audience.DESK)


def test_a_month_is_closed_until_its_day() -> None:
    plan = replace(MORNINGS, months={date(2027, 3, 1): Month(5, closed_until=date(2027, 3, 3))})

    assert starts(plan, since="2027-03-04", until="2027-03-05") == []
    assert starts(plan, since="2027-03-04", until="2027-03-05", now=NOW + timedelta(days=1))


def test_the_desk_is_bound_by_no_notice_and_no_horizon_but_not_by_the_past() -> None:
    plan = replace(MORNINGS, notice_minutes=6000, horizon_days=0, manual=True)

    assert starts(plan, now=at("2027-03-03T09:40"), audience=Audience.DESK) == ["03 10:00", "03 10:30"]


WEDNESDAY_MORNING = "2027-03-03T10:00"
FRIDAY_EVENING = "2027-03-05T20:00"


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (WEDNESDAY_MORNING, "2027-03-04T19:00"),
        ("2027-03-05T07:00", "2027-03-08T19:00"),
        (FRIDAY_EVENING, "2027-03-08T19:00"),
        ("2027-03-06T12:00", "2027-03-08T19:00"),
        ("2027-03-07T23:59", "2027-03-08T19:00"),
    ],
)
def test_a_request_is_answered_by_the_end_of_the_next_opening_day(asked: str, due: str) -> None:
    assert answer_deadline(PLACE, at(asked)) == at(due)


def test_the_time_to_answer_skips_holidays_and_closed_days_and_counts_the_days_that_the_clinic_set() -> None:
    good_friday = {date(2027, 3, 26): Holiday(), date(2027, 3, 29): Holiday()}
    easter = replace(PLACE, holidays=good_friday)
    closed = replace(PLACE, closed=between("2027-03-04", "2027-03-05").intervals)

    assert answer_deadline(easter, at("2027-03-25T12:00")) == at("2027-03-30T19:00")
    assert answer_deadline(closed, at(WEDNESDAY_MORNING)) == at("2027-03-05T19:00")
    assert answer_deadline(replace(PLACE, answer_days=3), at(WEDNESDAY_MORNING)) == at("2027-03-08T19:00")


def test_a_clinic_without_hours_answers_on_weekdays() -> None:
    assert answer_deadline(Place(RIGA), at(FRIDAY_EVENING)) == at("2027-03-08T17:00")


def test_a_manual_calendar_offers_nothing_nearer_than_its_answer() -> None:
    plan = Plan(weekly=[WeekSpan(weekday, 9 * 60, 20 * 60) for weekday in range(5)], manual=True)

    found = starts(plan, since="2027-03-03", until="2027-03-06", now=at(WEDNESDAY_MORNING))

    assert found[0] == "04 19:00"


NIGHT = [(weekday, 60, 6 * 60) for weekday in range(7)]


def night(spans: Sequence[tuple[int, int, int]] = NIGHT) -> Plan:
    return Plan(weekly=[WeekSpan(*span) for span in spans], horizon_days=400)


def test_the_hour_that_spring_skips_has_no_start() -> None:
    found = starts(night(), since="2027-03-28", until="2027-03-29", need=Need(60))

    assert found == ["28 01:00", "28 02:00", "28 04:00", "28 05:00"]


def test_the_hour_that_autumn_doubles_is_offered_once() -> None:
    found = starts(night(), since="2027-10-31", until="2027-11-01", need=Need(60))

    assert found == ["31 01:00", "31 02:00", "31 03:00", "31 04:00", "31 05:00"]


def test_hours_that_begin_or_end_in_the_skipped_hour_do_so_at_the_change() -> None:
    begins = starts(night([(6, 3 * 60 + 30, 5 * 60)]), since="2027-03-28", until="2027-03-29")
    ends = starts(night([(6, 2 * 60, 3 * 60 + 30)]), since="2027-03-28", until="2027-03-29")

    assert begins == ["28 04:00", "28 04:30"]
    assert ends == ["28 02:00", "28 02:30"]


def test_a_visit_over_the_change_has_its_real_length() -> None:
    taken = Taken(
        set(range(int(at("2027-03-28T04:00").timestamp()) // CELL, int(at("2027-03-28T04:05").timestamp()) // CELL))
    )

    assert "28 02:30" not in starts(night(), since="2027-03-28", until="2027-03-29", need=Need(45), taken=taken)
    assert starts(night(), since="2027-03-28", until="2027-03-29", need=Need(45))[1:3] == ["28 01:45", "28 02:30"]
