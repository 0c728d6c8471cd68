"""What is offered: from hours, bookings, days off and limits as the database has them."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from booking_service.bookings import actions, availability
from booking_service.bookings.availability import Audience, Part, free_times
from booking_service.bookings.rules import Holder
from booking_service.calendars.models import Approval, Busy, DateException, DayOff, MonthlyCount, OpenTo, PublicHoliday
from booking_service.directory.models import Payer
from tests.builders import bookings, clinics, people
from tests.builders.bookings import START
from tests.builders.clinics import House, instant
from tests.builders.queries import statements

DAY = instant("2027-03-10 00:00")
MORNING = ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]
ALL_DAY = [*MORNING, "13:00", "13:30", "14:00", "14:30", "15:00", "15:30", "16:00", "16:30"]
MINUTE = timedelta(minutes=1)


def free(
    session: Session, house: House, now: datetime, *, audience: Audience = Audience.PUBLIC, service: UUID | None = None
) -> list[str]:
    """The free starts of 10 March as local times."""
    wanted = service or house.service.id
    found = free_times(session, [wanted], DAY, DAY + timedelta(days=1), now=now, audience=audience)[wanted]
    return [f"{slot.minute // 60:02}:{slot.minute % 60:02}" for slot in found]


def test_a_service_offers_the_hours_of_its_calendar(session: Session, now: datetime) -> None:
    assert free(session, clinics.house(session), now) == ALL_DAY


def test_a_slot_tells_everything_that_a_page_shows(session: Session, now: datetime) -> None:
    house = clinics.house(session)

    slot = free_times(session, [house.service], DAY, DAY + timedelta(days=1), now=now)[house.service.id][2]

    assert (slot.start, slot.end, slot.day) == (START, START + 30 * MINUTE, date(2027, 3, 10))
    assert (slot.calendar_id, slot.service_id) == (house.calendar.id, house.service.id)
    assert (slot.approval, slot.answer_by) == (Approval.AUTOMATIC, None)


def test_a_calendar_serves_the_services_of_its_payer_and_perhaps_only_some(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    state = clinics.service(session, house.practice, "valsts", payer=Payer.STATE)
    other = clinics.service(session, house.practice, "ekg")
    house.calendar.services = [str(house.service.id)]
    session.flush()

    found = free_times(session, [house.service, state, other], DAY, DAY + timedelta(days=1), now=now)

    assert [len(slots) for slots in found.values()] == [14, 0, 0]


@pytest.mark.parametrize("approval", list(Approval))
def test_a_hold_a_request_and_a_visit_block_their_time(session: Session, now: datetime, approval: Approval) -> None:
    house = clinics.house(session, calendar_approval=approval)
    account = people.account(session)
    bookings.held(session, house, START + 60 * MINUTE, account=account)
    bookings.booked(session, house, account=account)

    assert free(session, house, now) == ["09:00", "09:30", "10:30", "11:30", *ALL_DAY[6:]]


def test_a_time_that_is_taken_blocks_the_doctor_at_every_clinic(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    elsewhere = clinics.practice(session, house.doctor, clinics.clinic(session, "juras-prakse", prefix="JP"))
    there = clinics.service(session, elsewhere, minutes=60)
    clinics.calendar(session, elsewhere)
    bookings.held(session, house)

    assert "10:00" not in free(session, house, now, service=there.id)
    assert free(session, house, now, service=there.id) == ["09:00", "11:00", "13:00", "14:00", "15:00", "16:00"]


def test_another_doctors_visits_block_nothing(session: Session, now: datetime) -> None:
    house, other = clinics.house(session), clinics.house(session, number=1)
    bookings.held(session, other)

    assert free(session, house, now) == ALL_DAY


def test_a_lapsed_hold_counts_as_free_before_anybody_sweeps_it(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    bookings.held(session, house)

    assert "10:00" not in free(session, house, now + 10 * MINUTE - timedelta(microseconds=1))
    assert "10:00" in free(session, house, now + 10 * MINUTE)


def test_a_cancelled_time_is_free_at_once(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    booking = bookings.booked(session, house)

    actions.cancel(session, booking.id, bookings.clerk(house), now=now)

    assert free(session, house, now) == ALL_DAY


def test_an_extra_visit_is_no_cell_and_still_taken_time(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    actions.book_at_desk(
        session,
        service_id=house.service.id,
        start=START + 15 * MINUTE,
        patient=people.patient_facts(),
        actor=bookings.clerk(house),
        now=now,
        extra=True,
    )

    assert free(session, house, now) == ["09:00", "09:30", "11:00", "11:30", *ALL_DAY[6:]]


def test_days_off_of_the_doctor_and_of_the_clinic_are_closed_where_they_hold(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    at = clinics.clinic(session, "juras-prakse", prefix="JP")
    elsewhere = clinics.practice(session, house.doctor, at)
    there = clinics.service(session, elsewhere)
    clinics.calendar(session, elsewhere)
    here = {"doctor_id": house.doctor.id, "clinic_id": house.clinic.id}
    for whose, start, end in (
        (here, 9, 10),
        ({"clinic_id": house.clinic.id}, 10, 11),
        ({"doctor_id": house.doctor.id}, 11, 12),
    ):
        session.add(DayOff(**whose, starts=DAY + timedelta(hours=start), ends=DAY + timedelta(hours=end)))

    assert free(session, house, now) == ALL_DAY[6:]
    assert free(session, house, now, service=there.id) == ["09:00", "09:30", "10:00", "10:30", *ALL_DAY[6:]]


def test_busy_time_from_another_calendar_is_subtracted(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    starts, ends = START + 10 * MINUTE, START + 20 * MINUTE
    session.add(Busy(doctor_id=house.doctor.id, starts=starts, ends=ends, source="ics"))

    assert free(session, house, now) == [time for time in ALL_DAY if time != "10:00"]


def test_single_dates_and_holidays_come_from_their_tables(session: Session, now: datetime) -> None:
    house, kept = clinics.house(session), clinics.house(session, number=1)
    session.add(PublicHoliday(day=date(2027, 3, 10), names={"lv": "Svētki"}))
    session.add(DateException(calendar_id=kept.calendar.id, day=date(2027, 3, 10), spans=[[600, 660]]))

    assert free(session, house, now) == []
    assert free(session, kept, now) == ["10:00", "10:30"]


def test_the_stricter_of_practice_and_calendar_limits_holds(session: Session, now: datetime) -> None:
    house = clinics.house(session, practice_notice_minutes=60, calendar_notice_minutes=30, practice_horizon_days=90)

    assert free(session, house, DAY + timedelta(hours=9, minutes=1))[0] == "10:30"
    house.calendar.notice_minutes, house.calendar.horizon_days = 180, 7
    session.flush()
    assert free(session, house, DAY + timedelta(hours=9, minutes=1))[0] == "13:00"
    assert free(session, house, now) == []


def test_drafts_closed_calendars_and_withdrawn_cards_offer_nothing(session: Session, now: datetime) -> None:
    houses = [clinics.house(session, number=number) for number in range(6)]
    houses[0].calendar.draft = True
    houses[1].calendar.closed_at = now
    houses[2].service.withdrawn_at = now
    houses[3].practice.withdrawn_at = now
    houses[4].doctor.withdrawn_at = now
    houses[5].clinic.withdrawn_at = now

    assert [free(session, house, now) for house in houses] == [[]] * 6


def test_what_is_booked_by_telephone_is_offered_to_the_desk_alone(session: Session, now: datetime) -> None:
    house = clinics.house(session, service_bookable=False)

    assert free(session, house, now) == free(session, house, now, audience=Audience.OWN_PATIENT) == []
    assert free(session, house, now, audience=Audience.DESK) == ALL_DAY


def test_own_patients_alone_see_what_the_state_pays_at_a_family_doctor(session: Session, now: datetime) -> None:
    house = clinics.house(session, practice_own_patients_only=True)
    state = clinics.service(session, house.practice, "valsts", payer=Payer.STATE)
    clinics.calendar(session, house.practice, payer=Payer.STATE)

    assert free(session, house, now) == ALL_DAY
    assert free(session, house, now, service=state.id) == []
    assert free(session, house, now, service=state.id, audience=Audience.OWN_PATIENT) == ALL_DAY


def test_the_sooner_confirmed_of_two_calendars_gives_a_start_that_both_have(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_approval=Approval.MANUAL)
    quick = clinics.calendar(session, house.practice, [[2, 600, 660]])

    slots = free_times(session, [house.service], DAY, DAY + timedelta(days=1), now=now)[house.service.id]

    assert [slot.start for slot in slots] == sorted({slot.start for slot in slots})
    by_hand = [slot for slot in slots if slot.approval is Approval.MANUAL]
    assert [slot.calendar_id for slot in slots if slot not in by_hand] == [quick.id, quick.id]
    assert {slot.answer_by for slot in by_hand} == {instant("2027-03-03 19:00")}


def test_live_holds_count_against_a_month_so_that_each_can_be_booked(session: Session, now: datetime) -> None:
    house = clinics.house(session, service_payer=Payer.STATE)
    session.add(MonthlyCount(calendar_id=house.calendar.id, month=date(2027, 3, 1), paid_visits=2, used=1))
    assert free(session, house, now)

    bookings.held(session, house)

    assert free(session, house, now) == []
    assert free(session, house, now + 10 * MINUTE)
    april = free_times(session, [house.service], instant("2027-04-01 00:00"), instant("2027-04-02 00:00"), now=now)
    assert april[house.service.id]


def test_the_number_of_queries_is_the_same_for_any_number_of_services(
    engine: Engine, session: Session, now: datetime
) -> None:
    houses = [clinics.house(session, number=number) for number in range(5)]
    services = [house.service for house in houses]
    services += [clinics.service(session, house.practice, "cits", payer=Payer.STATE) for house in houses]

    with statements(engine) as one:
        free_times(session, services[:1], DAY, DAY + timedelta(days=1), now=now)
    with statements(engine) as ten:
        found = free_times(session, services, DAY, DAY + timedelta(days=14), now=now)

    assert len(found) == 10
    assert len(one) == len(ten) == 3


def test_the_days_of_a_local_clock_are_asked_for_in_its_own_zone(session: Session, now: datetime) -> None:
    house = clinics.house(session, clinic_zone="Europe/London", calendar_hours=[[2, 9 * 60, 10 * 60]])

    slots = free_times(session, [house.service], DAY, DAY + timedelta(days=1), now=now)[house.service.id]

    assert [slot.start for slot in slots] == [instant("2027-03-10 11:00"), instant("2027-03-10 11:30")]


def test_an_unknown_service_offers_nothing(session: Session, now: datetime) -> None:
    unknown = uuid4()

    assert free_times(session, [unknown], DAY, DAY + timedelta(days=1), now=now) == {unknown: []}


def test_the_first_days_are_those_that_have_times(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_hours=[[0, 600, 660], [3, 1020, 1080]])

    days = availability.first_days(session, house.service, now=now, days=3)

    assert [day.day.day for day in days.days] == [4, 8, 11]
    assert [len(day.slots) for day in days.days] == [2, 2, 2]
    assert (days.previous, days.next) == (None, date(2027, 3, 15))


def test_pages_of_days_lead_on_and_back(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_hours=[[0, 600, 660], [3, 1020, 1080]], practice_horizon_days=20)

    second = availability.first_days(session, house.service, now=now, days=2, from_day=date(2027, 3, 9))
    last = availability.first_days(session, house.service, now=now, days=2, from_day=second.next)
    beyond = availability.first_days(session, house.service, now=now, days=2, from_day=date(2027, 6, 1))

    assert [day.day.day for day in second.days] == [11, 15]
    assert second.previous == date(2027, 3, 4)
    assert ([day.day.day for day in last.days], last.next) == ([18, 22], None)
    assert (beyond.days, beyond.previous) == ((), date(2027, 3, 18))


def test_days_may_be_asked_for_one_part_of_the_day(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_hours=[[0, 600, 660], [3, 1020, 1080]])

    days = availability.first_days(session, house.service, now=now, days=2, part=Part.EVENING)

    assert [day.day.day for day in days.days] == [4, 11]


def test_a_strip_tells_how_free_each_day_is(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_hours=[[0, 600, 660], [3, 540, 780]])

    slots = free_times(session, [house.service], now, now + timedelta(days=15), now=now)[house.service.id]
    strip = availability.strip_of(slots, date(2027, 3, 2))

    assert len(strip) == 14
    assert {day.day.day: day.level for day in strip if day.level} == {4: 2, 8: 1, 11: 2, 15: 1}


def test_what_is_offered_can_be_held_to_the_last_time(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_hours=[[2, 540, 720]], calendar_approval=Approval.MANUAL)
    offered = free_times(session, [house.service], now, now + timedelta(days=120), now=now)[house.service.id]

    for slot in offered:
        holder = Holder(None, None, f"192.0.2.{slot.start:%j%H%M}")
        actions.hold(session, service_id=house.service.id, start=slot.start, holder=holder, now=now)

    assert len(offered) > 60
    assert not free_times(session, [house.service], now, now + timedelta(days=120), now=now)[house.service.id]


def test_calendars_kept_for_the_desk_are_offered_there(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_open_to=OpenTo.DESK)

    assert free(session, house, now) == []
    assert free(session, house, now, audience=Audience.DESK) == ALL_DAY
