"""How many statements each page of a booking sends: a page that grows by one says so here."""

from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings import actions
from tests.builders import clinics
from tests.builders.clinics import House
from tests.conftest import NOW
from tests.pages import Browser
from tests.portal.steps import CARD, WEDNESDAY, code_for
from tests.queries import counted

MOST = {"services": 2, "times": 6, "hold": 19, "who": 5, "contact": 13, "code": 18, "book": 28, "visits": 5}


def test_each_step_sends_a_known_number_of_statements(
    app: Flask, visitor: Browser, house: House, sessions: sessionmaker[Session]
) -> None:
    sent = {}
    with counted(app) as sent["services"]:
        visitor.open("/book/ilze-berzina/")
    with counted(app) as sent["times"]:
        visitor.open(CARD)
    with counted(app) as sent["hold"]:
        visitor.press(f"{WEDNESDAY}, 10.00, Ilze Bērziņa")
    with counted(app) as sent["who"]:
        visitor.press("Turpināt", given="Anna", family="Ozola", code="161175-19997", pays="self")
    with counted(app) as sent["contact"]:
        visitor.press("Turpināt", phone="2000 0000", email="anna@example.lv")
    code = code_for(sessions, "anna@example.lv")
    with counted(app) as sent["code"]:
        visitor.press("Turpināt", code=code)
    with counted(app) as sent["book"]:
        visitor.press("Apstiprināt pierakstu")
    with counted(app) as sent["visits"]:
        visitor.open("/account/")

    assert visitor.here.status == 200
    counts = {name: len(statements) for name, statements in sent.items()}
    assert {name: count for name, count in counts.items() if count > MOST[name]} == {}, counts


def test_live_pieces_send_as_many_statements_for_many_doctors_as_for_one(
    app: Flask, visitor: Browser, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        slugs = [clinics.house(session, number=number).doctor.slug for number in range(8)]
        actions.refresh_openings(session, now=NOW)

    with counted(app) as one:
        visitor.client.get(f"/search/live?d={slugs[0]}")
    with counted(app) as many:
        visitor.client.get(f"/search/live?d={','.join(slugs)}")

    assert len(one) == len(many) <= 5
