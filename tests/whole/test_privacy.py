"""Promise 5 over a whole journey: where a personal code and a phone number turn up, and where they never do."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from flask import Flask, Response, request
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.accounts.actions import grant
from booking_service.accounts.models import RoleKind
from booking_service.bookings.models import Booking, State
from booking_service.cli.work import Worker
from booking_service.journal.models import JournalEntry
from booking_service.mail.render import Post
from booking_service.security.tokens import digest
from booking_service.tables import METADATA
from tests.builders import clinics, people
from tests.builders.smtp import Server, listening, transport_to
from tests.conftest import NOW
from tests.pages import Browser
from tests.portal.steps import press_time

CODE = re.compile(r"161175[-\s\u2010-\u2015]?19997")
THURSDAY = "Ceturtdiena, 4. marts"
PHONE = re.compile(r"2000\s?0000")
# Pages that a person's own typing comes back to, and the one that reveals on the record.
SHOWING = {"portal.who", "portal.who_typed", "desk_booking.reveal", "desk_patients.reveal", "desk_patients.find"}


@dataclass
class Trace:
    """Everything that a journey left outside of its pages, and the pages by their endpoint."""

    addresses: list[str] = field(default_factory=list)
    bodies: list[tuple[str, str]] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)


class Listening(logging.Handler):
    """Keeps what was logged as it was said: before anything is masked."""

    def __init__(self, said: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self._said = said

    def emit(self, record: logging.LogRecord) -> None:
        # The mail server of the test is somebody else's: it may say what it receives.
        if record.name != "mail.log":
            self._said.append(self.format(record))


@pytest.fixture
def trace(app: Flask) -> Iterator[Trace]:
    found = Trace()

    @app.after_request
    def note(response: Response) -> Response:
        found.addresses += [request.url, request.headers.get("Referer", ""), response.headers.get("Location", "")]
        if (response.mimetype or "").startswith("text/"):
            found.bodies.append((request.endpoint or "", response.get_data(as_text=True)))
        return response

    root, handler = logging.getLogger(), Listening(found.log)
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield found
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def server() -> Iterator[Server]:
    with listening() as server:
        yield server


def test_a_whole_journey_leaves_no_personal_code_and_no_phone_where_they_do_not_belong(
    app: Flask, sessions: sessionmaker[Session], server: Server, trace: Trace, engine: Engine
) -> None:
    with sessions.begin() as session:
        clinics.house(session)
    worker = Worker(
        sessions,
        transport_to(server.port),
        Post("http://localhost:8000", "pieraksti@example.lv", "help@example.lv"),
    )
    visitor = Browser(app)

    _book(visitor, worker, server)
    _cancel_signed_in(visitor)
    _book_again(visitor)
    worker.turn()
    _cancel_by_link(app, server)
    _look_at_the_desk(app, sessions)
    worker.turn()
    trace.letters = [_words(letter) for letter in server.received]

    with sessions() as session:
        assert session.scalars(select(Booking.state)).all() == [State.CANCELLED, State.CANCELLED]
    assert len(trace.letters) >= 4
    _check_pages(trace)
    for place, texts in (("address", trace.addresses), ("log", trace.log)):
        assert [text for text in texts if CODE.search(text) or PHONE.search(text)] == [], place
    assert [text for text in trace.letters if CODE.search(text) or PHONE.search(text)] == []
    _check_stored(sessions, engine)


def _book(visitor: Browser, worker: Worker, server: Server) -> None:
    press_time(visitor, "10.00", THURSDAY)
    # A mistake on the way: what was typed comes back.
    visitor.press("Turpināt", given="", family="Ozola", code="161175-19997", pays="self")
    visitor.press("Turpināt", given="Anna")
    visitor.press("Turpināt", phone="2000 0000", email="anna@example.lv")
    worker.turn()
    visitor.press("Turpināt", code=server.subjects[-1][:6])
    visitor.press("Apstiprināt pierakstu")
    assert visitor.here.address.endswith("/done")


def _cancel_signed_in(visitor: Browser) -> None:
    visitor.press("Atcelt vizīti")
    visitor.press("Atcelt vizīti")
    assert "atcelta" in visitor.here.main
    visitor.open("/account/")


def _book_again(visitor: Browser) -> None:
    press_time(visitor, "11.00", THURSDAY)
    visitor.press("Turpināt", pays="self")
    visitor.press("Apstiprināt pierakstu")
    assert visitor.here.address.endswith("/done")


def _cancel_by_link(app: Flask, server: Server) -> None:
    """From the confirmation of the second visit, on a device that nobody has signed in on."""
    # Letters of one instant go in any order: the one about the cancelled visit may come last.
    confirmed = [letter for letter in server.received if "apstiprināta" in str(letter["Subject"])]
    found = re.findall(r"http://localhost:8000(/book/[0-9a-f-]{36}/[\w-]{22}/)", _words(confirmed[-1]))
    assert found
    stranger = Browser(app)
    stranger.open(found[0])
    stranger.client.get(f"{found[0]}invite.ics")
    stranger.press("Atcelt vizīti")
    stranger.press("Atcelt vizīti")
    assert "atcelta" in stranger.here.main


def _look_at_the_desk(app: Flask, sessions: sessionmaker[Session]) -> None:
    """Reception opens the visits, finds the patient by the code, and has the code shown."""
    with sessions.begin() as session:
        account = people.account(session, "sandra@veja-roze.example")
        people.visitor(session, account_id=account.id).digest = digest("sandra")
        grant(session, email="sandra@veja-roze.example", clinic_slug="veja-roze", role=RoleKind.RECEPTION, now=NOW)
        booking = session.scalars(select(Booking)).first()
        assert booking is not None
    clerk = Browser(app)
    clerk.client.set_cookie("__Host-session", "sandra", domain="localhost", secure=True)
    clerk.open("/desk/veja-roze/?day=2027-03-04")
    clerk.open(f"/desk/veja-roze/bookings/{booking.id}")
    assert "•••" in clerk.here.main
    clerk.post(f"/desk/veja-roze/bookings/{booking.id}/reveal")
    assert CODE.search(clerk.here.main)
    clerk.post("/desk/veja-roze/patients", {"q": "161175-19997"})
    assert "Ozola" in clerk.here.main
    clerk.open(f"/desk/veja-roze/patients/{booking.patient_id}")
    clerk.post(f"/desk/veja-roze/patients/{booking.patient_id}/reveal")


def _words(letter: EmailMessage) -> str:
    """Every part of a letter and its headers, decoded."""
    parts = [f"{name}: {value}" for name, value in letter.items()]
    for part in letter.walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            # Calendars fold their lines.
            parts.append(content.decode("utf-8").replace("\r\n ", ""))
    return "\n".join(parts)


def _check_pages(trace: Trace) -> None:
    """Nobody sees a whole code but whoever types it, and staff whose look is written down."""
    assert {endpoint for endpoint, body in trace.bodies if CODE.search(body)} == SHOWING - {"portal.who"}
    linked = [body for endpoint, body in trace.bodies if endpoint.startswith("portal.linked")]
    assert linked
    assert not [body for body in linked if PHONE.search(body) or "anna@" in body]


def _check_stored(sessions: sessionmaker[Session], engine: Engine) -> None:
    """No row of any table says a code; the journal says nothing of a person; SQLite's file holds no code anywhere."""
    with sessions() as session:
        for table in METADATA.sorted_tables:
            rows = session.execute(select(table)).all()
            written = [
                value.decode("latin-1") if isinstance(value, bytes) else str(value) for row in rows for value in row
            ]
            assert not [value for value in written if CODE.search(value)], table.name
        lines = session.execute(select(JournalEntry.__table__)).all()
    assert {line.verb for line in lines} >= {"hold", "confirm", "cancel", "seen", "revealed", "listed"}
    journal = " ".join(str(line) for line in lines)
    for word in ("Anna", "Ozola", "example.lv", "20000000"):
        assert word not in journal
    if engine.dialect.name == "sqlite":
        path = Path(str(engine.url.database))
        stored = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
        assert b"Ozola" in stored
        for text in ("161175-19997", "16117519997", "161175", "19997"):
            assert text.encode() not in stored, text


def test_addresses_of_the_journey_hold_ids_and_days_alone(
    app: Flask, sessions: sessionmaker[Session], server: Server, trace: Trace
) -> None:
    with sessions.begin() as session:
        clinics.house(session)
    post = Post("http://localhost:8000", "pieraksti@example.lv", "help@example.lv")
    worker = Worker(sessions, transport_to(server.port), post)

    _book(Browser(app), worker, server)

    for address in trace.addresses:
        said = unquote(urlsplit(address).path + urlsplit(address).query)
        assert not re.search(r"anna|ozola|@|1975", said, re.IGNORECASE), address
