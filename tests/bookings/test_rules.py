"""Rules of booking, moving and cancelling."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from booking_service.bookings import rules
from booking_service.bookings.rules import Actor, ActorKind, Payment, Pays
from booking_service.refusals import Refusal
from tests.conftest import NOW

DAY = date(2027, 3, 10)


@pytest.mark.parametrize(
    ("born", "code"),
    [
        (date(2015, 3, 10), None),
        (date(2015, 3, 11), "too-young"),
        (date(2008, 3, 11), None),
        (date(2008, 3, 10), "too-old"),
        (None, None),
    ],
)
def test_age_is_counted_on_the_day_of_the_visit(born: date | None, code: str | None) -> None:
    def check() -> None:
        rules.check_age(12, 18, born, DAY)

    if code is None:
        check()
        return
    with pytest.raises(Refusal, match=code):
        check()


def test_a_state_paid_visit_leaves_nothing_to_ask_and_a_paid_one_does() -> None:
    assert rules.checked_payment("state", Payment()) == Payment(Pays.STATE)
    with pytest.raises(Refusal, match="payer-missing"):
        rules.checked_payment("paid", Payment())
    with pytest.raises(Refusal, match="payer-impossible"):
        rules.checked_payment("paid", Payment(Pays.STATE))


def test_an_insurer_is_named_and_its_policy_may_be() -> None:
    with pytest.raises(Refusal, match="insurer-missing"):
        rules.checked_payment("paid", Payment(Pays.INSURER))
    assert rules.checked_payment("paid", Payment(Pays.INSURER, "sala", " 12 ")) == Payment(Pays.INSURER, "sala", "12")
    assert rules.checked_payment("paid", Payment(Pays.SELF, "sala", "12")) == Payment(Pays.SELF)


@pytest.mark.parametrize("kind", [ActorKind.PATIENT, ActorKind.LINK])
def test_a_patient_may_cancel_to_the_last_moment_and_is_then_told_to_call(kind: ActorKind) -> None:
    starts = NOW + timedelta(hours=24)

    rules.check_still_open(Actor(kind), starts, 24 * 60, NOW, "+37160000012")
    with pytest.raises(Refusal, match="too-late-call") as refused:
        rules.check_still_open(Actor(kind), starts, 24 * 60, NOW + timedelta(seconds=1), "+37160000012")

    assert refused.value.facts == {"phone": "+37160000012", "until": NOW.isoformat()}
    rules.check_still_open(Actor(ActorKind.STAFF), starts, 24 * 60, starts, "")


def test_nobody_acts_on_what_is_not_theirs() -> None:
    clinic, account = uuid4(), uuid4()

    for actor in (
        Actor(ActorKind.STAFF, clinic_id=uuid4()),
        Actor(ActorKind.PATIENT, account_id=uuid4()),
        Actor(ActorKind.PATIENT),
    ):
        with pytest.raises(Refusal, match="booking-unknown"):
            rules.check_actor(actor, clinic, account)
    with pytest.raises(Refusal, match="booking-unknown"):
        rules.check_actor(Actor(ActorKind.PATIENT), clinic, None)
    with pytest.raises(Refusal, match="booking-unknown"):
        rules.check_staff(Actor(ActorKind.PATIENT, account_id=account), clinic)


def test_an_answer_comes_before_its_deadline() -> None:
    rules.check_answer(NOW, NOW - timedelta(seconds=1))
    with pytest.raises(Refusal, match="answer-too-late"):
        rules.check_answer(NOW, NOW)


def test_starts_are_whole_five_minutes() -> None:
    rules.in_fives(datetime.fromisoformat("2027-03-03T10:05:00+02:00"))
    for text in ("2027-03-03T10:03:00+02:00", "2027-03-03T10:05:01+02:00", "2027-03-03T10:05:00.5+02:00"):
        with pytest.raises(Refusal, match="start-not-fives"):
            rules.in_fives(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("act", "today", "now", "code"),
    [
        ("arrive", DAY, "08:00", None),
        ("arrive", DAY - timedelta(days=1), "08:00", "mark-too-early"),
        ("finish", DAY - timedelta(days=1), "08:00", "mark-too-early"),
        ("miss", DAY, "09:59", "mark-too-early"),
        ("miss", DAY, "10:00", None),
        ("undo", DAY, "23:00", None),
        ("undo", DAY + timedelta(days=1), "08:00", "undo-too-late"),
    ],
)
def test_marks_have_their_day(act: str, today: date, now: str, code: str | None) -> None:
    starts = datetime.fromisoformat("2027-03-10T10:00:00+02:00")
    moment = datetime.fromisoformat(f"{today}T{now}:00+02:00")

    if code is None:
        rules.check_day(act, starts, moment, today, DAY)
        return
    with pytest.raises(Refusal, match=code):
        rules.check_day(act, starts, moment, today, DAY)


@pytest.mark.parametrize(
    "start",
    ["2027-03-10T10:02:00+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:55:00+00:00"],
)
def test_a_start_off_the_five_minutes_or_out_of_time_is_refused(start: str) -> None:
    with pytest.raises(Refusal, match="start-not-fives"):
        rules.in_fives(datetime.fromisoformat(start))
