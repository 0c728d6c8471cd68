"""Secrets in addresses and cookies: the link to one visit, and random tokens kept only as digests."""

import base64
import hashlib
import hmac
import secrets
from uuid import UUID

from booking_service.security.encryption import keyring

VISIT_BYTES = 16


def visit_token(booking_id: UUID, generation: int) -> str:
    """Return the 22 characters (128 bits) that open one visit; raising the generation ends every earlier link."""
    digest = keyring().link_of("visit", str(booking_id), str(generation))
    return base64.urlsafe_b64encode(digest[:VISIT_BYTES]).rstrip(b"=").decode()


def opens_visit(token: str, booking_id: UUID, generation: int) -> bool:
    """Say whether a token opens a visit, in the same time whatever the token is."""
    return hmac.compare_digest(token.encode(), visit_token(booking_id, generation).encode())


def consent_token(person_id: UUID, asked_at: str) -> str:
    """Return the 22 characters that let somebody agree to being booked for; asking anew ends the earlier link."""
    digest = keyring().link_of("consent", str(person_id), asked_at)
    return base64.urlsafe_b64encode(digest[:VISIT_BYTES]).rstrip(b"=").decode()


def opens_consent(token: str, person_id: UUID, asked_at: str) -> bool:
    """Say whether a token opens that question, in the same time whatever the token is."""
    return hmac.compare_digest(token.encode(), consent_token(person_id, asked_at).encode())


def new_token() -> str:
    """Return a fresh random token of 256 bits, for a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """Return what is kept of a random token: its SHA-256, so that a stolen table opens nothing."""
    return hashlib.sha256(token.encode()).digest()
