"""The number by which a clinic's desk and waiting-room screen know a booking, such as VR-4K7Q: random and no secret."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0 and O, no 1, I and L: a number is read aloud and typed by hand."""
LENGTH = 4
TRIES_A_LENGTH = 8
TRIES = 3 * TRIES_A_LENGTH


def new_number(prefix: str, attempt: int = 0) -> str:
    """A random number of a clinic. Later attempts are longer, so that a clinic never runs out of numbers."""
    length = LENGTH + attempt // TRIES_A_LENGTH
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(length))


def typed_number(text: str, prefix: str) -> str:
    """A number as somebody typed it: "4k7q", "vr4k7q" and "VR-4K7Q" are one."""
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    body = signs.removeprefix(prefix) if len(signs) > LENGTH else signs
    return f"{prefix}-{body}"
