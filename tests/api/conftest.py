"""The application with one doctor who can be booked, and a program that asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from booking_service.db import db
from tests.apps import Clock, make_app, standing_clock
from tests.builders import clinics
from tests.builders.clinics import House


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
    with sessions.begin() as session:
        return clinics.house(session)


@pytest.fixture
def program(app: Flask) -> FlaskClient:
    return app.test_client()
