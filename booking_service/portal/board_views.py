"""The board of a town as pages show it. What it says is kept for its minute: it is the same for everybody.

Kept in the process and by the clock alone: a change need tell nobody, since the board itself says how old it is, and
what one presses on it is asked anew. Nothing of it is stored, so that it is true even where no worker has come by yet.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from booking_service.bookings.availability import Slot
from booking_service.bookings.board import Board, Line, Town, board, towns
from booking_service.bookings.letters import said
from booking_service.directory import cards
from booking_service.directory.models import Service, Term, TermKind
from booking_service.portal.live_views import StripMark
from booking_service.portal.offers import offer_of
from theme.words import current

T = TypeVar("T")
MOST = 7
"""So many lines stand on the home page."""


@dataclass(frozen=True)
class FirstTime:
    """A time and the address where it is one press away; `doctor` is whose it is."""

    start: datetime
    day: date
    href: str
    doctor: str
    zone: str


@dataclass(frozen=True)
class BoardRow:
    """A specialty of the board. `queue` is what a practice says of its queue, empty for none."""

    slug: str
    name: str
    lay: str
    state: FirstTime | None
    paid: FirstTime | None
    own_only: bool
    queue: str
    strip: tuple[StripMark, ...]

    @property
    def free_days(self) -> int:
        return sum(1 for mark in self.strip if mark.level)


@dataclass(frozen=True)
class _Kept:
    """What a minute's board is made of, in no language yet."""

    board: Board
    services: Mapping[UUID, Service]
    towns: tuple[Town, ...]
    terms: Mapping[tuple[TermKind, str], Term]


def shown(session: Session, wanted: str, now: datetime, most: int | None = None) -> dict[str, Any]:
    """What the templates need, for a town that is asked for or else the one with most doctors; `rows` may be cut.

    Where nobody can be booked anywhere `town` is None.
    """
    kept = _kept(session, wanted, now)
    if kept is None:
        return {"town": None, "rows": [], "towns": []}
    town = kept.board.town.slug
    term = kept.terms.get((TermKind.TOWN, town))
    return {
        "town": town,
        # Terms come with the first sync after the tables: until then a town is called by its address.
        "in_town": said(term.facts["in"], current()) if term else town,
        "towns": [(one.slug, _name(kept, TermKind.TOWN, one.slug)) for one in kept.towns],
        "rows": [_row(kept, line) for line in kept.board.lines[:most]],
        "count": len(kept.board.lines),
        "made_at": kept.board.made_at,
        "today": kept.board.today,
        "zone": kept.board.town.zone,
    }


def _kept(session: Session, wanted: str, now: datetime) -> _Kept | None:
    tenth = now.replace(minute=now.minute // 10 * 10, second=0, microsecond=0)
    every = _remembered("", tenth, lambda: tuple(towns(session)))
    town = next((one for one in every if one.slug == wanted), every[0] if every else None)
    if town is None:
        return None
    return _remembered(town.slug, now.replace(second=0, microsecond=0), lambda: _made(session, town, every, now))


def _remembered(name: str, mark: datetime, make: Callable[[], T]) -> T:
    """What was made under this name while the mark is the same; nothing at all is not remembered."""
    kept: dict[str, tuple[datetime, T]] = current_app.extensions.setdefault("boards", {})
    known = kept.get(name)
    if known is None or known[0] != mark or not known[1]:
        known = kept[name] = (mark, make())
    return known[1]


def _made(session: Session, town: Town, every: tuple[Town, ...], now: datetime) -> _Kept:
    made = board(session, town, now)
    slots = [slot for line in made.lines for slot in (line.state, line.paid) if slot]
    services = cards.services_by_id(session, [slot.service_id for slot in slots])
    terms = session.scalars(select(Term).where(Term.kind.in_([TermKind.SPECIALTY, TermKind.TOWN]))).all()
    # They outlive the request, and must not be read again with another's session.
    session.expunge_all()
    return _Kept(made, services, every, {(term.kind, term.slug): term for term in terms})


def _row(kept: _Kept, line: Line) -> BoardRow:
    term = kept.terms.get((TermKind.SPECIALTY, line.specialty))
    first = kept.board.today
    return BoardRow(
        slug=line.specialty,
        name=_name(kept, TermKind.SPECIALTY, line.specialty),
        lay=said(term.facts.get("lay"), current()) if term else "",
        state=_time(kept, line.state),
        paid=_time(kept, line.paid),
        own_only=line.own_only,
        queue=said(line.queue["length"], current()) if line.queue else "",
        strip=tuple(StripMark(first + timedelta(days=number), level) for number, level in enumerate(line.levels)),
    )


def _name(kept: _Kept, kind: TermKind, slug: str) -> str:
    term = kept.terms.get((kind, slug))
    return said(term.names, current()) if term else slug


def _time(kept: _Kept, slot: Slot | None) -> FirstTime | None:
    service = kept.services.get(slot.service_id) if slot else None
    if slot is None or service is None:
        return None
    offer = offer_of(service)
    return FirstTime(slot.start, slot.day, offer.href_at(slot.start), offer.doctor.name, offer.zone)
