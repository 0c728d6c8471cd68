"""The worker: what is due is done, one duty that fails stops no other, and it ends when told to."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.accounts.actions import ask_code
from booking_service.accounts.models import SignInCode, Visitor
from booking_service.bookings.models import Booking, State
from booking_service.calendars.models import Approval, Opening
from booking_service.cli.work import Worker, post
from booking_service.mail.models import Letter, LetterState
from booking_service.mail.render import Post
from booking_service.settings import read
from tests.builders import bookings, clinics
from tests.builders.smtp import Server, listening, transport_to
from tests.conftest import NOW

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server() -> Iterator[Server]:
    with listening() as server:
        yield server


def worker(sessions: sessionmaker[Session], server: Server, now: datetime) -> Worker:
    sender = Post("http://localhost:8000", "pieraksts@pieraksts.example", "palidziba@pieraksts.example")
    return Worker(sessions, transport_to(server.port), sender, now=lambda: now)


def test_a_turn_sends_ends_and_keeps_openings_true(sessions: sessionmaker[Session], server: Server) -> None:
    with sessions.begin() as session:
        house = clinics.house(session, calendar_approval=Approval.MANUAL)
        request = bookings.booked(session, house)
        hold = bookings.held(session, house, clinics.instant("2027-03-10 11:00"))
        answer_by = request.answer_by
    assert answer_by is not None

    worker(sessions, server, answer_by + timedelta(minutes=1)).turn()

    with sessions() as session:
        states = {row.id: row.state for row in session.execute(select(Booking.id, Booking.state))}
        assert states == {request.id: State.EXPIRED, hold.id: State.EXPIRED}
        assert session.scalars(select(Opening.first)).one() is not None
    assert sorted(server.recipients) == ["anna@example.lv", "registratura@veja-roze.example"]


def test_what_is_past_keeping_is_forgotten(sessions: sessionmaker[Session], server: Server) -> None:
    with sessions.begin() as session:
        ask_code(session, email="anna@example.lv", lang="lv", network="192.0.2.1", now=NOW)
        booked = bookings.booked(session, clinics.house(session))
        assert booked.code is not None

    worker(sessions, server, booked.ends + timedelta(days=8)).turn()

    with sessions() as session:
        assert session.scalars(select(SignInCode)).all() == []
        assert session.scalars(select(Visitor)).all() == []
        assert session.scalars(select(Booking.code)).one() is None


def test_a_week_after_the_visit_the_code_is_still_there(sessions: sessionmaker[Session], server: Server) -> None:
    with sessions.begin() as session:
        booked = bookings.booked(session, clinics.house(session))

    worker(sessions, server, booked.ends + timedelta(days=6)).turn()

    with sessions() as session:
        assert session.scalars(select(Booking.code)).one() is not None


def test_a_duty_that_fails_stops_no_other(
    sessions: sessionmaker[Session], server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sessions.begin() as session:
        ask_code(session, email="anna@example.lv", lang="lv", network="192.0.2.1", now=NOW)
    broken = worker(sessions, server, NOW)

    def fails() -> float:
        raise RuntimeError("no luck")

    monkeypatch.setattr(broken, "_expire", fails)
    broken.turn()

    with sessions() as session:
        assert session.scalars(select(Letter.state)).one() is LetterState.SENT


def test_a_mail_server_that_is_gone_makes_the_worker_wait_longer(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        ask_code(session, email="anna@example.lv", lang="lv", network="192.0.2.1", now=NOW)
    with listening() as gone:
        pass

    assert worker(sessions, gone, NOW).turn() > worker(sessions, gone, NOW + timedelta(seconds=1)).turn()


def test_letters_come_from_the_settings_addresses() -> None:
    env = {"SITE_URL": "https://pieraksts.example", "KEYS_FILE": "/safe/keys.json", "MAIL_FROM": "no@pieraksts.example"}

    assert post(read(env)) == Post("https://pieraksts.example", "no@pieraksts.example", "no@pieraksts.example")


def test_the_command_stops_cleanly_when_told_to(settings_of: dict[str, str], engine: Engine) -> None:
    env = {**os.environ, **settings_of, "SMTP_PORT": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "booking_service", "work"], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
    )
    time.sleep(3)
    assert process.poll() is None

    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=20)

    assert process.returncode == 0
    assert out.endswith("The worker has stopped.\n")
