"""Whom a demo visitor may sign in as: patients whose address can belong to nobody (RFC 2606)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from booking_service.accounts.models import Address
from booking_service.patients.models import Person, Relation

SHOWN = 3


def addresses(session: Session) -> list[str]:
    """The demo's own addresses that have a person."""
    found = session.scalars(
        select(Address.value)
        .join(Person, Person.account_id == Address.account_id)
        .where(Address.value.endswith("@pieraksts.example"), Person.relation == Relation.SELF)
        .order_by(Address.value)
        .limit(SHOWN)
    )
    return list(found)
