"""Demo mode's mail server: what is sent over SMTP can be read, and nothing else can."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from booking_service.mail import caught
from booking_service.mail.catcher import catcher
from booking_service.mail.letter import Kind
from tests.builders.letters import POST, READER, a_letter
from tests.builders.smtp import free_port, transport_to


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    number = free_port()
    controller = catcher(tmp_path / "mail", number)
    controller.start()
    yield number
    controller.stop()


def send(port: int, *kinds: Kind) -> None:
    with transport_to(port).line() as line:
        for kind in kinds:
            line.send(a_letter(kind), sender=POST.sender, to=READER)


def test_a_caught_letter_can_be_read_in_all_its_parts(port: int, tmp_path: Path) -> None:
    send(port, Kind.CONFIRMED)

    (letter,) = caught.newest(tmp_path / "mail")
    assert letter.to == READER
    assert letter.subject.startswith("Vizīte apstiprināta")
    assert "VR-4K7Q" in letter.text
    assert letter.html.startswith("<!doctype html>")
    assert letter.calendar.startswith("BEGIN:VCALENDAR\r\n")
    assert letter.raw.startswith(b"From: Pieraksts")
    assert letter.sent_at is not None
    assert caught.find(tmp_path / "mail", letter.id) == letter


def test_the_newest_comes_first(port: int, tmp_path: Path) -> None:
    send(port, Kind.CONFIRMED, Kind.CANCELLED_BY_PATIENT, Kind.SIGN_IN_CODE)

    subjects = [letter.subject.split()[0] for letter in caught.newest(tmp_path / "mail")]
    assert subjects == ["048213", "Vizīte", "Vizīte"]
    assert len(caught.newest(tmp_path / "mail", most=2)) == 2


def test_files_are_for_their_owner_alone_and_whole(port: int, tmp_path: Path) -> None:
    send(port, Kind.CONFIRMED)

    (file,) = (tmp_path / "mail").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.suffix == ".eml"


@pytest.mark.parametrize("name", ["", "..", "../secret", "nav", "20270302T084200000000-0000000g"])
def test_an_id_that_is_none_opens_no_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.eml").write_text("Subject: x\n\n")

    assert caught.find(tmp_path / "mail", name) is None


def test_an_empty_folder_holds_no_letters(tmp_path: Path) -> None:
    assert caught.newest(tmp_path / "none") == []
    caught.clear(tmp_path / "none")
