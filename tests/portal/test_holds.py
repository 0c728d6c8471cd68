"""A held time: kept through sign-in, extended after proof, lapsed without losing what was typed, taken by others."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings.models import Booking, State
from tests.apps import Clock
from tests.builders.clinics import House
from tests.pages import Browser, values_of
from tests.portal.steps import CARD, WEDNESDAY, book_as_new, code_for, press_time

Sessions = sessionmaker[Session]


def to_check(visitor: Browser, sessions: Sessions, time: str = "10.00") -> None:
    if time:
        press_time(visitor, time)
    visitor.press("Turpināt", given="Anna", family="Ozola", code="161175-19997", pays="self")
    visitor.press("Turpināt", phone="2000 0000", email="anna@example.lv")
    visitor.press("Turpināt", code=code_for(sessions, "anna@example.lv"))


def test_the_hold_survives_sign_in_and_can_then_be_extended(visitor: Browser, house: House, sessions: Sessions) -> None:
    press_time(visitor, "10.00")
    assert "Laiks jums rezervēts līdz 10.52" in visitor.here.main
    assert not visitor.here.has("Pagarināt")
    to_check(visitor, sessions, "")
    assert "Laiks jums rezervēts līdz 10.52" in visitor.here.main

    visitor.press("Pagarināt")

    assert visitor.here.address.endswith("/check")
    assert "Laiks jums rezervēts līdz 11.02" in visitor.here.main


def test_a_lapsed_hold_keeps_what_was_typed_and_offers_the_same_time(
    visitor: Browser, house: House, sessions: Sessions, clock: Clock
) -> None:
    press_time(visitor, "10.00")
    clock.wait(minutes=11)

    visitor.press("Turpināt", given="Anna", family="Ozola", code="161175-19997", pays="self")
    assert visitor.here.h1 == "Laiks jums vairs nav rezervēts"
    assert "laiks trešdien, 3. martā, plkst. 10.00 joprojām ir brīvs" in visitor.here.main.lower()
    visitor.press(f"{WEDNESDAY}, 10.00, Ilze Bērziņa")

    # On from where the visitor was: who has been answered.
    assert visitor.here.h1 == "Kā ar jums sazināties?"


def test_a_lapsed_hold_whose_time_is_gone_offers_the_nearest(
    app: Flask, visitor: Browser, house: House, sessions: Sessions, clock: Clock
) -> None:
    press_time(visitor, "10.00")
    who = visitor.here.address
    clock.wait(minutes=11)
    book_as_new(Browser(app), sessions, "10.00", "juris@example.lv")

    visitor.open(who)

    assert visitor.here.h1 == "Laiks jums vairs nav rezervēts"
    assert not visitor.here.has(f"{WEDNESDAY}, 10.00, Ilze Bērziņa")
    assert visitor.here.has(f"{WEDNESDAY}, 10.30, Ilze Bērziņa")


def test_confirming_a_lapsed_hold_takes_the_time_again_while_it_is_free(
    visitor: Browser, house: House, sessions: Sessions, clock: Clock
) -> None:
    to_check(visitor, sessions)
    clock.wait(minutes=11)

    visitor.press("Apstiprināt pierakstu")

    assert visitor.here.address.endswith("/done")


def test_confirming_a_time_that_somebody_took_meanwhile_offers_others_and_keeps_the_rest(
    app: Flask, visitor: Browser, house: House, sessions: Sessions, clock: Clock
) -> None:
    to_check(visitor, sessions)
    clock.wait(minutes=11)
    book_as_new(Browser(app), sessions, "10.00", "juris@example.lv")

    visitor.press("Apstiprināt pierakstu")
    assert visitor.here.status == 409
    assert visitor.here.h1 == "Šo laiku tikko aizņēma"
    visitor.press(f"{WEDNESDAY}, 10.30, Ilze Bērziņa")

    assert visitor.here.h1 == "Pārbaudiet un apstipriniet"
    visitor.press("Apstiprināt pierakstu")
    assert visitor.here.address.endswith("/done")


def test_a_time_taken_before_the_press_leads_to_the_nearest(app: Flask, visitor: Browser, house: House) -> None:
    visitor.open(CARD)
    press_time(Browser(app), "10.00")

    visitor.press(f"{WEDNESDAY}, 10.00, Ilze Bērziņa")

    assert visitor.here.status == 409
    assert visitor.here.h1 == "Šo laiku tikko aizņēma"
    assert visitor.here.has(f"{WEDNESDAY}, 9.30, Ilze Bērziņa")


def test_a_new_time_lets_the_old_one_go(visitor: Browser, house: House, sessions: Sessions) -> None:
    press_time(visitor, "10.00")
    first = visitor.here.address
    press_time(visitor, "11.00")

    assert visitor.open(first).address.startswith(CARD)
    with sessions() as session:
        states = session.scalars(select(Booking.state).order_by(Booking.starts)).all()
        assert states == [State.EXPIRED, State.HELD]


def test_a_held_time_stands_chosen_on_its_page_and_leads_on_when_pressed_again(
    app: Flask, visitor: Browser, house: House
) -> None:
    press_time(visitor, "10.00")
    who = visitor.here.address

    visitor.press("Atpakaļ")

    assert visitor.here.control(f"{WEDNESDAY}, 10.00, Ilze Bērziņa").get("aria-pressed") == "true"
    assert not Browser(app).open(CARD).has(f"{WEDNESDAY}, 10.00, Ilze Bērziņa")
    assert visitor.press(f"{WEDNESDAY}, 10.00, Ilze Bērziņa").address == who


def test_letting_a_time_go_frees_it_at_once(app: Flask, visitor: Browser, house: House) -> None:
    press_time(visitor, "10.00")

    page = visitor.post(visitor.here.address.replace("/who", "/release"))

    assert page.address == CARD
    assert page.has(f"{WEDNESDAY}, 10.00, Ilze Bērziņa")


def test_what_was_typed_stands_in_the_steps_again(visitor: Browser, house: House) -> None:
    press_time(visitor, "10.00")
    who = visitor.here.address
    visitor.press("Turpināt", given="Anna", family="Ozola", code="161175-19997", pays="self")

    visitor.open(who)

    form = next(form for form in visitor.here.tree.iter("form") if form.get("class") == "form")
    assert values_of(form)["given"] == "Anna"
    assert values_of(form)["pays"] == "self"


def test_what_was_typed_is_sealed_in_the_database(visitor: Browser, house: House, sessions: Sessions) -> None:
    press_time(visitor, "10.00")
    visitor.press("Turpināt", given="Anna", family="Ozola", code="161175-19997", pays="self")

    with sessions() as session:
        typed = session.connection().exec_driver_sql("SELECT typed FROM visitor").scalar_one()
    assert b"Ozola" not in bytes(typed)
    assert b"19997" not in bytes(typed)


def test_four_holds_from_one_network_without_proof_are_too_many(app: Flask, house: House) -> None:
    for time in ("10.00", "10.30", "11.00"):
        press_time(Browser(app), time)
    fourth = Browser(app)

    press_time(fourth, "13.00")

    assert fourth.here.status == 429
    assert "No šī tīkla jau rezervēti 3 laiki" in fourth.here.h1
