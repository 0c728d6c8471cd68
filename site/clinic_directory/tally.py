"""What the doctors of a list come to: counted from briefs, so that no card is opened to say it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from clinic_directory.briefs import Brief, Place


class Tally(NamedTuple):
    """Plain values: equal tallies make equal pages. Prices are cents of paid services, None where there are none.

    `people` and `rooms` together are the list; `state` and `paid` are how many of the people offer such services,
    `referral` whether a state-paid one needs a referral; `languages` are those spoken, the commonest first.
    """

    people: int
    rooms: int
    clinics: int
    low: int | None
    high: int | None
    state: int
    paid: int
    referral: bool
    languages: tuple[str, ...]


def tally(listed: Iterable[tuple[Brief, Sequence[Place]]]) -> Tally:
    """Of doctors with those of their places that the list is about. One pass, since lists of all doctors are long."""
    people = rooms = state = paid = 0
    referral, clinics, lows, highs = False, set(), [], []
    spoken: Counter[tuple[str, ...]] = Counter()
    for brief, places in listed:
        by_state = for_money = False
        for place in places:
            clinics.add(place.clinic)
            if place.low is not None and place.high is not None:
                for_money = True
                lows.append(place.low)
                highs.append(place.high)
            by_state = by_state or place.state
            referral = referral or place.referral
        spoken[brief.languages] += 1
        if brief.is_person:
            people, state, paid = people + 1, state + by_state, paid + for_money
        else:
            rooms += 1
    low, high = min(lows, default=None), max(highs, default=None)
    return Tally(people, rooms, len(clinics), low, high, state, paid, referral, _commonest(spoken))


def _commonest(spoken: Counter[tuple[str, ...]]) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    for codes, count in spoken.items():
        for code in codes:
            counts[code] += count
    return tuple(sorted(counts, key=lambda code: (-counts[code], code)))
