"""What to offer where nothing is free, or where a time has just gone: other doctors, a paid visit, nearer times."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import request, url_for
from sqlalchemy.orm import Session

from booking_service.bookings.availability import Slot, walk
from booking_service.directory import cards
from booking_service.directory.models import Payer, Service
from booking_service.portal.channels import carried
from booking_service.portal.offers import DoctorCard, Offer, offer_of
from booking_service.portal.step_views import help_of_offer, step_marks
from booking_service.refusals import Refusal
from booking_service.web import sessions
from booking_service.web.context import now
from booking_service.web.errors import sentence

OTHERS = 3


@dataclass(frozen=True)
class Alternative:
    """A first free time elsewhere; `action` is where pressing it holds it."""

    doctor: DoctorCard
    place: str
    slot: Slot
    zone: str
    price_cents: int | None
    href: str
    action: str


def without_times(session: Session, service: Service, offer: Offer) -> dict[str, object]:
    """What the page "no free times" says: earliest other doctors of the town, and a paid visit to the same doctor."""
    doctor = service.practice.doctor
    paid = _paid(session, service) if service.payer is Payer.STATE else []
    others = cards.alike(session, service.practice.clinic.town, service.payer, doctor.specialties, but=doctor.id)
    firsts = _firsts(session, [*paid, *others])
    found = [_alternative(one, firsts[one.id]) for one in others if one.id in firsts]
    same = [_alternative(one, firsts[one.id]) for one in paid if one.id in firsts]
    return {
        **_frame(session, offer, "time"),
        "others": _one_a_doctor(found)[:OTHERS],
        "paid": min(same, key=lambda one: one.slot.start, default=None),
        "ref": carried(request),
    }


def instead(session: Session, offer: Offer, refusal: Refusal) -> dict[str, object]:
    """What the page of a time that has gone says; `refusal` brings the nearest times as ISO instants."""
    caller = sessions.caller(session)
    return {
        **_frame(session, offer, "time"),
        "sentence": sentence(refusal),
        "times": times_of(refusal),
        "action": offer.href,
        "time_href": offer.href,
        "hidden": {"again": "yes"} if sessions.typed(caller) else {},
        "keeps": bool(sessions.typed(caller)),
    }


def times_of(refusal: Refusal) -> list[datetime]:
    times = refusal.facts.get("times", ())
    return [datetime.fromisoformat(str(one)) for one in times] if isinstance(times, list | tuple) else []


def _frame(session: Session, offer: Offer, step: str) -> dict[str, object]:
    services = url_for("portal.services", doctor=offer.doctor.slug)
    return {
        "back": services,
        "services_href": services,
        "step": step_marks(session, step),
        "offer": offer,
        "today": now().astimezone(ZoneInfo(offer.zone)).date(),
        **help_of_offer(offer),
    }


def _paid(session: Session, service: Service) -> list[Service]:
    """Paid services of the same doctor, those of the same clinic alone where it has any."""
    every = cards.services_of(session, [service.practice.doctor.slug])
    paid = [one for one in every if one.payer is Payer.PAID]
    return [one for one in paid if one.practice_id == service.practice_id] or paid


def _firsts(session: Session, services: Sequence[Service]) -> dict[UUID, Slot]:
    walks = walk(session, [service.id for service in services], now=now())
    firsts = {service_id: _first(slots) for service_id, slots in walks.items()}
    return {service_id: slot for service_id, slot in firsts.items() if slot}


def _first(slots: Iterator[Slot]) -> Slot | None:
    return next(slots, None)


def _alternative(service: Service, slot: Slot) -> Alternative:
    offer = offer_of(service)
    return Alternative(
        doctor=offer.doctor,
        place=offer.clinic_name,
        slot=slot,
        zone=offer.zone,
        price_cents=offer.price_cents,
        href=offer.href,
        action=offer.href,
    )


def _one_a_doctor(found: list[Alternative]) -> list[Alternative]:
    earliest: dict[str, Alternative] = {}
    for one in sorted(found, key=lambda one: one.slot.start):
        earliest.setdefault(one.doctor.slug, one)
    return list(earliest.values())
