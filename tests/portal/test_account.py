"""Registering and signing in by a code, and what a sign-in lasts for."""

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.accounts.models import Account, Visitor
from tests.apps import Clock
from tests.builders import people
from tests.builders.clinics import House
from tests.pages import Browser
from tests.portal.steps import book_as_new, code_for

Sessions = sessionmaker[Session]


def sign_in(visitor: Browser, sessions: Sessions, email: str = "anna@example.lv", **ticked: str) -> None:
    visitor.open("/account/")
    assert visitor.here.h1 == "Ieeja un reģistrācija"
    visitor.press("Nosūtīt kodu", email=email)
    visitor.press("Turpināt", code=code_for(sessions, email), **ticked)


def test_a_stranger_registers_from_my_visits_and_is_asked_for_details(visitor: Browser, sessions: Sessions) -> None:
    sign_in(visitor, sessions)
    assert visitor.here.h1 == "Mani dati"
    visitor.press("Saglabāt", given="Jēkabs", family="Ozols", code="320000-12345", phone="2000 0000")
    assert visitor.here.status == 422
    assert "Trūkst dzimšanas datuma" in visitor.here.main
    visitor.press("Saglabāt", birth_day="27", birth_month="3", birth_year="2003")

    assert visitor.here.h1 == "Manas vizītes"
    assert "Jēkabs Ozols" in visitor.here.main
    assert "Nevienas gaidāmas vizītes nav." in visitor.here.main


def test_details_are_corrected_and_not_doubled(visitor: Browser, house: House, sessions: Sessions) -> None:
    book_as_new(visitor, sessions)
    visitor.open("/account/")
    visitor.press("Labot Mani dati")
    visitor.press("Saglabāt", family="Ozola-Bērza", phone="2000 0001")

    assert visitor.here.h1 == "Manas vizītes"
    assert "Anna Ozola-Bērza" in visitor.here.main
    assert visitor.here.main.count("Anna Ozola-Bērza") == 1


def test_known_and_unknown_addresses_are_answered_alike(app: Flask, sessions: Sessions) -> None:
    with sessions.begin() as session:
        people.account(session, "anna@example.lv")
    known, unknown = Browser(app), Browser(app)

    for visitor, email in ((known, "anna@example.lv"), (unknown, "juris@example.lv")):
        visitor.open("/account/sign-in")
        visitor.press("Nosūtīt kodu", email=email)

    assert known.here.main.replace("anna@", "juris@") == unknown.here.main
    assert known.here.status == unknown.here.status


def test_a_code_works_once(app: Flask, visitor: Browser, sessions: Sessions) -> None:
    visitor.open("/account/sign-in")
    visitor.press("Nosūtīt kodu", email="anna@example.lv")
    code = code_for(sessions, "anna@example.lv")
    visitor.press("Turpināt", code=code)
    again = Browser(app)
    again.client.set_cookie("__Host-session", "x" * 43)

    again.open("/account/sign-in")
    again.press("Nosūtīt kodu", email="anna@example.lv")
    again.press("Turpināt", code=code)

    assert again.here.status == 422


def test_signing_in_gives_a_new_token_and_the_old_one_opens_nothing(visitor: Browser, sessions: Sessions) -> None:
    visitor.open("/account/sign-in")
    visitor.press("Nosūtīt kodu", email="anna@example.lv")
    before = visitor.client.get_cookie("__Host-session")
    visitor.press("Turpināt", code=code_for(sessions, "anna@example.lv"))
    after = visitor.client.get_cookie("__Host-session")
    assert before is not None
    assert after is not None
    assert before.value != after.value

    visitor.client.set_cookie("__Host-session", before.value)
    assert visitor.open("/account/").h1 == "Ieeja un reģistrācija"


def test_a_sign_in_lasts_twelve_hours_and_ninety_days_on_an_own_device(
    app: Flask, visitor: Browser, sessions: Sessions, clock: Clock
) -> None:
    sign_in(visitor, sessions)
    own = Browser(app)
    sign_in(own, sessions, "juris@example.lv", own_device="yes")
    cookie = own.client.get_cookie("__Host-session")
    assert cookie is not None
    assert cookie.max_age == 90 * 24 * 3600

    clock.wait(hours=13)

    assert visitor.open("/account/").h1 == "Ieeja un reģistrācija"
    assert own.open("/account/").h1 == "Manas vizītes"
    clock.wait(days=90)
    assert own.open("/account/").h1 == "Ieeja un reģistrācija"


def test_the_cookie_is_the_hosts_own_and_no_script_reads_it(visitor: Browser) -> None:
    visitor.open("/account/sign-in")
    answer = visitor.client.post(
        "/account/sign-in", data={"email": "anna@example.lv"}, headers={"Sec-Fetch-Site": "same-origin"}
    )

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_signing_out_ends_the_session(visitor: Browser, sessions: Sessions) -> None:
    sign_in(visitor, sessions)
    visitor.open("/account/")
    visitor.press("Iziet")

    assert visitor.here.h1 == "Ieeja un reģistrācija"
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Visitor)) == 0
        assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_another_person_at_the_same_browser_sees_nothing_of_the_first(
    visitor: Browser, house: House, sessions: Sessions
) -> None:
    done = book_as_new(visitor, sessions)
    visitor.post("/account/sign-out")
    sign_in(visitor, sessions, "juris@example.lv")

    assert visitor.open(done).status == 404
    assert "Anna" not in visitor.open("/account/").main


def test_a_sign_in_leads_on_to_our_own_pages_alone(visitor: Browser, sessions: Sessions) -> None:
    visitor.open("/account/sign-in?next=https://elsewhere.example/")
    assert "elsewhere" not in visitor.here.response.text
    visitor.open("/account/sign-in?next=/account/details")
    visitor.press("Nosūtīt kodu", email="anna@example.lv")
    visitor.press("Turpināt", code=code_for(sessions, "anna@example.lv"))

    assert visitor.here.address == "/account/details"


def test_pages_of_an_account_ask_to_sign_in_and_lead_back(visitor: Browser) -> None:
    page = visitor.open("/ru/account/details")

    assert page.address == "/ru/account/sign-in?next=%2Fru%2Faccount%2Fdetails"
