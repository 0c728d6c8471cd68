"""Found doctors as rows: card, place, payers, and the next times of what was found, one press away from booking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy.orm import Session

from booking_service.bookings.letters import said
from booking_service.directory.models import Payer, Practice
from booking_service.portal.live_views import LiveRow, rows_of
from booking_service.portal.offers import DoctorCard, doctor_card, phone_of, street
from booking_service.search import store
from booking_service.search.answers import Answer
from booking_service.search.store import Offering
from theme.words import current

PAYERS: tuple[Literal["state", "paid"], ...] = ("state", "paid")


@dataclass(frozen=True)
class FoundRow:
    """`live` is None where nothing that was found is booked online; then `phone` may be called."""

    doctor: DoctorCard
    place: str
    payers: tuple[Literal["state", "paid"], ...]
    live: LiveRow | None
    phone: str


def found_rows(session: Session, answer: Answer, now: datetime) -> list[FoundRow]:
    """The doctors of the page. Times are asked again, so by time a row may move: it stands where they put it."""
    online = [one.candidate for of in answer.found.values() for one in of if one.candidate]
    live = rows_of(session, online, now, when=answer.question.when) if online else {}
    others = {slug: of[0].practice_id for slug, of in answer.found.items() if slug not in live}
    practices = {one.id: one for one in store.practices(session, list(others.values()))} if others else {}
    rows = [
        _live_row(live[slug], of) if slug in live else _row(practices[others[slug]], of)
        for slug, of in answer.found.items()
    ]
    return sorted(rows, key=_starts) if answer.question.sort == "time" else rows


def _starts(row: FoundRow) -> datetime:
    return row.live.first.slots[0].start if row.live and row.live.first.slots else datetime.max.replace(tzinfo=UTC)


def _live_row(live: LiveRow, found: Sequence[Offering]) -> FoundRow:
    offer = live.first.offer
    return FoundRow(offer.doctor, f"{offer.clinic_name}, {offer.address}", _payers(found), live, offer.phone)


def _row(practice: Practice, found: Sequence[Offering]) -> FoundRow:
    clinic = practice.clinic
    place = f"{said(clinic.names, current())}, {street(practice)}"
    return FoundRow(doctor_card(practice.doctor), place, _payers(found), None, phone_of(practice, clinic))


def _payers(found: Sequence[Offering]) -> tuple[Literal["state", "paid"], ...]:
    return tuple(payer for payer in PAYERS if any(one.payer is Payer(payer) for one in found))
