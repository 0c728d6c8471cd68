"""Limits on how often something may be tried: fixed windows, counted in the database for all processes at once.

A refusal here is counted: the transaction that it ends keeps the count (see `db.transaction`).
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from booking_service.refusals import Refusal
from booking_service.security.encryption import keyring
from booking_service.security.limits import Limit as Limit
from booking_service.security.models import Throttle


def take(session: Session, limit: Limit, *whose: str, now: datetime) -> None:
    """Count one try of `whose` (an address, a network …). Raises the counted Refusal `too-often` with `again_at`."""
    start = _window(limit, now)
    if _count(session, _key(limit, whose), start) > limit.count:
        raise Refusal("too-often", counted=True, again_at=start + limit.window)


def forget(session: Session, *, now: datetime) -> None:
    """Delete the counts of windows that ended more than a day ago."""
    session.execute(delete(Throttle).where(Throttle.window_start < now - timedelta(days=2)))


def _window(limit: Limit, now: datetime) -> datetime:
    seconds = int(limit.window.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)


def _key(limit: Limit, whose: tuple[str, ...]) -> str:
    return keyring().print_of("throttle", limit.name, *whose).hex()


def _count(session: Session, key: str, start: datetime) -> int:
    """Raise the count by one and return it, in one statement, so that two tries at once are two."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = (
        insert(Throttle)
        .values(key=key, window_start=start, count=1)
        .on_conflict_do_update(index_elements=[Throttle.key, Throttle.window_start], set_={"count": Throttle.count + 1})
        .returning(Throttle.count)
    )
    return session.execute(statement).scalar_one()
