"""What live blocks say: a service's next day with times, and the fortnight's strip. A few queries for any number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from sqlalchemy.orm import Session

from booking_service.bookings import upcoming
from booking_service.bookings.availability import Slot, StripDay, next_days, strip_of, walk
from booking_service.bookings.upcoming import Candidate, When
from booking_service.calendars.store import zone
from booking_service.directory import cards
from booking_service.directory.models import Service
from booking_service.portal.offers import Offer, offer_of

STRIP = 14
CHIPS = 3


@dataclass(frozen=True)
class StripMark:
    """A day of the strip as the theme draws it."""

    date: date
    level: int


@dataclass(frozen=True)
class LiveOffer:
    """A service with the times of its next day that has any; `slots` is empty when there is none in the horizon."""

    offer: Offer
    slots: tuple[Slot, ...]
    strip: tuple[StripMark, ...]
    today: date

    @property
    def free_days(self) -> int:
        return sum(1 for day in self.strip if day.level)


@dataclass(frozen=True)
class LiveRow:
    """A doctor in a list: the first service of the card that has times, since a card begins with what most people come
    for; the strip is of all services together, and empty until they are counted."""

    first: LiveOffer
    strip: tuple[StripMark, ...]

    @property
    def free_days(self) -> int:
        return sum(1 for day in self.strip if day.level)


def live_offers(session: Session, services: Sequence[Service], now: datetime) -> list[LiveOffer]:
    """In the order of `services`."""
    walks = walk(session, [service.id for service in services], now=now) if services else {}
    return [_live(offer_of(service), walks, now) for service in services]


def earliest(offers: Sequence[LiveOffer]) -> datetime:
    """The first start of several offers; those without any come last."""
    return min((live.slots[0].start for live in offers if live.slots), default=datetime.max.replace(tzinfo=UTC))


def _live(offer: Offer, walks: dict[UUID, Iterator[Slot]], now: datetime) -> LiveOffer:
    today = now.astimezone(zone(offer.zone)).date()
    slots = list(_enough(walks.get(offer.service_id, iter(())), today))
    first_day = [slot for slot in slots if slot.day == slots[0].day] if slots else []
    return LiveOffer(offer, tuple(first_day[:CHIPS]), _marks(strip_of(slots, today, STRIP)), today)


def _enough(slots: Iterator[Slot], today: date) -> Iterator[Slot]:
    """Times of the fortnight; or, when it has none, of the first day after it. Each start once."""
    end = today + timedelta(days=STRIP)
    first: date | None = None
    for _, same in groupby(slots, key=lambda slot: slot.start):
        slot = next(same)
        first = first or slot.day
        if slot.day >= end and slot.day != first:
            return
        yield slot


def live_rows(
    session: Session, services: Sequence[Service], now: datetime, *, when: When | None = None
) -> dict[str, LiveRow]:
    """By the slug of the doctor, of those services only; `when` shows evening or weekend times alone."""
    known = upcoming.of_practices(session, {service.practice_id for service in services}) if services else {}
    candidates = [Candidate(service.practice.doctor_id, service.id, known.get(service.id)) for service in services]
    return rows_of(session, candidates, now, when=when, loaded={service.id: service for service in services})


def rows_of(
    session: Session,
    candidates: Sequence[Candidate],
    now: datetime,
    *,
    when: When | None = None,
    loaded: Mapping[UUID, Service] | None = None,
) -> dict[str, LiveRow]:
    """The same for services of which no more is known than their openings; only those that are shown are loaded.

    Openings say which service to show and where its times begin; only those times are asked again, all in one go, in a
    fixed number of queries. Where an opening promised what is gone the doctor's next service is asked, in another go.
    """
    of_doctor: dict[UUID, list[Candidate]] = {}
    for candidate in candidates:
        of_doctor.setdefault(candidate.doctor_id, []).append(candidate)
    shown = _first_free(session, of_doctor, now, when)
    chosen = {doctor_id: shown.get(doctor_id, (of[0], [])) for doctor_id, of in of_doctor.items()}
    if loaded is None:
        loaded = cards.services_by_id(session, [candidate.service_id for candidate, _ in chosen.values()])
    rows = {}
    for doctor_id, (candidate, slots) in chosen.items():
        offer = offer_of(loaded[candidate.service_id])
        today = now.astimezone(zone(offer.zone)).date()
        live = LiveOffer(offer, tuple(slots), _strip([candidate], today), today)
        rows[offer.doctor.slug] = LiveRow(live, _strip(of_doctor[doctor_id], today))
    return rows


def _first_free(
    session: Session, of_doctor: Mapping[UUID, Sequence[Candidate]], now: datetime, when: When | None
) -> dict[UUID, tuple[Candidate, list[Slot]]]:
    """The first service of each doctor's card that has times, with the first ones of its next day."""
    begins = {
        one.service_id: begin
        for of in of_doctor.values()
        for one in of
        if (begin := one.opening.begins(when) if one.opening else now) is not None
    }
    left = {doctor_id: [one for one in of if one.service_id in begins] for doctor_id, of in of_doctor.items()}
    found: dict[UUID, tuple[Candidate, list[Slot]]] = {}
    while left := {doctor_id: of for doctor_id, of in left.items() if of and doctor_id not in found}:
        asked = {doctor_id: of.pop(0) for doctor_id, of in left.items()}
        since = {one.service_id: begins[one.service_id] for one in asked.values()}
        days = next_days(session, since, now=now, most=CHIPS, wanted=lambda slot: upcoming.fits(slot, when))
        found |= {doctor_id: (one, days[one.service_id]) for doctor_id, one in asked.items() if days[one.service_id]}
    return found


def _strip(candidates: Sequence[Candidate], today: date) -> tuple[StripMark, ...]:
    levels = upcoming.levels([one.opening for one in candidates if one.opening], today, STRIP)
    return tuple(StripMark(today + timedelta(days=number), level) for number, level in enumerate(levels or ()))


def _marks(days: Sequence[StripDay]) -> tuple[StripMark, ...]:
    return tuple(StripMark(day.day, day.level) for day in days)
