"""When a practice can be booked. Hours are minutes after local midnight at the clinic; days are local dates.

A calendar belongs to a practice and one payer; it may be stricter than the practice, never laxer.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking_service.db import Base, Instant, Json, id_column, one_of
from booking_service.directory.models import Payer


class Approval(StrEnum):
    AUTOMATIC = "automatic"
    MANUAL = "manual"


class OpenTo(StrEnum):
    """Whom a calendar's times are offered to."""

    ALL = "all"
    OWN_PATIENTS = "own-patients"
    DESK = "desk"


class Calendar(Base):
    __tablename__ = "calendar"
    __table_args__ = (Index("ix_calendar_practice_id", "practice_id"),)

    id: Mapped[UUID] = id_column()
    practice_id: Mapped[UUID] = mapped_column(ForeignKey("practice.id"))
    title: Mapped[str] = mapped_column(String(80), default="")
    payer: Mapped[Payer] = mapped_column(one_of(Payer))
    approval: Mapped[Approval] = mapped_column(one_of(Approval), default=Approval.AUTOMATIC)
    open_to: Mapped[OpenTo] = mapped_column(one_of(OpenTo), default=OpenTo.ALL)
    # A calendar kept for own patients or the desk opens to all this many days before.
    open_to_all_days: Mapped[int | None]
    notice_minutes: Mapped[int | None]
    horizon_days: Mapped[int | None]
    # Starts stand on this grid, in minutes from the beginning of each span; none means the service's own length.
    grid_minutes: Mapped[int | None]
    opens_at: Mapped[datetime | None] = mapped_column(Instant)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    # Empty: every service of the practice with this payer; otherwise ids of services.
    services: Mapped[list[str]] = mapped_column(Json, default=list)
    draft: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)

    weekly: Mapped[list["WeeklyHours"]] = relationship(lazy="raise", cascade="all, delete-orphan")


class WeeklyHours(Base):
    """A span of bookable hours on one weekday (0 is Monday). A break is the gap between two spans.

    `week` 0 means every week; rotating plans number their weeks from 1 of `weeks`.
    """

    __tablename__ = "weekly_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("start_minute >= 0 AND start_minute < end_minute AND end_minute <= 1440", name="span"),
        CheckConstraint("start_minute % 5 = 0 AND end_minute % 5 = 0", name="cells"),
        Index("ix_weekly_hours_calendar_id", "calendar_id"),
    )

    id: Mapped[UUID] = id_column()
    calendar_id: Mapped[UUID] = mapped_column(ForeignKey("calendar.id", ondelete="CASCADE"))
    weekday: Mapped[int]
    start_minute: Mapped[int]
    end_minute: Mapped[int]
    week: Mapped[int] = mapped_column(default=0)
    weeks: Mapped[int] = mapped_column(default=1)


class DateException(Base):
    """A single date on which a calendar has other hours than its week says; no spans means closed."""

    __tablename__ = "date_exception"

    calendar_id: Mapped[UUID] = mapped_column(ForeignKey("calendar.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    # A list of [start, end] in minutes after local midnight.
    spans: Mapped[list[list[int]]] = mapped_column(Json)


class DayOff(Base):
    """An interval in which one doctor, or a whole clinic when `doctor_id` is none, takes no visits.

    A doctor's day off with `clinic_id` counts at that clinic alone.
    """

    __tablename__ = "day_off"
    __table_args__ = (
        CheckConstraint("starts < ends", name="order"),
        CheckConstraint("doctor_id IS NOT NULL OR clinic_id IS NOT NULL", name="whose"),
        Index("ix_day_off_doctor_id", "doctor_id", "ends"),
        Index("ix_day_off_clinic_id", "clinic_id", "ends"),
    )

    id: Mapped[UUID] = id_column()
    doctor_id: Mapped[UUID | None] = mapped_column(ForeignKey("doctor.id"))
    clinic_id: Mapped[UUID | None] = mapped_column(ForeignKey("clinic.id"))
    starts: Mapped[datetime] = mapped_column(Instant)
    ends: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(String(40), default="")


class PublicHoliday(Base):
    """A Latvian public holiday or a moved working day. `works` marks a weekend day that is worked instead."""

    __tablename__ = "public_holiday"

    day: Mapped[date] = mapped_column(primary_key=True)
    names: Mapped[dict[str, str]] = mapped_column(Json)
    works: Mapped[bool] = mapped_column(default=False)
    # Which weekday's plan a moved working day follows.
    as_weekday: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(20), default="law")


class Busy(Base):
    """Time taken outside Pieraksts (a doctor's own calendar, a clinic's program): subtracted, never a cell."""

    __tablename__ = "busy"
    __table_args__ = (
        CheckConstraint("starts < ends", name="order"),
        Index("ix_busy_doctor_id", "doctor_id", "ends"),
    )

    id: Mapped[UUID] = id_column()
    doctor_id: Mapped[UUID] = mapped_column(ForeignKey("doctor.id"))
    clinic_id: Mapped[UUID | None] = mapped_column(ForeignKey("clinic.id"))
    starts: Mapped[datetime] = mapped_column(Instant)
    ends: Mapped[datetime] = mapped_column(Instant)
    source: Mapped[str] = mapped_column(String(40))
    outside_id: Mapped[str] = mapped_column(String(200), default="")


class MonthlyCount(Base):
    """How many visits the state pays in a calendar and month, and how many are used; changed with the booking."""

    __tablename__ = "monthly_count"
    __table_args__ = (UniqueConstraint("calendar_id", "month"),)

    id: Mapped[UUID] = id_column()
    calendar_id: Mapped[UUID] = mapped_column(ForeignKey("calendar.id", ondelete="CASCADE"))
    # The first day of the month.
    month: Mapped[date]
    paid_visits: Mapped[int]
    used: Mapped[int] = mapped_column(default=0)
    closed_until: Mapped[date | None]


class Opening(Base):
    """The maintained first free start of a practice's service, and how free its next days are; lists, board and search
    read it.

    Past `valid_until` it must be asked again. None means that nothing is free inside the horizon. `days` tells the free
    starts of each local day from `days_from` on, a digit each, of which the highest means so many or more; it is
    written by the worker alone, a moment after a change, since a booking must not wait for it. None: not counted yet.
    """

    __tablename__ = "opening"

    practice_id: Mapped[UUID] = mapped_column(ForeignKey("practice.id"), primary_key=True)
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    first: Mapped[datetime | None] = mapped_column(Instant)
    first_evening: Mapped[datetime | None] = mapped_column(Instant)
    first_weekend: Mapped[datetime | None] = mapped_column(Instant)
    valid_until: Mapped[datetime] = mapped_column(Instant, index=True)
    days_from: Mapped[date | None]
    days: Mapped[str | None] = mapped_column(String(15))
