"""A booking and the cells of a doctor's time that it occupies.

A hold is a booking in state `held`; an offer is a hold with `offer_for`. Held, requested, confirmed, arrived, done and
missed bookings own cells (the time was used); declined, cancelled and expired ones have given them back.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking_service.bookings.rules import Pays as Pays
from booking_service.bookings.states import State as State
from booking_service.db import Base, Instant, id_column, one_of
from booking_service.directory.models import Clinic, Doctor, Practice, Service
from booking_service.patients.models import Patient


class Origin(StrEnum):
    """An e-booking is made by a patient online, a desk booking by reception."""

    ONLINE = "e"
    DESK = "desk"


class EndedBy(StrEnum):
    PATIENT = "patient"
    CLINIC = "clinic"
    TIME = "time"


class Booking(Base):
    __tablename__ = "booking"
    __table_args__ = (
        UniqueConstraint("clinic_id", "number"),
        CheckConstraint("starts < ends", name="order"),
        CheckConstraint("NOT (extra AND origin = 'e')", name="extra"),
        CheckConstraint("state = 'held' OR patient_id IS NOT NULL OR state = 'expired'", name="patient"),
        Index("ix_booking_clinic_day", "clinic_id", "starts"),
        Index("ix_booking_doctor_day", "doctor_id", "starts"),
        Index("ix_booking_account", "account_id", "starts"),
        Index("ix_booking_patient", "patient_id"),
        Index("ix_booking_visitor", "visitor_id"),
        Index("ix_booking_held_until", "state", "held_until"),
        Index("ix_booking_answer_by", "state", "answer_by"),
        Index("ix_booking_offer_for", "offer_for"),
    )

    id: Mapped[UUID] = id_column()
    number: Mapped[str] = mapped_column(String(12))
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinic.id"))
    doctor_id: Mapped[UUID] = mapped_column(ForeignKey("doctor.id"))
    practice_id: Mapped[UUID] = mapped_column(ForeignKey("practice.id"))
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"))
    calendar_id: Mapped[UUID | None] = mapped_column(ForeignKey("calendar.id", ondelete="SET NULL"))
    patient_id: Mapped[UUID | None] = mapped_column(ForeignKey("patient.id"))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    visitor_id: Mapped[UUID | None] = mapped_column(ForeignKey("visitor.id", ondelete="SET NULL"))
    offer_for: Mapped[UUID | None] = mapped_column(ForeignKey("booking.id"))

    state: Mapped[State] = mapped_column(one_of(State))
    starts: Mapped[datetime] = mapped_column(Instant)
    # The end of the visit itself; its cells also hold the buffers.
    ends: Mapped[datetime] = mapped_column(Instant)
    held_until: Mapped[datetime | None] = mapped_column(Instant)
    extensions: Mapped[int] = mapped_column(default=0)
    answer_by: Mapped[datetime | None] = mapped_column(Instant)
    manual: Mapped[bool] = mapped_column(default=False)
    extra: Mapped[bool] = mapped_column(default=False)
    over_count: Mapped[bool] = mapped_column(default=False)
    late: Mapped[bool] = mapped_column(default=False)

    origin: Mapped[Origin] = mapped_column(one_of(Origin))
    channel: Mapped[str] = mapped_column(String(24), default="direct")
    network: Mapped[str] = mapped_column(String(64), default="")
    lang: Mapped[str] = mapped_column(String(2), default="lv")
    pays: Mapped[Pays | None] = mapped_column(one_of(Pays))
    insurer: Mapped[str] = mapped_column(String(80), default="")
    policy: Mapped[bytes | None] = mapped_column(LargeBinary)
    code: Mapped[bytes | None] = mapped_column(LargeBinary)
    answers: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Name and phone of the adult who answers for a child.
    representative: Mapped[bytes | None] = mapped_column(LargeBinary)
    word: Mapped[bytes | None] = mapped_column(LargeBinary)

    # Raised by each change of time, place or status: the SEQUENCE of its calendar entry.
    revision: Mapped[int] = mapped_column(default=0)
    # Raised to end every link that was sent before.
    generation: Mapped[int] = mapped_column(default=0)
    price_cents: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(Instant)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[EndedBy | None] = mapped_column(one_of(EndedBy))

    clinic: Mapped[Clinic] = relationship(lazy="raise")
    doctor: Mapped[Doctor] = relationship(lazy="raise")
    practice: Mapped[Practice] = relationship(lazy="raise")
    service: Mapped[Service] = relationship(lazy="raise")
    patient: Mapped[Patient | None] = relationship(lazy="raise")


class Cell(Base):
    """Five minutes of a doctor's time, sold once: `cell` is Unix seconds / 300. The primary key is promise 1."""

    __tablename__ = "cell"

    doctor_id: Mapped[UUID] = mapped_column(ForeignKey("doctor.id"), primary_key=True)
    cell: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    booking_id: Mapped[UUID] = mapped_column(ForeignKey("booking.id"), index=True)
