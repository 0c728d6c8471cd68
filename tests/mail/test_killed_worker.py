"""A worker killed for real, by SIGKILL, with letters in its hands."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service import clock
from booking_service.mail import outbox, queue, sender
from booking_service.mail.letter import Kind
from booking_service.mail.models import Letter, LetterState
from booking_service.security import encryption, keys
from booking_service.settings import ROOT
from tests.builders.letters import POST, a_visit
from tests.builders.smtp import listening, transport_to

WORKER = """
import sys
from pathlib import Path
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker
from booking_service.db import prepare
from booking_service.mail import sender
from booking_service.security import encryption, keys
from tests.builders.letters import POST
from tests.builders.smtp import transport_to

url, keys_file, port = sys.argv[1:]
encryption.install(keys.read(Path(keys_file)))
engine = create_engine(url)
prepare(engine)
sender.send_due(sessionmaker(engine.execution_options(writes=True)), transport_to(int(port)), POST)
"""


@pytest.fixture
def keys_file(tmp_path: Path) -> Path:
    keys.write(encryption.keyring(), tmp_path / "keys.json")
    return tmp_path / "keys.json"


def test_a_killed_worker_loses_no_letter_and_repeats_at_most_the_one_in_its_hand(
    engine: Engine, sessions: sessionmaker[Session], keys_file: Path
) -> None:
    made = datetime.now(UTC)
    coming = a_visit(starts=(made + timedelta(days=3)).isoformat(), ends=(made + timedelta(days=4)).isoformat())
    with sessions.begin() as session:
        for number in range(12):
            to = f"p{number}@example.lv"
            outbox.put(session, kind=Kind.CONFIRMED, lang="lv", to=to, facts=coming, now=made)
    with listening() as server:
        server.wait = 0.1
        url = engine.url.render_as_string(hide_password=False)
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, url, str(keys_file), str(server.port)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")])},
        )
        deadline = time.monotonic() + 20
        while len(server.received) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        server.wait = 0
        assert 3 <= len(server.received) < 12

        sender.send_due(sessions, transport_to(server.port), POST, now=lambda: clock.now() + queue.LEASE)

        arrived = Counter(server.recipients)
        assert set(arrived) == {f"p{number}@example.lv" for number in range(12)}
        assert sum(arrived.values()) <= 13
        assert len({each["Message-ID"] for each in server.received}) == 12
    with sessions() as session:
        assert set(session.scalars(select(Letter.state))) == {LetterState.SENT}
