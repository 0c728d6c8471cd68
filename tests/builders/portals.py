"""Everything that a patient meets, on one address: built pages, the service, a mail catcher and the worker."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from clinic_directory.reader import read
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from booking_service.bookings import openings
from booking_service.calendars.models import Approval
from booking_service.cli.work import Worker
from booking_service.directory.models import Practice
from booking_service.directory.sync import sync
from booking_service.mail import caught
from booking_service.mail.catcher import catcher
from booking_service.mail.caught import Caught
from booking_service.mail.render import Post
from booking_service.mail.transport import LetterMail, Transport
from tests.builders import clinics
from tests.builders.served import Place, served
from tests.builders.sites import a_built_site, a_site_folder
from tests.builders.smtp import free_port
from tests.conftest import NOW


@dataclass(frozen=True)
class Portal:
    """`address` is where everything is; letters go out when `letters_to` asks for them."""

    place: Place
    worker: Worker
    mail: Path

    @property
    def address(self) -> str:
        return self.place.address

    def letters_to(self, email: str) -> list[Caught]:
        """Let the worker send what waits; the letters that have reached an address, newest first."""
        self.worker.turn()
        return [letter for letter in caught.newest(self.mail) if email in letter.to]

    def code_for(self, email: str) -> str:
        """The six digits that stand first in the newest letter's subject."""
        found = re.match(r"\d{6}", self.letters_to(email)[0].subject.replace(" ", ""))
        assert found
        return found[0]

    def link_for(self, email: str) -> str:
        """The link of the newest letter that opens its visit."""
        found = re.search(r"https?://\S+/book/\S+/", self.letters_to(email)[0].text)
        assert found
        return found[0]


@contextmanager
def portal(folder: Path) -> Iterator[Portal]:
    """Serve the small site with open calendars. `laila`, the nurse, approves by hand; Jānis Čakste has no times."""
    with served(folder) as place:
        content = a_site_folder(folder / "content")
        a_built_site(content, folder / "site", place.address)
        with place.sessions.begin() as session:
            sync(session, read(content), NOW)
            practices = session.scalars(
                select(Practice).options(joinedload(Practice.doctor), joinedload(Practice.services))
            )
            for practice in practices.unique():
                for payer in {service.payer for service in practice.services}:
                    approval = Approval.MANUAL if practice.doctor.slug == "laila" else Approval.AUTOMATIC
                    hours = [] if practice.doctor.slug == "card-2" else None
                    clinics.calendar(session, practice, hours, payer=payer, approval=approval)
            openings.refresh(session, [practice.doctor_id for practice in session.scalars(select(Practice))], NOW)
        post, port = folder / "mail", free_port()
        server = catcher(post, port)
        server.start()
        worker = Worker(place.sessions, _transport(port), _sender(place.address), now=_ahead())
        try:
            yield Portal(place, worker, post)
        finally:
            server.stop()


def _ahead() -> Callable[[], datetime]:
    """A clock that goes on like the server's, a little ahead: what was just written is due."""
    begun = time.monotonic()
    return lambda: NOW + timedelta(seconds=time.monotonic() - begun + 30)


def _transport(port: int) -> Transport:
    app = Flask("tests.worker")
    app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=port)
    mail = LetterMail()
    mail.init_app(app)
    return Transport(mail, app.app_context)


def _sender(address: str) -> Post:
    return Post(address, "pieraksts@pieraksts.example", "pieraksts@pieraksts.example")
