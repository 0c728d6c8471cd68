"""The key file: encryption keys by number, and apart from them the keys of fingerprints and of links.

    {"encryption": {"1": "<32 bytes, base64>"}, "fingerprint": "<…>", "links": "<…>"}

The highest number encrypts; the older ones still read what they wrote. Fingerprints and links have keys of their own,
since a change of theirs would lose every patient's code at the desk and every link in a sent letter.
"""

import base64
import binascii
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

SIZE = 32


class KeysError(Exception):
    """The key file is missing or unusable; the text says what to do, and never what stands in the file."""


@dataclass(frozen=True, repr=False)
class Keyring:
    """The keys in use. `encryption` maps a number of 1 to 255 to its key."""

    encryption: dict[int, bytes]
    fingerprint: bytes
    links: bytes

    @property
    def newest(self) -> int:
        return max(self.encryption)

    def print_of(self, purpose: str, *parts: str) -> bytes:
        """Return a keyed digest of 32 bytes: equal for equal parts, of no use to anybody without the key."""
        return _digest(self.fingerprint, purpose, *parts)

    def link_of(self, purpose: str, *parts: str) -> bytes:
        """Return a keyed digest of 32 bytes for addresses that open something."""
        return _digest(self.links, purpose, *parts)


def _digest(key: bytes, purpose: str, *parts: str) -> bytes:
    # Each part carries its length, so that no two lists of parts can read the same.
    text = b"".join(len(part).to_bytes(4, "big") + part for part in (each.encode() for each in (purpose, *parts)))
    return hmac.digest(key, text, "sha256")


def fresh() -> Keyring:
    """Make new random keys."""
    return Keyring({1: secrets.token_bytes(SIZE)}, secrets.token_bytes(SIZE), secrets.token_bytes(SIZE))


def with_new_key(ring: Keyring) -> Keyring:
    """Add an encryption key that becomes the newest; KeysError when 255 are in use."""
    number = ring.newest + 1
    if number > 255:
        raise KeysError("The key file holds key 255, the last number there is; re-encrypt and drop the old keys first.")
    return Keyring({**ring.encryption, number: secrets.token_bytes(SIZE)}, ring.fingerprint, ring.links)


def without_old_keys(ring: Keyring) -> Keyring:
    """Keep the newest encryption key alone: right once `rotation.rotate` has left nothing of the others."""
    return Keyring({ring.newest: ring.encryption[ring.newest]}, ring.fingerprint, ring.links)


def read(path: Path) -> Keyring:
    """Read a key file. Raises KeysError where it is missing, unreadable, open to others or malformed."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise KeysError(
            f"The key file {path} cannot be read: {error.strerror}. `booking keys new` makes one."
        ) from error
    if mode & 0o077:
        raise KeysError(f"The key file {path} is open to other users; run chmod 600 on it.")
    try:
        return _parsed(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, binascii.Error):
        # From nothing: the cause would quote the keys.
        raise KeysError(f"The key file {path} is damaged; take it from its backup.") from None


def _parsed(content: dict[str, object]) -> Keyring:
    numbered = content["encryption"]
    if not isinstance(numbered, dict) or not numbered:
        raise ValueError
    encryption = {int(number): _key(key) for number, key in numbered.items()}
    if not all(1 <= number <= 255 for number in encryption):
        raise ValueError
    return Keyring(encryption, _key(content["fingerprint"]), _key(content["links"]))


def _key(text: object) -> bytes:
    key = base64.b64decode(str(text), validate=True)
    if len(key) != SIZE:
        raise ValueError
    return key


def write(ring: Keyring, path: Path) -> None:
    """Write a key file that its owner alone may read; an older one is replaced whole or not at all."""
    content = {
        "encryption": {str(number): _text(key) for number, key in sorted(ring.encryption.items())},
        "fingerprint": _text(ring.fingerprint),
        "links": _text(ring.links),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(path)


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()


def read_or_make(path: Path) -> Keyring:
    """Read the key file, or make it where there is none: what demo mode does, and nothing else."""
    if not path.exists():
        write(fresh(), path)
    return read(path)
