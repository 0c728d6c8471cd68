"""The whole application on each database, for what no one module owns."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from booking_service.db import db
from booking_service.security import keys
from tests.apps import Clock, make_app, standing_clock


@pytest.fixture
def clock() -> Iterator[Clock]:
    with standing_clock() as clock:
        yield clock


@pytest.fixture
def app(engine: Engine, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    """As it runs for real: without what demo mode adds."""
    keys.write(keys.fresh(), tmp_path / "keys.json")
    made = make_app(engine, tmp_path / "var", demo=False, keys_file=tmp_path / "keys.json")
    yield made
    with made.app_context():
        db.engine.dispose()
