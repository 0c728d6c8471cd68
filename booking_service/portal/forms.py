"""The forms of booking and of the account. Mistakes are codes; `templates/portal/mistakes.html` has their words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, StringField

from booking_service.bookings.models import Pays
from booking_service.patients.rules import NAME_LENGTH, Relation, is_child, needs_birth_date, needs_consent
from booking_service.portal import birth_dates
from booking_service.portal.typed import Typed
from booking_service.refusals import Refusal
from booking_service.security import contacts
from booking_service.security.personal_codes import PersonalCode
from booking_service.web.forms import AtMost, CodeForm, Needed, tidy

POLICY_LENGTH = 40
REPRESENTATIVE_LENGTH = 2 * NAME_LENGTH


def _part(name: str) -> Any:
    return StringField(name=f"birth-{name}", filters=[tidy], default="")


def check_birth(form: CodeForm, today: date) -> tuple[str, ...]:
    """Add the fault of the three birth fields, if any, to the first part at fault; all parts at fault."""
    found = _birth(form, today)
    if isinstance(found, date):
        return ()
    form[f"birth_{found.parts[0]}"].errors = [found.code]
    return found.parts


def birth_of(form: CodeForm, today: date) -> date | None:
    """The date that the three birth fields say; None for none, and for a faulty one."""
    found = _birth(form, today)
    return found if isinstance(found, date) else None


def _birth(form: CodeForm, today: date) -> date | birth_dates.Fault:
    parts = [form[f"birth_{part}"].data or "" for part in birth_dates.PARTS]
    return birth_dates.parse(*parts, today=today)


class WhoForm(CodeForm):
    """Who goes to the doctor, and who pays where that is a choice; who it is to an account that has persons already."""

    relation = StringField(default="")
    given = StringField(
        filters=[tidy], default="", validators=[Needed("given-missing"), AtMost(NAME_LENGTH, "name-long")]
    )
    family = StringField(
        filters=[tidy], default="", validators=[Needed("family-missing"), AtMost(NAME_LENGTH, "name-long")]
    )
    code = StringField(filters=[tidy], default="")
    code_later = BooleanField(default=False)
    no_code = BooleanField(default=False)
    birth_day = _part("day")
    birth_month = _part("month")
    birth_year = _part("year")
    pays = StringField(default="")
    insurer = StringField(default="")
    policy = StringField(filters=[tidy], default="", validators=[AtMost(POLICY_LENGTH, "policy-long")])

    def __init__(
        self,
        formdata: MultiDict[str, str] | None = None,
        *,
        code_asked: bool,
        payers: Sequence[str],
        insurers: Sequence[str],
        today: date,
        before: Typed,
        relations: Sequence[Relation] = (),
        **values: Any,
    ) -> None:
        super().__init__(formdata, **values)
        self.relations = relations
        self.code_asked = code_asked
        self.payers = payers
        self.insurers = insurers
        self.today = today
        self.before = before
        self.wrong_parts: tuple[str, ...] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        if self.relations and self.relation.data not in self.relations:
            self.relation.errors = ["relation-missing"]
        self._check_code()
        if not self.code_asked:
            self.wrong_parts = check_birth(self, self.today)
        self.check_payer()
        return sound and not self.mistakes()

    @property
    def later(self) -> bool:
        """The code is not at hand. One that is typed all the same counts."""
        return bool(self.code_later.data) and not self.code.data

    def check_consent(self, born: date | None) -> None:
        """Refuse somebody new of 14 or more, who cannot have agreed yet."""
        if self.relations and needs_consent(Relation(self.relation.data or ""), born, self.today):
            self.relation.errors = ["consent-missing"]

    def _check_code(self) -> None:
        if not self.code_asked or self.no_code.data or self.later:
            return
        if not self.code.data:
            self.code.errors = ["code-missing"]
            return
        try:
            code = PersonalCode.parse(self.code.data)
        except Refusal as refusal:
            self.code.errors = [refusal.code]
            return
        # A check digit that does not fit is asked about once; the same code a second time is believed.
        if code.doubtful and self.before.code != self.code.data:
            self.code.errors = ["code-doubtful"]
        born = code.birth_date()
        if born is not None and born > self.today:
            self.code.errors = ["code-wrong"]

    def check_payer(self) -> None:
        """Check the payer alone: all that is asked of somebody whose name is known."""
        if self.payers and self.pays.data not in self.payers:
            self.pays.errors = ["pays-missing"]
        elif self.payers and self.pays.data == Pays.INSURER and self.insurer.data not in self.insurers:
            self.insurer.errors = ["insurer-missing"]


class ContactForm(CodeForm):
    """How the clinic reaches the patient; the birth date too, where the code does not hold it.

    `born` is the birth date as far as it is known, `relation` who somebody new is to a known account. A child needs a
    representative, unless the account's owner is one (`represented`).
    """

    representative = StringField(
        filters=[tidy], default="", validators=[AtMost(REPRESENTATIVE_LENGTH, "representative-long")]
    )
    birth_day = _part("day")
    birth_month = _part("month")
    birth_year = _part("year")
    phone = StringField(filters=[tidy], default="", validators=[Needed("phone-missing")])
    email = StringField(filters=[tidy], default="")

    def __init__(
        self,
        formdata: MultiDict[str, str] | None = None,
        *,
        birth_asked: bool,
        email_asked: bool,
        today: date,
        born: date | None = None,
        relation: str = "",
        represented: bool = False,
        **values: Any,
    ) -> None:
        super().__init__(formdata, **values)
        self.born = born
        self.related = relation
        self.represented = represented
        self.birth_asked = birth_asked
        self.email_asked = email_asked
        self.today = today
        self.wrong_parts: tuple[str, ...] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        if self.birth_asked:
            self._check_birth()
        if self.representative_asked and not self.representative.data:
            self.representative.errors = ["representative-missing"]
        if self.phone.data and (fault := phone_fault(self.phone.data)):
            self.phone.errors = [fault]
        if self.email_asked and (fault := email_fault(self.email.data or "")):
            self.email.errors = [fault]
        return sound and not self.mistakes()

    @property
    def representative_asked(self) -> bool:
        return is_child(self.born, self.today) and not self.represented

    def _check_birth(self) -> None:
        self.wrong_parts, self.born = check_birth(self, self.today), birth_of(self, self.today)
        if self.related and needs_consent(Relation(self.related), self.born, self.today):
            self.birth_day.errors = ["consent-missing"]


class DetailsForm(WhoForm):
    """A person's own details at once: what the steps ask, but the payer; the birth date where no code holds it."""

    phone = StringField(filters=[tidy], default="", validators=[Needed("phone-missing")])

    def __init__(self, formdata: MultiDict[str, str] | None = None, *, today: date, before: Typed) -> None:
        super().__init__(
            formdata, code_asked=True, payers=(), insurers=(), today=today, before=before, data=before.as_dict()
        )
        shown = bool(formdata and "birth-day" in formdata)
        self.birth_asked = shown or bool(before.family and birth_asked(before, code_asked=True))

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if self.phone.data and (fault := phone_fault(self.phone.data)):
            self.phone.errors = [fault]
        now_typed = Typed(code=self.code.data or "", no_code=bool(self.no_code.data), code_later=self.later)
        self.birth_asked = not self.code.errors and birth_asked(now_typed, code_asked=True)
        if self.birth_asked:
            self.wrong_parts = check_birth(self, self.today)
        return not self.mistakes()


class EmailForm(CodeForm):
    """The address that a sign-in code goes to."""

    email = StringField(filters=[tidy], default="")

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if fault := email_fault(self.email.data or ""):
            self.email.errors = [fault]
        return not self.mistakes()


class SignInForm(CodeForm):
    """The code of the letter, and whether this device is the patient's own."""

    code = StringField(filters=[tidy], default="", validators=[Needed("sign-in-code-missing")])
    own_device = BooleanField(default=False)


def phone_fault(text: str) -> str:
    """The code of what is wrong with a phone number; empty for a sound one."""
    try:
        contacts.phone(text)
    except Refusal as refusal:
        return refusal.code
    return ""


def email_fault(text: str) -> str:
    """The code of what is wrong with an e-mail address; the most common slips have words of their own."""
    if not text:
        return "email-missing"
    if "@" not in text:
        return "email-no-at"
    try:
        contacts.email(text)
    except Refusal as refusal:
        return refusal.code
    return ""


def birth_asked(typed: Typed, *, code_asked: bool) -> bool:
    """Say whether the contact step asks the birth date: where the code that was asked does not hold it."""
    if not code_asked:
        return False
    return typed.no_code or typed.code_later or needs_birth_date(parsed_code(typed.code))


def parsed_code(text: str) -> PersonalCode | None:
    """The code as a value; None for a text that is none."""
    try:
        return PersonalCode.parse(text)
    except Refusal:
        return None
