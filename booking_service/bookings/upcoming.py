"""What the maintained openings say of services: where to begin asking for their times, and how free their days are."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from booking_service.bookings.availability import EVENING, FEW, Slot
from booking_service.calendars.models import Opening
from booking_service.directory.cards import OPEN
from booking_service.directory.models import Clinic, Doctor, Practice, Service

When = Literal["evening", "weekend"]
SATURDAY = 5

_SAID = (Opening.first, Opening.first_evening, Opening.first_weekend, Opening.days_from, Opening.days)

_OF_PRACTICES = select(Opening.service_id, *_SAID).where(
    Opening.practice_id.in_(bindparam("practices", expanding=True))
)

_OF_DOCTORS = (
    select(Practice.doctor_id, Service.id, Opening.service_id, *_SAID)
    .select_from(Service)
    .join(Practice, Practice.id == Service.practice_id)
    .join(Doctor, Doctor.id == Practice.doctor_id)
    .join(Clinic, Clinic.id == Practice.clinic_id)
    .outerjoin(Opening, (Opening.practice_id == Practice.id) & (Opening.service_id == Service.id))
    .where(Doctor.slug.in_(bindparam("doctors", expanding=True)), *OPEN)
    .order_by(Doctor.slug, Clinic.slug, Practice.branch, Service.position)
)


class Upcoming(NamedTuple):
    """The opening of a service. None is nothing inside the horizon; `days` None is not counted yet."""

    first: datetime | None
    evening: datetime | None
    weekend: datetime | None
    days_from: date | None
    days: str | None

    def begins(self, when: When | None) -> datetime | None:
        """The first start of all, or of evenings or weekends only."""
        return self.first if when is None else self.evening if when == "evening" else self.weekend


class Candidate(NamedTuple):
    """A service that may be shown for its doctor; `opening` is None where nobody has asked for its times yet."""

    doctor_id: UUID
    service_id: UUID
    opening: Upcoming | None


def of_doctors(session: Session, slugs: Collection[str]) -> list[Candidate]:
    """The services bookable online of these doctors, in the order of their cards. One query."""
    rows: Iterable[Any] = session.connection().execute(_OF_DOCTORS, {"doctors": list(slugs)})
    return [
        Candidate(doctor_id, service_id, Upcoming(*said) if opened else None)
        for doctor_id, service_id, opened, *said in rows
    ]


def of_practices(session: Session, practices: Collection[UUID]) -> dict[UUID, Upcoming]:
    """The openings of practices by service, in one query. A service may have none yet: nobody has asked for it."""
    rows: Iterable[Any] = session.connection().execute(_OF_PRACTICES, {"practices": list(practices)})
    return {service_id: Upcoming(*row) for service_id, *row in rows}


def levels(openings: Sequence[Upcoming], today: date, days: int) -> list[int] | None:
    """How free the next days are, all services of a doctor together: 0 nothing, 1 a few times, 2 more; None is unknown.

    Services of one doctor share the same hours, so that the freest counts and not their sum.
    """
    counted = [counts(opening.days_from, opening.days, today, days) for opening in openings]
    known = [each for each in counted if each is not None]
    return [level(max(day)) for day in zip(*known, strict=True)] if known else None


def counts(days_from: date | None, digits: str | None, today: date, days: int) -> list[int] | None:
    """The free starts of the days from today on, none of days beyond what was counted; None where nothing was.

    Of many starts no more than `openings.MANY` are told.
    """
    if digits is None or days_from is None:
        return None
    past = max(0, (today - days_from).days)
    return [int(digit) for digit in digits[past : past + days].ljust(days, "0")]


def level(count: int) -> int:
    """How a day with so many free starts is drawn: 0 nothing, 1 a few, 2 more."""
    return 0 if not count else 1 if count <= FEW else 2


def fits(slot: Slot, when: When | None) -> bool:
    """Whether a slot lies in an evening or a weekend, where that is asked for."""
    return when is None or (slot.minute >= EVENING if when == "evening" else slot.day.weekday() >= SATURDAY)
