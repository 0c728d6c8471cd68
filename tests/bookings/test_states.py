"""The one table of moves between the states of a booking."""

import pytest

from booking_service.bookings.states import COMING, MOVES, OCCUPYING, Act, State, after
from booking_service.refusals import Refusal


def test_an_act_that_the_table_does_not_name_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        after(Act.APPROVE, State.CANCELLED)

    assert refused.value.code == "move-not-allowed"
    assert refused.value.facts == {"act": "approve", "state": "cancelled"}


def test_every_state_can_be_reached_from_a_hold() -> None:
    reached = {State.HELD}
    for _ in State:
        reached |= {target for (_, state), target in MOVES.items() if state in reached}

    assert reached == set(State)


def test_what_is_declined_cancelled_or_expired_never_comes_back_but_as_a_hold() -> None:
    ended = {State.DECLINED, State.CANCELLED, State.EXPIRED}

    assert {(act, target) for (act, state), target in MOVES.items() if state in ended} == {(Act.RETAKE, State.HELD)}


def test_no_act_takes_a_visit_from_a_state_without_cells_to_one_with_them() -> None:
    gaining = {act for (act, state), target in MOVES.items() if state not in OCCUPYING and target in OCCUPYING}

    assert gaining == {Act.RETAKE}
    assert set(COMING) < set(OCCUPYING)
