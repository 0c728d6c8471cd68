"""The whole way of a patient through the pages, without script."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings.models import Booking, State
from booking_service.bookings.rules import Pays
from booking_service.calendars.models import Approval
from booking_service.directory.models import ClinicSettings, CodeRule, Payer
from booking_service.patients.models import Person
from tests.builders import clinics
from tests.builders.clinics import House
from tests.pages import Browser
from tests.portal.steps import CARD, book_as_new, code_for, press_time

Sessions = sessionmaker[Session]


def bookings(sessions: Sessions) -> list[Booking]:
    with sessions() as session:
        return list(session.scalars(select(Booking).order_by(Booking.made_at, Booking.starts)))


def test_a_new_patient_books_in_six_screens_and_five_presses(
    visitor: Browser, house: House, sessions: Sessions
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
    # The card itself is the first of the six.
    assert len(visitor.screens) == 5
    assert [booking.state for booking in bookings(sessions)] == [State.CONFIRMED]


def test_one_signed_in_books_in_three_presses(visitor: Browser, house: House, sessions: Sessions) -> None:
    book_as_new(visitor, sessions, "10.00")
    visitor.presses.clear()

    press_time(visitor, "11.00")
    visitor.press("Turpināt", pays="self")
    visitor.press("Apstiprināt pierakstu")

    assert visitor.here.address.endswith("/done")
    assert len(visitor.presses) == 3


def test_a_parent_who_is_signed_in_books_for_somebody_else(visitor: Browser, house: House, sessions: Sessions) -> None:
    book_as_new(visitor, sessions, "10.00")

    press_time(visitor, "11.00")
    visitor.press("Turpināt", person="new", pays="self")
    visitor.press("Turpināt", relation="child", given="Jēkabs", family="Ozols", code="320000-12345", pays="self")
    visitor.press("Turpināt", birth_day="27", birth_month="marts", birth_year="2013")
    visitor.press("Apstiprināt pierakstu")

    assert "Jēkabs Ozols" in visitor.here.main
    with sessions() as session:
        persons = session.scalars(select(Person).order_by(Person.made_at, Person.relation)).all()
        assert sorted((person.given, person.relation.value) for person in persons) == [
            ("Anna", "self"),
            ("Jēkabs", "child"),
        ]


def test_confirming_twice_makes_one_booking(visitor: Browser, house: House, sessions: Sessions) -> None:
    done = book_as_new(visitor, sessions)

    page = visitor.post(done.replace("/done", "/check"))

    assert page.address == done
    assert len(bookings(sessions)) == 1


def test_a_clinic_that_approves_by_hand_gets_a_request(visitor: Browser, app: object, sessions: Sessions) -> None:
    with sessions.begin() as session:
        clinics.house(session, calendar_approval=Approval.MANUAL)
    press_time(visitor, "10.00", "Ceturtdiena, 4. marts")
    visitor.press("Turpināt", given="Anna", family="Ozola", code="161175-19997", pays="self")
    visitor.press("Turpināt", phone="2000 0000", email="anna@example.lv")
    visitor.press("Turpināt", code=code_for(sessions, "anna@example.lv"))
    assert visitor.here.h1 == "Pārbaudiet un nosūtiet"

    visitor.press("Nosūtīt pieteikumu")

    assert "Gaida atbildi" in visitor.here.main
    assert "Klīnika atbildēs līdz trešdienai, 3. martam, plkst. 19.00" in visitor.here.main
    assert bookings(sessions)[0].state is State.REQUESTED


def test_what_the_state_pays_for_leaves_no_choice_of_payer(visitor: Browser, app: object, sessions: Sessions) -> None:
    with sessions.begin() as session:
        clinics.house(session, service_payer=Payer.STATE, service_price_cents=400)
    press_time(visitor, "10.00")
    assert "Kas apmaksās vizīti?" not in visitor.here.main
    visitor.press("Turpināt", given="Anna", family="Ozola", code="161175-19997")
    visitor.press("Turpināt", phone="2000 0000", email="anna@example.lv")
    visitor.press("Turpināt", code=code_for(sessions, "anna@example.lv"))

    visitor.press("Apstiprināt pierakstu")

    assert bookings(sessions)[0].pays is Pays.STATE


def test_an_insurer_is_kept_with_the_optional_policy(visitor: Browser, house: House, sessions: Sessions) -> None:
    with sessions.begin() as session:
        clinic = session.get_one(type(house.clinic), house.clinic.id)
        clinic.facts = {**clinic.facts, "insurers": [{"slug": "sala", "names": {"lv": "„Sala”"}}]}
    press_time(visitor, "10.00")
    who = {"given": "Anna", "family": "Ozola", "code": "161175-19997", "pays": "insurer"}
    visitor.press("Turpināt", **who)
    assert "Nav izvēlēts apdrošinātājs" in visitor.here.main
    visitor.press("Turpināt", **who, insurer="sala", policy="AB 123")
    visitor.press("Turpināt", phone="2000 0000", email="anna@example.lv")
    visitor.press("Turpināt", code=code_for(sessions, "anna@example.lv"))
    assert "Apdrošinātājs: „Sala”" in visitor.here.main

    visitor.press("Apstiprināt pierakstu")

    booking = bookings(sessions)[0]
    assert (booking.pays, booking.insurer) == (Pays.INSURER, "sala")
    assert booking.policy
    assert b"AB 123" not in booking.policy


def test_a_clinic_that_never_asks_the_code_asks_the_birth_date(
    visitor: Browser, house: House, sessions: Sessions
) -> None:
    with sessions.begin() as session:
        session.get_one(ClinicSettings, house.clinic.id).ask_code = CodeRule.NEVER
    press_time(visitor, "10.00")
    assert "Personas kods" not in visitor.here.main

    visitor.press(
        "Turpināt", given="Anna", family="Ozola", birth_day="16", birth_month="11", birth_year="1975", pays="self"
    )
    visitor.press("Turpināt", phone="2000 0000", email="anna@example.lv")
    visitor.press("Turpināt", code=code_for(sessions, "anna@example.lv"))

    assert "1975. gada 16. novembris" in visitor.here.main
    assert "Personas kods" not in visitor.here.main


def test_the_language_is_kept_from_card_to_visit(visitor: Browser, house: House, sessions: Sessions) -> None:
    visitor.open(f"/ru{CARD}")
    visitor.press("Среда, 3 марта, 10:00, Ilze Bērziņa")
    assert visitor.here.address.startswith("/ru/book/")
    visitor.press("Продолжить", given="Анна", family="Озола", code="161175-19997", pays="self")
    visitor.press("Продолжить", phone="2000 0000", email="anna@example.lv")
    visitor.press("Продолжить", code=code_for(sessions, "anna@example.lv"))
    visitor.press("Подтвердить запись")

    assert visitor.here.address.startswith("/ru/book/")
    assert bookings(sessions)[0].lang == "ru"


def test_a_step_out_of_turn_leads_to_the_first_unfinished_one(
    visitor: Browser, house: House, sessions: Sessions
) -> None:
    press_time(visitor, "10.00")
    who = visitor.here.address

    assert visitor.open(who.replace("/who", "/check")).address == who
    assert visitor.post(who.replace("/who", "/check")).address == who
    assert visitor.open(who.replace("/who", "/code")).address == who
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Booking).where(Booking.state != State.HELD)) == 0


def test_no_address_or_page_before_the_last_tells_the_whole_code(
    visitor: Browser, house: House, sessions: Sessions
) -> None:
    book_as_new(visitor, sessions)

    for address in (visitor.here.address, visitor.here.address.replace("/done", "/check"), "/account/"):
        page = visitor.open(address)
        assert "19997" not in page.response.text
        assert "19997" not in page.address
