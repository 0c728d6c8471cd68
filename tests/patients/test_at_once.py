"""The same patient booking in two places at once stays one person and one patient."""

from datetime import datetime
from threading import Event, Thread
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.patients.actions import patient_of_clinic, person_of_account
from booking_service.patients.models import Patient, Person
from tests.builders.clinics import clinic
from tests.builders.people import account, patient_facts


def test_two_bookings_at_once_make_one_person_and_one_patient(sessions: sessionmaker[Session], now: datetime) -> None:
    with sessions.begin() as session:
        owner, here = account(session).id, clinic(session).id
    written = Event()

    def second() -> None:
        written.wait(10)
        with sessions.begin() as session:
            _write(session, owner, here, now)

    other = Thread(target=second)
    other.start()
    with sessions.begin() as session:
        _write(session, owner, here, now)
        written.set()
        # Long enough for the other to find nothing, or to wait.
        other.join(0.3)
    other.join(20)

    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1
        assert session.scalar(select(func.count()).select_from(Patient)) == 1


def test_two_accounts_at_once_make_one_patient_of_a_clinic(sessions: sessionmaker[Session], now: datetime) -> None:
    with sessions.begin() as session:
        here = clinic(session).id
    written = Event()

    def second() -> None:
        written.wait(10)
        with sessions.begin() as session:
            patient_of_clinic(session, here, patient_facts(), now=now)

    other = Thread(target=second)
    other.start()
    with sessions.begin() as session:
        patient_of_clinic(session, here, patient_facts(), now=now)
        written.set()
        other.join(0.3)
    other.join(20)

    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Patient)) == 1


def _write(session: Session, owner: UUID, here: UUID, now: datetime) -> None:
    person = person_of_account(session, owner, patient_facts(), now=now)
    patient_of_clinic(session, here, patient_facts(), person_id=person.id, now=now)
