"""Accounts, sessions and what patients type: a valid one of each by default."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from booking_service.accounts.models import Account, Address, AddressKind, Visitor
from booking_service.patients.rules import PatientFacts, Representative
from booking_service.security.personal_codes import PersonalCode
from tests.conftest import NOW

CODE = "161175-19997"
OTHER_CODE = "010190-12343"
ANSWERS = Representative("Anna Ozola", "+37120000000")
"""The mother, who answers for a child."""


def account(session: Session, email: str = "anna@example.lv", *, now: datetime = NOW) -> Account:
    """Someone whose address is proven."""
    made = Account(id=uuid4(), lang="lv", created_at=now)
    session.add(made)
    session.flush()
    session.add(Address(account_id=made.id, kind=AddressKind.EMAIL, value=email, proven_at=now))
    session.flush()
    return made


def visitor(
    session: Session, *, account_id: UUID | None = None, network: str = "192.0.2.0", now: datetime = NOW
) -> Visitor:
    """A session, nobody's unless an account is named."""
    made = Visitor(
        id=uuid4(),
        digest=uuid4().bytes * 2,
        account_id=account_id,
        network=network,
        made_at=now,
        last_seen_at=now,
        ends_at=now + timedelta(hours=12),
    )
    session.add(made)
    session.flush()
    return made


def patient_facts(
    given: str = "Anna",
    family: str = "Ozola",
    *,
    code: str | None = CODE,
    birth_date: date | None = None,
    email: str = "anna@example.lv",
    phone: str = "+37120000000",
    lang: str = "lv",
) -> PatientFacts:
    """The patient as she types herself."""
    return PatientFacts(
        given=given,
        family=family,
        code=PersonalCode.parse(code) if code else None,
        no_code=code is None,
        birth_date=birth_date or (None if code else date(1975, 11, 16)),
        phone=phone,
        email=email,
        lang=lang,
    )
