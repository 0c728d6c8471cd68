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
    """Of doctors with those of their places that the list is about."""
    pairs = list(listed)
    places = [place for _, found in pairs for place in found]
    prices = [price for place in places for price in (place.low, place.high) if price is not None]
    people = [found for brief, found in pairs if brief.is_person]
    spoken = Counter(code for brief, _ in pairs for code in brief.languages)
    return Tally(
        people=len(people),
        rooms=len(pairs) - len(people),
        clinics=len({place.clinic for place in places}),
        low=min(prices, default=None),
        high=max(prices, default=None),
        state=sum(any(place.state for place in found) for found in people),
        paid=sum(any(place.low is not None for place in found) for found in people),
        referral=any(place.referral for place in places),
        languages=tuple(sorted(spoken, key=lambda code: (-spoken[code], code))),
    )
