"""The kinds of letters and the facts that each carries: plain JSON, written with the change and rendered when sent.

Instants are ISO text in UTC, empty where there is none. Words of content (names, addresses) come in the language of the
letter. Facts never hold a personal code, a specialty or a service's title.
"""

import json
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from enum import StrEnum

from booking_service.mail.to_editors import JoinFacts, ReceivedFacts, ReportFacts


class Kind(StrEnum):
    """A letter; its value names its folder of templates."""

    SIGN_IN_CODE = "sign-in-code"
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    CANCELLED_BY_PATIENT = "cancelled-by-patient"
    CANCELLED_BY_CLINIC = "cancelled-by-clinic"
    MOVED = "moved"
    EXPIRED = "expired"
    # To the clinic: a request that nobody answered has ended.
    REQUEST_EXPIRED = "request-expired"
    # To somebody of 14 or more: may an account book visits for them?
    CONSENT_ASKED = "consent-asked"
    # To the editors of content: a clinic applies to join; somebody reports an error in a card.
    JOIN = "join"
    REPORT = "report"
    # To who applied.
    JOIN_RECEIVED = "join-received"


TO_CLINIC = frozenset({Kind.REQUEST_EXPIRED})
INVITING = frozenset({Kind.CONFIRMED, Kind.MOVED})
# Their visit does not take place.
OVER = frozenset(
    {Kind.DECLINED, Kind.CANCELLED_BY_PATIENT, Kind.CANCELLED_BY_CLINIC, Kind.EXPIRED, Kind.REQUEST_EXPIRED}
)
CANCELLING = frozenset({Kind.CANCELLED_BY_PATIENT, Kind.CANCELLED_BY_CLINIC})


@dataclass(frozen=True)
class CodeFacts:
    """A sign-in code of six digits and the instant at which it ends."""

    code: str
    ends: str


@dataclass(frozen=True)
class ConsentFacts:
    """Who is asked (given name), who asks (whole name), and when: the instant is part of the link."""

    person_id: str
    asked_at: str
    given: str
    asks: str


@dataclass(frozen=True)
class VisitFacts:
    """One visit as a letter tells it; what has a default may be left out."""

    booking_id: str
    number: str
    # The booking's `revision`: SEQUENCE of its calendar entry, raised by each change of time, place or status.
    revision: int
    # The booking's `generation`: which links still open it.
    generation: int
    starts: str
    ends: str
    zone: str
    clinic_name: str
    # Street and town: "Kastaņu aleja 12, Rīga".
    clinic_address: str
    clinic_slug: str
    doctor_name: str
    # A card's kind: doctor, nurse, midwife, room or device.
    doctor_kind: str = "doctor"
    doctor_slug: str = ""
    # Where the visit is: on-site, video, phone or home.
    place: str = "on-site"
    room: str = ""
    floor: str = ""
    # Where to come first: "reģistratūrā 1. stāvā".
    reception: str = ""
    # The instant to arrive at, where that is earlier than the start.
    arrive_at: str = ""
    clinic_phone: str = ""
    # The clinic's opening hours: [weekday 0-6, start, end] in minutes after local midnight.
    clinic_hours: list[list[int]] = field(default_factory=list)
    # Given name to greet, in the nominative; empty greets nobody by name.
    greet: str = ""
    patient_name: str = ""
    price_cents: int | None = None
    # What the price is: "paid", "co-payment" or "free"; empty says nothing about money.
    price_kind: str = ""
    # What to bring or prepare, only where the card calls the note neutral.
    preparation: str = ""
    # Until when the patient may cancel online.
    cancel_by: str = ""
    # A moved visit's former start.
    old_starts: str = ""
    # Until when the clinic answers a request.
    answer_by: str = ""
    # The clinic's own words to the patient.
    word: str = ""
    # Who made the booking: "e" (the patient online) or "desk".
    origin: str = "e"
    # False while no invitation was ever due: a change of a mere request carries no calendar part.
    invited: bool = True


Facts = CodeFacts | ConsentFacts | VisitFacts | JoinFacts | ReceivedFacts | ReportFacts
# All others are about a visit.
_OTHER: dict[Kind, type[CodeFacts | ConsentFacts | JoinFacts | ReceivedFacts | ReportFacts]] = {
    Kind.SIGN_IN_CODE: CodeFacts,
    Kind.CONSENT_ASKED: ConsentFacts,
    Kind.JOIN: JoinFacts,
    Kind.JOIN_RECEIVED: ReceivedFacts,
    Kind.REPORT: ReportFacts,
}
ABOUT_A_VISIT = frozenset(Kind) - frozenset(_OTHER)


def iso(instant: datetime | None) -> str:
    """Write an instant for facts; nothing is empty text. ValueError for a naive one."""
    if instant is None:
        return ""
    if instant.tzinfo is None:
        raise ValueError("an instant in a letter must be aware")
    return instant.astimezone(UTC).isoformat(timespec="seconds")


def instant(text: str) -> datetime:
    """Read an instant of facts."""
    return datetime.fromisoformat(text)


def dump(facts: Facts) -> str:
    return json.dumps(asdict(facts), ensure_ascii=False)


def load(kind: Kind, text: str) -> Facts:
    """Read facts as `dump` wrote them, by another version too: what it did not know has its default, the rest goes."""
    content = json.loads(text)
    shape = _OTHER.get(kind, VisitFacts)
    known = {each.name for each in fields(shape)}
    return shape(**{name: value for name, value in content.items() if name in known})


def lapses(kind: Kind, facts: Facts) -> datetime | None:
    """When a letter is of no more use to its reader: a code at its end, a visit's letter when the visit is over."""
    if kind in TO_CLINIC or not isinstance(facts, CodeFacts | VisitFacts):
        return None
    return instant(facts.ends)


def method(kind: Kind, facts: Facts) -> str:
    """Return the iTIP method of a letter's calendar part, REQUEST or CANCEL; empty for a letter without one."""
    if not isinstance(facts, VisitFacts) or not facts.invited:
        return ""
    if kind in INVITING:
        return "REQUEST"
    return "CANCEL" if kind in CANCELLING else ""
