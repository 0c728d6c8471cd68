"""What is asked of a person who is to be a patient, and when two spellings of a name are equal."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from booking_service.refusals import Refusal
from booking_service.security.personal_codes import PersonalCode
from theme.folding import words

NAME_LENGTH = 80
OLDEST = 125
OWN_ACCOUNT_FROM = 14
"""The age from which somebody decides for themselves; whoever is younger is booked for (Law on the Rights of Patients,
section 13: a minor's own consent counts from 14)."""
OF_AGE = 18
PERSONS_MOST = 20
"""How many people one account books for: more than any family, fewer than a list of strangers."""


class Relation(StrEnum):
    """Who a person of an account is to its owner."""

    SELF = "self"
    CHILD = "child"
    PARENT = "parent"
    SPOUSE = "spouse"
    OTHER = "other"


FAMILY = (Relation.CHILD, Relation.PARENT, Relation.SPOUSE, Relation.OTHER)
"""What a member of the family can be, in the order in which it is asked."""


@dataclass(frozen=True, repr=False)
class Representative:
    """The adult who answers for a child at a visit; `phone` is E.164. Without a repr: it stands in no log."""

    name: str
    phone: str


@dataclass(frozen=True)
class PatientFacts:
    """What a person says of a patient. Names stand as typed, `phone` is E.164, `email` folded.

    Either `code`, or `no_code` with a birth date; a code of the new form needs the birth date too.
    """

    given: str
    family: str
    code: PersonalCode | None
    no_code: bool
    birth_date: date | None
    phone: str
    email: str
    lang: str

    def born(self) -> date | None:
        """Return the birth date: an old code's own, else the typed one."""
        return (self.code.birth_date() if self.code else None) or self.birth_date


def check(facts: PatientFacts, *, code_asked: bool, today: date) -> None:
    """Refuse facts with something missing or impossible; the first fault found, in the order of the form.

    Codes: `name-missing`, `name-long`, `code-missing`, `birth-date-missing`, `birth-date-wrong`, `contact-missing`.
    """
    if not facts.given.strip() or not facts.family.strip():
        raise Refusal("name-missing")
    if max(len(facts.given), len(facts.family)) > NAME_LENGTH:
        raise Refusal("name-long", most=NAME_LENGTH)
    if code_asked and facts.code is None and not facts.no_code:
        raise Refusal("code-missing")
    born = facts.born()
    if born is None:
        raise Refusal("birth-date-missing")
    if born > today or today.year - born.year > OLDEST:
        raise Refusal("birth-date-wrong")
    if not facts.phone and not facts.email:
        raise Refusal("contact-missing")


def needs_birth_date(code: PersonalCode | None) -> bool:
    """Say whether the birth date must be asked: nobody is asked for what their code already holds."""
    return code is None or code.birth_date() is None


def age_on(born: date, day: date) -> int:
    """Return the age in whole years; somebody born on 29 February is a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_child(born: date | None, day: date) -> bool:
    """Say whether somebody is too young to decide: a representative stands with the visits booked for them."""
    return born is not None and born <= day and age_on(born, day) < OWN_ACCOUNT_FROM


def needs_consent(relation: Relation, born: date | None, day: date) -> bool:
    """Say whether an account may book for one of its persons only with that person's own consent.

    So it is from a child's fourteenth birthday on, and for any other minor of 14 or more.
    """
    if relation is Relation.SELF or born is None or age_on(born, day) < OWN_ACCOUNT_FROM:
        return False
    return relation is Relation.CHILD or age_on(born, day) < OF_AGE


def check_represented(born: date | None, representative: Representative | None, day: date) -> None:
    """Refuse a child's visit for which nobody answers."""
    if is_child(born, day) and (representative is None or not representative.name or not representative.phone):
        raise Refusal("representative-missing")


def folded_name(name: str) -> str:
    """Return a name in the form in which two spellings of it are equal: folded words, one space between."""
    return " ".join(words(name))


def digits(phone: str) -> str:
    return re.sub(r"\D", "", phone)
