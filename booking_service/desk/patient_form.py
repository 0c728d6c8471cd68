"""The patient of a desk booking: found among the clinic's own, or typed; codes name what is to be mended."""

import re
from datetime import date

from wtforms import BooleanField, StringField

from booking_service.patients import store
from booking_service.patients.models import Patient
from booking_service.patients.rules import NAME_LENGTH, PatientFacts, check
from booking_service.refusals import Refusal
from booking_service.security import contacts
from booking_service.security.personal_codes import PersonalCode
from booking_service.web.forms import AtMost, CodeForm, Needed, tidy
from theme import words

BIRTH = re.compile(r"(\d{1,2})[./ -]+(\d{1,2})[./ -]+(\d{4})\.?")


class PatientForm(CodeForm):
    """Names as on the document; a personal code or a birth date; a phone or an e-mail address."""

    given = StringField(
        filters=[tidy], default="", validators=[Needed("given-missing"), AtMost(NAME_LENGTH, "name-long")]
    )
    family = StringField(
        filters=[tidy], default="", validators=[Needed("family-missing"), AtMost(NAME_LENGTH, "name-long")]
    )
    code = StringField(filters=[tidy], default="")
    birth = StringField(filters=[tidy], default="")
    phone = StringField(filters=[tidy], default="")
    email = StringField(filters=[tidy], default="")
    tell = BooleanField(default=True)


def facts_of(form: PatientForm, known: Patient | None, today: date) -> PatientFacts | None:
    """What is known of the patient; None where the form has mistakes, which it then holds."""
    if known is not None:
        code = store.code_of(known)
        return PatientFacts(
            known.given, known.family, code, known.no_code, store.born(known), known.phone, known.email, known.lang
        )
    if not form.validate():
        return None
    facts = PatientFacts(
        given=form.given.data or "",
        family=form.family.data or "",
        code=_code(form),
        no_code=False,
        birth_date=_birth(form),
        phone=_contact(form, "phone"),
        email=_contact(form, "email"),
        lang=words.current(),
    )
    if not form.mistakes():
        _whole(form, facts, today)
    return None if form.mistakes() else facts


def _code(form: PatientForm) -> PersonalCode | None:
    if not form.code.data:
        return None
    try:
        return PersonalCode.parse(form.code.data)
    except Refusal as refusal:
        form.code.errors = [refusal.code]
        return None


def _birth(form: PatientForm) -> date | None:
    """A birth date as staff write it, 27.03.1984 or 1984-03-27."""
    text = form.birth.data or ""
    if not text:
        return None
    found = BIRTH.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError:
        form.birth.errors = ["birth-date-unread"]
        return None


def _contact(form: PatientForm, name: str) -> str:
    field = form[name]
    if not field.data:
        return ""
    try:
        return contacts.phone(field.data) if name == "phone" else contacts.email(field.data)
    except Refusal as refusal:
        field.errors = [refusal.code]
        return ""


def _whole(form: PatientForm, facts: PatientFacts, today: date) -> None:
    """Hang what the rules miss on the field where it can be mended."""
    places = {"contact-missing": form.phone, "birth-date-missing": form.birth, "birth-date-wrong": form.birth}
    try:
        check(facts, code_asked=False, today=today)
    except Refusal as refusal:
        places.get(refusal.code, form.given).errors = [refusal.code]
