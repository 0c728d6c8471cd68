"""A clinic with a doctor, services and calendars: valid and open by default."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from booking_service.calendars.models import Approval, Calendar, WeeklyHours
from booking_service.directory.models import Clinic, ClinicSettings, Doctor, Payer, Practice, Service, Where

WORKING_WEEK = [[weekday, 8 * 60, 19 * 60] for weekday in range(5)]
PREFIXES = [a + b for a in "VABCDEFGHJKLMNPRSTUZ" for b in "RABCDEFGHJKLMNPSTUVZ"]


@dataclass(frozen=True)
class House:
    """One practice with everything round it."""

    clinic: Clinic
    doctor: Doctor
    practice: Practice
    service: Service
    calendar: Calendar


def clinic(session: Session, slug: str = "veja-roze", *, prefix: str = "VR", **values: Any) -> Clinic:
    """A clinic of Riga, open on weekdays from 8 to 19."""
    settings = values.pop("settings", {})
    facts = {
        "email": f"registratura@{slug}.example",
        "phones": ["+37160000012"],
        "address": {"street": "Kastaņu aleja 12", "town": "riga", "town_names": {"lv": "Rīga", "en": "Riga"}},
    }
    fields: dict[str, Any] = {
        "names": {"lv": "Klīnika „Vēja roze”", "ru": "Клиника «Vēja roze»", "en": "“Vēja roze” clinic"},
        "town": "riga",
        "zone": "Europe/Riga",
        "hours": WORKING_WEEK,
        "facts": facts,
    }
    made = Clinic(id=uuid4(), slug=slug, number_prefix=prefix, **(fields | values))
    session.add(made)
    session.flush()
    session.add(ClinicSettings(clinic_id=made.id, **settings))
    session.flush()
    return made


def doctor(session: Session, slug: str = "ilze-berzina", **values: Any) -> Doctor:
    fields: dict[str, Any] = {
        "kind": "doctor",
        "names": {"lv": "Ilze Bērziņa"},
        "sort_key": "berzina ilze",
        "specialties": ["kardiologs"],
        "facts": {"cases": {"visit_to": {"lv": "pie ārstes Ilzes Bērziņas"}}},
    }
    made = Doctor(id=uuid4(), slug=slug, **(fields | values))
    session.add(made)
    session.flush()
    return made


def practice(session: Session, of: Doctor, at: Clinic, **values: Any) -> Practice:
    """A doctor at a clinic with the usual limits, none of them in the way of a test's next morning."""
    fields: dict[str, Any] = {
        "town": at.town,
        "notice_minutes": 120,
        "horizon_days": 90,
        "cancel_by_minutes": 24 * 60,
        "visits_at_a_time": 2,
        "facts": {"room": "304", "floor": "3", "place": dict(at.facts.get("address", {}))},
    }
    made = Practice(id=uuid4(), doctor_id=of.id, clinic_id=at.id, **(fields | values))
    session.add(made)
    session.flush()
    return made


def service(session: Session, of: Practice, slug: str = "konsultacija", **values: Any) -> Service:
    """A paid consultation of half an hour."""
    fields: dict[str, Any] = {
        "position": 0,
        "titles": {"lv": "Konsultācija", "ru": "Консультация", "en": "Consultation"},
        "payer": Payer.PAID,
        "place": Where.ON_SITE,
        "minutes": 30,
        "price_cents": 5500,
        "facts": {},
    }
    made = Service(id=uuid4(), practice_id=of.id, slug=slug, **(fields | values))
    session.add(made)
    session.flush()
    return made


def calendar(session: Session, of: Practice, hours: Sequence[Sequence[int]] | None = None, **values: Any) -> Calendar:
    """A calendar that confirms at once, by default on weekdays from 9 to 12 and from 13 to 17."""
    if hours is None:
        hours = [[weekday, start, end] for weekday in range(5) for start, end in ((540, 720), (780, 1020))]
    fields: dict[str, Any] = {"payer": Payer.PAID, "approval": Approval.AUTOMATIC}
    made = Calendar(id=uuid4(), practice_id=of.id, **(fields | values))
    session.add(made)
    session.flush()
    for weekday, start, end in hours:
        session.add(WeeklyHours(calendar_id=made.id, weekday=weekday, start_minute=start, end_minute=end))
    session.flush()
    return made


def house(session: Session, *, number: int = 0, **values: Any) -> House:
    """A clinic, doctor, practice, service and calendar. `values` go to the part that they are prefixed with.

    `house(session, service_minutes=45, practice_notice_minutes=0)`.
    """
    parts: dict[str, dict[str, Any]] = {"clinic": {}, "doctor": {}, "practice": {}, "service": {}, "calendar": {}}
    for name, value in values.items():
        part, _, field = name.partition("_")
        parts[part][field] = value
    suffix = f"-{number}" if number else ""
    at = clinic(session, **({"slug": f"veja-roze{suffix}", "prefix": PREFIXES[number]} | parts["clinic"]))
    who = doctor(session, **({"slug": f"ilze-berzina{suffix}"} | parts["doctor"]))
    there = practice(session, who, at, **parts["practice"])
    what = service(session, there, **parts["service"])
    when = calendar(session, there, **({"payer": what.payer} | parts["calendar"]))
    return House(at, who, there, what, when)


def instant(text: str, zone: str = "Europe/Riga") -> datetime:
    """An instant of local wall time: `instant("2027-03-03 10:00")`."""
    from zoneinfo import ZoneInfo

    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def ids(*rows: Any) -> list[UUID]:
    return [row.id for row in rows]
