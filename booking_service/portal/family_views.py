"""A member of the family as the pages of the family show them: the code masked, what is coming, what may be booked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import url_for

from booking_service.bookings.models import Booking
from booking_service.patients import store
from booking_service.patients.family import lacks_consent
from booking_service.patients.models import Person, Relation
from booking_service.patients.rules import age_on, folded_name, is_child


@dataclass(frozen=True)
class Member:
    """`code` is masked, empty where there is none; `undecided` says that nothing new may be booked before a consent."""

    id: UUID
    given: str
    name: str
    relation: Relation
    age: int | None
    born: date | None
    code: str
    no_code: bool
    phone: str
    child: bool
    undecided: bool
    asked_at: datetime | None
    agreed_at: datetime | None
    coming: int

    @property
    def href(self) -> str:
        owner = self.relation is Relation.SELF
        return url_for("portal.details") if owner else url_for("portal.member", person_id=self.id)

    @property
    def consent_href(self) -> str:
        return url_for("portal.consent_asking", person_id=self.id) if self.undecided else ""

    @property
    def remove_href(self) -> str:
        return url_for("portal.member_removing", person_id=self.id) if self.relation is not Relation.SELF else ""


def member_of(person: Person, coming: Iterable[Booking], today: date) -> Member:
    """A person with how many of the account's coming visits are theirs."""
    code, born = store.code_of(person), store.born(person)
    return Member(
        id=person.id,
        given=person.given,
        name=f"{person.given} {person.family}",
        relation=person.relation,
        age=age_on(born, today) if born else None,
        born=born,
        code=code.masked if code else "",
        no_code=person.no_code,
        phone=person.phone,
        child=is_child(born, today),
        undecided=lacks_consent(person, born, today),
        asked_at=person.consent_asked_at,
        agreed_at=person.consent_at,
        coming=len(visits_of_member(person, coming)),
    )


def visits_of_member(person: Person, coming: Iterable[Booking]) -> list[Booking]:
    """Those of an account's visits that are a person's: by the clinic's patient, or by the name where the clinic's
    patient belongs to the other parent's account."""
    wanted = (folded_name(person.given), folded_name(person.family))
    return [
        booking
        for booking in coming
        if (patient := booking.patient) is not None
        and (patient.person_id == person.id or (folded_name(patient.given), folded_name(patient.family)) == wanted)
    ]
