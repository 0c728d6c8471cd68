"""The application on a test's database, at a test's time."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine

from booking_service.app import create_app
from booking_service.settings import read
from tests.conftest import NOW


class Clock:
    """The time of a test: stands still until it is moved."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **duration: float) -> None:
        self.now += timedelta(**duration)


def make_app(engine: Engine, folder: Path, clock: Clock, **settings: object) -> Flask:
    """A demo application; `settings` replace single settings."""
    read_settings = read({"DEMO": "1", "DATA_DIR": str(folder), "DATABASE_URL": "sqlite:///unused"})
    url = engine.url.render_as_string(hide_password=False)
    app = create_app(replace(read_settings, database_url=url, **settings))  # type: ignore[arg-type]
    app.extensions["clock"] = clock
    app.testing = True
    return app
