"""Asking somebody of 14 or more whether an account may book for them, and their answer; always by their own letter."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from booking_service.accounts.store import address
from booking_service.journal.actions import record
from booking_service.mail import outbox
from booking_service.mail.letter import ConsentFacts, Kind, iso
from booking_service.patients import store
from booking_service.patients.models import Person
from booking_service.refusals import Refusal
from booking_service.security import contacts, throttle
from booking_service.security.limits import Limit
from booking_service.security.tokens import opens_consent

TEXT = "2027-03"
"""The wording that is agreed to; a new wording gets a new name, so that each answer says what was read."""

# A letter to somebody else's address, with a name that was typed: few of them.
FROM_ACCOUNT = Limit("consent-account", 5, timedelta(days=1))
TO_ADDRESS = Limit("consent-address", 3, timedelta(days=1))


def ask(session: Session, person: Person, *, email: str, asks: str, lang: str, now: datetime) -> None:
    """Write the letter that asks; `asks` is the name of whoever books. An earlier letter's link ends.

    Refused: `email-wrong`, `consent-own-address` (the address is the account's own), and counted `too-often`.
    """
    value = contacts.email(email)
    known = address(session, value)
    if known is not None and known.account_id == person.account_id:
        raise Refusal("consent-own-address")
    throttle.take(session, FROM_ACCOUNT, str(person.account_id), now=now)
    throttle.take(session, TO_ADDRESS, value, now=now)
    person.consent_asked_at = now
    facts = ConsentFacts(person_id=str(person.id), asked_at=iso(now), given=person.given, asks=asks)
    outbox.put(
        session, kind=Kind.CONSENT_ASKED, lang=lang, to=value, facts=facts, now=now, account_id=person.account_id
    )
    _note(session, "consent-asked", person, "patient", now)


def answer(session: Session, person: Person, *, agreed: bool, now: datetime) -> None:
    """Keep the answer of whoever has the letter: agreed now, or not (any more). What is booked already stays."""
    if agreed == (person.consent_at is not None):
        return
    person.consent_at, person.consent_text = (now, TEXT) if agreed else (None, "")
    _note(session, "consent-given" if agreed else "consent-ended", person, "link", now)
    session.flush()


def asked(session: Session, person_id: UUID, token: str) -> Person | None:
    """The person whom a letter's link asks; none for a wrong or former link, and once they were removed."""
    person = store.person_by_id(session, person_id)
    if person is None or person.removed_at is not None or person.consent_asked_at is None:
        return None
    return person if opens_consent(token, person.id, iso(person.consent_asked_at)) else None


def _note(session: Session, verb: str, person: Person, actor: str, now: datetime) -> None:
    record(session, verb, actor=actor, now=now, account_id=person.account_id, person=str(person.id), text=TEXT)
