"""The journal's table. Entries are appended and never edited; ids only, no name, address or code of a person."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from booking_service.db import Base, Instant, Json, id_column


class JournalEntry(Base):
    """Who saw, changed, revealed or exported what, and when; ids only, appended and never edited."""

    __tablename__ = "journal"
    __table_args__ = (
        Index("ix_journal_booking_id", "booking_id", "at"),
        Index("ix_journal_clinic_id", "clinic_id", "at"),
        Index("ix_journal_patient_id", "patient_id", "at"),
    )

    id: Mapped[UUID] = id_column()
    at: Mapped[datetime] = mapped_column(Instant)
    verb: Mapped[str] = mapped_column(String(24))
    actor: Mapped[str] = mapped_column(String(12))
    account_id: Mapped[UUID | None]
    role: Mapped[str] = mapped_column(String(12), default="")
    clinic_id: Mapped[UUID | None]
    booking_id: Mapped[UUID | None]
    patient_id: Mapped[UUID | None]
    from_state: Mapped[str] = mapped_column(String(24), default="")
    to_state: Mapped[str] = mapped_column(String(24), default="")
    # Instants, counts and codes of the change; never a name, address or code of a person.
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
