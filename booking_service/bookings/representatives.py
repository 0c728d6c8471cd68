"""Who answers for a child at a visit: sealed with the booking, shown at the desk, never in a letter."""

import json

from booking_service.bookings.models import Booking
from booking_service.patients.rules import Representative
from booking_service.security.encryption import seal, unseal

COLUMN = "booking.representative"


def write(booking: Booking, representative: Representative | None) -> None:
    """Keep the representative with the visit; None where the patient decides for themselves."""
    text = json.dumps([representative.name, representative.phone]) if representative else ""
    booking.representative = seal(text, booking.id, COLUMN) if text else None


def of(booking: Booking) -> Representative | None:
    """The representative of a visit's patient; none for an adult, and once it is past keeping."""
    if booking.representative is None:
        return None
    return Representative(*json.loads(unseal(booking.representative, booking.id, COLUMN)))
