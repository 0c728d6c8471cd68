"""Promise 1 under real concurrency: every client has a thread and a connection of its own."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings import actions
from booking_service.bookings.models import Booking, Cell, State
from booking_service.bookings.rules import Holder
from booking_service.bookings.states import OCCUPYING
from booking_service.calendars.models import Approval
from booking_service.mail.models import Letter, LetterState
from booking_service.refusals import Refusal
from tests.builders import bookings, clinics, people
from tests.builders.bookings import PAID, START

Sessions = sessionmaker[Session]
MINUTE = timedelta(minutes=1)


def at_once(*jobs: Callable[[], str]) -> list[str]:
    """Start every job at the same moment; what each answers, a refusal as its code."""
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], str]) -> str:
        gate.wait()
        try:
            return job()
        except Refusal as refusal:
            return refusal.code

    with ThreadPoolExecutor(len(jobs)) as threads:
        return list(threads.map(run, jobs))


def holding(sessions: Sessions, service_id: UUID, start: datetime, holder: Holder, now: datetime) -> str:
    with sessions.begin() as session:
        actions.hold(session, service_id=service_id, start=start, holder=holder, now=now)
    return "held"


def overlaps(session: Session) -> int:
    """How many live bookings of one doctor overlap another: counted in bookings, not in cells."""
    live = session.scalars(select(Booking).where(Booking.state.in_(OCCUPYING)).order_by(Booking.starts)).all()
    return sum(
        one.doctor_id == other.doctor_id and one.starts < other.ends and other.starts < one.ends
        for at, one in enumerate(live)
        for other in live[at + 1 :]
    )


def test_fifty_clients_at_once_for_one_time_get_one_booking(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session:
        house = clinics.house(session)
        accounts = [people.account(session, f"p{number}@example.lv") for number in range(50)]

    def client(number: int) -> Callable[[], str]:
        def book() -> str:
            account = accounts[number]
            with sessions.begin() as session:
                holder = Holder(None, account.id)
                held = actions.hold(session, service_id=house.service.id, start=START, holder=holder, now=now)
            with sessions.begin() as session:
                facts = people.patient_facts(email=f"p{number}@example.lv")
                actions.book(session, held.id, person_facts=facts, payment=PAID, account=account, now=now)
            return "booked"

        return book

    answers = at_once(*(client(number) for number in range(50)))

    assert sorted(answers) == ["booked"] + ["slot-taken"] * 49
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Booking)) == 1
        assert session.scalar(select(func.count()).select_from(Cell)) == 6


def test_unequal_lengths_at_two_clinics_never_overlap(sessions: Sessions, now: datetime) -> None:
    rng = random.Random(7)  # noqa: S311
    with sessions.begin() as session:
        house = clinics.house(session, calendar_grid_minutes=5)
        elsewhere = clinics.practice(session, house.doctor, clinics.clinic(session, "juras-prakse", prefix="JP"))
        services = [house.service.id]
        for at, minutes in enumerate((15, 45, 60)):
            practice = (house.practice, elsewhere)[at % 2]
            services.append(clinics.service(session, practice, f"s{minutes}", minutes=minutes, buffer_after=5).id)
        clinics.calendar(session, elsewhere, grid_minutes=5)
    jobs = []
    for number in range(40):
        start = START + 5 * MINUTE * rng.randrange(12)
        service = rng.choice(services)
        holder = Holder(None, None, f"192.0.2.{number}")
        jobs.append(lambda start=start, service=service, holder=holder: holding(sessions, service, start, holder, now))

    answers = at_once(*jobs)

    assert "held" in answers
    assert set(answers) <= {"held", "slot-taken", "slot-not-offered"}
    with sessions() as session:
        assert overlaps(session) == 0


def test_a_takeover_waits_for_the_holders_open_confirmation(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session:
        house = clinics.house(session)
        account = people.account(session)
        mine = bookings.held(session, house, account=account)
    before, after = now + 10 * MINUTE - timedelta(seconds=1), now + 10 * MINUTE + timedelta(seconds=1)
    taken: list[str] = []

    with sessions.begin() as session:
        facts = people.patient_facts()
        actions.book(session, mine.id, person_facts=facts, payment=PAID, account=account, now=before)
        # The other's clock says that the hold has lapsed, and the confirmation is not committed yet.
        other = threading.Thread(
            target=lambda: taken.extend(
                at_once(lambda: holding(sessions, house.service.id, START, Holder(None, None, "192.0.2.9"), after))
            )
        )
        other.start()
        other.join(0.3)
        assert other.is_alive()
    other.join(10)

    assert taken == ["slot-taken"]
    with sessions() as session:
        assert session.scalars(select(Booking.state)).all() == [State.CONFIRMED]
        assert set(session.scalars(select(Cell.booking_id))) == {mine.id}
        assert session.scalar(select(func.count()).select_from(Cell)) == 6


def test_a_lapsed_hold_goes_to_its_holder_or_to_another_but_not_to_both(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session:
        house = clinics.house(session)
        account = people.account(session)
        mine = bookings.held(session, house, account=account)
    later = now + 11 * MINUTE

    def back() -> str:
        with sessions.begin() as session:
            facts = people.patient_facts()
            actions.book(session, mine.id, person_facts=facts, payment=PAID, account=account, now=later)
        return "held"

    answers = at_once(back, lambda: holding(sessions, house.service.id, START, Holder(None, None, "192.0.2.9"), later))

    assert sorted(answers) == ["held", "slot-taken"]
    with sessions() as session:
        assert overlaps(session) == 0
        assert session.scalar(select(func.count()).select_from(Cell)) == 6


def test_a_sweep_waits_for_an_open_approval_and_expires_nothing(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session:
        house = clinics.house(session, calendar_approval=Approval.MANUAL)
        request = bookings.booked(session, house)
    assert request.answer_by is not None
    before, after = request.answer_by - timedelta(seconds=1), request.answer_by + timedelta(seconds=1)
    ended: list[int] = []

    def sweep() -> None:
        with sessions.begin() as session:
            ended.append(actions.expire_due(session, now=after))

    other = threading.Thread(target=sweep)
    with sessions.begin() as session:
        actions.approve(session, request.id, bookings.clerk(house), now=before)
        other.start()
        other.join(0.3)
        assert other.is_alive()
    other.join(10)

    assert ended == [0]
    with sessions() as session:
        assert session.scalars(select(Booking.state)).all() == [State.CONFIRMED]
        waiting = session.scalars(select(Letter.kind).where(Letter.state == LetterState.WAITING)).all()
        assert waiting == ["confirmed"]


def test_two_visits_moved_past_each_other_do_not_wait_for_ever(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session:
        house = clinics.house(session)
        other_doctor = clinics.doctor(session, "janis-kalns")
        practice = clinics.practice(session, other_doctor, house.clinic)
        there = clinics.service(session, practice)
        clinics.calendar(session, practice)
        other = clinics.House(house.clinic, other_doctor, practice, there, house.calendar)
        first = bookings.booked(session, house, email="a@example.lv")
        second = bookings.booked(session, other, email="b@example.lv", given="Jānis", code=people.OTHER_CODE)

    def moving(booking_id: UUID, service_id: UUID, start: datetime) -> Callable[[], str]:
        def move() -> str:
            with sessions.begin() as session:
                actor = bookings.clerk(house)
                actions.move(session, booking_id, start=start, service_id=service_id, actor=actor, now=now)
            return "moved"

        return move

    later = START + 30 * MINUTE
    for _ in range(5):
        answers = at_once(moving(first.id, there.id, later), moving(second.id, house.service.id, later))
        assert answers == ["moved", "moved"]
        at_once(moving(first.id, house.service.id, START), moving(second.id, there.id, START))

    with sessions() as session:
        assert overlaps(session) == 0
        assert session.scalar(select(func.count()).select_from(Cell)) == 12


def test_the_database_itself_refuses_a_cell_twice(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session:
        booking = bookings.held(session, clinics.house(session))
        cell = session.scalars(select(Cell).order_by(Cell.cell)).first()
        assert cell is not None
        values = {"doctor_id": booking.doctor_id, "cell": cell.cell, "booking_id": booking.id}

    with sessions() as session, pytest.raises(IntegrityError):
        session.execute(insert(Cell).values(**values))


def test_pressing_a_time_twice_at_once_makes_one_hold(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session:
        house = clinics.house(session)
        holder = bookings.holder(session)

    answers = at_once(*[lambda: holding(sessions, house.service.id, START, holder, now)] * 4)

    assert answers == ["held"] * 4
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Booking)) == 1


def test_pressing_book_twice_at_once_makes_one_booking_and_one_letter(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session:
        house = clinics.house(session)
        account = people.account(session)
        mine = bookings.held(session, house, account=account)

    def press() -> str:
        with sessions.begin() as session:
            facts = people.patient_facts()
            booking = actions.book(session, mine.id, person_facts=facts, payment=PAID, account=account, now=now)
            return booking.number

    answers = at_once(*[press] * 4)

    assert answers == [mine.number] * 4
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Letter)) == 1
