"""The worker's half of the outbox: send whatever is due, one letter at a time, outside of any transaction.

Three kinds of trouble are kept apart. The server says a lasting no to this letter: it has failed, at once, with the
server's reason. The server says "later", hangs up or is silent: the letter waits, longer each time. The server cannot
be reached, refuses us altogether or is silent twice in a row: no letter is to blame, nothing is counted, and the run
ends until the next one.
"""

import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from enum import Enum, auto

from sqlalchemy.orm import Session, sessionmaker

from booking_service import clock
from booking_service.mail import letter as letters
from booking_service.mail import message, queue
from booking_service.mail.queue import Claimed
from booking_service.mail.render import Post, render
from booking_service.mail.transport import Line, Transport

log = logging.getLogger(__name__)
BATCH = 100


@dataclass
class Tally:
    """What a run did. `outage` says why the server took nothing; the worker then pauses before it runs again."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    outage: str = ""

    @property
    def settled(self) -> int:
        return self.sent + self.put_off + self.failed


class After(Enum):
    """How a run goes on after a letter."""

    NEXT = auto()
    NEW_LINE = auto()


@dataclass
class Run:
    """One run over one database and one server; the clock is read for each letter, since a slow server takes time."""

    sessions: sessionmaker[Session]
    transport: Transport
    post: Post
    clock: Callable[[], datetime]
    tally: Tally = field(default_factory=Tally)
    silent: bool = False


def send_due(
    sessions: sessionmaker[Session],
    transport: Transport,
    post: Post,
    *,
    now: Callable[[], datetime] = clock.now,
    most: int = BATCH,
) -> Tally:
    """Send due letters, at most `most`, and say what became of them. Safe to run in many processes at once.

    `sessions` must begin as writers do (SQLite's claim is `BEGIN IMMEDIATE`, PostgreSQL's `SKIP LOCKED`).
    """
    run = Run(sessions, transport, post, now)
    claimed = queue.claim(sessions, now())
    while claimed is not None:
        claimed = _over_one_line(run, claimed, most)
    return run.tally


def _over_one_line(run: Run, claimed: Claimed, most: int) -> Claimed | None:
    """Connect and send letter after letter; return one that needs another connection, nothing at the run's end."""
    held: Claimed | None = claimed
    try:
        with run.transport.line() as line:
            while held is not None:
                after = _one(run, line, held)
                held = queue.claim(run.sessions, run.clock()) if run.tally.settled < most else None
                if after is After.NEW_LINE:
                    return held
    except (smtplib.SMTPException, OSError) as trouble:
        if held is None:
            return None
        run.tally.outage = _reason(trouble)
        log.warning("The mail server takes no letters: %s", run.tally.outage)
        queue.released(run.sessions, held, run.tally.outage, run.clock())
    return None


def _one(run: Run, line: Line, claimed: Claimed) -> After:
    """Write and send one letter and note the outcome. Raises only when the server refuses us altogether."""
    try:
        written = _written(run, claimed)
    except Exception as fault:
        # One letter that cannot be written must not stop the others. The reason is the type alone: the text may quote
        # what stands in the letter.
        log.exception("A letter of kind %s cannot be written", claimed.kind.value)
        return _put_off(run, claimed, f"cannot be written: {type(fault).__name__}", After.NEXT)
    if isinstance(written, str):
        return _failed(run, claimed, written)
    try:
        line.send(written, sender=run.post.sender, to=str(written["To"]))
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as no:
        return _refused(run, claimed, no)
    except (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionError) as silence:
        if run.silent:
            raise
        run.silent = True
        return _put_off(run, claimed, _reason(silence), After.NEW_LINE)
    run.silent = False
    queue.sent(run.sessions, claimed, run.clock())
    run.tally.sent += 1
    return After.NEXT


def _written(run: Run, claimed: Claimed) -> EmailMessage | str:
    """Open, render and build a letter; a text instead says why it need not go any more."""
    opened = queue.contents(run.sessions, claimed.id)
    if opened is None:
        return "its facts have been removed"
    to, facts, now = opened[0], letters.load(claimed.kind, opened[1]), run.clock()
    end = letters.lapses(claimed.kind, facts)
    if end is not None and end <= now:
        return "too late to be of use"
    rendered = render(claimed.kind, claimed.lang, facts, post=run.post, to=to, made_at=claimed.made_at)
    return message.build(
        rendered, message_id=claimed.message_id, sender=run.post.sender, to=to, lang=claimed.lang, now=now
    )


def _refused(run: Run, claimed: Claimed, no: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> After:
    code, text = next(iter(no.recipients.values())) if isinstance(no, smtplib.SMTPRecipientsRefused) else no.args[:2]
    reason, run.silent = _answer(code, text), False
    # 421 is the server's goodbye: it is closing this connection.
    after = After.NEW_LINE if code == 421 else After.NEXT
    return _failed(run, claimed, reason) if 500 <= code < 600 else _put_off(run, claimed, reason, after)


def _put_off(run: Run, claimed: Claimed, reason: str, after: After) -> After:
    if queue.put_off(run.sessions, claimed, reason, run.clock()):
        run.tally.put_off += 1
    else:
        run.tally.failed += 1
    return after


def _failed(run: Run, claimed: Claimed, reason: str) -> After:
    queue.failed(run.sessions, claimed, reason)
    run.tally.failed += 1
    return After.NEXT


def _reason(trouble: Exception) -> str:
    if isinstance(trouble, smtplib.SMTPResponseException):
        return _answer(trouble.smtp_code, trouble.smtp_error)
    return f"{type(trouble).__name__}: {trouble}"


def _answer(code: int, text: object) -> str:
    """Write a server's answer in one line."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return f"{code} {' '.join(words.split())}"
