"""Rules of signing in by a six-digit code: how long it lives, how often it may be asked for and tried."""

import secrets
from datetime import timedelta

from booking_service.security.limits import Limit

CODE_LIFE = timedelta(minutes=10)
TRIES = 5

# An address is limited per network, so that a stranger elsewhere cannot keep its owner from signing in; the wider limit
# keeps a letterbox from being flooded from many networks, and is more than one network can use up alone.
CODES_HERE = Limit("codes-address-network", 5, timedelta(minutes=15))
CODES_TO_ADDRESS = Limit("codes-address", 25, timedelta(hours=1))
CODES_FROM_NETWORK = Limit("codes-network", 40, timedelta(hours=1))
TRIES_FROM_NETWORK = Limit("tries-network", 60, timedelta(hours=1))


def new_code() -> str:
    """Return six random digits; leading zeros belong to it."""
    return f"{secrets.randbelow(1_000_000):06}"


def typed_code(text: str) -> str:
    """Return the digits of a code as somebody typed it: "123 456" is 123456."""
    return "".join(sign for sign in text if sign.isdecimal() and sign.isascii())
