"""Who signs in. An account has one or more proven addresses and no password; a session is a row behind a cookie."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from booking_service.db import Base, Instant, id_column, one_of


class AddressKind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"


class RoleKind(StrEnum):
    RECEPTION = "reception"
    DOCTOR = "doctor"
    HEAD = "head"


class Account(Base):
    __tablename__ = "account"

    id: Mapped[UUID] = id_column()
    lang: Mapped[str] = mapped_column(String(2), default="lv")
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_seen_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class Address(Base):
    """An address of an account. `value` is folded (lower case) so that one person has one account."""

    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("kind", "value"), Index("ix_address_account_id", "account_id"))

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[AddressKind] = mapped_column(one_of(AddressKind))
    value: Mapped[str] = mapped_column(String(254))
    proven_at: Mapped[datetime | None] = mapped_column(Instant)


class SignInCode(Base):
    """A six-digit code sent to an address. Only a keyed digest of the code is kept."""

    __tablename__ = "sign_in_code"
    __table_args__ = (Index("ix_sign_in_code_value", "value", "made_at"),)

    id: Mapped[UUID] = id_column()
    kind: Mapped[AddressKind] = mapped_column(one_of(AddressKind))
    value: Mapped[str] = mapped_column(String(254))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    made_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    tries_left: Mapped[int]
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class Visitor(Base):
    """A session: what a cookie stands for. `account_id` is none until an address is proven.

    `digest` is the SHA-256 of the cookie's token, so a stolen table opens nothing. `typed` keeps, encrypted, what a
    visitor has typed on the way to a booking, so that no step asks twice and a sign-in loses nothing.
    """

    __tablename__ = "visitor"

    id: Mapped[UUID] = id_column()
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), index=True)
    network: Mapped[str] = mapped_column(String(64))
    device: Mapped[str] = mapped_column(String(120), default="")
    own_device: Mapped[bool] = mapped_column(default=False)
    typed: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Instant)
    last_seen_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant, index=True)


class Role(Base):
    """What an account may do at a clinic; ended, never deleted. A doctor's role names the doctor."""

    __tablename__ = "role"
    __table_args__ = (
        Index(
            "uq_role_live",
            "account_id",
            "clinic_id",
            "kind",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinic.id"), index=True)
    kind: Mapped[RoleKind] = mapped_column(one_of(RoleKind))
    doctor_id: Mapped[UUID | None] = mapped_column(ForeignKey("doctor.id"))
    given_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
