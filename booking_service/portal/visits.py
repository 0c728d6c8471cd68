"""A booking as its pages show it: what its letter says, and what only the patient's own page may say besides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import url_for

from booking_service.bookings.letters import said, visit_facts
from booking_service.bookings.models import Booking, State
from booking_service.bookings.states import COMING
from booking_service.mail import icalendar
from booking_service.mail.letter import VisitFacts, instant
from booking_service.mail.render import calendar_words, visit_link
from booking_service.portal.offers import DoctorCard, doctor_card
from booking_service.security.encryption import unseal
from booking_service.web.context import now, settings
from theme.words import current

ENDED = (State.DECLINED, State.CANCELLED, State.EXPIRED)


@dataclass(frozen=True)
class Visit:
    """`facts` are those of the letter; `cancellable` says that the state allows it, `can_cancel` that it is in time."""

    id: UUID
    facts: VisitFacts
    number: str
    state: str
    starts: datetime
    zone: str
    minutes: int
    title: str
    doctor: DoctorCard
    visit_to: str
    patient_name: str
    clinic_slug: str
    clinic_name: str
    street: str
    room: str
    floor: str
    reception: str
    phone: str
    where: str
    arrive_at: datetime | None
    payer: str
    price_cents: int | None
    payment: Sequence[str]
    preparation: str
    manual: bool
    answer_by: datetime | None
    cancel_by: datetime
    ended_by: str
    withdrawn: bool
    word: str
    coming: bool
    cancellable: bool
    can_cancel: bool
    again_href: str

    @property
    def href(self) -> str:
        return url_for("portal.account_visit", booking_id=self.id)

    @property
    def cancel_href(self) -> str:
        return url_for("portal.account_cancel", booking_id=self.id)


def visit_of(booking: Booking, *, by_link: bool = False) -> Visit:
    """Needs the booking whole, as `bookings.store.load` gives it. By a letter's link it says what the letter says."""
    lang, service, present = current(), booking.service, now()
    facts = visit_facts(booking, lang, invited=True)
    ahead = booking.state in COMING and booking.starts > present
    deadline = instant(facts.cancel_by)
    return Visit(
        id=booking.id,
        facts=facts,
        number=booking.number,
        state=booking.state.value,
        starts=booking.starts,
        zone=facts.zone,
        minutes=service.minutes,
        title=said(service.titles, lang),
        doctor=doctor_card(booking.doctor),
        visit_to=said((booking.doctor.facts.get("cases") or {}).get("visit_to"), lang),
        patient_name=facts.patient_name,
        clinic_slug=facts.clinic_slug,
        clinic_name=facts.clinic_name,
        street=facts.clinic_address,
        room=facts.room,
        floor=facts.floor,
        reception=facts.reception,
        phone=facts.clinic_phone,
        where=facts.place,
        arrive_at=instant(facts.arrive_at) if facts.arrive_at else None,
        payer=service.payer.value,
        price_cents=booking.price_cents,
        payment=booking.clinic.facts.get("payment") or (),
        preparation=facts.preparation if by_link else said(service.facts.get("preparation"), lang),
        manual=booking.manual,
        answer_by=booking.answer_by,
        cancel_by=deadline,
        # A request that its patient took back before the clinic had answered.
        withdrawn=booking.state is State.CANCELLED and booking.manual and booking.decided_at is None,
        ended_by=booking.ended_by.value if booking.ended_by else "",
        word=unseal(booking.word, booking.id, "booking.word") if booking.word else "",
        coming=ahead,
        cancellable=ahead,
        can_cancel=ahead and present <= deadline,
        again_href=_again(booking) if booking.state in ENDED else "",
    )


def _again(booking: Booking) -> str:
    return url_for(
        "portal.times",
        doctor=booking.doctor.slug,
        clinic=booking.clinic.slug,
        service=booking.service.slug,
        branch=booking.practice.branch or None,
    )


def calendar_hrefs(visit: Visit, file_href: str) -> dict[str, str]:
    """Where a press takes the visit into a calendar; the texts are neutral, since they reach third parties."""
    words = calendar_words(visit.facts, visit_link(visit.facts, settings().site_url, current()))
    return {
        "google": icalendar.google_link(visit.facts, words),
        "outlook": icalendar.outlook_link(visit.facts, words),
        "file": file_href,
    }


def calendar_file(visit: Visit) -> bytes:
    """The visit as a file for any calendar program."""
    link = visit_link(visit.facts, settings().site_url, current())
    host = (settings().site_url.split("://")[1]).split(":")[0].split("/")[0]
    return icalendar.file_for(visit.facts, calendar_words(visit.facts, link), url=link, host=host, stamp=now())
