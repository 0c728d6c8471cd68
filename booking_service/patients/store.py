"""Queries about persons and patients. Every one about patients names the clinic: none sees another's."""

import json
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, bindparam, cast, select
from sqlalchemy.orm import Session

from booking_service.accounts.models import Account
from booking_service.directory.models import ClinicSettings
from booking_service.patients import rules
from booking_service.patients.models import Patient, Person, Relation
from booking_service.refusals import Refusal
from booking_service.security.encryption import keyring, unseal
from booking_service.security.personal_codes import PersonalCode
from theme import folding

PHONE_DIGITS = 4

# Built once: they are asked in every booking.
_EVERYBODY_OF = select(Person).where(Person.account_id == bindparam("account")).order_by(Person.made_at, Person.id)
_PERSONS_OF = _EVERYBODY_OF.where(Person.removed_at.is_(None))
_BY_CODE = (
    select(Patient)
    .where(Patient.clinic_id == bindparam("clinic"), Patient.code_print == bindparam("print"))
    .order_by(Patient.family_folded, Patient.given, Patient.id)
)


def code_print(clinic_id: UUID, code: PersonalCode) -> bytes:
    """Return the fingerprint by which one clinic finds a code; another clinic's print of it is unlike."""
    return keyring().print_of("personal-code", str(clinic_id), code.digits)


def code_of(row: Person | Patient) -> PersonalCode | None:
    """Open the row's personal code. Showing it to anybody but its owner is an act for the journal."""
    return PersonalCode(unseal(row.code, row.id, f"{row.__tablename__}.code")) if row.code else None


def born(row: Person | Patient) -> date | None:
    """Return the birth date that is kept in the row, typed or from the code."""
    if row.birth_date is None:
        return None
    return date.fromisoformat(unseal(row.birth_date, row.id, f"{row.__tablename__}.birth_date"))


def persons_of(session: Session, account_id: UUID) -> list[Person]:
    """List an account's persons that have not been removed, the first made first."""
    return list(session.scalars(_PERSONS_OF, {"account": account_id}))


def everybody_of(session: Session, account_id: UUID) -> list[Person]:
    """The same, removed ones too, after those that are not."""
    return sorted(session.scalars(_EVERYBODY_OF, {"account": account_id}), key=lambda one: one.removed_at is not None)


def person_of(session: Session, account_id: UUID, person_id: UUID) -> Person | None:
    """An account's person; none for another's, and for a removed one."""
    return next((one for one in persons_of(session, account_id) if one.id == person_id), None)


def person_by_id(session: Session, person_id: UUID) -> Person | None:
    """Any account's person: for whoever has shown a right to it otherwise, by a letter's link."""
    return session.get(Person, person_id)


def owner_of(session: Session, account_id: UUID) -> Person | None:
    """The person who an account's owner is; none while nobody but others has been booked for."""
    return next((each for each in persons_of(session, account_id) if each.relation is Relation.SELF), None)


def lock_account(session: Session, account_id: UUID) -> bool:
    """Let whoever makes persons of an account wait for each other. False where nobody can be waited for: on SQLite."""
    return _lock(session, select(Account.id).where(Account.id == account_id))


def lock_clinic(session: Session, clinic_id: UUID) -> bool:
    """The same for patients of a clinic. Its settings stand for it: a sync writes the clinic's own row, and would then
    wait for a doctor whom a booking has locked."""
    return _lock(session, select(ClinicSettings.clinic_id).where(ClinicSettings.clinic_id == clinic_id))


def _lock(session: Session, rows: Select[UUID]) -> bool:
    if session.get_bind().dialect.name == "sqlite":
        return False
    session.execute(rows.with_for_update(key_share=True))
    return True


def find(session: Session, clinic_id: UUID, patient_id: UUID) -> Patient | None:
    """Find a clinic's own patient; another clinic's is nothing."""
    return session.scalar(select(Patient).where(Patient.id == patient_id, Patient.clinic_id == clinic_id))


def by_code(session: Session, clinic_id: UUID, code: PersonalCode) -> list[Patient]:
    return list(session.scalars(_BY_CODE, {"clinic": clinic_id, "print": code_print(clinic_id, code)}))


def by_family(session: Session, clinic_id: UUID, family: str) -> list[Patient]:
    return _patients(session, clinic_id, Patient.family_folded == rules.folded_name(family))


def search(session: Session, clinic_id: UUID, text: str, *, limit: int = 20) -> list[Patient]:
    """Find a clinic's patients by a whole personal code, by four or more digits of a phone, or by parts of the name.

    Every word must be found, in any order, without regard to case, marks or alphabet. Nothing typed finds nobody.
    """
    code = _as_code(text)
    if code is not None:
        return by_code(session, clinic_id, code)
    digits = rules.digits(text)
    wanted = [digits] if digits and not any(sign.isalpha() for sign in text) else folding.words(text)
    if not wanted or (wanted == [digits] and len(digits) < PHONE_DIGITS):
        return []
    stored = cast(Patient.words, String)
    if session.get_bind().dialect.name == "sqlite":
        # There JSON is a text, which writes what is not ASCII as escapes.
        wanted = [json.dumps(word)[1:-1] for word in wanted]
    return _patients(session, clinic_id, *(stored.contains(word, autoescape=True) for word in wanted), limit=limit)


def _as_code(text: str) -> PersonalCode | None:
    try:
        return PersonalCode.parse(text)
    except Refusal:
        return None


def _patients(
    session: Session, clinic_id: UUID, *conditions: ColumnElement[bool], limit: int | None = None
) -> list[Patient]:
    query = select(Patient).where(Patient.clinic_id == clinic_id, *conditions)
    return list(session.scalars(query.order_by(Patient.family_folded, Patient.given, Patient.id).limit(limit)))
