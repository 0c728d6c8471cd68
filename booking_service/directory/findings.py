"""What search looks through: rows derived from content by `sync` alone, plain and indexed alike on every database.

A finding is a service of a practice with all that search asks of it. Words lead from what is typed to doctors, clinics,
specialties, towns and services; slips lead from a mistyped word to the words that it may mean.
"""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from booking_service.db import Base, id_column, one_of
from booking_service.directory.models import Payer

LONGEST_WORD = 40
# Beginnings of words are looked up as ranges, which only an order by code points makes right.
_Word = String(LONGEST_WORD).with_variant(String(LONGEST_WORD, collation="C"), "postgresql")


class Found(StrEnum):
    """What a word may lead to. `target` is a slug; a service's is its Latvian title, folded."""

    DOCTOR = "doctor"
    CLINIC = "clinic"
    SPECIALTY = "specialty"
    TOWN = "town"
    SERVICE = "service"


class Finding(Base):
    """A service of a practice, once for each of the doctor's specialties; a practice without services stands alone.

    `id` is that of the service, or of the practice that has none. `position` is the place in the doctor's card, whose
    practices stand in the order in which pages show them. `languages` and `insurers` are lists like ",lv,ru,".
    """

    __tablename__ = "finding"
    __table_args__ = (Index("ix_finding_specialty", "specialty", "town"),)

    id: Mapped[UUID] = id_column()
    specialty: Mapped[str] = mapped_column(String(80), primary_key=True)
    doctor: Mapped[str] = mapped_column(String(80), index=True)
    practice_id: Mapped[UUID]
    clinic: Mapped[str] = mapped_column(String(80), index=True)
    town: Mapped[str] = mapped_column(String(80), index=True)
    title: Mapped[str] = mapped_column(String(200), index=True)
    position: Mapped[int]
    payer: Mapped[Payer | None] = mapped_column(one_of(Payer))
    price_cents: Mapped[int | None]
    online: Mapped[bool]
    remote: Mapped[bool]
    children: Mapped[bool]
    languages: Mapped[str] = mapped_column(Text)
    insurers: Mapped[str] = mapped_column(Text)


class FindingWord(Base):
    """A folded word by which something is found."""

    __tablename__ = "finding_word"
    __table_args__ = ({"sqlite_with_rowid": False},)

    word: Mapped[str] = mapped_column(_Word, primary_key=True)
    kind: Mapped[Found] = mapped_column(one_of(Found), primary_key=True)
    target: Mapped[str] = mapped_column(String(200), primary_key=True)


class FindingSlip(Base):
    """What is left of a word's beginning when one or two letters are taken out of it: see `slips`."""

    __tablename__ = "finding_slip"
    __table_args__ = ({"sqlite_with_rowid": False},)

    rest: Mapped[str] = mapped_column(String(8), primary_key=True)
    word: Mapped[str] = mapped_column(_Word, primary_key=True)
