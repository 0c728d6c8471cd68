"""Holding a time, keeping it longer, letting it go."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings import actions, holds
from booking_service.bookings.models import Booking, Cell, EndedBy, State
from booking_service.bookings.rules import Holder
from booking_service.calendars.models import Approval, OpenTo
from booking_service.journal.models import JournalEntry
from booking_service.mail.models import Letter
from booking_service.patients.actions import patient_of_clinic, person_of_account
from booking_service.refusals import Refusal
from tests.builders import bookings, clinics, people
from tests.builders.bookings import START
from tests.builders.clinics import instant

MINUTE = timedelta(minutes=1)


def cells(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Cell)) or 0


def test_a_hold_keeps_the_visit_and_its_buffers_for_ten_minutes(session: Session, now: datetime) -> None:
    house = clinics.house(session, service_buffer_before=5, service_buffer_after=10, calendar_grid_minutes=5)

    held = bookings.held(session, house, channel="banner", lang="ru")

    assert (held.state, held.held_until) == (State.HELD, now + 10 * MINUTE)
    assert (held.starts, held.ends) == (START, START + 30 * MINUTE)
    assert (held.channel, held.lang, held.price_cents) == ("banner", "ru", 5500)
    assert (held.calendar_id, held.manual, held.answer_by) == (house.calendar.id, False, None)
    assert cells(session) == 9
    assert session.scalars(select(Letter)).all() == []


def test_a_hold_of_a_manual_calendar_knows_its_answer(session: Session, now: datetime) -> None:
    held = bookings.held(session, clinics.house(session, calendar_approval=Approval.MANUAL))

    assert (held.manual, held.answer_by) == (True, instant("2027-03-03 19:00"))


def test_a_time_that_somebody_has_is_refused_with_the_nearest_ones(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    bookings.held(session, house)

    with pytest.raises(Refusal) as refused:
        bookings.held(session, house, holder=Holder(None, None, "192.0.2.2"))

    assert refused.value.code == "slot-taken"
    assert refused.value.facts["nearest"] in {(START + step * MINUTE).astimezone(UTC).isoformat() for step in (-30, 30)}
    assert len(refused.value.facts["times"]) == 5


@pytest.mark.parametrize(
    "start", ["2027-03-02 10:00", "2027-03-02 11:30", "2027-03-13 10:00", "2027-03-10 12:30", "2027-07-01 10:00"]
)
def test_what_is_not_offered_cannot_be_held(session: Session, now: datetime, start: str) -> None:
    house = clinics.house(session)

    with pytest.raises(Refusal, match="slot-not-offered"):
        bookings.held(session, house, instant(start))

    assert cells(session) == 0


def test_an_unknown_or_unbookable_service_cannot_be_held(session: Session, now: datetime) -> None:
    house = clinics.house(session, service_bookable=False)

    for service_id in (uuid4(), house.service.id):
        with pytest.raises(Refusal, match="service-unknown"):
            actions.hold(session, service_id=service_id, start=START, holder=Holder(None), now=now)


def test_a_session_has_one_hold_and_a_new_one_replaces_it(session: Session, now: datetime) -> None:
    house, other = clinics.house(session), clinics.house(session, number=1)
    holder = bookings.holder(session)
    first = bookings.held(session, house, holder=holder)
    second = bookings.held(session, house, START + 15 * 2 * MINUTE, holder=holder)
    third = bookings.held(session, other, holder=holder)
    session.expire_all()

    assert [first.state, second.state, third.state] == [State.EXPIRED, State.EXPIRED, State.HELD]
    assert first.ended_by is EndedBy.PATIENT
    assert set(session.scalars(select(Cell.booking_id))) == {third.id}


def test_a_refused_time_leaves_the_old_hold_as_it_was(sessions: sessionmaker[Session], now: datetime) -> None:
    with sessions.begin() as session:
        house = clinics.house(session)
        holder = bookings.holder(session)
        mine = bookings.held(session, house, holder=holder)
        bookings.held(session, house, START + 30 * MINUTE, holder=Holder(None, None, "192.0.2.2"))

    with pytest.raises(Refusal, match="slot-taken"), sessions.begin() as session:
        bookings.held(session, house, START + 30 * MINUTE, holder=holder)

    with sessions() as session:
        assert session.get_one(Booking, mine.id).state is State.HELD
        assert cells(session) == 12


def test_the_same_time_pressed_again_is_the_same_hold(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    holder = bookings.holder(session)
    first = bookings.held(session, house, holder=holder)

    again = bookings.held(session, house, holder=holder, now=now + MINUTE)

    assert again.id == first.id
    assert again.held_until == now + 10 * MINUTE


def test_a_hold_may_begin_inside_the_one_it_replaces(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_grid_minutes=15)
    holder = bookings.holder(session)
    bookings.held(session, house, holder=holder)

    bookings.held(session, house, START + 15 * MINUTE, holder=holder)

    assert cells(session) == 6


def test_a_network_without_proven_addresses_holds_three_times(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    times = [START + 30 * number * MINUTE for number in range(4)]
    for start in times[:3]:
        bookings.held(session, house, start)

    with pytest.raises(Refusal, match="too-many-holds"):
        bookings.held(session, house, times[3])

    bookings.held(session, house, times[3], holder=Holder(None, None, "192.0.2.9"))
    bookings.held(session, house, START + 6 * 30 * MINUTE, account=people.account(session))
    bookings.held(session, house, times[0], now=now + 11 * MINUTE)


def test_an_account_holds_three_times_on_all_its_devices(session: Session, now: datetime) -> None:
    house, account = clinics.house(session), people.account(session)
    times = [START + 30 * number * MINUTE for number in range(4)]
    for start in times[:3]:
        bookings.held(session, house, start, account=account)

    with pytest.raises(Refusal, match="account-holds-spent"):
        bookings.held(session, house, times[3], account=account)

    bookings.held(session, house, times[3], account=people.account(session, "janis@example.lv"))
    bookings.held(session, house, times[0], account=account, now=now + 11 * MINUTE)


def test_a_lapsed_hold_is_taken_over_and_only_its_cells_are_freed(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    lapsed = bookings.held(session, house)
    live = bookings.held(session, house, START + 30 * MINUTE, now=now + 5 * MINUTE)

    taken = bookings.held(session, house, now=now + 10 * MINUTE)
    session.expire_all()

    assert (lapsed.state, lapsed.ended_by, live.state) == (State.EXPIRED, EndedBy.TIME, State.HELD)
    assert set(session.scalars(select(Cell.booking_id))) == {taken.id, live.id}
    assert cells(session) == 12


def test_a_proven_patient_keeps_a_hold_ten_minutes_longer_up_to_ten_times(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    account = people.account(session)
    holder = bookings.holder(session, account)
    held = bookings.held(session, house, holder=holder)

    for count in range(1, 11):
        actions.extend(session, held.id, holder, now=now)
        assert held.held_until == now + 10 * (count + 1) * MINUTE
    with pytest.raises(Refusal, match="extensions-spent"):
        actions.extend(session, held.id, holder, now=now)


def test_nobody_extends_before_proof_after_the_end_or_for_another(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    holder = bookings.holder(session)
    held = bookings.held(session, house, holder=holder)

    with pytest.raises(Refusal, match="extend-needs-proof"):
        actions.extend(session, held.id, holder, now=now)
    with pytest.raises(Refusal, match="hold-lapsed"):
        actions.extend(session, held.id, holder, now=now + 10 * MINUTE)
    for stranger in (bookings.holder(session), bookings.holder(session, people.account(session)), Holder(None)):
        with pytest.raises(Refusal, match="booking-unknown"):
            actions.extend(session, held.id, stranger, now=now)


def test_a_hold_survives_the_sign_in_of_its_session(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    holder = bookings.holder(session)
    held = bookings.held(session, house, holder=holder)
    account = people.account(session)

    actions.extend(session, held.id, Holder(holder.session_id, account.id), now=now)

    assert held.account_id == account.id


def test_a_released_time_is_free_at_once(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    holder = bookings.holder(session)
    held = bookings.held(session, house, holder=holder)

    for _ in range(2):
        actions.release(session, held.id, holder, now=now)

    assert (held.state, held.ended_by) == (State.EXPIRED, EndedBy.PATIENT)
    assert cells(session) == 0
    bookings.held(session, house)


def test_an_own_patient_may_hold_what_is_kept_for_own_patients(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_open_to=OpenTo.OWN_PATIENTS)
    account, stranger = people.account(session), people.account(session, "juris@example.lv")
    person = person_of_account(session, account.id, people.patient_facts(), now=now)
    known = patient_of_clinic(session, house.clinic.id, people.patient_facts(), now=now, person_id=person.id)
    known.own = True
    session.flush()

    with pytest.raises(Refusal, match="slot-not-offered"):
        bookings.held(session, house, account=stranger)
    bookings.held(session, house, account=account)


def test_every_step_of_a_hold_is_in_the_journal(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    holder = bookings.holder(session)
    first = bookings.held(session, house, holder=holder)
    bookings.held(session, house, START + 30 * MINUTE, holder=holder)
    bookings.held(session, house, now=now + 11 * MINUTE)
    session.flush()

    entries = session.execute(
        select(JournalEntry.verb, JournalEntry.actor, JournalEntry.from_state, JournalEntry.to_state).where(
            JournalEntry.booking_id == first.id
        )
    ).all()

    assert sorted(entries) == [("hold", "patient", "", "held"), ("release", "patient", "held", "expired")]
    assert session.scalar(select(func.count()).where(JournalEntry.verb == "lapse")) == 1


def test_a_number_is_unique_at_its_clinic_and_a_clash_is_tried_again(
    session: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, other = clinics.house(session), clinics.house(session, number=1)
    numbers = iter(["VR-2222", "VR-2222", "VR-3333", "VR-2222"])
    monkeypatch.setattr(holds, "new_number", lambda *_: next(numbers))

    given = [bookings.held(session, house).number, bookings.held(session, house, START + 30 * MINUTE).number]
    given.append(bookings.held(session, other, holder=Holder(None, None, "192.0.2.9")).number)

    assert given == ["VR-2222", "VR-3333", "VR-2222"]


def test_sqlite_needs_a_writing_transaction(engine: Engine, sessions: sessionmaker[Session], now: datetime) -> None:
    with sessions.begin() as session:
        house = clinics.house(session)
    reading = Session(engine)

    if engine.dialect.name == "sqlite":
        with reading, pytest.raises(RuntimeError, match="writing transaction"):
            actions.hold(reading, service_id=house.service.id, start=START, holder=Holder(None), now=now)
    else:
        with reading:
            actions.hold(reading, service_id=house.service.id, start=START, holder=Holder(None), now=now)
