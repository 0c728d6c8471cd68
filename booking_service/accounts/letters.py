"""The letter of a sign-in: the same for everybody, whether an account exists or not."""

from datetime import datetime

from sqlalchemy.orm import Session

from booking_service.accounts.models import SignInCode
from booking_service.mail import outbox
from booking_service.mail.letter import CodeFacts, Kind, iso


def send_code(session: Session, entry: SignInCode, code: str, *, lang: str, now: datetime) -> None:
    """Put the code's letter into the outbox; the letter has the code's own id."""
    facts = CodeFacts(code=code, ends=iso(entry.ends_at))
    outbox.put(session, kind=Kind.SIGN_IN_CODE, lang=lang, to=entry.value, facts=facts, now=now, letter_id=entry.id)
