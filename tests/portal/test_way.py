"""The whole way of a patient through the pages, without script."""

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings.models import Booking, State
from tests.builders.clinics import House
from tests.pages import Browser
from tests.portal.steps import book_as_new, code_for, press_time


def test_a_new_patient_books_in_six_screens_and_five_presses(
    visitor: Browser, house: House, sessions: sessionmaker[Session]
) -> None:
    press_time(visitor, "10.00")
    assert visitor.here.h1 == "Kurš dosies pie ārsta?"
    visitor.press("Turpināt", given="Anna", family="Ozola", code="161175-19997", pays="self")
    assert visitor.here.h1 == "Kā ar jums sazināties?"
    visitor.press("Turpināt", phone="2000 0000", email="anna@example.lv")
    assert visitor.here.h1 == "Ierakstiet kodu no vēstules"
    visitor.press("Turpināt", code=code_for(sessions, "anna@example.lv"))
    assert visitor.here.h1 == "Pārbaudiet un apstipriniet"
    visitor.press("Apstiprināt pierakstu")

    assert visitor.here.address.endswith("/done")
    assert "Pieraksts apstiprināts" in visitor.here.main
    assert len(visitor.presses) == 5
    # The card itself is the first of six.
    assert len(visitor.screens) == 5
    with sessions() as session:
        booking = session.scalars(select(Booking)).one()
        assert booking.state is State.CONFIRMED


def test_one_signed_in_books_in_three_presses(visitor: Browser, house: House, sessions: sessionmaker[Session]) -> None:
    book_as_new(visitor, sessions, "10.00")
    visitor.presses.clear()

    press_time(visitor, "11.00")
    visitor.press("Turpināt", pays="self")
    visitor.press("Apstiprināt pierakstu")

    assert visitor.here.address.endswith("/done")
    assert len(visitor.presses) == 3
