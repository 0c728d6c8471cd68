"""Whatever happens, openings say what free times say: the firsts at once, and after the worker the days."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from booking_service.bookings import actions
from booking_service.bookings.availability import EVENING, HORIZON, Slot, free_times
from booking_service.bookings.models import Booking, State
from booking_service.bookings.openings import DAYS
from booking_service.calendars import actions as calendars
from booking_service.calendars.models import Approval, Calendar, Opening
from booking_service.calendars.slots import WeekSpan
from booking_service.directory.models import Service
from booking_service.refusals import Refusal
from tests.builders import bookings, clinics
from tests.builders.clinics import House, instant

RIGA = ZoneInfo("Europe/Riga")
BEGINS = instant("2027-03-22 09:00")
"""Six days before the clocks go forward."""
MINUTE = timedelta(minutes=1)

Said = tuple[datetime | None, datetime | None, datetime | None]


@dataclass
class World:
    """A doctor at two clinics, with short and long visits and a calendar that is answered by hand."""

    session: Session
    chance: random.Random
    house: House
    services: list[Service]
    calendars: list[Calendar]
    now: datetime = BEGINS
    live: list[UUID] = field(default_factory=list)

    def truth(self, service: Service) -> list[Slot]:
        return free_times(self.session, [service.id], self.now, self.now + HORIZON, now=self.now)[service.id]

    def opening(self, service: Service) -> Opening:
        statement = select(Opening).where(Opening.service_id == service.id)
        return self.session.scalars(statement.execution_options(populate_existing=True)).one()

    def work(self) -> None:
        """What the worker does in a turn."""
        while actions.expire_due(self.session, now=self.now):
            pass
        actions.refresh_openings(self.session, now=self.now)


def firsts(slots: list[Slot]) -> Said:
    evening = next((slot.start for slot in slots if slot.minute >= EVENING), None)
    weekend = next((slot.start for slot in slots if slot.day.weekday() >= 5), None)
    return (slots[0].start if slots else None, evening, weekend)


def days(slots: list[Slot], now: datetime) -> str:
    today = now.astimezone(RIGA).date()
    counts = [sum(slot.day == today + timedelta(days=number) for slot in slots) for number in range(DAYS)]
    return "".join(str(min(4, count)) for count in counts)


def said(opening: Opening) -> Said:
    return (opening.first, opening.first_evening, opening.first_weekend)


@pytest.fixture
def world(session: Session, request: pytest.FixtureRequest) -> World:
    house = clinics.house(session, calendar_hours=[[0, 540, 720], [2, 960, 1140], [4, 600, 660]])
    elsewhere = clinics.clinic(session, "saulgriezi", prefix="SG")
    there = clinics.practice(session, house.doctor, elsewhere, notice_minutes=0, horizon_days=20)
    services = [
        house.service,
        clinics.service(session, house.practice, "gara", minutes=60),
        clinics.service(session, there, minutes=20),
    ]
    made = [
        house.calendar,
        clinics.calendar(session, house.practice, [[2, 960, 1140]], approval=Approval.MANUAL),
        clinics.calendar(session, there, [[1, 0, 300], [6, 0, 360]], notice_minutes=90),
    ]
    return World(session, random.Random(request.param), house, services, made)  # noqa: S311 - a test's dice


def hold(world: World) -> None:
    service = world.chance.choice(world.services)
    if slots := world.truth(service)[:30]:
        holder = bookings.holder(world.session, network=f"198.51.{world.chance.randrange(250)}.0")
        start = world.chance.choice(slots[:3] + slots).start
        held = actions.hold(world.session, service_id=service.id, start=start, holder=holder, now=world.now)
        world.live.append(held.id)


def let_go(world: World) -> None:
    if world.live:
        booking = world.session.get_one(Booking, world.live.pop(world.chance.randrange(len(world.live))))
        if booking.state is State.HELD:
            assert booking.visitor_id is not None
            holder = actions.Holder(booking.visitor_id, None, "198.51.100.0")
            actions.release(world.session, booking.id, holder, now=world.now)


def book_at_desk(world: World) -> None:
    if slots := world.truth(world.house.service)[:20]:
        at = world.chance.choice(slots).start
        booking = bookings.booked(world.session, world.house, at, now=world.now, email=f"{len(world.live)}@example.lv")
        world.live.append(booking.id)


def cancel(world: World) -> None:
    confirmed = select(Booking.id).where(Booking.state == State.CONFIRMED).order_by(Booking.starts)
    if live := world.session.scalars(confirmed).all():
        actions.cancel(world.session, world.chance.choice(live), bookings.clerk(world.house), now=world.now)


def take_a_day_off(world: World) -> None:
    starts = world.now + timedelta(hours=world.chance.randrange(200))
    calendars.add_day_off(
        world.session,
        doctor_id=world.house.doctor.id,
        clinic_id=world.chance.choice([None, world.house.clinic.id]),
        starts=starts,
        ends=starts + timedelta(hours=world.chance.randrange(1, 40)),
        now=world.now,
    )


def change_hours(world: World) -> None:
    start = world.chance.randrange(0, 1200, 30)
    spans = [WeekSpan(world.chance.randrange(7), start, start + world.chance.randrange(60, 240, 30))]
    calendars.set_hours(world.session, world.chance.choice(world.calendars), spans, now=world.now)


def change_a_day(world: World) -> None:
    day = (world.now + timedelta(days=world.chance.randrange(25))).date()
    spans = world.chance.choice([None, [], [(1020, 1140)], [(0, 300)]])
    calendars.set_day(world.session, world.chance.choice(world.calendars), day, spans, now=world.now)


AT_ONCE = (hold, hold, hold, let_go, book_at_desk, cancel)
BY_THE_WORKER = (take_a_day_off, change_hours, change_a_day)
PAUSES = (MINUTE, 7 * MINUTE, 31 * MINUTE, 5 * 60 * MINUTE, 26 * 60 * MINUTE)


def act(world: World, step: Callable[[World], None]) -> None:
    try:
        with world.session.begin_nested():
            step(world)
    except Refusal:
        pass


@pytest.mark.parametrize("world", range(6), indirect=True)
def test_openings_say_what_free_times_say_after_any_changes(world: World) -> None:
    world.work()
    for number in range(40):
        at_once = world.chance.random() < 0.7
        act(world, world.chance.choice(AT_ONCE if at_once else BY_THE_WORKER))
        if at_once:
            for service in world.services:
                assert said(world.opening(service)) == firsts(world.truth(service)), (number, world.now, service.slug)
        if world.chance.random() < 0.4:
            world.now += world.chance.choice(PAUSES)
        world.work()
        for service in world.services:
            opening, slots = world.opening(service), world.truth(service)
            assert said(opening) == firsts(slots), (number, world.now, service.slug)
            assert opening.days == days(slots, world.now), (number, world.now, service.slug)
            assert opening.days_from == world.now.astimezone(RIGA).date()
    assert world.session.scalars(select(Booking.id)).first(), "the dice never took a time"
