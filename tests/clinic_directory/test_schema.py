"""The values can also be made by programs, from ready values."""

import datetime
import pickle

import pytest
from clinic_directory.schema import Ages, Doctor, Limits, Practice, Service, Words
from pydantic import ValidationError

TODAY = datetime.date(2027, 3, 2)


def a_doctor() -> Doctor:
    service = Service(id="vizite", title=Words(lv="Vizīte"), payer="paid", minutes=30, price=5500)
    return Doctor(
        slug="ilze",
        file="doctors/ilze.md",
        given="Ilze",
        family="Bērziņa",
        title=Words(lv="Ārste"),
        ages=Ages.model_validate({"from": 18}),
        checked=TODAY,
        practices=(Practice(clinic="veja-roze", services=(service,)),),
    )


def test_a_program_builds_a_doctor_from_ready_values() -> None:
    doctor = a_doctor()

    assert doctor.ages is not None
    assert doctor.ages.from_ == 18
    assert doctor.practices[0].limits == Limits(notice=120, horizon=90, cancel_by=1440, visits=2)


def test_a_value_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        a_doctor().family = "Liepa"


def test_a_value_survives_being_stored() -> None:
    assert pickle.loads(pickle.dumps(a_doctor())) == a_doctor()  # noqa: S301 - our own bytes
