"""The board: how soon one can see a doctor of each specialty in a town, from openings, its times asked again.

The town's openings are read as they are and put together here: at most a few statements for any number of doctors. A
board is true for its moment; who shows one says when that was, and keeps it no longer than a minute.
"""

import heapq
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import String, bindparam, cast, func, select
from sqlalchemy.orm import Session

from booking_service.bookings import upcoming
from booking_service.bookings.availability import Slot, next_days
from booking_service.calendars.models import Opening
from booking_service.calendars.store import zone
from booking_service.directory.models import Clinic, Doctor, Payer, Practice, Service

DAYS = 14
ASKED = 2
"""So many of the first openings of a payer are asked again: the very first may have been taken meanwhile."""

# Rooms, devices and nurses are booked too, but the board is of doctors.
_TOWNS = (
    select(Practice.town, func.count(Practice.doctor_id.distinct()), func.min(Clinic.zone))
    .join(Clinic, Clinic.id == Practice.clinic_id)
    .join(Doctor, Doctor.id == Practice.doctor_id)
    .where(select(Opening.practice_id).where(Opening.practice_id == Practice.id).exists(), Doctor.kind == "doctor")
    .group_by(Practice.town)
    .order_by(func.count(Practice.doctor_id.distinct()).desc(), Practice.town)
)

_OPENINGS = (
    select(
        cast(Practice.doctor_id, String),
        cast(Doctor.specialties, String),
        cast(Service.payer, String),
        Practice.own_patients_only,
        cast(Opening.service_id, String),
        Opening.first,
        Opening.days_from,
        Opening.days,
    )
    .select_from(Practice)
    .join(Opening, Opening.practice_id == Practice.id)
    .join(Service, Service.id == Opening.service_id)
    .join(Doctor, Doctor.id == Practice.doctor_id)
    .where(Practice.town == bindparam("town"), Doctor.kind == "doctor")
)

_QUEUES = (
    select(cast(Doctor.specialties, String), Practice.facts["queue"])
    .select_from(Practice)
    .join(Doctor, Doctor.id == Practice.doctor_id)
    .where(
        Practice.town == bindparam("town"),
        Practice.withdrawn_at.is_(None),
        Doctor.withdrawn_at.is_(None),
        Practice.facts["queue"]["checked"].as_string().is_not(None),
    )
    .order_by(Practice.facts["queue"]["checked"].as_string(), Doctor.slug)
)


@dataclass(frozen=True)
class Town:
    """A town with so many doctors who can be booked there."""

    slug: str
    doctors: int
    zone: str


@dataclass(frozen=True)
class Line:
    """A specialty: the first time of each payer, none where nothing is free; and how free its doctors' days are.

    `own_only`: state-paid visits are kept for those on a doctor's list. `queue` is a practice's own word for its
    state-paid queue, {"length": words, "checked": day}, where no state-paid time can be booked.
    """

    specialty: str
    doctors: int
    state: Slot | None
    paid: Slot | None
    own_only: bool
    queue: dict[str, Any] | None
    levels: tuple[int, ...]


@dataclass(frozen=True)
class Board:
    """A town's specialties, those with most bookable doctors first."""

    town: Town
    made_at: datetime
    today: date
    lines: tuple[Line, ...]


@dataclass
class _Gathered:
    """What openings say of one specialty."""

    doctors: dict[str, list[int]] = field(default_factory=dict)
    firsts: dict[str, list[tuple[datetime, str]]] = field(default_factory=lambda: defaultdict(list))
    own: Counter[bool] = field(default_factory=Counter)

    @property
    def own_only(self) -> bool:
        return self.own[True] > self.own[False]

    def candidates(self, payer: Payer) -> list[tuple[datetime, UUID]]:
        """The services with the first openings of a payer; family doctors keep what the state pays for to their own."""
        if payer is Payer.STATE and self.own_only:
            return []
        return [(first, UUID(service)) for first, service in heapq.nsmallest(ASKED, self.firsts[payer])]

    def levels(self) -> tuple[int, ...]:
        return tuple(upcoming.level(sum(day)) for day in zip(*self.doctors.values(), strict=True))


def towns(session: Session) -> list[Town]:
    """Every town where somebody can be booked, the one with most doctors first. One query."""
    return [Town(*row) for row in session.connection().execute(_TOWNS)]


def board(session: Session, town: Town, now: datetime) -> Board:
    """The board of a town at this moment."""
    today = now.astimezone(zone(town.zone)).date()
    gathered = _gathered(session.connection().execute(_OPENINGS, {"town": town.slug}), today)
    first = _asked_again(session, gathered, now)
    queues = _queues(session, town) if any(not first.get((slug, Payer.STATE)) for slug in gathered) else {}
    lines = []
    for slug, one in sorted(gathered.items(), key=lambda item: (-len(item[1].doctors), item[0])):
        state, paid = first.get((slug, Payer.STATE)), first.get((slug, Payer.PAID))
        queue = None if state or one.own_only else queues.get(slug)
        lines.append(Line(slug, len(one.doctors), state, paid, one.own_only, queue, one.levels()))
    return Board(town, now, today, tuple(lines))


def _gathered(rows: Iterable[Any], today: date) -> dict[str, _Gathered]:
    found: dict[str, _Gathered] = defaultdict(_Gathered)
    for doctor, specialties, payer, own, service, first, days_from, days in rows:
        counts = upcoming.counts(days_from, days, today, DAYS) or [0] * DAYS
        for specialty in _listed(specialties):
            one = found[specialty]
            # Services of one doctor share the same hours: the freest counts, not their sum.
            known = one.doctors.get(doctor)
            one.doctors[doctor] = list(map(max, known, counts)) if known else counts
            if first is not None:
                one.firsts[payer].append((first, service))
            if payer == Payer.STATE:
                one.own[bool(own)] += 1
    return found


def _asked_again(
    session: Session, gathered: dict[str, _Gathered], now: datetime
) -> dict[tuple[str, Payer], Slot | None]:
    """The first slot of each specialty and payer, from the one function of free times, all asked together."""
    wanted = {(slug, payer): one.candidates(payer) for slug, one in gathered.items() for payer in Payer}
    since = {service: first for candidates in wanted.values() for first, service in candidates}
    asked = next_days(session, since, now=now, most=1) if since else {}
    return {
        key: min((slot for _, service in candidates for slot in asked[service]), key=_start, default=None)
        for key, candidates in wanted.items()
    }


def _start(slot: Slot) -> datetime:
    return slot.start


def _queues(session: Session, town: Town) -> dict[str, dict[str, Any]]:
    """The queue that was checked last, by specialty."""
    found: dict[str, dict[str, Any]] = {}
    for specialties, queue in session.connection().execute(_QUEUES, {"town": town.slug}):
        found |= dict.fromkeys(_listed(specialties), queue)
    return found


@lru_cache(maxsize=512)
def _listed(specialties: str) -> Sequence[str]:
    """Many doctors share few lists: each text is read once."""
    return tuple(json.loads(specialties))
