"""A person belongs to an account; a patient belongs to one clinic and may point to a person.

Encrypted columns hold bytes of `security.encryption`, with the row's id as associated data. `code_print` is a keyed
fingerprint by which the desk finds a whole code; each clinic's fingerprints are of its own, so no two can be compared.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from booking_service.db import Base, Instant, Json, id_column, one_of
from booking_service.patients.rules import Relation as Relation


class Person(Base):
    """Somebody whom an account books for. A removed one is hidden and keeps neither code nor phone.

    `consent_at` is when somebody of 14 or more agreed to it, `consent_text` which wording they read. `consent_asked_at`
    is when their letter went; it makes the letter's link, so that asking anew ends an earlier one.
    """

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_account_id", "account_id"),)

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    relation: Mapped[Relation] = mapped_column(one_of(Relation))
    given: Mapped[str] = mapped_column(String(80))
    family: Mapped[str] = mapped_column(String(80))
    code: Mapped[bytes | None] = mapped_column(LargeBinary)
    no_code: Mapped[bool] = mapped_column(default=False)
    birth_date: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone: Mapped[str] = mapped_column(String(20), default="")
    made_at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
    consent_asked_at: Mapped[datetime | None] = mapped_column(Instant)
    consent_at: Mapped[datetime | None] = mapped_column(Instant)
    consent_text: Mapped[str] = mapped_column(String(10), default="")


class Patient(Base):
    """`words` are the folded words of the name and the phone's digits, for the desk's search."""

    __tablename__ = "patient"
    __table_args__ = (
        Index("ix_patient_code_print", "clinic_id", "code_print"),
        Index("ix_patient_person_id", "person_id"),
        Index("ix_patient_family", "clinic_id", "family_folded"),
    )

    id: Mapped[UUID] = id_column()
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinic.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    given: Mapped[str] = mapped_column(String(80))
    family: Mapped[str] = mapped_column(String(80))
    family_folded: Mapped[str] = mapped_column(String(120))
    words: Mapped[list[str]] = mapped_column(Json)
    code: Mapped[bytes | None] = mapped_column(LargeBinary)
    code_print: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    no_code: Mapped[bool] = mapped_column(default=False)
    birth_date: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    lang: Mapped[str] = mapped_column(String(2), default="lv")
    own: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(Instant)
