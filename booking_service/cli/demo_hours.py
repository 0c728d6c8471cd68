"""Hours of the demo: every practice can be booked, each doctor on some weekdays, with a break at noon."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from booking_service.calendars import actions as calendars
from booking_service.calendars.models import Approval, Calendar, WeeklyHours
from booking_service.calendars.slots import WeekSpan
from booking_service.cli.demo_people import identity
from booking_service.directory.models import Clinic, Payer, Practice

NOON = (12 * 60 + 30, 13 * 60)
LATEST = 18 * 60
BY_HAND = 0.22
AWAY = 0.05


@dataclass
class Rows:
    """Calendars and their hours on their way into the database, many at once."""

    calendars: list[dict[str, Any]] = field(default_factory=list)
    hours: list[dict[str, Any]] = field(default_factory=list)

    def add(self, practice_id: UUID, payer: Payer, approval: Approval, spans: Sequence[WeekSpan], rng: Random) -> None:
        calendar_id = identity(rng)
        self.calendars.append({"id": calendar_id, "practice_id": practice_id, "payer": payer, "approval": approval})
        for span in spans:
            times = {"weekday": span.weekday, "start_minute": span.start, "end_minute": span.end}
            self.hours.append({"id": identity(rng), "calendar_id": calendar_id, **times})

    def join(self, other: "Rows") -> None:
        self.calendars += other.calendars
        self.hours += other.hours

    def write(self, session: Session) -> None:
        if self.calendars:
            session.execute(insert(Calendar), self.calendars)
            session.execute(insert(WeeklyHours), self.hours)


def open_practice(clinic: Clinic, practice: Practice, weekdays: Sequence[int], rng: Random) -> Rows:
    """A practice's calendars on these weekdays; the state pays in the morning where there are both payers."""
    rows = Rows()
    payers = sorted({service.payer for service in practice.services if service.bookable}, reverse=True)
    for payer in payers:
        spans = [span for day in weekdays for span in _day(clinic.hours, day, payer, len(payers) > 1)]
        if spans:
            approval = Approval.MANUAL if payer is Payer.PAID and rng.random() < BY_HAND else Approval.AUTOMATIC
            rows.add(practice.id, payer, approval, spans, rng)
    return rows


def weekdays_of(number: int, count: int, rng: Random) -> list[int]:
    """The weekdays of a doctor's practice, `number` of `count`: no doctor is at two clinics on one day."""
    days = [day for day in range(6) if day % count == number]
    return days if count > 1 or rng.random() < 0.5 else sorted(rng.sample(days, rng.randrange(3, 6)))


def send_away(session: Session, practice: Practice, rng: Random, now: datetime) -> bool:
    """Let a few doctors be away next week."""
    if rng.random() >= AWAY:
        return False
    first = (now + timedelta(days=8 - now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    calendars.add_day_off(
        session,
        doctor_id=practice.doctor_id,
        clinic_id=practice.clinic_id,
        starts=first,
        ends=first + timedelta(days=3),
        reason="",
        now=now,
    )
    return True


def _day(hours: Sequence[Sequence[int]], weekday: int, payer: Payer, both: bool) -> list[WeekSpan]:
    """A weekday's spans inside the clinic's opening hours."""
    spans = []
    for day, opens, closes in hours:
        if day != weekday:
            continue
        start, end = -(-opens // 5) * 5, min(closes, LATEST) // 5 * 5
        halves = [(start, min(end, NOON[0])), (max(start, NOON[1]), end)]
        if both:
            halves = halves[:1] if payer is Payer.STATE else halves[1:]
        spans += [WeekSpan(weekday, *half) for half in halves if half[1] - half[0] >= 60]
    return spans
