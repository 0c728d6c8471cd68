"""Limits on tries."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.db import transaction
from booking_service.refusals import Refusal
from booking_service.security import throttle
from booking_service.security.models import Throttle
from booking_service.security.throttle import Limit
from tests.builders.refusals import refused

THREE = Limit("test", 3, timedelta(minutes=10))


def test_a_fourth_try_in_a_window_of_three_is_refused_with_when_to_try_again(session: Session, now: datetime) -> None:
    for _ in range(3):
        throttle.take(session, THREE, "anna@example.lv", now=now)

    with refused("too-often") as no:
        throttle.take(session, THREE, "anna@example.lv", now=now)

    assert no.value.facts["again_at"] == datetime(2027, 3, 2, 8, 50, tzinfo=UTC)


def test_the_next_window_counts_anew(session: Session, now: datetime) -> None:
    for _ in range(3):
        throttle.take(session, THREE, "a", now=now)

    throttle.take(session, THREE, "a", now=now + THREE.window)


def test_others_and_other_limits_are_counted_apart(session: Session, now: datetime) -> None:
    for _ in range(3):
        throttle.take(session, THREE, "a", now=now)

    throttle.take(session, THREE, "b", now=now)
    throttle.take(session, Limit("other", 3, THREE.window), "a", now=now)


def test_a_refusal_does_not_erase_the_count(sessions: sessionmaker[Session], now: datetime) -> None:
    one = Limit("one", 1, timedelta(minutes=10))
    for _ in range(3):
        try:
            with transaction(sessions()) as session:
                throttle.take(session, one, "a", now=now)
        except Refusal:
            pass

    with sessions() as session:
        assert session.scalar(select(Throttle.count)) == 3


def test_tries_at_once_are_all_counted(sessions: sessionmaker[Session], now: datetime) -> None:
    limit = Limit("many", 5, timedelta(minutes=10))

    def attempt(_: int) -> bool:
        try:
            with sessions.begin() as session:
                throttle.take(session, limit, "a", now=now)
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(16))) == 5


def test_no_address_stands_in_the_table(session: Session, now: datetime) -> None:
    throttle.take(session, THREE, "anna@example.lv", now=now)

    row = session.scalars(select(Throttle)).one()
    assert "anna" not in row.key
    assert len(row.key) == 64


def test_old_counts_are_forgotten(session: Session, now: datetime) -> None:
    throttle.take(session, THREE, "a", now=now)

    throttle.forget(session, now=now + timedelta(days=3))

    assert session.scalars(select(Throttle)).all() == []
