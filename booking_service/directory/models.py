"""Clinics, doctors, practices and services as rows. Content is their only source; `sync` their only writer.

What only pages and letters show stands in `facts` (JSON, as content says it); what queries and rules need has a column.
Withdrawn rows stay for old bookings. The slug is the identity; a renamed slug stays findable through OldSlug.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking_service.db import Base, Instant, Json, id_column, one_of


class Payer(StrEnum):
    """Who pays for a service, and which kind of calendar holds its times."""

    STATE = "state"
    PAID = "paid"


class Where(StrEnum):
    ON_SITE = "on-site"
    VIDEO = "video"
    PHONE = "phone"
    HOME = "home"


class CodeRule(StrEnum):
    """When a clinic asks for the personal code; without one, a birth date."""

    ALWAYS = "always"
    STATE = "state"
    NEVER = "never"


class Clinic(Base):
    __tablename__ = "clinic"

    id: Mapped[UUID] = id_column()
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    names: Mapped[dict[str, str]] = mapped_column(Json)
    number_prefix: Mapped[str] = mapped_column(String(3), unique=True)
    town: Mapped[str] = mapped_column(String(80), index=True)
    zone: Mapped[str] = mapped_column(String(40), default="Europe/Riga")
    # Opening hours, a list of [weekday 0-6, start, end] in minutes after local midnight: answers are due in them.
    hours: Mapped[list[list[int]]] = mapped_column(Json)
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)

    settings: Mapped["ClinicSettings"] = relationship(back_populates="clinic", lazy="joined", innerjoin=False)


class ClinicSettings(Base):
    """What the clinic itself decides at the desk; sync makes the row and never changes it."""

    __tablename__ = "clinic_settings"

    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinic.id"), primary_key=True)
    ask_code: Mapped[CodeRule] = mapped_column(one_of(CodeRule), default=CodeRule.ALWAYS)
    works_on_holidays: Mapped[bool] = mapped_column(default=False)
    # Opening days that the clinic has to answer a request: 1 is the end of the next opening day.
    answer_days: Mapped[int] = mapped_column(default=1)
    remind_days: Mapped[list[int]] = mapped_column(Json, default=lambda: [1])
    desk_letters: Mapped[str] = mapped_column(String(12), default="none")
    missed_limit: Mapped[int | None]
    waiting_together: Mapped[bool] = mapped_column(default=False)
    letter_texts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    frame_origins: Mapped[list[str]] = mapped_column(Json, default=list)

    clinic: Mapped[Clinic] = relationship(back_populates="settings")


class Doctor(Base):
    """A card that can be booked: a person, a room or a device. Its row is what a booking locks."""

    __tablename__ = "doctor"

    id: Mapped[UUID] = id_column()
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(12))
    names: Mapped[dict[str, str]] = mapped_column(Json)
    sort_key: Mapped[str] = mapped_column(String(200), index=True)
    specialties: Mapped[list[str]] = mapped_column(Json)
    away_until: Mapped[date | None]
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)


class OldSlug(Base):
    """A former address of a clinic or doctor; it leads on for good."""

    __tablename__ = "old_slug"

    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    target_id: Mapped[UUID]


class TermKind(StrEnum):
    SPECIALTY = "specialty"
    TOWN = "town"
    INSURER = "insurer"


class Term(Base):
    """A specialty, town or insurer of content's tables, as pages of the service name one.

    `facts` hold a specialty's `plural` and `lay` words and its `kind`, and a town's `in` ("in Riga").
    """

    __tablename__ = "term"

    kind: Mapped[TermKind] = mapped_column(one_of(TermKind), primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    names: Mapped[dict[str, str]] = mapped_column(Json)
    facts: Mapped[dict[str, Any]] = mapped_column(Json)


class Practice(Base):
    """A doctor at a clinic, the one owner of booking limits. Minutes, but `horizon_days`."""

    __tablename__ = "practice"
    __table_args__ = (UniqueConstraint("doctor_id", "clinic_id", "branch"), Index("ix_practice_clinic_id", "clinic_id"))

    id: Mapped[UUID] = id_column()
    doctor_id: Mapped[UUID] = mapped_column(ForeignKey("doctor.id"))
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinic.id"))
    branch: Mapped[str] = mapped_column(String(80), default="")
    # Where it really is: a branch may stand in another town than its clinic.
    town: Mapped[str] = mapped_column(String(80), index=True)
    notice_minutes: Mapped[int]
    horizon_days: Mapped[int]
    cancel_by_minutes: Mapped[int]
    visits_at_a_time: Mapped[int]
    arrive_early_minutes: Mapped[int] = mapped_column(default=0)
    own_patients_only: Mapped[bool] = mapped_column(default=False)
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)

    doctor: Mapped[Doctor] = relationship(lazy="raise")
    clinic: Mapped[Clinic] = relationship(lazy="raise")
    services: Mapped[list["Service"]] = relationship(
        lazy="raise", order_by="Service.position", back_populates="practice"
    )


class Service(Base):
    """What is booked: `minutes` of visit plus the buffers on both sides. `price_cents` None means not stated."""

    __tablename__ = "service"
    __table_args__ = (
        UniqueConstraint("practice_id", "slug"),
        CheckConstraint("minutes > 0 AND minutes % 5 = 0", name="minutes"),
        CheckConstraint("buffer_before >= 0 AND buffer_before % 5 = 0", name="buffer_before"),
        CheckConstraint("buffer_after >= 0 AND buffer_after % 5 = 0", name="buffer_after"),
    )

    id: Mapped[UUID] = id_column()
    practice_id: Mapped[UUID] = mapped_column(ForeignKey("practice.id"))
    slug: Mapped[str] = mapped_column(String(80))
    old_slugs: Mapped[list[str]] = mapped_column(Json, default=list)
    position: Mapped[int]
    titles: Mapped[dict[str, str]] = mapped_column(Json)
    payer: Mapped[Payer] = mapped_column(one_of(Payer))
    place: Mapped[Where] = mapped_column(one_of(Where))
    minutes: Mapped[int]
    buffer_before: Mapped[int] = mapped_column(default=0)
    buffer_after: Mapped[int] = mapped_column(default=0)
    price_cents: Mapped[int | None]
    bookable: Mapped[bool] = mapped_column(default=True)
    referral: Mapped[bool] = mapped_column(default=False)
    ages_from: Mapped[int | None]
    ages_to: Mapped[int | None]
    facts: Mapped[dict[str, Any]] = mapped_column(Json)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)

    practice: Mapped[Practice] = relationship(lazy="raise", back_populates="services")
