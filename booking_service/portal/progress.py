"""Which step of a booking comes next, and what the steps of this visitor are. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from booking_service.bookings.rules import Pays, payers
from booking_service.directory.models import CodeRule
from booking_service.patients.rules import NAME_LENGTH, PatientFacts, Representative, is_child
from booking_service.portal import birth_dates
from booking_service.portal.forms import POLICY_LENGTH, birth_asked, parsed_code, phone_fault
from booking_service.portal.typed import Typed
from booking_service.security import contacts


@dataclass(frozen=True)
class Asked:
    """What this booking asks: a personal code or not, and a choice of who pays or not."""

    code: bool
    payers: tuple[str, ...]
    insurers: tuple[str, ...] = ()


def asked(payer: str, rule: CodeRule, insurers: Sequence[str]) -> Asked:
    """The clinic's rule says whether the code is asked; a service that has one payer leaves no choice.

    Only insurers whom the clinic works with may pay.
    """
    code = rule is CodeRule.ALWAYS or (rule is CodeRule.STATE and payer == "state")
    possible = tuple(str(one) for one in payers(payer) if one is not Pays.INSURER or insurers)
    return Asked(code, possible if len(possible) > 1 else (), tuple(insurers))


def born(typed: Typed, wanted: Asked, today: date) -> date | None:
    """The birth date: an old code's own, else the typed one; None where it is missing or wrong."""
    code = parsed_code(typed.code) if wanted.code and _has_code(typed) else None
    if code is not None and (held := code.birth_date()):
        return held
    found = birth_dates.parse(typed.birth_day, typed.birth_month, typed.birth_year, today=today)
    return found if isinstance(found, date) else None


def missing(typed: Typed, wanted: Asked, today: date, *, signed_in: bool) -> str:
    """The first step that is not finished: who, contact or code; `check` when all are.

    What a step refused was kept, so that it comes back: it is not finished for that.
    """
    if not (_named(typed) and _identified(typed, wanted, today) and _paid(typed, wanted)):
        return "who"
    birth = born(typed, wanted, today)
    if not typed.phone or phone_fault(typed.phone) or birth is None:
        return "contact"
    if is_child(birth, today) and not typed.representative:
        return "contact"
    if not signed_in:
        return "code" if typed.code_sent_to else "contact"
    return "check"


def _has_code(typed: Typed) -> bool:
    return not (typed.no_code or typed.code_later)


def _named(typed: Typed) -> bool:
    return all(0 < len(name) <= NAME_LENGTH for name in (typed.given, typed.family))


def _identified(typed: Typed, wanted: Asked, today: date) -> bool:
    if not wanted.code:
        return born(typed, wanted, today) is not None
    if typed.no_code or typed.code_later:
        return True
    code = parsed_code(typed.code)
    held = code.birth_date() if code else None
    return code is not None and (held is None or held <= today)


def _paid(typed: Typed, wanted: Asked) -> bool:
    if not wanted.payers:
        return True
    insured = typed.pays != Pays.INSURER or typed.insurer in wanted.insurers
    return typed.pays in wanted.payers and insured and len(typed.policy) <= POLICY_LENGTH


def steps(typed: Typed, current: str, *, signed_in: bool) -> list[str]:
    """Every step of this visitor's booking; who was known when it began is not asked for contacts or a code."""
    new = not signed_in or bool(typed.code_sent_to)
    code = parsed_code(typed.code)
    whole = typed.phone and code is not None and code.birth_date() is not None
    contact = new or current == "contact" or bool(typed.given and not typed.person and not whole)
    names = ["service", "time", "who", "contact" if contact else "", "code" if new else "", "check"]
    return [name for name in names if name]


def representative_of(typed: Typed) -> Representative | None:
    """Who answers for a child: its account's owner, or the adult who was named with the contacts."""
    if not typed.representative:
        return None
    return Representative(typed.representative, contacts.phone(typed.representative_phone or typed.phone))


def facts_of(typed: Typed, wanted: Asked, *, email: str, lang: str, today: date) -> PatientFacts:
    """What the booking is made from, once `missing` says that nothing is."""
    code = parsed_code(typed.code) if wanted.code and _has_code(typed) else None
    return PatientFacts(
        given=typed.given,
        family=typed.family,
        code=code,
        no_code=wanted.code and code is None and not typed.code_later,
        birth_date=born(typed, wanted, today) if birth_asked(typed, code_asked=wanted.code) or not code else None,
        phone=contacts.phone(typed.phone),
        email=email,
        lang=lang,
    )
