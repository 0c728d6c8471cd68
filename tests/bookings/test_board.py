"""How soon one can see a doctor of each specialty in a town."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from booking_service.bookings import openings
from booking_service.bookings.board import Board, Line, board, towns
from booking_service.bookings.taken import taken_of
from booking_service.calendars.models import Opening
from booking_service.directory.models import Doctor, Payer
from tests.builders import bookings, clinics
from tests.builders.clinics import House, instant
from tests.builders.queries import statements
from tests.conftest import NOW

HOURS = [[2, 600, 660], [5, 600, 630]]
"""Wednesday 10-11, Saturday 10-10.30."""


def made(session: Session, now: datetime = NOW) -> Board:
    """The board of the first town, all openings written as the worker writes them."""
    openings.refresh(session, session.scalars(select(Doctor.id)).all(), now, count=True)
    return board(session, towns(session)[0], now)


def line(session: Session, specialty: str = "kardiologs") -> Line:
    return next(line for line in made(session).lines if line.specialty == specialty)


def start(found: Line, payer: Payer) -> datetime | None:
    slot = found.state if payer is Payer.STATE else found.paid
    return slot.start if slot else None


def with_state(session: Session, house: House, hours: list[list[int]]) -> None:
    """The same doctor sees people whom the state pays for too."""
    clinics.service(session, house.practice, "valsts", payer=Payer.STATE, position=1)
    clinics.calendar(session, house.practice, hours, payer=Payer.STATE)


def test_a_line_has_the_first_time_of_each_payer_with_any_doctor(session: Session) -> None:
    house = clinics.house(session, calendar_hours=HOURS)
    with_state(session, house, [[4, 540, 600]])
    clinics.house(session, number=1, calendar_hours=[[2, 540, 600]])

    found = line(session)

    assert start(found, Payer.PAID) == instant("2027-03-03 09:00")
    assert start(found, Payer.STATE) == instant("2027-03-05 09:00")
    assert (found.doctors, found.own_only, found.queue) == (2, False, None)


def test_the_strip_adds_up_the_doctors_and_takes_the_freest_service_of_each(session: Session) -> None:
    house = clinics.house(session, calendar_hours=HOURS)
    clinics.service(session, house.practice, "isa", minutes=15, position=1)
    assert line(session).levels == (0, 2, 0, 0, 1, 0, 0, 0, 2, 0, 0, 1, 0, 0)

    clinics.house(session, number=1, calendar_hours=[[5, 600, 660]])

    # Saturday: two starts of a quarter of an hour with one, two of half an hour with the other.
    assert line(session).levels == (0, 2, 0, 0, 2, 0, 0, 0, 2, 0, 0, 2, 0, 0)


def test_family_doctors_show_no_state_paid_time(session: Session) -> None:
    family = {"doctor_specialties": ["gimenes-arsts"], "calendar_hours": HOURS}
    for number in range(2):
        house = clinics.house(session, number=number, practice_own_patients_only=True, **family)
        with_state(session, house, HOURS)
    # One who sees everybody does not speak for the others.
    with_state(session, clinics.house(session, number=2, **family), HOURS)

    found = line(session, "gimenes-arsts")

    assert (found.own_only, found.state) == (True, None)
    assert start(found, Payer.PAID) == instant("2027-03-03 10:00")


def test_a_queue_is_told_where_no_state_paid_time_can_be_booked(session: Session) -> None:
    asked = {"length": {"lv": "7 mēneši"}, "checked": "2027-02-01"}
    house = clinics.house(session, calendar_hours=HOURS, practice_facts={"queue": asked})
    clinics.house(session, number=1, practice_facts={"queue": {"length": {"lv": "gads"}, "checked": "2026-05-01"}})
    assert line(session).queue == asked

    with_state(session, house, HOURS)
    assert line(session).queue is None


def test_a_time_that_was_taken_meanwhile_is_not_shown(session: Session) -> None:
    house = clinics.house(session, calendar_hours=HOURS)
    made(session)
    bookings.held(session, house, instant("2027-03-03 10:00"))
    # As an opening that was read before the hold.
    session.execute(update(Opening).values(first=instant("2027-03-03 10:00")))

    found = board(session, towns(session)[0], NOW).lines[0]

    assert start(found, Payer.PAID) == instant("2027-03-03 10:30")


def test_specialties_with_most_bookable_doctors_come_first_and_rooms_are_no_doctors(session: Session) -> None:
    clinics.house(session, doctor_specialties=["acu-arsts"])
    for number in (1, 2):
        clinics.house(session, number=number, doctor_specialties=["kardiologs", "internists"])
    clinics.house(session, number=3, doctor_specialties=["radiologs"], doctor_kind="room")

    found = made(session)

    assert [(one.specialty, one.doctors) for one in found.lines] == [
        ("internists", 2), ("kardiologs", 2), ("acu-arsts", 1),
    ]  # fmt: skip


def test_a_practice_counts_where_it_is_and_the_town_with_most_doctors_comes_first(session: Session) -> None:
    clinics.house(session)
    for number in (1, 2):
        clinics.house(session, number=number, practice_town="ogre", calendar_hours=[[2, 540, 600]])

    found = made(session)

    assert [(town.slug, town.doctors) for town in towns(session)] == [("ogre", 2), ("riga", 1)]
    assert start(found.lines[0], Payer.PAID) == instant("2027-03-03 09:00")


def test_the_number_of_statements_is_the_same_for_many_doctors(session: Session, engine: Engine) -> None:
    with_state(session, clinics.house(session), HOURS)
    made(session)
    with statements(engine) as one:
        board(session, towns(session)[0], NOW)
    for number in range(1, 12):
        with_state(session, clinics.house(session, number=number), HOURS)
    made(session)
    with statements(engine) as many:
        board(session, towns(session)[0], NOW)

    assert len(one) == len(many) <= 5


def test_an_empty_directory_has_no_towns(session: Session) -> None:
    assert towns(session) == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("doctors", [1, 2])
def test_what_is_taken_is_read_by_doctor_and_not_by_state(session: Session, engine: Engine, doctors: int) -> None:
    """SQLite chose the index of states: every confirmed booking of the country for each look at one doctor.

    PostgreSQL needs no such care, since it knows how many bookings there are of each state.
    """
    houses = [clinics.house(session, number=number) for number in range(doctors)]
    with statements(engine) as sent:
        taken_of(session, [house.doctor.id for house in houses], NOW, NOW + timedelta(days=1), NOW)

    values = ["x"] * sent[-1].count("?")
    plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sent[-1]}", tuple(values)).all()

    assert any("ix_booking_doctor_day" in row[-1] for row in plan), plan
