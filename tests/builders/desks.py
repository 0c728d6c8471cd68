"""A clerk at the desk, and what the desk has done."""

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings.models import Booking
from tests.pages import Browser


def sign_in(visitor: Browser, clinic: str = "veja-roze", role: str = "Reģistratūra") -> Browser:
    """Sign in by the demo's button; ends on the clinic's day."""
    visitor.open("/desk/")
    form = next(
        button
        for button in visitor.here.tree.iter("button")
        if button.get("value", "").endswith(f":{clinic}") and "".join(button.itertext()).startswith(role)
    )
    visitor.post("/desk/demo", {"as": form.get("value", "")})
    return visitor


def stored(sessions: sessionmaker[Session], booking: Booking) -> Booking:
    """The booking as the database has it now."""
    with sessions() as session:
        return session.scalars(select(Booking).where(Booking.id == booking.id)).one()
