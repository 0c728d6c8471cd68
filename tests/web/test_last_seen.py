"""When somebody was last seen is written beside the answer, and never in its way."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from booking_service.accounts.models import Visitor
from booking_service.db import db, transaction
from booking_service.security.tokens import digest
from tests.apps import standing_clock
from tests.builders import people
from tests.conftest import NOW
from tests.pages import HERE


@pytest.mark.parametrize("busy", [False, True])
def test_an_answer_stands_though_its_visitor_cannot_be_noted(app: Flask, busy: bool) -> None:
    with standing_clock(), app.app_context():
        with transaction() as session:
            account = people.account(session)
            visitor = people.visitor(session, account_id=account.id, now=NOW - timedelta(hours=1))
            visitor.digest = digest("anna")
        if busy:
            event.listen(db.engine, "before_cursor_execute", _refuse)
        client = app.test_client()
        client.set_cookie("__Host-session", "anna", domain="localhost", secure=True)

        answer = client.get("/account/", headers=HERE)

        assert answer.status_code == 200
        with transaction(writes=False) as session:
            assert (session.scalars(select(Visitor.last_seen_at)).one() == NOW) is not busy


def _refuse(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
    if statement.startswith("UPDATE visitor"):
        raise OperationalError(statement, None, Exception("database is locked"))
