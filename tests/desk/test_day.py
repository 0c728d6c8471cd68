"""The day of a clinic: who is on duty, what is booked, and how it is marked."""

from datetime import date
from uuid import uuid4

from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from booking_service.accounts.actions import grant
from booking_service.accounts.models import RoleKind
from booking_service.bookings import actions
from booking_service.bookings.models import Booking
from booking_service.calendars.models import Approval
from booking_service.db import db
from tests.builders import bookings, clinics, people
from tests.builders.clinics import House
from tests.builders.desks import sign_in
from tests.builders.queries import statements
from tests.conftest import NOW
from tests.page_checks import text_of
from tests.pages import Browser

DAY = "/desk/veja-roze/?day=2027-03-10"


def test_a_visit_stands_in_the_day_with_its_number_patient_payer_and_origin(clerk: Browser, booking: Booking) -> None:
    sign_in(clerk)

    clerk.open(f"{DAY}&view=list")

    assert "Ozola Anna" in clerk.here.main
    assert booking.number in clerk.here.main
    assert "e-pieraksts" in clerk.here.main
    assert "Maksas" in clerk.here.main
    assert "Apstiprināts" in clerk.here.main


def test_a_desk_booking_is_marked_apart_from_an_e_booking(
    clerk: Browser, house: House, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        actions.book_at_desk(
            session,
            service_id=house.service.id,
            start=bookings.START,
            patient=people.patient_facts(),
            actor=bookings.clerk(house),
            now=NOW,
        )
    sign_in(clerk)

    clerk.open(f"{DAY}&view=list")

    rows = [row for row in clerk.here.tree.iter("li") if (row.get("class") or "").startswith("booking ")]
    assert ["desk" in str(row.get("class")).split() for row in rows] == [True]
    assert "reģistratūra" in text_of(rows[0])


def test_a_lane_names_each_visit_in_full_for_who_cannot_see_colours(clerk: Browser, booking: Booking) -> None:
    sign_in(clerk)

    clerk.open(DAY)

    names = [str(link.get("aria-label")) for link in clerk.here.tree.iter("a") if link.get("aria-label")]
    assert f"10.00, Ozola Anna, Apstiprināts, e-pieraksts, Maksas, {booking.number}" in names


def test_only_doctors_on_duty_have_a_lane(clerk: Browser, house: House) -> None:
    sign_in(clerk)

    clerk.open("/desk/veja-roze/?day=2027-03-13")

    assert "Šajā dienā neviens nepieņem" in clerk.here.main


def test_a_held_time_shows_that_it_is_taken_and_by_nobody_with_a_name(
    clerk: Browser, house: House, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        bookings.held(session, house)
    sign_in(clerk)

    clerk.open(f"{DAY}&view=list")

    assert "Aizpilda pacients" in clerk.here.main


def test_the_present_minute_is_drawn_today_alone(clerk: Browser, house: House) -> None:
    sign_in(clerk)

    assert any(one.get("class", "").startswith("now-line") for one in clerk.open("/desk/veja-roze/").tree.iter("div"))
    assert not any(one.get("class", "").startswith("now-line") for one in clerk.open(DAY).tree.iter("div"))


def test_a_doctor_sees_the_own_day_and_no_requests(
    app: Flask, house: House, booking: Booking, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        grant(
            session,
            email="ilze@veja-roze.example",
            clinic_slug="veja-roze",
            role=RoleKind.DOCTOR,
            doctor_slug="ilze-berzina",
            now=NOW,
        )
        colleague = clinics.doctor(session, "maris-ozolins", names={"lv": "Māris Ozoliņš"})
        practice = clinics.practice(session, colleague, house.clinic)
        clinics.calendar(session, practice)
        clinics.service(session, practice)
    doctor = sign_in(Browser(app), role="Ārsts")

    doctor.open(DAY)

    assert "Ilze Bērziņa" in doctor.here.main
    assert "Māris Ozoliņš" not in doctor.here.main
    assert doctor.open("/desk/veja-roze/requests").status == 404
    assert doctor.open("/desk/veja-roze/hours").status == 404
    assert doctor.open(f"/desk/veja-roze/bookings/{booking.id}").status == 200
    assert doctor.post(f"/desk/veja-roze/bookings/{booking.id}/cancel").status == 404


def test_a_day_is_read_in_a_fixed_number_of_queries(
    app: Flask, clerk: Browser, house: House, sessions: sessionmaker[Session]
) -> None:
    sign_in(clerk)
    with app.app_context():
        engine = db.engine
    with statements(engine) as few:
        clerk.open(DAY)
    with sessions.begin() as session:
        for number, hour in enumerate(("09:00", "09:30", "10:30", "11:00")):
            start = clinics.instant(f"2027-03-10 {hour}")
            bookings.booked(session, house, start, email=f"p{number}@example.lv", family=f"Liepa{number}", code=None)
        for number in range(3):
            colleague = clinics.doctor(session, f"kolegis-{number}")
            practice = clinics.practice(session, colleague, house.clinic)
            clinics.service(session, practice)
            clinics.calendar(session, practice, approval=Approval.MANUAL)

    with statements(engine) as many:
        clerk.open(DAY)

    # One more to see that the list was noted already, one to note it.
    assert len(many) <= len(few) + 2
    assert len(many) <= 20


def test_a_day_that_is_no_day_is_today(clerk: Browser, house: House) -> None:
    sign_in(clerk)

    clerk.open("/desk/veja-roze/?day=nonsense")

    assert clerk.here.h1 == "Otrdiena, 2. marts"
    assert date(2027, 3, 2) == NOW.date()


def test_pages_of_the_desk_are_kept_by_nobody_and_found_by_no_engine(clerk: Browser, house: House) -> None:
    sign_in(clerk)

    headers = clerk.open("/desk/veja-roze/").response.headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex"


def test_a_desk_that_does_not_exist_is_not_found(clerk: Browser, house: House) -> None:
    sign_in(clerk)

    assert clerk.open("/desk/nekur/").status == 404
    assert clerk.open(f"/desk/veja-roze/bookings/{uuid4()}").status == 404
