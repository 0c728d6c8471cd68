"""Putting letters into the outbox: rows written in the transaction of the change that they tell of."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from booking_service.mail import letter as letters
from booking_service.mail.letter import TO_CLINIC, Facts, Kind
from booking_service.mail.models import Letter, LetterState
from booking_service.security.encryption import seal

KEPT = timedelta(days=30)
CLINIC_KINDS = sorted(TO_CLINIC)


def put(
    session: Session,
    *,
    kind: Kind,
    lang: str,
    to: str,
    facts: Facts,
    now: datetime,
    booking_id: UUID | None = None,
    clinic_id: UUID | None = None,
    account_id: UUID | None = None,
    letter_id: UUID | None = None,
    first: bool = False,
) -> Letter:
    """Write a letter to one address. Earlier letters about the same booking that still wait are overtaken.

    `first` says that there can be none, which spares asking.
    """
    if booking_id is not None and kind not in TO_CLINIC and not first:
        overtake(session, booking_id=booking_id, by=kind, now=now)
    row = letter_id or uuid4()
    letter = Letter(
        id=row,
        kind=kind.value,
        lang=lang,
        to=seal(to, row, "letter.to"),
        facts=seal(letters.dump(facts), row, "letter.facts"),
        booking_id=booking_id,
        clinic_id=clinic_id,
        account_id=account_id,
        message_id=f"<{row}@letters.pieraksts>",
        state=LetterState.WAITING,
        made_at=now,
        next_try_at=now,
    )
    session.add(letter)
    return letter


def overtake(session: Session, *, booking_id: UUID, by: Kind, now: datetime) -> None:
    """Mark the patient's waiting letters about a booking as overtaken: what they say is no longer so.

    Letters of the same kind and instant are one change's letters to several people and do not overtake each other.
    """
    session.flush()
    session.execute(
        update(Letter)
        .where(
            Letter.booking_id == booking_id,
            Letter.state == LetterState.WAITING,
            Letter.kind.not_in(CLINIC_KINDS),
            or_(Letter.kind != by.value, Letter.made_at < now),
        )
        .values(state=LetterState.OVERTAKEN)
        .execution_options(synchronize_session="fetch")
    )


def overtake_codes(session: Session, letter_ids: list[UUID]) -> None:
    """Take back waiting sign-in letters whose code a newer one has ended; the codes go at once."""
    session.execute(
        update(Letter)
        .where(Letter.id.in_(letter_ids), Letter.state == LetterState.WAITING)
        .values(state=LetterState.OVERTAKEN, facts=None)
        .execution_options(synchronize_session="fetch")
    )


def send_again(session: Session, letter_id: UUID, *, now: datetime) -> bool:
    """Let a failed letter wait for sending again; False where its facts are gone or it has not failed."""
    letter = session.get(Letter, letter_id, with_for_update=True)
    if letter is None or letter.state != LetterState.FAILED or letter.facts is None:
        return False
    letter.state, letter.attempts, letter.reason, letter.next_try_at = LetterState.WAITING, 0, "", now
    return True


def forget(session: Session, *, now: datetime) -> int:
    """Remove addresses and facts of letters older than 30 days; what, when and whether it went stays.

    Of a sign-in nothing stays: it belongs to no visit. Returns how many letters lost their facts.
    """
    old = (Letter.made_at < now - KEPT, Letter.state != LetterState.WAITING)
    session.execute(delete(Letter).where(*old, Letter.kind == Kind.SIGN_IN_CODE.value))
    gone = session.execute(
        update(Letter)
        .where(*old, Letter.to.is_not(None))
        .values(to=None, facts=None)
        .execution_options(synchronize_session="fetch")
        .returning(Letter.id)
    )
    return len(gone.all())
