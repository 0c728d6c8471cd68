"""The checked form as what a clinic asks for, in the words of content."""

from collections.abc import Iterator

from booking_service.directory.joining import AskedClinic, AskedDoctor, AskedService, Choices
from booking_service.portal import join_typed
from booking_service.portal.join_form import (
    CLINIC_KINDS,
    DAYS,
    DOCTOR_KINDS,
    OTHER,
    PAYMENTS,
    SPOKEN,
    ClinicForm,
    DoctorForm,
    JoinForm,
    ServiceForm,
)

ANSWERS = ("yes", "no")


def asked(form: JoinForm) -> AskedClinic:
    """Everything that the form says; only for one without mistakes."""
    clinic, known = form.clinic, form.known
    return AskedClinic(
        name=clinic.said("name"),
        kind=_one_of(clinic.said("kind"), CLINIC_KINDS),
        company_name=clinic.said("company_name"),
        company_number=clinic.said("company_number"),
        institution_code=clinic.said("institution_code"),
        street=clinic.said("street"),
        post_code=join_typed.post_code(clinic.said("post_code")),
        town=_known(clinic.said("town"), known.towns),
        other_town=clinic.said("other_town") if clinic.said("town") == OTHER else "",
        coordinates=join_typed.coordinates(clinic.said("coordinates")) or ("", ""),
        phones=join_typed.phones(clinic.said("phones")),
        email=clinic.said("email"),
        site=join_typed.link(clinic.said("site")),
        hours={day: hours for day in DAYS if (hours := join_typed.hours(clinic.said(day)))},
        insurers=tuple(slug for slug in known.insurers if slug in (clinic.insurers.data or ())),
        payment=tuple(way for way in PAYMENTS if way in (clinic.payment.data or ())),
        state_contract=bool(clinic.state_contract.data),
        access=dict(_access(clinic)),
        transport=clinic.said("transport"),
        text=clinic.said("text"),
        doctors=tuple(_doctor(one, known) for one in form.filled()),
    )


def _access(clinic: ClinicForm) -> Iterator[tuple[str, str]]:
    for name in ("step_free", "lift", "toilet"):
        yield name, clinic.said(name) if clinic.said(name) in ANSWERS else ""
    yield "note", clinic.said("access_note")


def _doctor(doctor: DoctorForm, known: Choices) -> AskedDoctor:
    return AskedDoctor(
        kind=_one_of(doctor.said("kind"), DOCTOR_KINDS),
        given=doctor.said("given"),
        family=doctor.said("family"),
        specialty=_known(doctor.said("specialty"), known.specialties),
        other_specialty=doctor.said("other_specialty") if doctor.said("specialty") == OTHER else "",
        title=doctor.said("title"),
        cases=(doctor.said("genitive"), doctor.said("dative"), doctor.said("accusative")),
        languages=tuple(lang for lang in SPOKEN if lang in (doctor.languages.data or ())),
        register_number=doctor.said("register_number").upper(),
        text=doctor.said("text"),
        services=tuple(_service(one) for one in doctor.services if not one.empty),
    )


def _service(service: ServiceForm) -> AskedService:
    payer, _, share = service.said("payer").partition(":")
    return AskedService(
        title=service.said("title"),
        minutes=join_typed.minutes(service.said("minutes")),
        payer=payer,
        price=join_typed.price(service.said("price")) if payer == "paid" else "",
        co_payment=share,
        referral=bool(service.referral.data),
    )


def _one_of(text: str, words: tuple[str, ...]) -> str:
    return text if text in words else words[0]


def _known(slug: str, known: object) -> str:
    return slug if isinstance(known, dict) and slug in known else ""
