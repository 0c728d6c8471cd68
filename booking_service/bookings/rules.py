"""Rules of booking, moving and cancelling. Pure: `now` and limits arrive as arguments; a no is a Refusal."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from booking_service.patients.rules import age_on
from booking_service.refusals import Refusal

HOLD = timedelta(minutes=10)
EXTENSIONS = 10
HOLDS_A_NETWORK = 3
HOLDS_AN_ACCOUNT = 3
FIRST_YEAR, LAST_YEAR = 2000, 2200
ENTERED_LATE = timedelta(hours=12)


class Pays(StrEnum):
    """Who the patient says will pay."""

    STATE = "state"
    SELF = "self"
    INSURER = "insurer"
    EMPLOYER = "employer"


class ActorKind(StrEnum):
    """Who acts: a signed-in patient, whoever has a visit's link, the clinic's staff, or time itself."""

    PATIENT = "patient"
    LINK = "link"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something to a booking. Staff act at one clinic; a link's holder may be nobody that we know."""

    kind: ActorKind
    account_id: UUID | None = None
    role: str = ""
    clinic_id: UUID | None = None

    @property
    def staff(self) -> bool:
        return self.kind is ActorKind.STAFF


SYSTEM = Actor(ActorKind.SYSTEM)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a time: a session; `account_id` is none until an address is proven."""

    session_id: UUID | None
    account_id: UUID | None = None
    network: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """Who pays; `insurer` is a slug of the table of insurers, `policy` its optional number."""

    pays: Pays | None = None
    insurer: str = ""
    policy: str = ""


def payers(payer: str) -> tuple[Pays, ...]:
    """Who may pay for a service that the state or the patient pays for; one answer leaves nothing to ask."""
    return (Pays.STATE,) if payer == "state" else (Pays.SELF, Pays.INSURER, Pays.EMPLOYER)


def checked_payment(payer: str, payment: Payment) -> Payment:
    """The payment as it is kept. Refused: `payer-missing`, `payer-impossible`, `insurer-missing`."""
    possible = payers(payer)
    pays = payment.pays or (possible[0] if len(possible) == 1 else None)
    if pays is None:
        raise Refusal("payer-missing")
    if pays not in possible:
        raise Refusal("payer-impossible")
    if pays is not Pays.INSURER:
        return Payment(pays)
    if not payment.insurer:
        raise Refusal("insurer-missing")
    return Payment(pays, payment.insurer, payment.policy.strip())


def check_insurer(payment: Payment, insurers: Collection[str]) -> None:
    """Refuse an insurer whom the clinic does not work with."""
    if payment.pays is Pays.INSURER and payment.insurer not in insurers:
        raise Refusal("insurer-missing")


def check_age(ages_from: int | None, ages_to: int | None, born: date | None, day: date) -> None:
    """Refuse who is too young or too old for a service on the day of the visit; whole years, both ends included."""
    if born is None or (ages_from is None and ages_to is None):
        return
    age = age_on(born, day)
    if ages_from is not None and age < ages_from:
        raise Refusal("too-young", ages_from=ages_from)
    if ages_to is not None and age > ages_to:
        raise Refusal("too-old", ages_to=ages_to)


def check_visits(coming: int, limit: int) -> None:
    """Refuse one more visit than a patient may have coming at a practice."""
    if coming >= limit:
        raise Refusal("too-many-visits", limit=limit)


def cancel_by(starts: datetime, minutes: int) -> datetime:
    """The last moment at which a patient may cancel or move online."""
    return starts - timedelta(minutes=minutes)


def check_still_open(actor: Actor, starts: datetime, minutes: int, now: datetime, phone: str) -> None:
    """Refuse a patient's cancelling or moving that comes too late: they are told to call. The clinic may always."""
    if not actor.staff and now > cancel_by(starts, minutes):
        raise Refusal("too-late-call", phone=phone, until=cancel_by(starts, minutes).isoformat())


def check_actor(actor: Actor, clinic_id: UUID, account_id: UUID | None) -> None:
    """Refuse who has nothing to do with a booking, in the words for a booking that does not exist."""
    if actor.staff and actor.clinic_id != clinic_id:
        raise Refusal("booking-unknown")
    if actor.kind is ActorKind.PATIENT and (account_id is None or actor.account_id != account_id):
        raise Refusal("booking-unknown")


def check_staff(actor: Actor, clinic_id: UUID) -> None:
    """Refuse whoever is not staff of the clinic, in the words for a booking that does not exist."""
    if not actor.staff or actor.clinic_id != clinic_id:
        raise Refusal("booking-unknown")


def check_not_past(start: datetime, now: datetime) -> None:
    """Refuse a visit that begins before today's; reception enters who has just walked in."""
    if start < now - ENTERED_LATE:
        raise Refusal("start-past")


def check_answer(answer_by: datetime | None, now: datetime) -> None:
    """Refuse an answer to a request whose time to answer has passed."""
    if answer_by is not None and now >= answer_by:
        raise Refusal("answer-too-late", answer_by=answer_by.isoformat())


def in_fives(start: datetime) -> datetime:
    """A start in UTC, where two instants are equal as they should be.

    Refused unless of whole five minutes, and where days and years can be added to it.
    """
    if not FIRST_YEAR <= start.year < LAST_YEAR or start.timestamp() % 300:
        raise Refusal("start-not-fives")
    return start.astimezone(UTC)


def check_day(act: str, starts: datetime, now: datetime, today: date, day: date) -> None:
    """Refuse marking a visit too early, or undoing a mark after its day; days are local.

    Arriving and finishing are of the day of the visit or later, missing is after its start.
    """
    early = {"arrive": today < day, "finish": today < day, "miss": now < starts}
    if early.get(act, False):
        raise Refusal("mark-too-early")
    if act == "undo" and today > day:
        raise Refusal("undo-too-late")
