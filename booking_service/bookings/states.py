"""The states of a booking and the one table of moves between them."""

from enum import StrEnum

from booking_service.refusals import Refusal


class State(StrEnum):
    HELD = "held"
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    DONE = "done"
    MISSED = "missed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Act(StrEnum):
    """What may be done to a booking; the journal keeps these words."""

    EXTEND = "extend"
    RELEASE = "release"
    LAPSE = "lapse"
    RETAKE = "retake"
    CONFIRM = "confirm"
    REQUEST = "request"
    APPROVE = "approve"
    DECLINE = "decline"
    CANCEL = "cancel"
    MOVE = "move"
    ARRIVE = "arrive"
    FINISH = "finish"
    MISS = "miss"
    UNDO = "undo"


MOVES: dict[tuple[Act, State], State] = {
    (Act.EXTEND, State.HELD): State.HELD,
    (Act.RELEASE, State.HELD): State.EXPIRED,
    (Act.LAPSE, State.HELD): State.EXPIRED,
    (Act.LAPSE, State.REQUESTED): State.EXPIRED,
    # Only of a hold that lapsed before its owner had finished typing, and while its time is free.
    (Act.RETAKE, State.EXPIRED): State.HELD,
    (Act.CONFIRM, State.HELD): State.CONFIRMED,
    (Act.REQUEST, State.HELD): State.REQUESTED,
    (Act.APPROVE, State.REQUESTED): State.CONFIRMED,
    (Act.DECLINE, State.REQUESTED): State.DECLINED,
    (Act.CANCEL, State.REQUESTED): State.CANCELLED,
    (Act.CANCEL, State.CONFIRMED): State.CANCELLED,
    (Act.MOVE, State.REQUESTED): State.REQUESTED,
    (Act.MOVE, State.CONFIRMED): State.CONFIRMED,
    (Act.ARRIVE, State.CONFIRMED): State.ARRIVED,
    (Act.FINISH, State.CONFIRMED): State.DONE,
    (Act.FINISH, State.ARRIVED): State.DONE,
    (Act.MISS, State.CONFIRMED): State.MISSED,
    (Act.UNDO, State.ARRIVED): State.CONFIRMED,
    (Act.UNDO, State.DONE): State.ARRIVED,
    (Act.UNDO, State.MISSED): State.CONFIRMED,
}

OCCUPYING = (State.HELD, State.REQUESTED, State.CONFIRMED, State.ARRIVED, State.DONE, State.MISSED)
"""States that own cells: the time is, or was, used."""
COMING = (State.REQUESTED, State.CONFIRMED)
"""States of a visit that is still ahead."""


def after(act: Act, state: State) -> State:
    """The state that an act leads to. Refused with `move-not-allowed`, naming both."""
    try:
        return MOVES[act, state]
    except KeyError:
        raise Refusal("move-not-allowed", act=str(act), state=str(state)) from None
