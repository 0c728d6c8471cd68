"""The outbox: letters as kind and encrypted facts, written in the transaction of the change that they tell of."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from booking_service.db import Base, Instant, id_column, one_of


class LetterState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    OVERTAKEN = "overtaken"


class Letter(Base):
    """A letter to one address. `to` and `facts` are encrypted; facts go after 30 days, a sign-in code's at sending.

    `message_id` is fixed when the letter is written: a repeat after a crash carries the same one.
    """

    __tablename__ = "letter"
    __table_args__ = (
        Index("ix_letter_due", "state", "next_try_at"),
        Index("ix_letter_booking_id", "booking_id"),
        Index("ix_letter_clinic_id", "clinic_id", "state"),
    )

    id: Mapped[UUID] = id_column()
    kind: Mapped[str] = mapped_column(String(32))
    lang: Mapped[str] = mapped_column(String(2))
    to: Mapped[bytes | None] = mapped_column(LargeBinary)
    facts: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Ids without foreign keys: the mail room knows neither bookings nor clinics.
    booking_id: Mapped[UUID | None]
    clinic_id: Mapped[UUID | None]
    account_id: Mapped[UUID | None] = mapped_column(index=True)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    state: Mapped[LetterState] = mapped_column(one_of(LetterState))
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(Instant)
    next_try_at: Mapped[datetime] = mapped_column(Instant)
    # Until then a worker has it in hand; a crashed worker's claim lapses.
    claimed_until: Mapped[datetime | None] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(String(200), default="")
