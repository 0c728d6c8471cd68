"""Approving, declining, cancelling and marking; what expires by itself."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from booking_service.bookings import actions
from booking_service.bookings.models import Booking, Cell, EndedBy, State
from booking_service.bookings.rules import Actor, ActorKind
from booking_service.calendars.models import Approval
from booking_service.journal.models import JournalEntry
from booking_service.mail.letter import Kind, VisitFacts, load
from booking_service.mail.models import Letter, LetterState
from booking_service.refusals import Refusal
from booking_service.security.encryption import unseal
from tests.builders import bookings, clinics, people
from tests.builders.bookings import START
from tests.builders.clinics import House, instant

MINUTE = timedelta(minutes=1)
DUE = instant("2027-03-03 19:00")


def asked(session: Session) -> tuple[House, Booking]:
    """A request that waits for its clinic."""
    house = clinics.house(session, calendar_approval=Approval.MANUAL)
    return house, bookings.booked(session, house)


def cells(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Cell)) or 0


def waiting(session: Session) -> list[str]:
    return list(session.scalars(select(Letter.kind).where(Letter.state == LetterState.WAITING).order_by(Letter.kind)))


def facts(session: Session, kind: Kind) -> VisitFacts:
    letter = session.scalars(select(Letter).where(Letter.kind == kind)).one()
    assert letter.facts is not None
    told = load(kind, unseal(letter.facts, letter.id, "letter.facts"))
    assert isinstance(told, VisitFacts)
    return told


def test_an_approved_request_is_confirmed_and_its_first_letter_overtaken(session: Session, now: datetime) -> None:
    house, booking = asked(session)

    actions.approve(session, booking.id, bookings.clerk(house), now=now, word="Gaidīsim!")

    assert (booking.state, booking.decided_at, booking.answer_by) == (State.CONFIRMED, now, None)
    assert cells(session) == 6
    assert waiting(session) == ["confirmed"]
    assert facts(session, Kind.CONFIRMED).word == "Gaidīsim!"


def test_approving_twice_changes_nothing_more(session: Session, now: datetime) -> None:
    house, booking = asked(session)

    for _ in range(2):
        actions.approve(session, booking.id, bookings.clerk(house), now=now)

    assert waiting(session) == ["confirmed"]
    assert session.scalar(select(func.count()).where(JournalEntry.verb == "approve")) == 1


def test_a_declined_request_gives_its_time_back_at_once(session: Session, now: datetime) -> None:
    house, booking = asked(session)

    actions.decline(session, booking.id, bookings.clerk(house), now=now, word="Ārste slima")

    assert (booking.state, booking.ended_by, booking.ended_at) == (State.DECLINED, EndedBy.CLINIC, now)
    assert cells(session) == 0
    assert waiting(session) == ["declined"]
    assert (facts(session, Kind.DECLINED).word, facts(session, Kind.DECLINED).invited) == ("Ārste slima", False)
    assert booking.word is not None
    assert unseal(booking.word, booking.id, "booking.word") == "Ārste slima"


def test_an_answer_after_its_deadline_is_refused(session: Session, now: datetime) -> None:
    house, booking = asked(session)

    for answer in (actions.approve, actions.decline):
        with pytest.raises(Refusal, match="answer-too-late"):
            answer(session, booking.id, bookings.clerk(house), now=DUE)
        session.expire(booking)
    assert actions.approve(session, booking.id, bookings.clerk(house), now=DUE - MINUTE).state is State.CONFIRMED


def test_only_the_clinics_own_staff_answer(session: Session, now: datetime) -> None:
    _, booking = asked(session)
    other = clinics.house(session, number=1)
    strangers = [bookings.clerk(other), Actor(ActorKind.PATIENT, booking.account_id), Actor(ActorKind.LINK)]

    for act in (actions.approve, actions.decline):
        for actor in strangers:
            with pytest.raises(Refusal, match="booking-unknown"):
                act(session, booking.id, actor, now=now)
    with pytest.raises(Refusal, match="booking-unknown"):
        actions.mark(session, booking.id, "arrive", bookings.clerk(other), now=now)
    with pytest.raises(Refusal, match="booking-unknown"):
        actions.cancel(session, booking.id, bookings.clerk(other), now=now)


def test_a_patient_cancels_by_account_or_by_link(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    account = people.account(session)
    first = bookings.booked(session, house, account=account)
    second = bookings.booked(session, house, START + 30 * MINUTE, account=account)

    actions.cancel(session, first.id, bookings.patient(account), now=now)
    actions.cancel(session, second.id, Actor(ActorKind.LINK), now=now)

    assert {first.state, second.state} == {State.CANCELLED}
    assert {first.ended_by, second.ended_by} == {EndedBy.PATIENT}
    assert first.revision == 1
    assert cells(session) == 0
    assert waiting(session) == ["cancelled-by-patient"] * 2
    assert session.scalars(select(JournalEntry.actor).where(JournalEntry.verb == "cancel")).all() in (
        ["patient", "link"],
        ["link", "patient"],
    )


def test_a_patient_who_cancels_too_late_is_told_to_call_and_the_clinic_may_always(
    session: Session, now: datetime
) -> None:
    house = clinics.house(session)
    account = people.account(session)
    booking = bookings.booked(session, house, account=account)
    late = START - timedelta(hours=23)

    with pytest.raises(Refusal, match="too-late-call") as refused:
        actions.cancel(session, booking.id, bookings.patient(account), now=late)
    assert refused.value.facts["phone"] == "+37160000012"

    actions.cancel(session, booking.id, bookings.clerk(house), now=late, word="Zvanīja paciente")
    assert booking.ended_by is EndedBy.CLINIC
    assert waiting(session) == ["cancelled-by-clinic"]


def test_cancelling_again_changes_nothing(session: Session, now: datetime) -> None:
    account = people.account(session)
    booking = bookings.booked(session, clinics.house(session), account=account)

    for _ in range(2):
        actions.cancel(session, booking.id, bookings.patient(account), now=now)

    assert booking.revision == 1
    assert waiting(session) == ["cancelled-by-patient"]


def test_cancelling_a_request_removes_nothing_from_a_calendar(session: Session, now: datetime) -> None:
    account = people.account(session)
    house = clinics.house(session, calendar_approval=Approval.MANUAL)
    booking = bookings.booked(session, house, account=account)

    actions.cancel(session, booking.id, bookings.patient(account), now=now)

    assert not facts(session, Kind.CANCELLED_BY_PATIENT).invited


def test_the_desk_may_cancel_without_a_letter(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    booking = bookings.booked(session, house)

    actions.cancel(session, booking.id, bookings.clerk(house), now=now, tell=False)

    assert "cancelled-by-clinic" not in waiting(session)


def test_a_hold_is_not_cancelled_but_released(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    held = bookings.held(session, house)

    with pytest.raises(Refusal, match="move-not-allowed"):
        actions.cancel(session, held.id, bookings.clerk(house), now=now)


def test_a_visit_is_marked_arrived_done_or_missed_and_undone_on_its_day(session: Session, now: datetime) -> None:
    house = clinics.house(session)
    booking = bookings.booked(session, house)
    states = [
        actions.mark(session, booking.id, act, bookings.clerk(house), now=START + MINUTE).state
        for act in ("arrive", "finish", "undo", "undo", "miss", "undo")
    ]

    assert states == ["arrived", "done", "arrived", "confirmed", "missed", "confirmed"]
    assert cells(session) == 6
    entries = session.execute(
        select(JournalEntry.verb, JournalEntry.from_state, JournalEntry.to_state).where(JournalEntry.verb == "undo")
    ).all()
    assert sorted(entries) == [
        ("undo", "arrived", "confirmed"),
        ("undo", "done", "arrived"),
        ("undo", "missed", "confirmed"),
    ]
    actions.mark(session, booking.id, "arrive", bookings.clerk(house), now=START)
    with pytest.raises(Refusal, match="undo-too-late"):
        actions.mark(session, booking.id, "undo", bookings.clerk(house), now=START + timedelta(days=1))


def test_an_unanswered_request_expires_and_tells_both_sides(session: Session, now: datetime) -> None:
    _, booking = asked(session)
    assert actions.expire_due(session, now=DUE - MINUTE) == 0

    assert actions.expire_due(session, now=DUE) == 1

    session.refresh(booking)
    assert (booking.state, booking.ended_by) == (State.EXPIRED, EndedBy.TIME)
    assert cells(session) == 0
    assert waiting(session) == ["expired", "request-expired"]
    to = {letter.kind: letter.to for letter in session.scalars(select(Letter))}
    letter = session.scalars(select(Letter).where(Letter.kind == "request-expired")).one()
    assert unseal(to["request-expired"] or b"", letter.id, "letter.to") == "registratura@veja-roze.example"
    assert actions.expire_due(session, now=DUE) == 0


def test_a_request_of_friday_evening_lives_until_monday_evening(session: Session) -> None:
    house = clinics.house(session, calendar_approval=Approval.MANUAL)
    friday = instant("2027-03-05 20:00")

    booking = bookings.booked(session, house, instant("2027-03-10 10:00"), now=friday)

    assert booking.answer_by == instant("2027-03-08 19:00")


def test_the_sweep_ends_lapsed_holds_of_many_doctors(session: Session, now: datetime) -> None:
    houses = [clinics.house(session, number=number) for number in range(3)]
    for house in houses:
        bookings.held(session, house)
    live = bookings.held(session, houses[0], START + 60 * MINUTE, account=people.account(session), now=now + 5 * MINUTE)

    assert actions.expire_due(session, now=now + 10 * MINUTE) == 3

    assert set(session.scalars(select(Cell.booking_id))) == {live.id}
    assert session.scalars(select(Letter)).all() == []


def test_a_request_that_expired_cannot_be_booked_by_an_old_page(session: Session, now: datetime) -> None:
    house = clinics.house(session, calendar_approval=Approval.MANUAL)
    account = people.account(session)
    booking = bookings.booked(session, house, account=account)
    actions.expire_due(session, now=DUE)

    with pytest.raises(Refusal, match="hold-ended"):
        actions.book(
            session,
            booking.id,
            person_facts=people.patient_facts(),
            payment=bookings.PAID,
            account=account,
            now=DUE,
        )
