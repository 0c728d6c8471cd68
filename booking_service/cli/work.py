"""The worker: sends letters, ends lapsed holds and requests, keeps openings true, forgets what is past keeping.

Any number of workers may run at once: letters are claimed one by one, and what lapses ends once. Each duty is a
transaction of its own; one that fails is logged and tried again, and never stops the others.
"""

import argparse
import logging
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import FrameType

from flask import Flask

from booking_service import clock
from booking_service.bookings import actions
from booking_service.cli import forget, place
from booking_service.cli.speech import say
from booking_service.mail.render import Post
from booking_service.mail.sender import send_due
from booking_service.mail.transport import LetterMail, Transport, configuration
from booking_service.security import redaction
from booking_service.settings import Settings

log = logging.getLogger("booking_service.work")

PAUSE = 2.0
AFTER_OUTAGE = 30.0
FORGET_EVERY = timedelta(hours=1)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is due now and end")


def run(args: argparse.Namespace, settings: Settings) -> int:
    redaction.install()
    # Alembic introduces itself whenever the database's step is looked up.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with place.sessions(settings) as sessions:
        worker = Worker(sessions, transport(settings), post(settings))
        if getattr(args, "once", False):
            worker.turn()
            return 0
        stop = threading.Event()

        def stopped(_number: int, _frame: FrameType | None) -> None:
            stop.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stopped)
        while not stop.is_set():
            stop.wait(worker.turn())
        say("The worker has stopped.")
    return 0


def transport(settings: Settings) -> Transport:
    """Flask-Mail wants an application round each sending; this one does nothing else."""
    app = Flask("booking_service.work")
    app.config.update(configuration(settings))
    mail = LetterMail()
    mail.init_app(app)
    return Transport(mail, app.app_context)


def post(settings: Settings) -> Post:
    return Post(settings.site_url, settings.mail_from, settings.operator_email or settings.mail_from)


@dataclass
class Worker:
    """One worker over one database and one mail server."""

    sessions: place.Sessions
    transport: Transport
    post: Post
    now: Callable[[], datetime] = clock.now
    forgot_at: datetime | None = field(default=None)

    def turn(self) -> float:
        """Do everything that is due; return how many seconds may pass before the next turn."""
        ended = self._duty("ending what has lapsed", self._expire)
        refreshed = self._duty("keeping openings", self._refresh)
        pause = self._duty("sending letters", self._send)
        if self.forgot_at is None or self.now() - self.forgot_at >= FORGET_EVERY:
            self._duty("forgetting", self._forget)
        # Where a duty did as much as it may in one turn there is more to do at once.
        return 0.0 if max(ended, refreshed) >= 100 else pause or PAUSE

    def _duty(self, name: str, duty: Callable[[], float]) -> float:
        try:
            return duty()
        except Exception:  # the outermost place: a duty that fails today must not end the letters of tomorrow
            log.exception("%s failed", name)
            return 0.0

    def _expire(self) -> float:
        with self.sessions.begin() as session:
            return actions.expire_due(session, now=self.now())

    def _refresh(self) -> float:
        with self.sessions.begin() as session:
            return actions.refresh_openings(session, now=self.now())

    def _send(self) -> float:
        tally = send_due(self.sessions, self.transport, self.post, now=self.now)
        if tally.settled:
            log.info("letters: %d sent, %d put off, %d failed", tally.sent, tally.put_off, tally.failed)
        return AFTER_OUTAGE if tally.outage else 0.0

    def _forget(self) -> float:
        forget.everything(self.sessions, self.now())
        self.forgot_at = self.now()
        return 0.0
