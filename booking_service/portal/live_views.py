"""What live blocks say: each service's next day with times, and the fortnight's strip. A few queries for any number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from booking_service.bookings.availability import Slot, StripDay, strip_of, walk
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
    for; the strip is of all services together."""

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
    today = now.astimezone(ZoneInfo(offer.zone)).date()
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


def live_rows(session: Session, services: Sequence[Service], now: datetime) -> dict[str, LiveRow]:
    """By the slug of the doctor."""
    by_doctor: dict[str, list[LiveOffer]] = {}
    for live in live_offers(session, services, now):
        by_doctor.setdefault(live.offer.doctor.slug, []).append(live)
    return {slug: _row(offers) for slug, offers in by_doctor.items()}


def _row(offers: Sequence[LiveOffer]) -> LiveRow:
    levels: dict[date, int] = {}
    for live in offers:
        for mark in live.strip:
            levels[mark.date] = max(levels.get(mark.date, 0), mark.level)
    first = next((live for live in offers if live.slots), offers[0])
    return LiveRow(first, tuple(StripMark(day, level) for day, level in sorted(levels.items())))


def _marks(days: Sequence[StripDay]) -> tuple[StripMark, ...]:
    return tuple(StripMark(day.day, day.level) for day in days)
