"""Writing down who a visit is for: a person of the account, and the clinic's own patient made from it."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from booking_service.patients import rules, store
from booking_service.patients.models import Patient, Person, Relation
from booking_service.patients.rules import PatientFacts
from booking_service.refusals import Refusal
from booking_service.security.encryption import seal
from theme import folding


def person_of_account(
    session: Session, account_id: UUID, facts: PatientFacts, *, now: datetime, relation: Relation = Relation.SELF
) -> Person:
    """Return the account's person that the facts are about, made now if it has none; later facts win.

    The same person has the same code, or the same name and birth date; a removed one comes back. Whoever is said to be
    the account's owner is one only once, and never a child. Refused: `family-full`.
    """
    persons = store.everybody_of(session, account_id)
    person = among(persons, facts)
    if person is None and store.lock_account(session, account_id):
        # Two presses may get here at once; the second finds what the first has made.
        persons = store.everybody_of(session, account_id)
        person = among(persons, facts)
    if person is None or person.removed_at is not None:
        known = [one for one in persons if one.removed_at is None]
        if len(known) >= rules.PERSONS_MOST:
            raise Refusal("family-full", limit=rules.PERSONS_MOST)
        relation = _relation(known, facts, now) if relation is Relation.SELF else relation
    if person is None:
        person = Person(id=uuid4(), account_id=account_id, relation=relation, made_at=now)
        session.add(person)
    elif person.removed_at is not None:
        _set(person, relation=relation, removed_at=None)
    _write(person, facts)
    _set(person, phone=_own_phone(persons, person, facts) or person.phone or "")
    session.flush()
    return person


def _own_phone(persons: list[Person], person: Person, facts: PatientFacts) -> str:
    """The phone to keep with a person. The owner's is not written again with each child, where it would grow old."""
    owner = next((one for one in persons if one.relation is Relation.SELF and one is not person), None)
    return "" if owner is not None and owner.phone == facts.phone else facts.phone


def among(persons: list[Person], facts: PatientFacts) -> Person | None:
    """The one of these persons that the facts are about."""
    return next((each for each in persons if _same_person(each, facts)), None)


def _relation(persons: list[Person], facts: PatientFacts, now: datetime) -> Relation:
    """Who somebody new is to an account: a parent may well book for a child first."""
    born = facts.born()
    if rules.is_child(born, now.date()):
        return Relation.CHILD
    return Relation.OTHER if any(each.relation is Relation.SELF for each in persons) else Relation.SELF


def correct_person(session: Session, person: Person, facts: PatientFacts) -> None:
    """Write an account's person anew, as its owner corrects it; saying that there is no code removes it."""
    if facts.no_code:
        person.code = None
    _write(person, facts)
    person.phone = facts.phone
    session.flush()


def patient_of_clinic(
    session: Session, clinic_id: UUID, facts: PatientFacts, *, now: datetime, person_id: UUID | None = None
) -> Patient:
    """Return the clinic's patient that the facts are about, made now if it has none.

    The same patient has the same code and name, or without a code the same name, birth date and a contact. A patient
    found again keeps the clinic's contacts unless the same account's person gives new ones: somebody who knows a code
    must not be able to turn the clinic's letters to an address of theirs.
    """
    patient = _known(session, clinic_id, facts)
    if patient is None and store.lock_clinic(session, clinic_id):
        # The same patient may be booking with another doctor of the clinic at this moment.
        patient = _known(session, clinic_id, facts)
    if patient is None:
        patient = Patient(id=uuid4(), clinic_id=clinic_id, person_id=person_id, made_at=now)
        session.add(patient)
        _write(patient, facts)
        _write_contacts(patient, facts)
    else:
        _complete(patient, facts, person_id)
    _write_search(patient, facts)
    session.flush()
    return patient


def _known(session: Session, clinic_id: UUID, facts: PatientFacts) -> Patient | None:
    if facts.code is not None:
        found = [each for each in store.by_code(session, clinic_id, facts.code) if _same_name(each, facts)]
        if found:
            return found[0]
    alike = [each for each in store.by_family(session, clinic_id, facts.family) if _same_name(each, facts)]
    return next((each for each in alike if _same_without_code(each, facts)), None)


def _same_without_code(patient: Patient, facts: PatientFacts) -> bool:
    if patient.code and facts.code:
        return False
    return store.born(patient) == facts.born() is not None and _shares_contact(patient, facts)


def _shares_contact(patient: Patient, facts: PatientFacts) -> bool:
    same_phone = bool(patient.phone) and patient.phone == facts.phone
    return same_phone or (bool(patient.email) and patient.email == facts.email)


def _same_name(row: Person | Patient, facts: PatientFacts) -> bool:
    return (rules.folded_name(row.given), rules.folded_name(row.family)) == (
        rules.folded_name(facts.given),
        rules.folded_name(facts.family),
    )


def _same_person(person: Person, facts: PatientFacts) -> bool:
    code = store.code_of(person)
    if code is not None and facts.code is not None:
        return code == facts.code
    return _same_name(person, facts) and store.born(person) == facts.born()


def _write(row: Person | Patient, facts: PatientFacts) -> None:
    """Write name, code and birth date; what the facts leave out stays as it was known."""
    table = row.__tablename__
    _set(row, given=facts.given.strip(), family=facts.family.strip())
    # Sealing anew gives other bytes, and so a write, where nothing has changed.
    if facts.code is not None and facts.code != store.code_of(row):
        row.code = seal(facts.code.digits, row.id, f"{table}.code")
    _set(row, no_code=facts.no_code and row.code is None)
    born = facts.born()
    if born is not None and born != store.born(row):
        row.birth_date = seal(born.isoformat(), row.id, f"{table}.birth_date")


def _complete(patient: Patient, facts: PatientFacts, person_id: UUID | None) -> None:
    """Bring a known patient up to date with what may be believed."""
    _write(patient, facts)
    known_contacts = bool(patient.phone or patient.email)
    # The address is proven; a phone number is no secret, and nobody has proven theirs.
    same_address = bool(patient.email) and patient.email == facts.email
    if person_id is not None and patient.person_id is None and (not known_contacts or same_address):
        patient.person_id = person_id
    if person_id is not None and patient.person_id == person_id:
        _write_contacts(patient, facts)


def _write_contacts(patient: Patient, facts: PatientFacts) -> None:
    _set(
        patient,
        phone=facts.phone or patient.phone or "",
        email=facts.email or patient.email or "",
        lang=facts.lang,
    )


def _write_search(patient: Patient, facts: PatientFacts) -> None:
    words = [*folding.words(patient.given, patient.family), *filter(None, [rules.digits(patient.phone)])]
    _set(patient, family_folded=rules.folded_name(patient.family)[:120], words=words)
    if facts.code is not None:
        _set(patient, code_print=store.code_print(patient.clinic_id, facts.code))


def _set(row: Person | Patient, **values: object) -> None:
    """Set what differs: an equal value would still be taken for a change, and cost a returning patient's booking."""
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
