"""Claiming waiting letters and writing down what became of them; each step is a short transaction of its own.

A claim is a lease: a worker that dies loses it after a while, and another sends the letter again under the same
Message-ID. So delivery is at least once and nothing is lost at any instant.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, case, exists, or_, select, update
from sqlalchemy.orm import Session, aliased, sessionmaker

from booking_service.mail.letter import Kind
from booking_service.mail.models import Letter, LetterState
from booking_service.security.encryption import unseal
from booking_service.security.redaction import redact

LEASE = timedelta(minutes=5)
DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 1440, 1440))
REASON_LENGTH = 200


@dataclass(frozen=True)
class Claimed:
    """A letter in a worker's hand, still sealed."""

    id: UUID
    kind: Kind
    lang: str
    message_id: str
    made_at: datetime
    attempts: int


def claim(sessions: sessionmaker[Session], now: datetime) -> Claimed | None:
    """Take the next due letter in hand, sign-in codes first; nothing when none is due.

    A letter waits while an earlier one about the same booking is in somebody's hand, so that they arrive in order.
    """
    with sessions.begin() as session:
        letter = session.scalar(_next(now))
        if letter is None:
            return None
        letter.claimed_until = now + LEASE
        return Claimed(letter.id, Kind(letter.kind), letter.lang, letter.message_id, letter.made_at, letter.attempts)


def contents(sessions: sessionmaker[Session], letter_id: UUID) -> tuple[str, str] | None:
    """Open a letter's address and facts; nothing when they have been removed meanwhile. Raises SealError."""
    with sessions.begin() as session:
        letter = session.get_one(Letter, letter_id)
        if letter.to is None or letter.facts is None:
            return None
        return unseal(letter.to, letter.id, "letter.to"), unseal(letter.facts, letter.id, "letter.facts")


def sent(sessions: sessionmaker[Session], claimed: Claimed, now: datetime) -> None:
    """Write down that the server took the letter, even if a later change has overtaken it meanwhile."""
    values: dict[str, object] = {"state": LetterState.SENT, "sent_at": now, "reason": "", "claimed_until": None}
    if claimed.kind == Kind.SIGN_IN_CODE:
        values["facts"] = None
    _settle(sessions, claimed, {**values, "attempts": claimed.attempts + 1})


def put_off(sessions: sessionmaker[Session], claimed: Claimed, reason: str, now: datetime) -> bool:
    """Count a failed try and let the letter wait longer each time; after the last it has failed. Returns False then."""
    if claimed.attempts >= len(DELAYS):
        failed(sessions, claimed, reason)
        return False
    later = {"attempts": claimed.attempts + 1, "next_try_at": now + DELAYS[claimed.attempts]}
    _settle(sessions, claimed, {**later, "reason": _short(reason), "claimed_until": None})
    return True


def released(sessions: sessionmaker[Session], claimed: Claimed, reason: str, now: datetime) -> None:
    """Give a letter back uncounted: the server is out of reach for all, and this one is not to blame."""
    _settle(sessions, claimed, {"next_try_at": now + DELAYS[0], "reason": _short(reason), "claimed_until": None})


def failed(sessions: sessionmaker[Session], claimed: Claimed, reason: str) -> None:
    """Write down that a letter will not go, and why; it stays visible to its clinic. A code is of no use any more."""
    # One that a later change has overtaken meanwhile is nobody's trouble.
    state = case((Letter.state == LetterState.WAITING, LetterState.FAILED), else_=Letter.state)
    values: dict[str, object] = {"state": state, "reason": _short(reason), "claimed_until": None}
    if claimed.kind == Kind.SIGN_IN_CODE:
        values["facts"] = None
    _settle(sessions, claimed, {**values, "attempts": claimed.attempts + 1})


def _settle(sessions: sessionmaker[Session], claimed: Claimed, values: dict[str, object]) -> None:
    with sessions.begin() as session:
        session.execute(update(Letter).where(Letter.id == claimed.id).values(**values))


def _short(reason: str) -> str:
    # Servers like to quote the address; the reason outlives it.
    return redact(reason)[:REASON_LENGTH]


def _next(now: datetime) -> Select[Letter]:
    other = aliased(Letter)
    in_hand = exists().where(
        other.booking_id == Letter.booking_id,
        other.id != Letter.id,
        other.made_at <= Letter.made_at,
        other.claimed_until > now,
    )
    return (
        select(Letter)
        .where(
            Letter.state == LetterState.WAITING,
            Letter.next_try_at <= now,
            or_(Letter.claimed_until.is_(None), Letter.claimed_until <= now),
            ~in_hand,
        )
        .order_by(case((Letter.kind == Kind.SIGN_IN_CODE.value, 0), else_=1), Letter.next_try_at, Letter.made_at)
        .limit(1)
        .with_for_update(skip_locked=True, of=Letter)
    )
