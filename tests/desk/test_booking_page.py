"""One booking at the desk: what is shown, what may be done, and what the journal keeps of it."""

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings.models import Booking, State
from booking_service.journal.models import JournalEntry
from booking_service.mail.models import Letter
from tests.apps import Clock
from tests.builders import bookings, clinics, people
from tests.builders.clinics import House
from tests.builders.desks import sign_in, stored
from tests.pages import Browser


def page(booking: Booking, rest: str = "") -> str:
    return f"/desk/veja-roze/bookings/{booking.id}{rest}"


def verbs(sessions: sessionmaker[Session]) -> list[str]:
    with sessions() as session:
        return list(session.scalars(select(JournalEntry.verb).order_by(JournalEntry.at, JournalEntry.id)))


def test_a_booking_shows_its_number_contacts_and_a_masked_code(clerk: Browser, booking: Booking) -> None:
    sign_in(clerk)

    clerk.open(page(booking))

    assert clerk.here.h1 == "Ozola Anna"
    assert booking.number in clerk.here.main
    assert "••••••-•••97" in clerk.here.main
    assert people.CODE not in clerk.here.response.text
    assert "2000" in clerk.here.main
    assert "anna@example.lv" in clerk.here.main


def test_opening_leaves_one_line_an_hour_and_revealing_one_each_time(
    clerk: Browser, booking: Booking, sessions: sessionmaker[Session], clock: Clock
) -> None:
    sign_in(clerk)

    clerk.open(page(booking))
    clerk.open(page(booking))
    assert verbs(sessions).count("seen") == 1
    clock.wait(minutes=61)
    clerk.open(page(booking))
    assert verbs(sessions).count("seen") == 2

    clerk.press("Rādīt")
    clerk.post(page(booking, "/reveal"))

    assert people.CODE in clerk.here.main
    assert verbs(sessions).count("revealed") == 2


def test_a_request_is_approved_in_one_press_and_the_patient_gets_a_letter(
    clerk: Browser, asked: Booking, sessions: sessionmaker[Session]
) -> None:
    sign_in(clerk)
    clerk.open("/desk/veja-roze/requests")

    clerk.press("Apstiprināt: Anna Ozola")

    assert "Pieraksts apstiprināts" in clerk.here.main
    assert "Neviens pieteikums negaida atbildi" in clerk.here.main
    assert stored(sessions, asked).state is State.CONFIRMED
    with sessions() as session:
        assert "confirmed" in list(session.scalars(select(Letter.kind)))


def test_declining_asks_first_and_takes_a_word(clerk: Browser, asked: Booking, sessions: sessionmaker[Session]) -> None:
    sign_in(clerk)
    clerk.open(page(asked))

    clerk.press("Noraidīt")
    assert clerk.here.h1 == "Vai noraidīt šo pieteikumu?"
    assert stored(sessions, asked).state is State.REQUESTED
    clerk.press("Noraidīt pieteikumu", word="Ārste slimo.")

    assert stored(sessions, asked).state is State.DECLINED
    assert "Noraidīts" in clerk.here.main


def test_a_word_that_is_too_long_comes_back_as_typed(
    clerk: Browser, asked: Booking, sessions: sessionmaker[Session]
) -> None:
    sign_in(clerk)
    clerk.open(page(asked, "/decline"))

    clerk.press("Noraidīt pieteikumu", word="ā" * 301)

    assert clerk.here.status == 422
    assert "ā" * 301 in clerk.here.response.text
    assert stored(sessions, asked).state is State.REQUESTED


def test_a_visit_is_cancelled_by_the_clinic(clerk: Browser, booking: Booking, sessions: sessionmaker[Session]) -> None:
    sign_in(clerk)
    clerk.open(page(booking))

    clerk.press("Atcelt vizīti")
    clerk.press("Atcelt vizīti")

    assert stored(sessions, booking).state is State.CANCELLED
    with sessions() as session:
        assert "cancelled-by-clinic" in list(session.scalars(select(Letter.kind)))


def test_a_visit_is_moved_to_a_time_of_the_grid(
    clerk: Browser, booking: Booking, sessions: sessionmaker[Session]
) -> None:
    sign_in(clerk)
    clerk.open(page(booking))

    clerk.press("Pārcelt")
    assert clerk.here.h1 == "Cits laiks"
    clerk.press("Trešdiena, 3. marts, 9.30")

    assert "Vizīte pārcelta" in clerk.here.main
    assert stored(sessions, booking).starts == clinics.instant("2027-03-03 09:30")


def test_a_time_taken_meanwhile_is_refused_on_the_same_page(
    clerk: Browser, booking: Booking, sessions: sessionmaker[Session]
) -> None:
    sign_in(clerk)
    clerk.open(page(booking, "/move"))

    clerk.post(page(booking, "/move"), {"start": "2027-03-07T08:00:00+00:00"})

    assert clerk.here.status == 409
    assert clerk.here.h1 == "Cits laiks"
    assert stored(sessions, booking).starts == booking.starts


def test_who_came_is_marked_and_the_mark_taken_back(
    clerk: Browser, booking: Booking, sessions: sessionmaker[Session], clock: Clock
) -> None:
    clock.wait(seconds=(booking.starts - clock.now).total_seconds())
    sign_in(clerk)
    clerk.open(page(booking))

    clerk.press("Klāt")
    assert stored(sessions, booking).state is State.ARRIVED
    clerk.press("Vizīte notika")
    assert stored(sessions, booking).state is State.DONE
    clerk.press("Atsaukt atzīmi")
    clerk.press("Atsaukt atzīmi")
    clerk.press("Neieradās")

    assert stored(sessions, booking).state is State.MISSED
    assert "Neieradās" in clerk.here.main


def test_the_history_says_what_happened_and_by_whom(clerk: Browser, asked: Booking) -> None:
    sign_in(clerk)
    clerk.open(page(asked))

    clerk.press("Apstiprināt")

    assert "pieteikts internetā · pacients" in clerk.here.main
    assert "apstiprināts · reģistratūra" in clerk.here.main
    assert "vēstule vēl nav nosūtīta" in clerk.here.main


def test_an_act_that_is_not_allowed_any_more_says_so_on_the_page(
    clerk: Browser, booking: Booking, sessions: sessionmaker[Session]
) -> None:
    sign_in(clerk)
    clerk.post(page(booking, "/cancel"))

    clerk.post(page(booking, "/mark"), {"act": "arrive"})

    assert clerk.here.status == 409
    assert clerk.here.h1 == "Ozola Anna"
    assert stored(sessions, booking).state is State.CANCELLED


def test_an_unknown_mark_is_refused(clerk: Browser, booking: Booking) -> None:
    sign_in(clerk)

    assert clerk.post(page(booking, "/mark"), {"act": "vanish"}).status == 400


def test_who_answers_for_a_child_stands_in_the_panel_and_in_the_lists(
    clerk: Browser, manual: House, sessions: sessionmaker[Session]
) -> None:
    child = {"given": "Jēkabs", "family": "Ozols", "code": "010518-21234", "representative": people.ANSWERS}
    with sessions.begin() as session:
        kept = bookings.booked(session, manual, phone="+37122222222", **child)
    sign_in(clerk)

    clerk.open(page(kept))
    assert "Par bērnu atbildAnna Ozola, +371 2000 0000" in clerk.here.main
    for path in ("?day=2027-03-10&view=list", "requests"):
        clerk.open(f"/desk/veja-roze/{path}")
        assert "ar bērnu atbild Anna Ozola, +371 2000 0000" in clerk.here.main, path
