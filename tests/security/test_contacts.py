"""Phones and e-mail addresses as people type them."""

import pytest

from booking_service.security import contacts
from tests.builders.refusals import refused


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("20 000 000", "+37120000000"),
        ("+371 2000-0000", "+37120000000"),
        ("00371 20000000", "+37120000000"),
        ("67 000 012", "+37167000012"),
        ("+44 20 7946 0958", "+442079460958"),
        ("+370 612 34567", "+37061234567"),
    ],
)
def test_a_phone_is_kept_as_e164_and_is_latvian_by_default(typed: str, kept: str) -> None:
    assert contacts.phone(typed) == kept


@pytest.mark.parametrize("typed", ["", "123", "abc", "2000000000000", "zvaniet man"])
def test_what_no_phone_can_be_is_refused(typed: str) -> None:
    with refused("phone-wrong"):
        contacts.phone(typed)


def test_an_address_is_folded_so_that_one_person_has_one_account() -> None:
    assert contacts.email(" Anna.Ozola@Example.LV ") == "anna.ozola@example.lv"
    assert contacts.email("anna@bērziņi.lv") == "anna@xn--brzii-iza47a.lv"


@pytest.mark.parametrize(
    "typed", ["", "anna", "anna@", "@example.lv", "anna@example", "a b@example.lv", "anna@x.lv\r\nBcc: b@x.lv"]
)
def test_what_no_address_can_be_is_refused(typed: str) -> None:
    with refused("email-wrong"):
        contacts.email(typed)
