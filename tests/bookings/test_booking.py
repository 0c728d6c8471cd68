"""Booking a held time: once, confirmed or requested, with its letter."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.accounts.models import Account
from booking_service.bookings import actions
from booking_service.bookings.models import Booking, Cell, Origin, State
from booking_service.bookings.rules import Holder, Payment, Pays
from booking_service.calendars.models import Approval, MonthlyCount
from booking_service.directory.models import Payer
from booking_service.journal.models import JournalEntry
from booking_service.mail.letter import Kind, VisitFacts, load
from booking_service.mail.models import Letter
from booking_service.patients.actions import person_of_account
from booking_service.patients.models import Patient, Person
from booking_service.refusals import Refusal
from booking_service.security.encryption import unseal
from tests.builders import bookings, clinics, people
from tests.builders.bookings import PAID, START
from tests.builders.clinics import House, instant
from tests.builders.queries import statements
from tests.builders.refusals import refused

MINUTE = timedelta(minutes=1)


def press(session: Session, held: Booking, account: Account | None, now: datetime, **values: Any) -> Booking:
    given = {"person_facts": people.patient_facts(), "payment": PAID} | values
    return actions.book(session, held.id, account=account, now=now, **given)


def ready(session: Session, **values: Any) -> tuple[House, Account, Booking]:
    """A house, a proven patient and the time that she holds."""
    house = clinics.house(session, **values)
    account = people.account(session)
    return house, account, bookings.held(session, house, account=account)


def letters(session: Session) -> list[Letter]:
    return list(session.scalars(select(Letter).order_by(Letter.made_at, Letter.kind)))


def facts_of(letter: Letter) -> VisitFacts:
    assert letter.facts is not None
    facts = load(Kind(letter.kind), unseal(letter.facts, letter.id, "letter.facts"))
    assert isinstance(facts, VisitFacts)
    return facts


def test_a_held_time_becomes_a_confirmed_booking_with_one_letter(session: Session, now: datetime) -> None:
    house, account, held = ready(session)
    house.clinic.facts = {**house.clinic.facts, "insurers": [{"slug": "sala", "names": {"lv": "Sala"}}]}

    booked = press(session, held, account, now, payment=Payment(Pays.INSURER, "sala", "12-34"))

    assert (booked.state, booked.origin, booked.held_until) == (State.CONFIRMED, Origin.ONLINE, None)
    assert (booked.account_id, booked.pays, booked.insurer) == (account.id, Pays.INSURER, "sala")
    assert booked.policy is not None
    assert unseal(booked.policy, booked.id, "booking.policy") == "12-34"
    assert booked.code is not None
    assert unseal(booked.code, booked.id, "booking.code") == people.CODE.replace("-", "")
    assert session.scalar(select(func.count()).select_from(Cell)) == 6
    (letter,) = letters(session)
    assert (letter.kind, letter.booking_id, letter.clinic_id) == ("confirmed", booked.id, house.clinic.id)
    facts = facts_of(letter)
    assert (facts.number, facts.starts, facts.invited) == (booked.number, "2027-03-10T08:00:00+00:00", True)
    assert (facts.clinic_address, facts.room, facts.clinic_phone) == ("Kastaņu aleja 12, Rīga", "304", "+37160000012")
    assert (facts.patient_name, facts.cancel_by) == ("Anna Ozola", "2027-03-09T08:00:00+00:00")


def test_the_letter_speaks_the_patients_language(session: Session, now: datetime) -> None:
    _, account, held = ready(session)

    press(session, held, account, now, person_facts=people.patient_facts(lang="ru"))

    (letter,) = letters(session)
    assert letter.lang == "ru"
    assert facts_of(letter).clinic_name == "Клиника «Vēja roze»"


def test_a_manual_calendar_makes_a_request_that_keeps_its_time(session: Session, now: datetime) -> None:
    _, account, held = ready(session, calendar_approval=Approval.MANUAL)

    asked = press(session, held, account, now)

    assert (asked.state, asked.answer_by) == (State.REQUESTED, instant("2027-03-03 19:00"))
    assert session.scalar(select(func.count()).select_from(Cell)) == 6
    (letter,) = letters(session)
    assert (letter.kind, facts_of(letter).answer_by) == ("requested", "2027-03-03T17:00:00+00:00")
    assert not facts_of(letter).invited


def test_pressing_twice_gives_the_same_booking_and_one_letter(session: Session, now: datetime) -> None:
    _, account, held = ready(session)

    first = press(session, held, account, now)
    again = press(session, held, account, now + MINUTE)

    assert (again.id, again.state) == (first.id, State.CONFIRMED)
    assert len(letters(session)) == 1
    assert session.scalar(select(func.count()).select_from(Patient)) == 1


def test_a_lapsed_hold_is_taken_again_while_its_time_is_free(session: Session, now: datetime) -> None:
    _, account, held = ready(session)
    number = held.number

    booked = press(session, held, account, now + timedelta(hours=1))

    assert (booked.state, booked.number) == (State.CONFIRMED, number)
    assert session.scalar(select(func.count()).select_from(Cell)) == 6
    assert sorted(session.scalars(select(JournalEntry.verb))) == ["confirm", "hold", "lapse", "retake"]


def test_a_swept_hold_is_taken_again_too(session: Session, now: datetime) -> None:
    _, account, held = ready(session)
    actions.expire_due(session, now=now + timedelta(hours=1))

    assert press(session, held, account, now + timedelta(hours=1)).state is State.CONFIRMED


def test_a_lapsed_hold_whose_time_is_gone_is_refused_with_the_nearest(session: Session, now: datetime) -> None:
    house, account, held = ready(session)
    later = now + 11 * MINUTE
    bookings.held(session, house, holder=Holder(None, None, "192.0.2.9"), now=later)

    with pytest.raises(Refusal) as refused:
        press(session, held, account, later)

    assert refused.value.code == "slot-taken"
    assert refused.value.facts["nearest"]


def test_a_lapsed_hold_whose_hours_are_gone_is_refused(session: Session, now: datetime) -> None:
    house, account, held = ready(session)
    house.calendar.closed_at = now
    session.flush()

    with pytest.raises(Refusal, match="slot-not-offered"):
        press(session, held, account, now + 11 * MINUTE)


def test_a_hold_that_was_let_go_for_another_is_not_taken_again(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    account = people.account(session)
    holder = bookings.holder(session, account)
    first = bookings.held(session, house, holder=holder)
    bookings.held(session, house, START + 30 * MINUTE, holder=holder)

    with pytest.raises(Refusal, match="hold-ended"):
        press(session, first, account, now)


def test_a_stranger_cannot_book_anothers_hold(session: Session, now: datetime) -> None:
    _, _, held = ready(session)

    for account in (None, people.account(session, "juris@example.lv")):
        with pytest.raises(Refusal, match="booking-unknown"):
            press(session, held, account, now)


def test_a_patient_has_so_many_visits_coming_at_a_practice(session: Session, now: datetime) -> None:
    house = clinics.house(session, practice_visits_at_a_time=2)
    account = people.account(session)
    for step in (0, 30):
        bookings.booked(session, house, START + step * MINUTE, account=account)
    third = bookings.held(session, house, START + 60 * MINUTE, account=account)

    with pytest.raises(Refusal, match="too-many-visits"):
        press(session, third, account, now)

    other = people.patient_facts("Jānis", "Ozols", code=people.OTHER_CODE)
    assert press(session, third, account, now, person_facts=other).state is State.CONFIRMED


def test_ended_and_past_visits_and_other_practices_do_not_count(session: Session, now: datetime) -> None:
    house = clinics.house(session, practice_visits_at_a_time=1)
    elsewhere = clinics.house(session, number=1, practice_visits_at_a_time=1)
    account = people.account(session)
    cancelled = bookings.booked(session, house, account=account)
    actions.cancel(session, cancelled.id, bookings.clerk(house), now=now)
    bookings.booked(session, elsewhere, account=account)

    bookings.booked(session, house, account=account)
    bookings.booked(session, house, START + timedelta(days=7), account=account, now=START + timedelta(days=1))


def test_a_child_is_too_young_on_the_day_of_the_visit(session: Session, now: datetime) -> None:
    _, account, held = ready(session, service_ages_from=12)
    child = people.patient_facts(code=None, birth_date=date(2015, 3, 11))

    with pytest.raises(Refusal, match="too-young"):
        press(session, held, account, now, person_facts=child)

    older = people.patient_facts(code=None, birth_date=date(2015, 3, 10))
    assert (
        press(session, held, account, now, person_facts=older, representative=people.ANSWERS).state is State.CONFIRMED
    )


def test_who_pays_is_asked_only_where_the_service_leaves_a_choice(session: Session, now: datetime) -> None:
    _, account, held = ready(session, service_payer=Payer.STATE)

    assert press(session, held, account, now, payment=Payment()).pays is Pays.STATE


def test_a_state_paid_visit_is_counted_in_its_month_and_given_back_when_it_ends(
    session: Session, now: datetime
) -> None:
    house, account, held = ready(session, service_payer=Payer.STATE)
    count = MonthlyCount(calendar_id=house.calendar.id, month=date(2027, 3, 1), paid_visits=1)
    session.add(count)
    session.flush()

    booked = press(session, held, account, now, payment=Payment())
    session.refresh(count)
    assert count.used == 1
    actions.cancel(session, booked.id, bookings.clerk(house), now=now)
    session.refresh(count)
    assert count.used == 0


def test_a_lapsed_hold_that_finds_its_month_spent_is_refused(session: Session, now: datetime) -> None:
    house, account, held = ready(session, service_payer=Payer.STATE)
    session.add(MonthlyCount(calendar_id=house.calendar.id, month=date(2027, 3, 1), paid_visits=1, used=1))

    with pytest.raises(Refusal, match="slot-not-offered"):
        press(session, held, account, now + 11 * MINUTE, payment=Payment())


def test_a_refused_booking_leaves_the_hold_and_no_letter(sessions: sessionmaker[Session], now: datetime) -> None:
    with sessions.begin() as session:
        _, account, held = ready(session, service_ages_to=17)

    with pytest.raises(Refusal, match="too-old"), sessions.begin() as session:
        press(session, held, account, now)

    with sessions() as session:
        assert session.scalars(select(Booking.state)).all() == [State.HELD]
        assert letters(session) == []


def test_booking_takes_few_statements(engine: Engine, sessions: sessionmaker[Session], now: datetime) -> None:
    with sessions.begin() as session:
        _, account, held = ready(session)
        owner = person_of_account(session, account.id, people.patient_facts(), now=now)

    with sessions.begin() as session:
        # The page that books has the person at hand.
        at_hand = session.get_one(Person, owner.id)
        with statements(engine) as ran:
            press(session, held, account, now, person_id=at_hand.id)

    # PostgreSQL locks the doctor, and asks again for a new patient.
    assert len(ran) <= {"sqlite": 8, "postgresql": 12}[engine.dialect.name], ran


def test_a_parent_is_greeted_and_the_child_named(session: Session, now: datetime) -> None:
    house, account, held = ready(session)
    person_of_account(session, account.id, people.patient_facts(), now=now)
    child = people.patient_facts("Jēkabs", "Ozols", code=None, birth_date=date(2020, 5, 1))
    person = person_of_account(session, account.id, child, now=now)

    booked = press(session, held, account, now, person_facts=child, person_id=person.id, representative=people.ANSWERS)
    actions.move(session, booked.id, start=START + 60 * MINUTE, actor=bookings.clerk(house), now=now + MINUTE)

    told = [facts_of(letter) for letter in letters(session)]
    assert [(facts.greet, facts.patient_name) for facts in told] == [("Anna", "Jēkabs Ozols")] * 2


def test_nobody_is_greeted_while_only_a_child_is_known(session: Session, now: datetime) -> None:
    _, account, held = ready(session)
    child = people.patient_facts("Jēkabs", "Ozols", code=None, birth_date=date(2020, 5, 1))
    person = person_of_account(session, account.id, child, now=now)

    press(session, held, account, now, person_facts=child, person_id=person.id, representative=people.ANSWERS)

    assert facts_of(letters(session)[0]).greet == ""


def test_who_books_for_themselves_is_greeted(session: Session, now: datetime) -> None:
    _, account, held = ready(session)
    person = person_of_account(session, account.id, people.patient_facts(), now=now)

    press(session, held, account, now, person_id=person.id)

    assert facts_of(letters(session)[0]).greet == "Anna"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"person_facts": people.patient_facts("A" * 81)}, "name-long"),
        ({"person_facts": people.patient_facts(" ")}, "name-missing"),
        ({"person_facts": people.patient_facts(code="320000-12345")}, "birth-date-missing"),
        ({"person_facts": people.patient_facts(code=None, birth_date=date(2027, 3, 3))}, "birth-date-wrong"),
        ({"person_facts": people.patient_facts(phone="", email="")}, "contact-missing"),
        ({"payment": Payment(Pays.INSURER, "krasts")}, "insurer-missing"),
    ],
)
def test_what_no_form_lets_through_is_refused_here_too(
    session: Session, now: datetime, values: dict[str, Any], code: str
) -> None:
    _, account, held = ready(session)

    with refused(code):
        press(session, held, account, now, **values)


@pytest.mark.parametrize("part", ["clinic", "doctor", "practice", "service"])
def test_what_content_has_withdrawn_since_the_hold_is_not_booked(session: Session, now: datetime, part: str) -> None:
    house, account, held = ready(session)
    getattr(house, part).withdrawn_at = now
    session.flush()

    with refused("service-unknown"):
        press(session, held, account, now)
