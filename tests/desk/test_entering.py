"""Entering a visit at the desk: new and known patients, extra visits, and forms that lose nothing."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings.models import Booking, Cell, Origin, State
from booking_service.mail.models import Letter
from booking_service.patients.models import Patient
from tests.builders import clinics, people
from tests.builders.clinics import House
from tests.builders.desks import sign_in
from tests.pages import Browser

TYPED = {"given": "Elza", "family": "Grīnberga", "birth": "14.05.1968", "phone": "2000 0163"}


def at_patient(clerk: Browser, time: str = "Trešdiena, 3. marts, 9.30") -> Browser:
    """Walk to the patient's step."""
    sign_in(clerk)
    clerk.open("/desk/veja-roze/new")
    clerk.press("Konsultācija")
    clerk.press(time)
    return clerk


def entered(sessions: sessionmaker[Session]) -> list[Booking]:
    with sessions() as session:
        return list(session.scalars(select(Booking).where(Booking.origin == Origin.DESK)))


def test_a_visit_of_a_new_patient_is_entered(clerk: Browser, house: House, sessions: sessionmaker[Session]) -> None:
    at_patient(clerk)

    clerk.press("Pierakstīt vizīti", **TYPED)

    assert clerk.here.h1 == "Grīnberga Elza"
    assert "Vizīte pierakstīta" in clerk.here.main
    booking = entered(sessions)[0]
    assert (booking.state, booking.starts) == (State.CONFIRMED, clinics.instant("2027-03-03 09:30"))


def test_what_was_typed_comes_back_with_what_to_mend(
    clerk: Browser, house: House, sessions: sessionmaker[Session]
) -> None:
    at_patient(clerk)

    clerk.press("Pierakstīt vizīti", given="Elza", family="", code="12", birth="kaut kad", phone="5")

    assert clerk.here.status == 422
    assert clerk.here.title.startswith("Kļūda: ")
    assert "Ierakstiet uzvārdu." in clerk.here.main
    assert 'value="kaut kad"' in clerk.here.response.text
    assert entered(sessions) == []


def test_a_patient_without_any_contact_is_not_entered(clerk: Browser, house: House) -> None:
    at_patient(clerk)

    clerk.press("Pierakstīt vizīti", given="Elza", family="Grīnberga", birth="14.05.1968")

    assert "Ierakstiet tālruni vai e-pasta adresi." in clerk.here.main


def test_a_known_patient_is_found_by_code_and_not_typed_again(
    clerk: Browser, house: House, booking: Booking, sessions: sessionmaker[Session]
) -> None:
    at_patient(clerk)

    clerk.press("Meklēt pacientu", q=people.CODE)
    assert people.CODE not in clerk.here.address
    clerk.press("Ozola Anna")
    clerk.press("Pierakstīt vizīti")

    assert clerk.here.h1 == "Ozola Anna"
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Patient)) == 1


def test_an_extra_visit_is_warned_of_and_takes_no_cell(
    clerk: Browser, house: House, booking: Booking, sessions: sessionmaker[Session]
) -> None:
    sign_in(clerk)
    clerk.open("/desk/veja-roze/new")
    clerk.press("Konsultācija")

    clerk.press("Turpināt ar papildu vizīti", day="2027-03-10", time="10.15")
    assert "10.00 Ozola Anna" in clerk.here.main
    clerk.press("Pierakstīt papildu vizīti", **TYPED)

    assert "papildu vizīte" in clerk.here.main
    extra = entered(sessions)[0]
    assert extra.extra
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Cell).where(Cell.booking_id == extra.id)) == 0


def test_a_time_off_the_five_minutes_is_asked_for_again(clerk: Browser, house: House) -> None:
    sign_in(clerk)
    clerk.open("/desk/veja-roze/new")
    clerk.press("Konsultācija")

    clerk.press("Turpināt ar papildu vizīti", day="2027-03-10", time="10.17")

    assert clerk.here.status == 422
    assert 'value="10.17"' in clerk.here.response.text


def test_a_time_that_was_taken_meanwhile_is_refused_and_nothing_typed_is_lost(
    clerk: Browser, house: House, sessions: sessionmaker[Session]
) -> None:
    at_patient(clerk)
    other = Browser(clerk.app)
    at_patient(other)
    other.press("Pierakstīt vizīti", given="Jānis", family="Kalniņš", birth="02.11.1961", phone="20000001")

    clerk.press("Pierakstīt vizīti", **TYPED)

    assert clerk.here.status == 409
    assert 'value="Grīnberga"' in clerk.here.response.text
    assert len(entered(sessions)) == 1


def test_no_letter_is_written_where_the_tick_is_taken_away(
    clerk: Browser, house: House, sessions: sessionmaker[Session]
) -> None:
    at_patient(clerk)
    action = next(
        form.get("action", "") for form in clerk.here.tree.iter("form") if "patient?" in form.get("action", "")
    )

    clerk.post(action, {**TYPED, "email": "elza@example.lv"})

    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Letter)) == 0
    assert len(entered(sessions)) == 1
