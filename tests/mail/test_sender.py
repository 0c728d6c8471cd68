"""Sending the outbox: over real SMTP, on both databases, with everything that goes wrong on the way."""

import socket
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session, sessionmaker

from booking_service.mail import message, outbox, queue, sender, transport
from booking_service.mail.letter import CodeFacts, Kind, iso
from booking_service.mail.models import Letter, LetterState
from booking_service.mail.sender import Tally
from tests.builders.letters import POST, VISIT, a_visit
from tests.builders.smtp import Server, free_port, listening, self_signed, transport_to

Sessions = sessionmaker[Session]


@pytest.fixture
def server() -> Iterator[Server]:
    with listening() as server:
        yield server


def written(
    sessions: Sessions,
    to: str = "anna@example.lv",
    *,
    now: datetime,
    kind: Kind = Kind.CONFIRMED,
    booking: UUID | None = None,
) -> UUID:
    facts = CodeFacts("048213", iso(now + timedelta(minutes=10))) if kind is Kind.SIGN_IN_CODE else VISIT
    with sessions.begin() as session:
        return outbox.put(session, kind=kind, lang="lv", to=to, facts=facts, now=now, booking_id=booking).id


def run(sessions: Sessions, port: int, now: datetime) -> Tally:
    return sender.send_due(sessions, transport_to(port), POST, now=lambda: now)


def look(sessions: Sessions, letter: UUID) -> Letter:
    with sessions() as session:
        return session.get_one(Letter, letter)


def test_a_waiting_letter_is_sent_once(sessions: Sessions, server: Server, now: datetime) -> None:
    letter = written(sessions, now=now)

    assert run(sessions, server.port, now).sent == 1
    assert run(sessions, server.port, now).sent == 0

    assert server.recipients == ["anna@example.lv"]
    row = look(sessions, letter)
    assert (row.state, row.sent_at, row.attempts, row.claimed_until) == (LetterState.SENT, now, 1, None)
    assert server.received[0]["Message-ID"] == row.message_id


def test_many_letters_go_over_one_connection(sessions: Sessions, server: Server, now: datetime) -> None:
    for number in range(5):
        written(sessions, f"p{number}@example.lv", now=now)

    assert run(sessions, server.port, now).sent == 5
    assert server.connections == 1


def test_a_sign_in_code_goes_first_and_its_facts_are_gone_at_once(
    sessions: Sessions, server: Server, now: datetime
) -> None:
    written(sessions, now=now - timedelta(minutes=1))
    code = written(sessions, now=now, kind=Kind.SIGN_IN_CODE)

    run(sessions, server.port, now)

    assert server.subjects[0].startswith("048213")
    assert look(sessions, code).facts is None


def test_a_refused_address_fails_at_once_with_its_reason_and_stops_nobody(
    sessions: Sessions, server: Server, now: datetime
) -> None:
    server.rcpt = lambda to: "550 5.1.1 <bad@example.lv> unknown here" if to == "bad@example.lv" else None
    bad = written(sessions, "bad@example.lv", now=now - timedelta(minutes=1))
    written(sessions, now=now)

    tally = run(sessions, server.port, now)

    assert (tally.sent, tally.failed) == (1, 1)
    row = look(sessions, bad)
    assert row.state == LetterState.FAILED
    assert row.reason.startswith("550 5.1.1")
    assert "bad@" not in row.reason


def test_a_refused_content_fails_too(sessions: Sessions, server: Server, now: datetime) -> None:
    server.data = lambda _to: "554 5.7.1 no"
    letter = written(sessions, now=now)

    assert run(sessions, server.port, now).failed == 1
    assert look(sessions, letter).reason == "554 5.7.1 no"


def test_later_is_tried_later_and_longer_each_time_until_it_has_failed(
    sessions: Sessions, server: Server, now: datetime
) -> None:
    server.rcpt = lambda _to: "451 4.7.1 greylisted"
    far = a_visit(ends="2030-01-01T00:00:00+00:00")
    with sessions.begin() as session:
        letter = outbox.put(session, kind=Kind.CONFIRMED, lang="lv", to="a@b.example", facts=far, now=now).id
    moments, at = [], now
    for _ in range(20):
        if look(sessions, letter).state != LetterState.WAITING:
            break
        run(sessions, server.port, at)
        moments.append(at)
        at = look(sessions, letter).next_try_at
        assert run(sessions, server.port, at - timedelta(seconds=1)).settled == 0

    waits = [later - earlier for earlier, later in pairwise(moments)]
    assert waits == list(queue.DELAYS)
    row = look(sessions, letter)
    assert (row.state, row.reason) == (LetterState.FAILED, "451 4.7.1 greylisted")
    assert row.facts is not None


def test_a_failed_letter_can_be_sent_again(sessions: Sessions, server: Server, now: datetime) -> None:
    server.data = lambda _to: "554 no"
    letter = written(sessions, now=now)
    run(sessions, server.port, now)
    server.data = lambda _to: None

    with sessions.begin() as session:
        assert outbox.send_again(session, letter, now=now)
        assert not outbox.send_again(session, letter, now=now)
    assert run(sessions, server.port, now).sent == 1


def test_a_server_out_of_reach_is_no_letters_fault(sessions: Sessions, now: datetime) -> None:
    letters = [written(sessions, f"p{number}@example.lv", now=now) for number in range(3)]

    tally = run(sessions, free_port(), now)

    assert tally.settled == 0
    assert "refused" in tally.outage
    rows = [look(sessions, letter) for letter in letters]
    assert {(row.state, row.attempts, row.claimed_until) for row in rows} == {(LetterState.WAITING, 0, None)}
    with listening() as server:
        assert run(sessions, server.port, now + timedelta(minutes=1)).sent == 3


def test_a_server_that_refuses_us_altogether_is_an_outage(sessions: Sessions, server: Server, now: datetime) -> None:
    server.sender = lambda _from: "530 5.7.0 sign in first"
    letter = written(sessions, now=now)

    tally = run(sessions, server.port, now)

    assert tally.outage == "530 5.7.0 sign in first"
    row = look(sessions, letter)
    assert (row.state, row.attempts, row.reason) == (LetterState.WAITING, 0, tally.outage)


def test_a_hung_up_conversation_puts_one_letter_off_and_the_rest_go_on_a_new_line(
    sessions: Sessions, server: Server, now: datetime
) -> None:
    server.data = lambda to: "hang up" if to == "poison@example.lv" else None
    poison = written(sessions, "poison@example.lv", now=now - timedelta(minutes=1))
    written(sessions, now=now)

    tally = run(sessions, server.port, now)

    assert (tally.sent, tally.put_off, tally.outage) == (1, 1, "")
    assert server.connections == 2
    row = look(sessions, poison)
    assert (row.state, row.attempts) == (LetterState.WAITING, 1)


def test_silence_twice_in_a_row_ends_the_run(sessions: Sessions, server: Server, now: datetime) -> None:
    server.data = lambda _to: "hang up"
    letters = [written(sessions, f"p{number}@example.lv", now=now) for number in range(4)]

    tally = run(sessions, server.port, now)

    assert (tally.put_off, tally.sent) == (1, 0)
    assert tally.outage
    assert sum(look(sessions, letter).attempts for letter in letters) == 1


def test_a_slow_server_is_left_after_a_while(
    sessions: Sessions, server: Server, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "TIMEOUT", 0.3)
    server.wait = 1.0
    letter = written(sessions, now=now)

    tally = run(sessions, server.port, now)

    assert tally.put_off == 1
    assert "timed out" in look(sessions, letter).reason


def test_a_server_that_says_nothing_at_all_is_an_outage(
    sessions: Sessions, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "TIMEOUT", 0.3)
    written(sessions, now=now)
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()

        assert "timed out" in run(sessions, mute.getsockname()[1], now).outage


def test_a_goodbye_of_421_is_no_failure(sessions: Sessions, server: Server, now: datetime) -> None:
    answers = iter(["421 4.3.2 closing"])
    server.rcpt = lambda _to: next(answers, None)
    written(sessions, "first@example.lv", now=now - timedelta(minutes=1))
    written(sessions, now=now)

    tally = run(sessions, server.port, now)

    assert (tally.sent, tally.put_off, tally.outage) == (1, 1, "")


@pytest.mark.parametrize(
    ("room", "step", "arrived"),
    [(queue, "contents", 1), (message, "build", 1), (transport.Line, "send", 1), (queue, "sent", 2)],
)
def test_a_worker_that_dies_at_any_step_loses_nothing_and_a_repeat_is_the_same_letter(
    sessions: Sessions,
    server: Server,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    room: object,
    step: str,
    arrived: int,
) -> None:
    letter = written(sessions, now=now)

    class Killed(BaseException):
        """Stands for SIGKILL just before the step."""

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(room, step, die)
        with pytest.raises(Killed):
            run(sessions, server.port, now)
    assert run(sessions, server.port, now).settled == 0  # The claim still holds.
    assert run(sessions, server.port, now + queue.LEASE).sent == 1

    assert len(server.received) == arrived
    assert len({each["Message-ID"] for each in server.received}) == 1
    assert len({invitation(each) for each in server.received}) == 1
    assert look(sessions, letter).state == LetterState.SENT


def invitation(letter: EmailMessage) -> bytes:
    part = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


def test_a_rolled_back_change_sends_nothing(sessions: Sessions, server: Server, now: datetime) -> None:
    with sessions() as session:
        outbox.put(session, kind=Kind.CONFIRMED, lang="lv", to="a@b.example", facts=VISIT, now=now)
        session.flush()
        session.rollback()

    assert run(sessions, server.port, now).settled == 0


def test_two_workers_at_once_send_each_letter_once(sessions: Sessions, server: Server, now: datetime) -> None:
    for number in range(24):
        written(sessions, f"p{number}@example.lv", now=now)
    start = threading.Barrier(4)

    def work(_: int) -> int:
        start.wait()
        return run(sessions, server.port, now).sent

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 24
    assert sorted(server.recipients) == sorted(f"p{number}@example.lv" for number in range(24))


def test_an_overtaken_letter_is_not_sent(sessions: Sessions, server: Server, now: datetime) -> None:
    booking = uuid4()
    old = written(sessions, now=now, booking=booking)
    written(sessions, now=now + timedelta(minutes=1), kind=Kind.CANCELLED_BY_PATIENT, booking=booking)

    run(sessions, server.port, now + timedelta(minutes=1))

    assert len(server.subjects) == 1
    assert server.subjects[0].startswith("Vizīte atcelta: ")
    assert look(sessions, old).state == LetterState.OVERTAKEN


def test_a_later_letter_waits_while_an_earlier_one_of_its_booking_is_in_hand(
    sessions: Sessions, server: Server, now: datetime
) -> None:
    booking, later = uuid4(), now + timedelta(minutes=1)
    written(sessions, now=now, booking=booking)
    first = queue.claim(sessions, now)
    assert first is not None
    written(sessions, now=later, kind=Kind.MOVED, booking=booking)

    assert queue.claim(sessions, later) is None
    queue.sent(sessions, first, later)
    assert look(sessions, first.id).state == LetterState.SENT
    second = queue.claim(sessions, later)
    assert second is not None
    assert second.kind is Kind.MOVED


def test_a_letter_that_came_too_late_is_not_sent(sessions: Sessions, server: Server, now: datetime) -> None:
    code = written(sessions, now=now, kind=Kind.SIGN_IN_CODE)

    assert run(sessions, server.port, now + timedelta(minutes=11)).failed == 1

    row = look(sessions, code)
    assert (row.reason, row.facts) == ("too late to be of use", None)
    assert server.received == []


def test_a_letter_that_cannot_be_written_stops_nobody_and_tells_nothing(
    sessions: Sessions, server: Server, now: datetime
) -> None:
    with sessions.begin() as session:
        broken = replace(VISIT, zone="Nowhere/At-All")
        bad = outbox.put(session, kind=Kind.CONFIRMED, lang="lv", to="a@b.example", facts=broken, now=now).id
    written(sessions, now=now)

    tally = run(sessions, server.port, now)

    assert (tally.sent, tally.put_off) == (1, 1)
    assert look(sessions, bad).reason == "cannot be written: ZoneInfoNotFoundError"


def test_old_facts_are_forgotten_and_what_happened_stays(sessions: Sessions, server: Server, now: datetime) -> None:
    letter = written(sessions, now=now)
    run(sessions, server.port, now)

    with sessions.begin() as session:
        assert outbox.forget(session, now=now + timedelta(days=29)) == 0
        assert outbox.forget(session, now=now + timedelta(days=31)) == 1

    row = look(sessions, letter)
    assert (row.to, row.facts, row.state) == (None, None, LetterState.SENT)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A certificate that nobody vouches for."""
    return self_signed(tmp_path_factory.mktemp("tls"))


def test_a_certificate_that_nobody_vouches_for_is_an_outage(
    sessions: Sessions, certificate: ssl.SSLContext, now: datetime
) -> None:
    letter = written(sessions, now=now)
    with listening(certificate) as server:
        tally = sender.send_due(sessions, transport_to(server.port, MAIL_USE_TLS=True), POST, now=lambda: now)

    assert "certificate verify failed" in tally.outage.lower()
    assert server.received == []
    assert look(sessions, letter).attempts == 0
