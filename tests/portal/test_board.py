"""The board of first times: a piece of the home page, and a plain page."""

from datetime import date
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings import actions, openings
from booking_service.calendars.models import Calendar
from booking_service.directory.models import Term, TermKind
from tests.apps import Clock
from tests.builders import bookings, clinics
from tests.builders.clinics import House, instant
from tests.conftest import NOW
from tests.page_checks import check_parts, parse_fragment, text_of
from tests.pages import Browser
from tests.queries import counted

Sessions = sessionmaker[Session]
HOURS = [[2, 600, 660]]


def furnished(sessions: Sessions, towns: tuple[str, ...] = ("riga",)) -> list[House]:
    """A bookable doctor in each town, with the terms that name specialty and towns, as the worker leaves them."""
    with sessions.begin() as session:
        facts = {"plural": {"lv": "Kardiologi"}, "lay": {"lv": "sirds ārsts", "en": "heart doctor"}, "kind": "doctor"}
        names = {"lv": "Kardiologs", "ru": "Кардиолог", "en": "Cardiologist"}
        session.add(Term(kind=TermKind.SPECIALTY, slug="kardiologs", names=names, facts=facts))
        for town in towns:
            names, within = {"lv": town.title()}, {"lv": f"{town.title()}ā", "en": f"in {town.title()}"}
            session.add(Term(kind=TermKind.TOWN, slug=town, names=names, facts={"in": within}))
        houses = [
            clinics.house(session, number=number, practice_town=town, calendar_hours=HOURS)
            for number, town in enumerate(towns)
        ]
        actions.refresh_openings(session, now=NOW)
    return houses


def piece(visitor: Browser, address: str = "/search/board/live") -> str:
    answer = visitor.client.get(address)
    assert answer.status_code == 200
    tree = parse_fragment(answer.text)
    check_parts(tree)
    return " ".join(text_of(tree).split())


def test_the_piece_tells_first_times_and_how_old_it_is(visitor: Browser, app: Flask, sessions: Sessions) -> None:
    furnished(sessions)

    answer = visitor.client.get("/search/board/live?town=riga")
    said = piece(visitor, "/search/board/live?town=riga")

    assert "Cik drīz var tikt pie ārsta Rigaā" in said
    assert "Atjaunots šodien 10.42." in said
    assert "Kardiologs sirds ārsts" in said
    assert "rīt, 10.00" in said
    assert "Brīvi laiki 2 no 14 dienām" in answer.text
    assert answer.headers["Cache-Control"] == "public, max-age=30"
    assert "Set-Cookie" not in answer.headers


def test_a_day_further_away_is_written_short_for_a_narrow_phone(
    visitor: Browser, app: Flask, sessions: Sessions
) -> None:
    (house,) = furnished(sessions)
    with sessions.begin() as session:
        session.get_one(Calendar, house.calendar.id).valid_from = date(2027, 4, 5)
        openings.refresh(session, [house.doctor.id], NOW)

    assert "trešd., 7. apr." in piece(visitor)


def test_a_time_of_the_board_is_one_press_away(visitor: Browser, app: Flask, sessions: Sessions) -> None:
    furnished(sessions)
    tree = parse_fragment(visitor.client.get("/ru/search/board/live").text)
    href = next(href for a in tree.iter("a") if (href := a.get("href", "")).startswith("/ru/book/"))

    page = visitor.open(href)

    assert urlsplit(href).query == "start=2027-03-03T08:00%2B00:00"
    chosen = [button for button in page.tree.iter("button") if "chosen" in button.get("class", "")]
    assert [button.get("value") for button in chosen] == ["2027-03-03T08:00+00:00"]


def test_the_plain_page_leads_from_town_to_town_without_script(
    visitor: Browser, app: Flask, sessions: Sessions
) -> None:
    furnished(sessions, ("riga", "ogre", "ogre-otra"))

    visitor.open("/search/board/?town=riga")
    assert visitor.here.h1 == "Cik drīz var tikt pie ārsta Rigaā"
    visitor.press("Ogre")

    assert visitor.here.h1 == "Cik drīz var tikt pie ārsta Ogreā"


def test_without_a_town_and_for_an_unknown_one_the_town_with_most_doctors_is_shown(
    visitor: Browser, app: Flask, sessions: Sessions
) -> None:
    furnished(sessions, ("ogre", "riga"))
    with sessions.begin() as session:
        clinics.house(session, number=7)
        actions.refresh_openings(session, now=NOW)

    for address in ("/search/board/live", "/search/board/live?town=nowhere", "/search/board/live?town="):
        assert "pie ārsta Rigaā" in piece(visitor, address)


def test_a_board_is_kept_for_its_minute_and_says_so(
    visitor: Browser, app: Flask, sessions: Sessions, clock: Clock
) -> None:
    (house,) = furnished(sessions)
    piece(visitor)
    with sessions.begin() as session:
        bookings.held(session, house, instant("2027-03-03 10:00"))

    with counted(app) as sent:
        assert "rīt, 10.00" in piece(visitor)
    assert sent == []
    clock.wait(minutes=1)
    assert "rīt, 10.30" in (said := piece(visitor))
    assert "Atjaunots šodien 10.43." in said


def test_the_same_board_speaks_each_language(visitor: Browser, app: Flask, sessions: Sessions) -> None:
    furnished(sessions)
    piece(visitor)

    assert "How soon you can see a doctor in Riga" in piece(visitor, "/en/search/board/live")
    assert "Cardiologist heart doctor" in piece(visitor, "/en/search/board/live")
    assert "Кардиолог" in piece(visitor, "/ru/search/board/live")


def test_a_directory_where_nobody_can_be_booked_says_so(visitor: Browser, app: Flask) -> None:
    assert "Pie ārstiem internetā vēl nevar pierakstīties." in piece(visitor)
    visitor.open("/search/board/")
    assert "Pie ārstiem internetā vēl nevar pierakstīties." in visitor.here.main


def test_the_home_page_shows_seven_lines_and_leads_to_all(visitor: Browser, app: Flask, sessions: Sessions) -> None:
    furnished(sessions)
    with sessions.begin() as session:
        for number in range(1, 10):
            clinics.house(session, number=number, doctor_specialties=[f"s{number}"])
        actions.refresh_openings(session, now=NOW)

    tree = parse_fragment(visitor.client.get("/search/board/live").text)

    assert len(list(tree.iter("tr"))) == 1 + 7
    assert "Visas specialitātes (10)" in text_of(tree)
    visitor.open("/search/board/?town=riga")
    assert len(list(visitor.here.tree.iter("tr"))) == 1 + 10
