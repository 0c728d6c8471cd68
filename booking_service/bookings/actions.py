"""Everything that can be done to a booking, in one place to call it from. Nothing here commits."""

from booking_service.bookings.answers import approve, cancel, decline, mark
from booking_service.bookings.booking import book
from booking_service.bookings.consequences import follow_sync, stranded
from booking_service.bookings.desk import book_at_desk
from booking_service.bookings.holds import extend, hold, lock, release
from booking_service.bookings.moves import move
from booking_service.bookings.rules import SYSTEM, Actor, ActorKind, Holder, Payment, Pays
from booking_service.bookings.sweep import expire_due, refresh_openings

__all__ = [
    "SYSTEM",
    "Actor",
    "ActorKind",
    "Holder",
    "Payment",
    "Pays",
    "approve",
    "book",
    "book_at_desk",
    "cancel",
    "decline",
    "expire_due",
    "extend",
    "follow_sync",
    "hold",
    "lock",
    "mark",
    "move",
    "refresh_openings",
    "release",
    "stranded",
]
