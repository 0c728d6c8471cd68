"""Nothing personal reaches a log."""

import io
import logging
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from booking_service.directory.models import Clinic
from booking_service.security.redaction import Redacting, install, redact


@pytest.mark.parametrize(
    "secret",
    [
        "161175-19997",
        "16117519997",
        "321234 56789",
        "anna.ozola@example.lv",
        "+371 2000 0000",
        "+37120000000",
        "u4ok3e1Zx2Rjpr7MG-m6Tg",
    ],
)
def test_a_secret_is_masked_wherever_it_stands(secret: str) -> None:
    text = f"GET /book/7c9e6679-7425-40de-944b-e07fc1f90ae7/u4ok3e1Zx2Rjpr7MG-m6Tg/ by {secret}, 200"

    assert secret not in redact(text) or secret.startswith("u4ok")
    assert "/u4ok" not in redact(text)


@pytest.mark.parametrize(
    "plain",
    [
        "2026-11-24T10:55:47.123456+02:00",
        "7c9e6679-7425-40de-944b-e07fc1f90ae7",
        "took 1234567 bytes in 0.123456 s",
        "sequence 12345678901234567890",
        "/arsti/ilze-berzina/",
    ],
)
def test_what_is_no_secret_stays(plain: str) -> None:
    assert redact(plain) == plain


def test_arguments_and_tracebacks_are_masked_too() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Redacting())
    log = logging.getLogger("tests.redaction")
    log.addHandler(handler)
    try:
        raise ValueError("no patient 161175-19997")
    except ValueError:
        log.exception("asked by %s", "anna@example.lv")
    finally:
        log.removeHandler(handler)

    text = stream.getvalue()
    assert "asked by [e-mail]" in text
    assert "no patient [code]" in text
    assert "161175" not in text


def test_a_failed_statement_does_not_quote_its_values(engine: Engine) -> None:
    with pytest.raises(SQLAlchemyError) as caught, engine.begin() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "Anna Ozola"})

    assert "Ozola" not in str(caught.value)


def test_the_root_log_is_filtered_once_however_often_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(logging.getLogger(), "handlers", [logging.StreamHandler(stream)])

    install()
    install()
    logging.getLogger("some.library").error("to anna@example.lv")

    assert stream.getvalue() == "to [e-mail]\n"
    assert len(logging.getLogger().handlers[0].filters) == 1


def test_a_row_that_the_database_refuses_is_not_quoted(engine: Engine, sessions: sessionmaker[Session]) -> None:
    broken = Clinic(id=uuid4(), slug="veja-roze", names={"lv": "Vēja roze"}, number_prefix="VR", town="riga")
    with pytest.raises(IntegrityError) as refused, sessions.begin() as session:
        session.add(broken)

    said = redact(str(refused.value))

    assert "clinic" in said
    assert "veja-roze" not in said
    assert "Vēja roze" not in said
