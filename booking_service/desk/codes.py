"""The personal code that staff may see of a booking: its own copy, else what the clinic knows of the patient."""

from booking_service.bookings.models import Booking
from booking_service.patients import store
from booking_service.security.encryption import unseal
from booking_service.security.personal_codes import PersonalCode


def code_of(booking: Booking) -> PersonalCode | None:
    """The code, None where the patient gave none; the booking's copy goes a week after the visit."""
    if booking.code is not None:
        return PersonalCode(unseal(booking.code, booking.id, "booking.code"))
    return store.code_of(booking.patient) if booking.patient is not None else None
