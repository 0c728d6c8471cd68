"""Queries about accounts: whose an address is, and what an account may do at which clinic."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from booking_service.accounts.models import Account, Address, AddressKind, Role, RoleKind, SignInCode
from booking_service.directory.models import Clinic, Doctor

# Built once: it is asked in every booking.
_EMAIL_OF = (
    select(Address.value)
    .where(
        Address.account_id == bindparam("account"), Address.kind == AddressKind.EMAIL, Address.proven_at.is_not(None)
    )
    .order_by(Address.proven_at)
    .limit(1)
)


def address(session: Session, email: str) -> Address | None:
    """Find an e-mail address by its folded text."""
    return session.scalar(select(Address).where(Address.kind == AddressKind.EMAIL, Address.value == email))


def account_of(session: Session, email: str) -> Account | None:
    """Find the account of an e-mail address, proven or not."""
    return session.scalar(
        select(Account)
        .join(Address, Address.account_id == Account.id)
        .where(Address.kind == AddressKind.EMAIL, Address.value == email, Account.closed_at.is_(None))
    )


def email_of(session: Session, account_id: UUID) -> str:
    """Return the account's proven e-mail address, the first proven of several; empty when it has none."""
    return session.scalar(_EMAIL_OF, {"account": account_id}) or ""


def roles_of(session: Session, account_id: UUID) -> list[Role]:
    """List what an account may do now, by clinic."""
    return list(
        session.scalars(
            select(Role)
            .where(Role.account_id == account_id, Role.ended_at.is_(None))
            .order_by(Role.clinic_id, Role.kind, Role.id)
        )
    )


def role_at(session: Session, account_id: UUID, clinic_id: UUID) -> Role | None:
    """Return the account's widest role at a clinic; nothing when it does not work there."""
    roles = {role.kind: role for role in roles_of(session, account_id) if role.clinic_id == clinic_id}
    return roles.get(RoleKind.HEAD) or roles.get(RoleKind.RECEPTION) or roles.get(RoleKind.DOCTOR)


def live_role(session: Session, account_id: UUID, clinic_id: UUID, kind: RoleKind) -> Role | None:
    return session.scalar(
        select(Role).where(
            Role.account_id == account_id, Role.clinic_id == clinic_id, Role.kind == kind, Role.ended_at.is_(None)
        )
    )


def live_codes(session: Session, email: str, now: datetime) -> list[SignInCode]:
    """List an address's codes that have not ended, newest first, locked for this transaction."""
    return list(
        session.scalars(
            select(SignInCode)
            .where(
                SignInCode.kind == AddressKind.EMAIL,
                SignInCode.value == email,
                SignInCode.used_at.is_(None),
                SignInCode.ends_at > now,
            )
            .order_by(SignInCode.made_at.desc(), SignInCode.id)
            .with_for_update()
        )
    )


def clinic_id_of(session: Session, slug: str) -> UUID | None:
    """Find a clinic that has not been withdrawn."""
    return session.scalar(select(Clinic.id).where(Clinic.slug == slug, Clinic.withdrawn_at.is_(None)))


def doctor_id_of(session: Session, slug: str) -> UUID | None:
    """Find a doctor who has not been withdrawn."""
    return session.scalar(select(Doctor.id).where(Doctor.slug == slug, Doctor.withdrawn_at.is_(None)))
