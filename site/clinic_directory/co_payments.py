"""What a patient adds to a state-paid visit: one table says it for every card, by kind of service and age."""

from dataclasses import dataclass

from clinic_directory.fields import OLDEST
from clinic_directory.schema import Ages, Band, Directory, Doctor, Service


@dataclass(frozen=True)
class CoPayment:
    """`amount` is what most of the patients pay, in cents; `others` are the age groups that pay something else."""

    amount: int
    others: tuple[Band, ...] = ()


def co_payment(directory: Directory, doctor: Doctor, service: Service) -> CoPayment | None:
    """None for a paid service. Only the ages that this doctor sees for this service count."""
    if not service.co_payment:
        return None
    price = directory.prices.prices[service.co_payment]
    low, high = _seen(doctor.ages, service.ages)
    if only := next((band for band in price.ages if band.covers(low, high)), None):
        return CoPayment(only.amount)
    others = (band for band in price.ages if band.overlaps(low, high) and band.amount != price.amount)
    return CoPayment(price.amount, tuple(others))


def _seen(*limits: Ages | None) -> tuple[int, int]:
    """The youngest and the oldest whom all limits let in."""
    lows = (one.from_ for one in limits if one and one.from_ is not None)
    highs = (one.to for one in limits if one and one.to is not None)
    return max(lows, default=0), min(highs, default=OLDEST)
