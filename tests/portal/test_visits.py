"""Visits after booking: my visits, the link of a letter, cancelling, and what nobody else may see."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings import actions
from booking_service.bookings.models import Booking, State
from booking_service.bookings.rules import Actor, ActorKind
from booking_service.mail.models import Letter
from booking_service.security.tokens import visit_token
from tests.apps import Clock
from tests.builders.clinics import House, instant
from tests.pages import Browser
from tests.portal.steps import CARD, WEDNESDAY, book_as_new

FRIDAY = "Piektdiena, 5. marts"
Sessions = sessionmaker[Session]


def booked_on_friday(visitor: Browser, sessions: Sessions) -> Booking:
    book_as_new(visitor, sessions, "10.00", day=FRIDAY)
    with sessions() as session:
        return session.scalars(select(Booking)).one()


def link_of(booking: Booking) -> str:
    return f"/book/{booking.id}/{visit_token(booking.id, booking.generation)}/"


def test_my_visits_shows_a_coming_visit_and_cancels_it_after_a_question(
    visitor: Browser, house: House, sessions: Sessions
) -> None:
    booking = booked_on_friday(visitor, sessions)
    visitor.open("/account/")
    assert "Apstiprināts" in visitor.here.main

    visitor.press("Atcelt Piektdiena, 5. marts, 10.00")
    assert visitor.here.h1 == "Vai atcelt vizīti?"
    visitor.press("Atcelt vizīti")

    assert "Vizīte atcelta" in visitor.here.main
    with sessions() as session:
        assert session.get_one(Booking, booking.id).state is State.CANCELLED
        kinds = session.scalars(select(Letter.kind).order_by(Letter.made_at, Letter.kind)).all()
        assert "cancelled-by-patient" in kinds
    # Free again at once.
    assert visitor.open(CARD).has(f"{FRIDAY}, 10.00, Ilze Bērziņa")
    visitor.open("/account/")
    assert "atcelta" in visitor.here.main


def test_too_late_to_cancel_online_says_whom_to_call(visitor: Browser, house: House, sessions: Sessions) -> None:
    done = book_as_new(visitor, sessions, "9.00")
    visit = "/account/visits/" + done.split("/")[2]

    assert "Internetā atcelt vairs nevar. Lūdzu, zvaniet klīnikai: +371 6000 0012" in visitor.open(visit).main
    assert visitor.open(f"{visit}/cancel").address == visit
    page = visitor.post(f"{visit}/cancel")
    assert page.status == 409
    assert "+371 6000 0012" in page.h1


def test_the_link_of_a_letter_shows_the_visit_and_neither_code_nor_contacts(
    app: Flask, visitor: Browser, house: House, sessions: Sessions
) -> None:
    booking = booked_on_friday(visitor, sessions)

    page = Browser(app).open(link_of(booking))

    assert page.h1 == "Piektdien, 5. martā, plkst. 10.00"
    assert booking.number in page.main
    for private in ("161175", "19997", "anna@example.lv", "2000 0000", "20000000"):
        assert private not in page.response.text
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert page.response.headers["Referrer-Policy"] == "same-origin"


def test_the_link_cancels_by_a_posted_form_alone(
    app: Flask, visitor: Browser, house: House, sessions: Sessions
) -> None:
    booking = booked_on_friday(visitor, sessions)
    reader = Browser(app)
    reader.open(link_of(booking))

    reader.press("Atcelt vizīti")
    with sessions() as session:
        assert session.get_one(Booking, booking.id).state is State.CONFIRMED
    reader.press("Atcelt vizīti")

    assert "Vizīte atcelta" in reader.here.main
    with sessions() as session:
        assert session.get_one(Booking, booking.id).state is State.CANCELLED


def test_an_old_link_leads_to_the_moved_visit(app: Flask, visitor: Browser, house: House, sessions: Sessions) -> None:
    booking = booked_on_friday(visitor, sessions)
    old = link_of(booking)
    clerk = Actor(ActorKind.STAFF, role="reception", clinic_id=house.clinic.id)
    with sessions.begin() as session:
        start = instant("2027-03-08 13:00")
        actions.move(session, booking.id, start=start, actor=clerk, now=instant("2027-03-02 10:45"))

    assert Browser(app).open(old).h1 == "Pirmdien, 8. martā, plkst. 13.00"


def test_a_link_lives_until_a_day_after_the_visit(
    app: Flask, visitor: Browser, house: House, sessions: Sessions, clock: Clock
) -> None:
    booking = booked_on_friday(visitor, sessions)

    clock.wait(days=3, hours=23)
    assert Browser(app).open(link_of(booking)).status == 200
    clock.wait(hours=2)
    ended = Browser(app).open(link_of(booking))

    assert ended.status == 410
    assert ended.h1 == "Šī saite vairs nedarbojas"


def test_a_wrong_link_opens_nothing(app: Flask, visitor: Browser, house: House, sessions: Sessions) -> None:
    booking = booked_on_friday(visitor, sessions)
    stranger = Browser(app)

    for token in ("x", visit_token(booking.id, booking.generation + 1), "A" * 22):
        for rest in ("", "cancel", "invite.ics"):
            assert stranger.open(f"/book/{booking.id}/{token}/{rest}").status == 404
        assert stranger.post(f"/book/{booking.id}/{token}/cancel").status == 404


def test_nobody_else_sees_a_hold_or_a_visit(app: Flask, visitor: Browser, house: House, sessions: Sessions) -> None:
    booking = booked_on_friday(visitor, sessions)
    stranger, other = Browser(app), Browser(app)
    book_as_new(other, sessions, "11.00", "juris@example.lv")

    for step in ("who", "contact", "code", "check", "done"):
        assert stranger.open(f"/book/{booking.id}/{step}").status == 404
        assert other.open(f"/book/{booking.id}/{step}").status == 404
    for page in ("", "/cancel", "/invite.ics"):
        assert other.open(f"/account/visits/{booking.id}{page}").status == 404
        assert stranger.open(f"/account/visits/{booking.id}{page}").h1 == "Ieeja un reģistrācija"
    assert other.post(f"/account/visits/{booking.id}/cancel").status == 404
    assert other.post(f"/book/{booking.id}/extend").status == 404
    with sessions() as session:
        assert session.get_one(Booking, booking.id).state is State.CONFIRMED


def test_the_calendar_file_is_a_plain_entry_with_neutral_words(
    visitor: Browser, house: House, sessions: Sessions
) -> None:
    booking = booked_on_friday(visitor, sessions)

    answer = visitor.open(f"/account/visits/{booking.id}/invite.ics").response

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'filename="invite.ics"' in answer.headers["Content-Disposition"]
    assert "BEGIN:VEVENT" in answer.text
    assert "METHOD" not in answer.text
    assert "kardiolo" not in answer.text.lower()


def test_the_page_says_which_calendar_entries_follow_changes(
    visitor: Browser, house: House, sessions: Sessions
) -> None:
    booked_on_friday(visitor, sessions)

    assert "Vēlākām izmaiņām seko tikai uzaicinājums vēstulē." in visitor.here.main
    google = visitor.here.control("Google kalendārs").get("href", "")
    assert google.startswith("https://calendar.google.com/calendar/render?action=TEMPLATE")
    assert "20270305T080000Z" in google
    assert WEDNESDAY not in google
