"""The application on SQLite: what the web shell does has nothing to do with the kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine

from booking_service.db import db
from tests.apps import make_app


@pytest.fixture
def app(sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    path = tmp_path / "web.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    made = make_app(create_engine(f"sqlite:///{path}"), tmp_path / "var")
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
