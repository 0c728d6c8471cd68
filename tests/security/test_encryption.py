"""Sealed fields and their keys."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.mail import outbox
from booking_service.mail.letter import Kind
from booking_service.mail.models import Letter
from booking_service.security import encryption, keys
from booking_service.security.encryption import SealError, seal, unseal
from booking_service.security.rotation import rotate, sealed_columns
from booking_service.tables import METADATA
from tests.builders.letters import VISIT
from tests.conftest import NOW


@pytest.fixture(autouse=True)
def _own_keys() -> Iterator[None]:
    """These tests change keys; the others keep theirs."""
    before = encryption.keyring()
    encryption.install(keys.fresh())
    yield
    encryption.install(before)


def test_a_sealed_value_opens_in_its_own_row_and_column_only() -> None:
    row = uuid4()
    sealed = seal("161175-19997", row, "person.code")

    assert unseal(sealed, row, "person.code") == "161175-19997"
    for other_row, column in ((uuid4(), "person.code"), (row, "person.birth_date")):
        with pytest.raises(SealError):
            unseal(sealed, other_row, column)


def test_a_personal_code_takes_41_bytes_and_no_two_are_alike() -> None:
    row = uuid4()
    first, second = (seal("161175-19997", row, "person.code") for _ in range(2))

    assert len(first) == 41
    assert first != second
    assert first[0] == 1


@pytest.mark.parametrize("broken", [b"", b"\x01", b"\x07" + b"x" * 40, b"\x01" + b"x" * 40])
def test_a_damaged_value_says_so_without_its_contents(broken: bytes) -> None:
    with pytest.raises(SealError, match=r"person\.code"):
        unseal(broken, uuid4(), "person.code")


def test_an_older_key_still_opens_what_it_sealed() -> None:
    row = uuid4()
    old = seal("text", row, "person.code")
    encryption.install(keys.with_new_key(encryption.keyring()))

    assert unseal(old, row, "person.code") == "text"
    assert seal("text", row, "person.code")[0] == 2


def test_fingerprints_and_links_survive_a_new_encryption_key() -> None:
    ring = encryption.keyring()
    newer = keys.with_new_key(ring)

    assert newer.print_of("code", "x") == ring.print_of("code", "x")
    assert newer.link_of("visit", "x") == ring.link_of("visit", "x")
    assert ring.print_of("visit", "x") != ring.link_of("visit", "x")
    assert ring.print_of("a", "bc") != ring.print_of("ab", "c")


def test_the_sealed_columns_are_these() -> None:
    assert {f"{column.table.name}.{column.name}" for column in sealed_columns(METADATA)} == {
        "visitor.typed",
        "booking.policy",
        "booking.representative",
        "booking.code",
        "booking.answers",
        "booking.word",
        "letter.to",
        "letter.facts",
        "person.code",
        "person.birth_date",
        "patient.code",
        "patient.birth_date",
    }


def test_rotation_seals_everything_anew_and_then_the_old_key_can_go(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        for _ in range(3):
            outbox.put(session, kind=Kind.CONFIRMED, lang="lv", to="a@b.example", facts=VISIT, now=NOW)
    newer = keys.with_new_key(encryption.keyring())
    encryption.install(newer)

    assert rotate(sessions, METADATA) == 6
    assert rotate(sessions, METADATA) == 0

    encryption.install(keys.without_old_keys(newer))
    with sessions.begin() as session:
        letter = session.scalars(select(Letter)).all()[0]
        assert letter.to is not None
        assert unseal(letter.to, letter.id, "letter.to") == "a@b.example"


def test_the_key_file_is_for_its_owner_alone_and_reads_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "keys.json"
    ring = keys.read_or_make(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert keys.read(path) == ring
    assert keys.read_or_make(path) == ring
    assert [each.name for each in path.parent.iterdir()] == ["keys.json"]


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    keys.write(keys.fresh(), path)
    path.chmod(0o640)

    with pytest.raises(keys.KeysError, match="chmod 600"):
        keys.read(path)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"encryption": {}}',
        json.dumps({"encryption": {"1": "c2hvcnQ="}, "fingerprint": "c2hvcnQ=", "links": "c2hvcnQ="}),
        json.dumps({"encryption": {"300": "QUFB" * 10 + "QUE="}, "fingerprint": "x", "links": "y"}),
    ],
)
def test_a_damaged_key_file_is_refused_without_quoting_it(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(content)
    path.chmod(0o600)

    with pytest.raises(keys.KeysError) as caught:
        keys.read(path)

    assert "c2hvcnQ" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_missing_key_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(keys.KeysError, match="booking keys new"):
        keys.read(tmp_path / "none.json")


def test_a_keyring_does_not_show_its_keys() -> None:
    ring = keys.fresh()

    assert str(ring.fingerprint) not in repr(ring)
