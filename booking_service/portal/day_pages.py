"""Free times laid out in days: the next that have any, a few at once, with the way to earlier and later ones. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from booking_service.bookings.availability import Slot

DAYS = 5
NOON = 12 * 60
LATE = 16 * 60


class When(StrEnum):
    """Which times a visitor wants to see, by local wall time."""

    ALL = "all"
    EARLY = "early"
    LATE = "late"


@dataclass(frozen=True)
class Part:
    """A part of a day: morning, afternoon or evening."""

    name: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Day:
    """A day with times; `skipped` are the days without any since the one shown before."""

    day: date
    parts: tuple[Part, ...]
    skipped: tuple[date, ...]


@dataclass(frozen=True)
class DayPage:
    """`earlier` and `later` begin the neighbouring pages, None at the ends; `first` is the very first slot of all."""

    days: tuple[Day, ...]
    earlier: date | None
    later: date | None
    first: Slot | None
    today: date


def page_of(slots: Sequence[Slot], *, when: When = When.ALL, from_day: date | None = None, today: date) -> DayPage:
    """Lay out ascending slots from a day on (None: from the first that has any)."""
    grouped: dict[date, list[Slot]] = {}
    for slot in slots:
        if _wanted(slot, when):
            grouped.setdefault(slot.day, []).append(slot)
    every = list(grouped)
    at = next((number for number, day in enumerate(every) if from_day is None or day >= from_day), len(every))
    if at == len(every) and every:
        at = (len(every) - 1) // DAYS * DAYS
    shown = every[at : at + DAYS]
    return DayPage(
        days=tuple(_day(day, grouped[day], shown[number - 1] if number else None) for number, day in enumerate(shown)),
        earlier=every[max(0, at - DAYS)] if at else None,
        later=every[at + DAYS] if at + DAYS < len(every) else None,
        first=slots[0] if slots else None,
        today=today,
    )


def _wanted(slot: Slot, when: When) -> bool:
    if when is When.EARLY:
        return slot.minute < NOON
    return slot.minute >= LATE if when is When.LATE else True


def _day(day: date, slots: Sequence[Slot], before: date | None) -> Day:
    parts: dict[str, list[Slot]] = {"morning": [], "afternoon": [], "evening": []}
    for slot in slots:
        parts["morning" if slot.minute < NOON else "afternoon" if slot.minute < LATE else "evening"].append(slot)
    gap = (day - before).days - 1 if before else 0
    return Day(
        day=day,
        parts=tuple(Part(name, tuple(of_part)) for name, of_part in parts.items()),
        skipped=tuple(day - timedelta(days=number) for number in range(gap, 0, -1)),
    )
