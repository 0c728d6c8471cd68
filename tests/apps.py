"""The application on a test's database, at a test's time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine
from flask import Flask
from sqlalchemy import Engine

from booking_service.app import create_app
from booking_service.settings import read
from tests.conftest import NOW


class Clock:
    """The time of a test, for the whole process: stands still until it is moved."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller = traveller

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    def wait(self, **duration: float) -> None:
        self._traveller.shift(timedelta(**duration))


@contextmanager
def standing_clock(now: datetime = NOW) -> Iterator[Clock]:
    # Years are left out of dates of this year, so the theme's clock must stand still too.
    with time_machine.travel(now, tick=False) as traveller:
        yield Clock(traveller)


def make_app(engine: Engine, folder: Path, **settings: object) -> Flask:
    """A demo application; `settings` replace single settings."""
    read_settings = read({"DEMO": "1", "DATA_DIR": str(folder), "DATABASE_URL": "sqlite:///unused"})
    url = engine.url.render_as_string(hide_password=False)
    app = create_app(replace(read_settings, database_url=url, **settings))  # type: ignore[arg-type]
    app.testing = True
    return app
