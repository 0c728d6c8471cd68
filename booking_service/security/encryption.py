"""Sealed fields: AES-256-GCM with the key's number in byte 0, and the row and column as associated data.

A sealed value copied into another row or column does not open. One process has one keyring, installed at its start.
Convention of the tables: a LargeBinary column without a length is sealed, one of 32 bytes holds a digest.
"""

import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from booking_service.security.keys import Keyring

NONCE = 12
_installed: list[Keyring] = []


class SealError(Exception):
    """A sealed value does not open: another row's, damaged, or of a key that is not in the key file."""


def install(ring: Keyring) -> None:
    """Make `ring` this process's keys."""
    _installed[:] = [ring]


def keyring() -> Keyring:
    """Return this process's keys; RuntimeError before `install`, so that nothing is ever written unsealed."""
    if not _installed:
        raise RuntimeError("no keyring is installed; call security.encryption.install at the start")
    return _installed[0]


def seal(text: str, row: UUID, column: str) -> bytes:
    """Encrypt a text for one row and column; `column` is written "table.column"."""
    ring = keyring()
    nonce = secrets.token_bytes(NONCE)
    secret = AESGCM(ring.encryption[ring.newest]).encrypt(nonce, text.encode(), _place(row, column))
    return bytes([ring.newest]) + nonce + secret


def unseal(sealed: bytes, row: UUID, column: str) -> str:
    """Decrypt what `seal` made for the same row and column; SealError for anything else."""
    key = keyring().encryption.get(sealed[0]) if len(sealed) > NONCE else None
    if key is None:
        raise SealError(f"{column}: no such key")
    try:
        return AESGCM(key).decrypt(sealed[1 : NONCE + 1], sealed[NONCE + 1 :], _place(row, column)).decode()
    except InvalidTag:
        raise SealError(f"{column}: does not open in this row") from None


def _place(row: UUID, column: str) -> bytes:
    return row.bytes + column.encode()
