"""A clinic with its reception, another clinic with its own, and visitors signed in as either."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from booking_service.accounts.actions import grant
from booking_service.accounts.models import RoleKind
from booking_service.bookings.models import Booking
from booking_service.calendars.models import Approval
from booking_service.db import db
from tests.apps import Clock, make_app, standing_clock
from tests.builders import bookings, clinics
from tests.builders.clinics import House
from tests.conftest import NOW
from tests.pages import Browser


@pytest.fixture
def clock() -> Iterator[Clock]:
    with standing_clock() as clock:
        yield clock


@pytest.fixture
def app(engine: Engine, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    made = make_app(engine, tmp_path / "var")
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def house(app: Flask, sessions: sessionmaker[Session]) -> House:
    """The clinic of the clerk: bookings of its doctor are confirmed at once."""
    with sessions.begin() as session:
        made = clinics.house(session)
        grant(session, email="sandra@veja-roze.example", clinic_slug="veja-roze", role=RoleKind.RECEPTION, now=NOW)
        return made


@pytest.fixture
def other(app: Flask, sessions: sessionmaker[Session]) -> House:
    """Another clinic, which answers requests by hand."""
    with sessions.begin() as session:
        made = clinics.house(session, number=1, calendar_approval=Approval.MANUAL)
        grant(session, email="dace@cita.example", clinic_slug=made.clinic.slug, role=RoleKind.RECEPTION, now=NOW)
        return made


@pytest.fixture
def manual(app: Flask, sessions: sessionmaker[Session]) -> House:
    """The clinic of the clerk, where bookings are requests."""
    with sessions.begin() as session:
        made = clinics.house(session, calendar_approval=Approval.MANUAL)
        grant(session, email="sandra@veja-roze.example", clinic_slug="veja-roze", role=RoleKind.RECEPTION, now=NOW)
        return made


@pytest.fixture
def booking(house: House, sessions: sessionmaker[Session]) -> Booking:
    """Anna's visit, booked online."""
    with sessions.begin() as session:
        return bookings.booked(session, house)


@pytest.fixture
def asked(manual: House, sessions: sessionmaker[Session]) -> Booking:
    """Anna's request, which waits for an answer."""
    with sessions.begin() as session:
        return bookings.booked(session, manual)


@pytest.fixture
def clerk(app: Flask) -> Browser:
    return Browser(app)
