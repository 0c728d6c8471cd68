"""Which letter a change of a booking calls for, and its facts in the language of whoever reads it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from booking_service.accounts.store import email_of
from booking_service.bookings.models import Booking
from booking_service.bookings.rules import cancel_by
from booking_service.directory.models import Payer
from booking_service.mail import outbox
from booking_service.mail.letter import Kind, VisitFacts, iso
from booking_service.patients import store as patients
from booking_service.patients.rules import OWN_ACCOUNT_FROM, age_on

CLINIC_LANG = "lv"


def tell_patient(
    session: Session,
    booking: Booking,
    kind: Kind,
    *,
    now: datetime,
    invited: bool = True,
    word: str = "",
    old_starts: datetime | None = None,
    to: str | None = None,
    greet: str | None = None,
    first: bool = False,
) -> None:
    """Write the patient's letter about a change. A patient without an e-mail address gets none.

    `to` and `greet` are given by a caller that has asked already; `first` says that no earlier letter can be waiting.
    `invited` is false while the visit was never confirmed, so that no calendar entry is to be followed or cancelled.
    """
    to = address_of(session, booking) if to is None else to
    if not to:
        take_back(session, booking, kind, now=now)
        return
    greet = greeted(session, booking, now) if greet is None else greet
    facts = visit_facts(booking, booking.lang, invited=invited, greet=greet, word=word, old_starts=old_starts)
    outbox.put(
        session,
        kind=kind,
        lang=booking.lang,
        to=to,
        facts=facts,
        now=now,
        booking_id=booking.id,
        clinic_id=booking.clinic_id,
        account_id=booking.account_id,
        first=first,
    )


def take_back(session: Session, booking: Booking, kind: Kind, *, now: datetime) -> None:
    """Let no letter go that still waits to say what a change has made untrue: for a change that is told otherwise."""
    outbox.overtake(session, booking_id=booking.id, by=kind, now=now)


def tell_clinic(session: Session, booking: Booking, kind: Kind, *, now: datetime) -> None:
    """Write the clinic's letter about one of its bookings; a clinic without an e-mail address gets none."""
    to = booking.clinic.facts.get("email")
    if not to:
        return
    facts = visit_facts(booking, CLINIC_LANG, invited=False)
    outbox.put(
        session,
        kind=kind,
        lang=CLINIC_LANG,
        to=to,
        facts=facts,
        now=now,
        booking_id=booking.id,
        clinic_id=booking.clinic_id,
    )


def address_of(session: Session, booking: Booking) -> str:
    """Where letters about a booking go: the proven address of the account that made it, else the clinic's contact."""
    if booking.account_id is not None and (email := email_of(session, booking.account_id)):
        return email
    return booking.patient.email if booking.patient is not None else ""


def greeted(session: Session, booking: Booking, now: datetime) -> str:
    """Whom a letter greets: the account's owner, who may have booked for somebody else, else the patient; no child."""
    if booking.account_id is not None and (owner := patients.owner_of(session, booking.account_id)):
        return owner.given
    patient = booking.patient
    born = patients.born(patient) if patient else None
    if patient is None or (born is not None and age_on(born, now.date()) < OWN_ACCOUNT_FROM):
        return ""
    return patient.given


def visit_facts(
    booking: Booking,
    lang: str,
    *,
    invited: bool,
    greet: str = "",
    word: str = "",
    old_starts: datetime | None = None,
) -> VisitFacts:
    """A visit as a letter tells it. Never a personal code, a specialty or the service's title."""
    clinic, doctor, practice, service = booking.clinic, booking.doctor, booking.practice, booking.service
    place: Mapping[str, Any] = practice.facts.get("place", {})
    early = practice.arrive_early_minutes
    return VisitFacts(
        booking_id=str(booking.id),
        number=booking.number,
        revision=booking.revision,
        generation=booking.generation,
        starts=iso(booking.starts),
        ends=iso(booking.ends),
        zone=clinic.zone,
        clinic_name=said(clinic.names, lang),
        clinic_address=_street(place, lang),
        clinic_slug=clinic.slug,
        doctor_name=said(doctor.names, lang),
        doctor_kind=doctor.kind,
        doctor_slug=doctor.slug,
        place=service.place.value,
        room=practice.facts.get("room") or "",
        floor=practice.facts.get("floor") or "",
        reception=said(place.get("reception"), lang),
        arrive_at=iso(booking.starts - timedelta(minutes=early)) if early else "",
        clinic_phone=phone_of(booking),
        clinic_hours=[] if practice.branch else clinic.hours,
        greet=greet,
        patient_name=f"{booking.patient.given} {booking.patient.family}" if booking.patient else "",
        price_cents=booking.price_cents,
        price_kind=_price_kind(booking),
        preparation=said(service.facts.get("preparation"), lang) if service.facts.get("preparation_neutral") else "",
        cancel_by=iso(cancel_by(booking.starts, practice.cancel_by_minutes)),
        old_starts=iso(old_starts),
        answer_by=iso(booking.answer_by),
        word=word,
        origin=booking.origin.value,
        invited=invited,
    )


def phone_of(booking: Booking) -> str:
    """The telephone to call about a booking: the practice's own, else its place's, else the clinic's."""
    practice, clinic = booking.practice.facts, booking.clinic.facts
    phones = [practice.get("phone"), *practice.get("place", {}).get("phones", ()), *clinic.get("phones", ())]
    return next((phone for phone in phones if phone), "")


def said(words: Mapping[str, str] | None, lang: str) -> str:
    """Words of content in a language, else in Latvian; empty where there are none."""
    return "" if not words else words.get(lang) or words.get("lv", "")


def _street(place: Mapping[str, Any], lang: str) -> str:
    parts = (place.get("street", ""), said(place.get("town_names"), lang))
    return ", ".join(part for part in parts if part)


def _price_kind(booking: Booking) -> str:
    if booking.price_cents is None:
        return ""
    if booking.service.payer is Payer.PAID:
        return "paid"
    return "co-payment" if booking.price_cents else "free"
