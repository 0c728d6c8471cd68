"""The people whom an account books for besides its owner: adding, correcting and removing them, and their consent."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from booking_service.journal.actions import record
from booking_service.patients import rules, store
from booking_service.patients.actions import among, correct_person, person_of_account
from booking_service.patients.models import Person, Relation
from booking_service.patients.rules import PatientFacts
from booking_service.refusals import Refusal


def add_member(session: Session, account_id: UUID, facts: PatientFacts, relation: Relation, *, now: datetime) -> Person:
    """Add somebody to an account's family. Refused: `member-known` (the owner too is known), `family-full`."""
    if among(store.persons_of(session, account_id), facts) is not None:
        raise Refusal("member-known")
    person = person_of_account(session, account_id, facts, now=now, relation=relation)
    _note(session, "member-added", person, now)
    return person


def correct_member(session: Session, person: Person, facts: PatientFacts, relation: Relation, *, now: datetime) -> None:
    """Write a member anew. Whoever is somebody else by then has not agreed to anything."""
    before = _identity(person)
    person.relation = relation
    correct_person(session, person, facts)
    if _identity(person) != before:
        _forget_consent(person)
    _note(session, "member-changed", person, now)
    session.flush()


def remove_member(session: Session, person: Person, *, now: datetime) -> None:
    """Hide a member from its account: the code and the phone go, and nothing is cancelled.

    The clinic's patients keep pointing to the row, by which the same person is found again when added anew.
    Refused: `owner-stays`.
    """
    if person.relation is Relation.SELF:
        raise Refusal("owner-stays")
    person.removed_at = now
    person.code, person.phone = None, ""
    _forget_consent(person)
    _note(session, "member-removed", person, now)
    session.flush()


def check_may_book(person: Person | None, born: date | None, day: date) -> None:
    """Refuse booking for somebody of 14 or more who has not agreed to it: `consent-missing`."""
    if person is not None and lacks_consent(person, born, day):
        raise Refusal("consent-missing")


def lacks_consent(person: Person, born: date | None, day: date) -> bool:
    """Say whether a member has to agree before anything new is booked for them."""
    return rules.needs_consent(person.relation, born, day) and person.consent_at is None


def _identity(person: Person) -> tuple[str, str, date | None]:
    return rules.folded_name(person.given), rules.folded_name(person.family), store.born(person)


def _forget_consent(person: Person) -> None:
    person.consent_asked_at = person.consent_at = None
    person.consent_text = ""


def _note(session: Session, verb: str, person: Person, now: datetime) -> None:
    record(session, verb, actor="patient", now=now, account_id=person.account_id, person=str(person.id))
