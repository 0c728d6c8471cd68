"""Writing the demo's patients and visits as rows, many at once: their cells, and their lines in the journal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from booking_service.bookings.cells import span
from booking_service.bookings.models import Booking, Cell, EndedBy, Origin
from booking_service.bookings.numbers import ALPHABET, LENGTH
from booking_service.bookings.rules import Pays
from booking_service.bookings.states import OCCUPYING, Act, State
from booking_service.cli.demo_people import Invented, anybody, identity
from booking_service.cli.demo_visits import HELD, Planned
from booking_service.directory.models import Clinic, Payer
from booking_service.journal.models import JournalEntry
from booking_service.patients import rules
from booking_service.patients.models import Patient
from booking_service.patients.store import code_print
from booking_service.security.encryption import seal
from booking_service.security.personal_codes import PersonalCode
from theme import folding

CHANNELS = ("site", "site", "site", "web-button", "qr-door", "facebook")
ENDED = {State.CANCELLED: EndedBy.PATIENT, State.DECLINED: EndedBy.CLINIC, State.EXPIRED: EndedBy.TIME}


@dataclass
class Sheet:
    """Rows of one clinic on their way into the database."""

    clinic: Clinic
    rng: Random
    now: datetime
    people: list[tuple[UUID, Invented]] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    patients: list[dict[str, Any]] = field(default_factory=list)
    bookings: list[dict[str, Any]] = field(default_factory=list)
    cells: list[dict[str, Any]] = field(default_factory=list)
    journal: list[dict[str, Any]] = field(default_factory=list)

    def add_people(self, count: int) -> None:
        for _ in range(count):
            someone = anybody(self.rng, self.now.date())
            patient_id = identity(self.rng)
            self.people.append((patient_id, someone))
            self.patients.append(_patient(patient_id, self.clinic.id, someone, self.now))

    def add(self, visits: Iterable[Planned]) -> None:
        for visit in visits:
            self._booking(visit)

    def write(self, session: Session) -> None:
        for table, rows in (
            (Patient, self.patients),
            (Booking, self.bookings),
            (Cell, self.cells),
            (JournalEntry, self.journal),
        ):
            if rows:
                session.execute(insert(table), rows)

    def _booking(self, visit: Planned) -> None:
        patient_id, someone = self.rng.choice(self.people)
        booking_id, online = identity(self.rng), visit.origin is Origin.ONLINE
        held = visit.state is State.HELD
        decided = visit.made_at + timedelta(minutes=self.rng.randrange(5, 120) if visit.answer_by else 0)
        row: dict[str, Any] = {
            "id": booking_id,
            "number": self._number(),
            "clinic_id": self.clinic.id,
            "doctor_id": visit.table.doctor_id,
            "practice_id": visit.table.practice_id,
            "service_id": visit.service.id,
            "calendar_id": visit.table.calendar_id,
            "patient_id": None if held else patient_id,
            "held_until": self.now + HELD if held else None,
            "state": visit.state,
            "starts": visit.start,
            "ends": visit.end,
            "answer_by": visit.answer_by,
            "manual": visit.answer_by is not None,
            "origin": visit.origin,
            "channel": self.rng.choice(CHANNELS) if online else "desk",
            "lang": someone.lang,
            "pays": Pays.STATE if visit.service.payer is Payer.STATE else Pays.SELF,
            "code": None if held else seal(someone.code, booking_id, "booking.code"),
            "price_cents": visit.service.price_cents,
            "made_at": visit.made_at,
            "decided_at": None if visit.state in (State.REQUESTED, State.HELD) else decided,
            "ended_at": decided if visit.state in ENDED else None,
            "ended_by": ENDED.get(visit.state),
        }
        self.bookings.append(row)
        if visit.state in OCCUPYING:
            first, last = span(visit.start, visit.table.need)
            self.cells += [
                {"doctor_id": visit.table.doctor_id, "cell": cell, "booking_id": booking_id}
                for cell in range(first, last + 1)
            ]
        self.journal += [_line(self.rng, row, *step) for step in _history(visit)]

    def _number(self) -> str:
        while True:
            number = f"{self.clinic.number_prefix}-" + "".join(self.rng.choice(ALPHABET) for _ in range(LENGTH))
            if number not in self.numbers:
                self.numbers.add(number)
                return number


def _patient(patient_id: UUID, clinic_id: UUID, someone: Invented, now: datetime) -> dict[str, Any]:
    return {
        "id": patient_id,
        "clinic_id": clinic_id,
        "given": someone.given,
        "family": someone.family,
        "family_folded": rules.folded_name(someone.family),
        "words": [*folding.words(someone.given, someone.family), rules.digits(someone.phone)],
        "code": seal(someone.code, patient_id, "patient.code"),
        "code_print": code_print(clinic_id, PersonalCode(someone.code)),
        "birth_date": seal(someone.born.isoformat(), patient_id, "patient.birth_date"),
        "phone": someone.phone,
        "email": someone.email,
        "lang": someone.lang,
        "made_at": now - timedelta(days=30),
    }


def _history(visit: Planned) -> Sequence[tuple[str, str, State | str, State, datetime]]:
    """Who did what and when: actor, act, from, to, at."""
    online = visit.origin is Origin.ONLINE
    if visit.state is State.HELD:
        return [("patient", "hold", "", visit.state, visit.made_at)]
    steps: list[tuple[str, str, State | str, State, datetime]] = []
    asked = visit.state in (State.REQUESTED, State.DECLINED, State.EXPIRED)
    made = State.REQUESTED if asked else State.CONFIRMED
    actor = "patient" if online else "staff"
    steps.append((actor, Act.REQUEST if asked else Act.CONFIRM, State.HELD if online else "", made, visit.made_at))
    later = visit.made_at + timedelta(minutes=50)
    if visit.state is State.DECLINED:
        steps.append(("staff", Act.DECLINE, made, visit.state, later))
    elif visit.state is State.EXPIRED:
        steps.append(("system", Act.LAPSE, made, visit.state, later))
    elif visit.state is State.CANCELLED:
        steps.append(("patient" if online else "staff", Act.CANCEL, made, visit.state, later))
    elif visit.state is State.MISSED:
        steps.append(("staff", Act.MISS, made, visit.state, visit.end))
    elif visit.state in (State.ARRIVED, State.DONE):
        steps.append(("staff", Act.ARRIVE, made, State.ARRIVED, visit.start - timedelta(minutes=6)))
    if visit.state is State.DONE:
        steps.append(("staff", Act.FINISH, State.ARRIVED, visit.state, visit.end))
    return steps


def _line(
    rng: Random, row: dict[str, Any], actor: str, verb: str, before: State | str, after: State, at: datetime
) -> dict[str, Any]:
    return {
        "id": identity(rng),
        "at": at,
        "verb": verb,
        "actor": actor,
        "role": "reception" if actor == "staff" else "",
        "clinic_id": row["clinic_id"],
        "booking_id": row["id"],
        "patient_id": row["patient_id"],
        "from_state": before,
        "to_state": after,
        "facts": {},
    }
