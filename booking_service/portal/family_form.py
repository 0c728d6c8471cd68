"""The form of a member of the family: who it is, a code or a birth date, and a phone of their own if they have one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import StringField

from booking_service.patients.rules import PatientFacts, Relation
from booking_service.portal.forms import WhoForm, birth_asked, birth_of, check_birth, parsed_code, phone_fault
from booking_service.portal.typed import Typed
from booking_service.security import contacts
from booking_service.web.forms import tidy

TEXTS = ("given", "family", "code", "birth_day", "birth_month", "birth_year")


class MemberForm(WhoForm):
    """`known_code` is a kept code as it may be shown: leaving the field empty then keeps it."""

    phone = StringField(filters=[tidy], default="")

    def __init__(
        self,
        formdata: MultiDict[str, str] | None = None,
        *,
        today: date,
        before: Typed,
        relations: Sequence[Relation],
        known_code: str = "",
        **values: Any,
    ) -> None:
        super().__init__(
            formdata,
            code_asked=True,
            payers=(),
            insurers=(),
            today=today,
            before=before,
            relations=relations,
            data=values,
        )
        self.known_code = known_code
        self.birth_asked = False

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if self.keeps_code:
            self.code.errors = []
        self.birth_asked = not self.code.errors and self._lacks_birth()
        if self.birth_asked:
            self.wrong_parts = check_birth(self, self.today)
        if self.phone.data and (fault := phone_fault(self.phone.data)):
            self.phone.errors = [fault]
        return not self.mistakes()

    @property
    def related(self) -> Relation:
        """Who the member is to the owner, once the form is sound."""
        return Relation(self.relation.data or "")

    @property
    def keeps_code(self) -> bool:
        """The code that is kept stays as it is."""
        return bool(self.known_code) and not self.code.data and not self.no_code.data

    def typed(self) -> Typed:
        """The answers as the steps of a booking would have them."""
        texts = {name: self[name].data or "" for name in TEXTS}
        later = self.later or self.keeps_code
        return Typed(no_code=bool(self.no_code.data), code_later=later, phone=self.phone.data or "", **texts)

    def facts(self, *, email: str, lang: str) -> PatientFacts:
        """What the member is written from, once the form is sound; a code that is kept is not said again."""
        typed = self.typed()
        return PatientFacts(
            given=typed.given,
            family=typed.family,
            code=parsed_code(typed.code) if not typed.no_code else None,
            no_code=typed.no_code,
            birth_date=birth_of(self, self.today) if self.birth_asked else None,
            phone=contacts.phone(typed.phone) if typed.phone else "",
            email=email,
            lang=lang,
        )

    def _lacks_birth(self) -> bool:
        return not self.keeps_code and birth_asked(self.typed(), code_asked=True)
