"""The form of a clinic that applies to join. Mistakes are codes; `templates/portal/join_words.html` has their words.

Doctors and their services repeat without script: `d1-given`, `d1-s2-title`. A number says only which fields belong
together, so removing one leaves the others as they are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, SelectMultipleField, StringField

from booking_service.directory import joining
from booking_service.directory.joining import Choices
from booking_service.portal import join_typed
from booking_service.portal.forms import email_fault
from booking_service.web.forms import AtMost, CodeForm, Needed

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLINIC_KINDS: Final = ("clinic", "dentist", "practice")
DOCTOR_KINDS: Final = ("doctor", "nurse", "midwife")
PAYMENTS: Final = ("card", "cash", "transfer")
SPOKEN: Final = ("lv", "ru", "en", "de", "uk", "lt")
OTHER: Final = "other"
MOST_DOCTORS: Final = 10
MOST_SERVICES: Final = 12
FIRST_SERVICES: Final = 2
LINE, TEXT = 160, 1200

_DOCTOR = re.compile(r"d(\d{1,3})-")
_SERVICE = re.compile(r"d(\d{1,3})-s(\d{1,3})-")


class Mistake(NamedTuple):
    """A field's name, the code of what is wrong, and which doctor from 1 it is about (0: the clinic)."""

    field: str
    code: str
    doctor: int = 0


def _line(*validators: Any) -> Any:
    return StringField(filters=[join_typed.line], default="", validators=[*validators, AtMost(LINE, "line-long")])


def _text() -> Any:
    return StringField(filters=[join_typed.lines], default="", validators=[AtMost(TEXT, "text-long")])


def _several() -> Any:
    return SelectMultipleField(choices=[], default=(), validate_choice=False)


class Part(CodeForm):
    """A part of the form; `fault` puts a code at a field that has none yet."""

    def fault(self, name: str, code: str) -> None:
        field: Field = self[name]
        if not field.errors:
            field.errors = [code]

    def needs_sound(self, name: str, kind: str, text: str, code: str) -> None:
        """Refuse what a card could not hold; an empty text is the business of `Needed`."""
        if text and not joining.sound(kind, text):
            self.fault(name, code)

    def said(self, name: str) -> str:
        return str(self[name].data or "")


class ClinicForm(Part):
    """The clinic itself."""

    name = _line(Needed("name-missing"))
    kind = StringField(default="clinic")
    company_name = _line(Needed("company-missing"))
    company_number = _line(Needed("company-number-missing"))
    institution_code = _line(Needed("institution-missing"))
    street = _line(Needed("street-missing"))
    town = StringField(default="")
    other_town = _line()
    post_code = _line(Needed("post-code-missing"))
    coordinates = _line()
    phones = _line(Needed("phones-missing"))
    email = _line()
    site = _line()
    mon, tue, wed, thu, fri, sat, sun = (_line() for _ in DAYS)
    insurers = _several()
    payment = _several()
    state_contract = BooleanField(default=False)
    step_free = StringField(default="")
    lift = StringField(default="")
    toilet = StringField(default="")
    access_note = _line()
    transport = _line()
    text = _text()

    def check(self, known: Choices) -> None:
        """Everything that single fields cannot say of themselves."""
        if self.kind.data not in CLINIC_KINDS:
            self.fault("kind", "kind-missing")
        if self.town.data == OTHER and not self.said("other_town"):
            self.fault("other_town", "town-missing")
        if self.town.data not in (*known.towns, OTHER):
            self.fault("town", "town-missing")
        self.needs_sound("company_number", "company_number", self.said("company_number"), "company-number-wrong")
        self.needs_sound("institution_code", "institution_code", self.said("institution_code"), "institution-wrong")
        self.needs_sound("post_code", "post_code", join_typed.post_code(self.said("post_code")), "post-code-wrong")
        self.needs_sound("site", "link", join_typed.link(self.said("site")), "site-wrong")
        if self.email.data and (code := email_fault(self.email.data)):
            self.fault("email", code)
        for number in join_typed.phones(self.said("phones")):
            self.needs_sound("phones", "phone", number, "phone-wrong")
        for day in DAYS:
            if self.said(day) and not joining.open_hours(join_typed.hours(self.said(day))):
                self.fault(day, "hours-wrong")
        if self.said("coordinates"):
            self._check_coordinates()

    def _check_coordinates(self) -> None:
        found = join_typed.coordinates(self.said("coordinates"))
        if found is None:
            self.fault("coordinates", "coordinates-wrong")
            return
        self.needs_sound("coordinates", "latitude", found[0], "coordinates-wrong")
        self.needs_sound("coordinates", "longitude", found[1], "coordinates-wrong")


class ServiceForm(Part):
    """One service of a doctor. `payer` is `paid`, `state`, or `state:` and a key of the co-payments."""

    title = _line()
    minutes = _line()
    payer = StringField(default="paid")
    price = _line()
    referral = BooleanField(default=False)

    @property
    def empty(self) -> bool:
        return not (self.title.data or self.minutes.data or self.price.data)

    def check(self, known: Choices) -> None:
        if not self.title.data:
            self.fault("title", "title-missing")
        minutes = join_typed.minutes(self.said("minutes"))
        if not minutes or not joining.sound("minutes", minutes):
            self.fault("minutes", "minutes-wrong" if minutes else "minutes-missing")
        payer, _, share = self.said("payer").partition(":")
        if payer not in ("paid", "state") or (share and share not in known.co_payments):
            self.fault("payer", "payer-missing")
        price = join_typed.price(self.said("price"))
        if payer == "paid" and (not price or not joining.sound("price", price)):
            self.fault("price", "price-wrong" if price else "price-missing")


class DoctorForm(Part):
    """One doctor, with services."""

    given = _line()
    family = _line()
    kind = StringField(default="doctor")
    specialty = StringField(default="")
    other_specialty = _line()
    title = _line()
    languages = _several()
    register_number = _line()
    genitive = _line()
    dative = _line()
    accusative = _line()
    text = _text()

    number = 0
    services: Sequence[ServiceForm] = ()

    @property
    def empty(self) -> bool:
        typed = (self.given, self.family, self.title, self.other_specialty, self.register_number, self.text)
        return not any(field.data for field in typed) and all(one.empty for one in self.services)

    def check(self, known: Choices) -> None:
        for name in ("given", "family"):
            if not self.said(name):
                self.fault(name, f"{name}-missing")
        if self.kind.data not in DOCTOR_KINDS:
            self.fault("kind", "kind-missing")
        if self.specialty.data == OTHER and not self.said("other_specialty"):
            self.fault("other_specialty", "specialty-missing")
        if self.specialty.data not in (*known.specialties, OTHER):
            self.fault("specialty", "specialty-missing")
        number = self.said("register_number").upper()
        self.needs_sound("register_number", "register_number", number, "register-wrong")


class SenderForm(Part):
    """Who fills the form in. `homepage` is there for programs that fill in whatever they find."""

    contact_name = _line(Needed("contact-missing"))
    contact_email = _line()
    contact_phone = _line(Needed("contact-phone-missing"))
    word = _text()
    agree = BooleanField(default=False)
    homepage = StringField(default="")

    def check(self) -> None:
        if code := email_fault(self.said("contact_email")):
            self.fault("contact_email", code)
        self.needs_sound("contact_phone", "phone", self.said("contact_phone"), "phone-wrong")
        if not self.agree.data:
            self.fault("agree", "agree-missing")
        if self.homepage.data:
            self.fault("homepage", "homepage-filled")


class JoinForm:
    """The whole form as it stands: every part that was sent, or the first empty ones."""

    def __init__(self, typed: MultiDict[str, str] | None, known: Choices) -> None:
        self.known = known
        self.clinic = ClinicForm(typed)
        self.sender = SenderForm(typed)
        self.doctors = list(_doctors(typed))

    def add_doctor(self) -> None:
        if len(self.doctors) < MOST_DOCTORS:
            self.doctors.append(_doctor(None, max((one.number for one in self.doctors), default=0) + 1, {}))

    def add_service(self, number: int) -> None:
        for doctor in self.doctors:
            if doctor.number == number and len(doctor.services) < MOST_SERVICES:
                taken = [int(one.title.name.split("-")[1][1:]) for one in doctor.services]
                doctor.services = [*doctor.services, _service(None, number, max(taken, default=0) + 1)]

    def remove_doctor(self, number: int) -> None:
        self.doctors = [one for one in self.doctors if one.number != number]

    def filled(self) -> list[DoctorForm]:
        """The doctors that something was typed about; an empty section is none."""
        return [one for one in self.doctors if not one.empty]

    def mistakes(self) -> list[Mistake]:
        """Check everything; every mistake in the order of the page."""
        self.clinic.validate()
        self.clinic.check(self.known)
        self.sender.validate()
        self.sender.check()
        found = [Mistake(*one) for one in self.clinic.mistakes()]
        for at, doctor in enumerate(self.filled(), 1):
            parts: list[DoctorForm | ServiceForm] = [doctor, *(one for one in doctor.services if not one.empty)]
            for part in parts:
                part.validate()
                part.check(self.known)
                found += [Mistake(*one, at) for one in part.mistakes()]
        return [*found, *(Mistake(*one) for one in self.sender.mistakes())]


def _doctors(typed: MultiDict[str, str] | None) -> Iterator[DoctorForm]:
    services: dict[int, set[int]] = {1: set()} if typed is None else {}
    for name in typed or ():
        if found := _DOCTOR.match(name):
            services.setdefault(int(found[1]), set())
        if found := _SERVICE.match(name):
            services[int(found[1])].add(int(found[2]))
    for number in sorted(services)[:MOST_DOCTORS]:
        yield _doctor(typed, number, services)


def _doctor(typed: MultiDict[str, str] | None, number: int, services: Mapping[int, set[int]]) -> DoctorForm:
    form = DoctorForm(typed, prefix=f"d{number}")
    form.number = number
    numbers = sorted(services.get(number) or range(1, FIRST_SERVICES + 1))[:MOST_SERVICES]
    form.services = [_service(typed, number, each) for each in numbers]
    return form


def _service(typed: MultiDict[str, str] | None, doctor: int, number: int) -> ServiceForm:
    return ServiceForm(typed, prefix=f"d{doctor}-s{number}")
