"""Phone numbers and e-mail addresses as people type them, brought to one form."""

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from booking_service.refusals import Refusal

HOME = "LV"


def phone(text: str) -> str:
    """Return a phone number as E.164 (`+37120000000`); without a country's number it is a Latvian one.

    Raises Refusal `phone-wrong`.
    """
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        raise Refusal("phone-wrong") from None
    if not phonenumbers.is_possible_number(number):
        raise Refusal("phone-wrong")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email(text: str) -> str:
    """Return an address folded to lower case, so that one person has one account. Raises Refusal `email-wrong`.

    Whether the domain exists is not asked: nothing is waited for inside a request.
    """
    try:
        valid = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise Refusal("email-wrong") from None
    return (valid.ascii_email or valid.normalized).lower()
