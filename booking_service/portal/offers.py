"""What can be booked, as pages show it: a service of a doctor at a clinic, in the language of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from flask import url_for

from booking_service.bookings.letters import said
from booking_service.directory.models import Clinic, Doctor, Payer, Practice, Service
from booking_service.web.pictures import portrait
from theme.words import current


@dataclass(frozen=True)
class DoctorCard:
    """A doctor as a row or a heading shows one; `family` is empty for a room or a device."""

    slug: str
    name: str
    given: str
    family: str
    profession: str
    picture: Mapping[str, Any] | None


@dataclass(frozen=True)
class Queue:
    """How long a state-paid queue was on the day when it was checked."""

    length: str
    checked: date


@dataclass(frozen=True)
class Offer:
    """A service that can be booked, and where. `phone` is empty when there is none.

    `own_only` marks what the state pays for at a family doctor: times for those on the doctor's list alone.
    """

    service_id: UUID
    doctor: DoctorCard
    slug: str
    title: str
    payer: str
    minutes: int
    price_cents: int | None
    where: str
    referral: bool
    clinic_slug: str
    clinic_name: str
    branch: str
    town: str
    address: str
    phone: str
    zone: str
    horizon_days: int
    away_until: date | None
    own_only: bool
    queue: Queue | None
    hours: Sequence[Sequence[int]]

    @property
    def href(self) -> str:
        """The address of its times."""
        return self.href_at(None)

    def href_at(self, start: datetime | None) -> str:
        """The same with a time chosen, which is then one press away."""
        return url_for(
            "portal.times",
            doctor=self.doctor.slug,
            clinic=self.clinic_slug,
            service=self.slug,
            branch=self.branch or None,
            start=start.astimezone(UTC).isoformat(timespec="minutes") if start else None,
        )


def doctor_card(doctor: Doctor) -> DoctorCard:
    facts, lang = doctor.facts, current()
    name = said(doctor.names, lang)
    return DoctorCard(
        slug=doctor.slug,
        name=name,
        given=facts.get("given") or name,
        family=facts.get("family") or "",
        profession=_in_sentence(said(facts.get("title"), lang)),
        picture=portrait(facts.get("picture")),
    )


def _in_sentence(title: str) -> str:
    """A profession after a name and a comma: "kardioloģe"; a title of capitals stays."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def offer_of(service: Service) -> Offer:
    """Needs the service's practice, doctor and clinic at hand."""
    practice, lang = service.practice, current()
    doctor, clinic = practice.doctor, practice.clinic
    queue = practice.facts.get("queue")
    return Offer(
        service_id=service.id,
        doctor=doctor_card(doctor),
        slug=service.slug,
        title=said(service.titles, lang),
        payer=service.payer.value,
        minutes=service.minutes,
        price_cents=service.price_cents,
        where=service.place.value,
        referral=service.referral,
        clinic_slug=clinic.slug,
        clinic_name=said(clinic.names, lang),
        branch=practice.branch,
        town=clinic.town,
        address=street(practice),
        phone=phone_of(practice, clinic),
        zone=clinic.zone,
        horizon_days=practice.horizon_days,
        away_until=doctor.away_until,
        own_only=practice.own_patients_only and service.payer is Payer.STATE,
        queue=Queue(said(queue["length"], lang), date.fromisoformat(queue["checked"])) if queue else None,
        hours=clinic.hours,
    )


def street(practice: Practice) -> str:
    """Where the practice is: street and town."""
    place = practice.facts.get("place") or {}
    return ", ".join(filter(None, (place.get("street", ""), said(place.get("town_names"), current()))))


def phone_of(practice: Practice, clinic: Clinic) -> str:
    """The number to call about visits to this practice; empty when there is none."""
    place = practice.facts.get("place") or {}
    phones = [practice.facts.get("phone"), *(place.get("phones") or ()), *(clinic.facts.get("phones") or ())]
    return next((phone for phone in phones if phone), "")


def weekday_hours(hours: Sequence[Sequence[int]]) -> tuple[int, int] | None:
    """When a clinic opens and closes on working days, in local minutes; None where these days differ."""
    by_day = {day: [span for span in hours if span[0] == day] for day in range(5)}
    spans = {(min(span[1] for span in of), max(span[2] for span in of)) for of in by_day.values() if of}
    return spans.pop() if len(spans) == 1 and all(by_day.values()) else None
