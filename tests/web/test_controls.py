"""Control characters in a request: a plain no on both databases, and nothing broken."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from booking_service.db import db
from tests.apps import make_app
from tests.pages import HERE


@pytest.fixture
def app(engine: Engine, tmp_path: Path) -> Iterator[Flask]:
    made = make_app(engine, tmp_path / "var")
    (tmp_path / "var" / "site").mkdir(parents=True)
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.mark.parametrize(
    "path",
    [
        "/book/a%00b/",
        "/book/a%00b/live",
        "/search/live?d=a%00b",
        "/klinikas/a%00b/",
        "/account/?%01=x",
        "/api/v1/doctors/a%00b/slots",
        "/%00",
    ],
)
def test_an_address_with_control_characters_is_no_address_of_ours(app: Flask, path: str) -> None:
    assert app.test_client().get(path, headers=HERE).status_code in (400, 404)


def test_a_form_with_control_characters_is_refused(app: Flask) -> None:
    answer = app.test_client().post("/account/sign-in", data={"email": "anna\0@example.lv"}, headers=HERE)

    assert answer.status_code == 400


def test_ends_of_lines_are_no_control_characters(app: Flask) -> None:
    answer = app.test_client().post("/account/sign-in", data={"email": "\tanna@example.lv\r\n"}, headers=HERE)

    assert answer.status_code == 303
