"""Ways through the pages that several tests take."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.mail.models import Letter
from booking_service.security.encryption import unseal
from tests.pages import Browser

CARD = "/book/ilze-berzina/veja-roze/konsultacija/"
WEDNESDAY = "Trešdiena, 3. marts"


def press_time(visitor: Browser, time: str, day: str = WEDNESDAY) -> None:
    """Press a time as it stands on a card: the page of times has the same buttons."""
    seen = len(visitor.screens)
    visitor.open(CARD)
    del visitor.screens[seen:]
    visitor.press(f"{day}, {time}, Ilze Bērziņa")


def code_for(sessions: sessionmaker[Session], email: str) -> str:
    """The code of the newest letter to an address, as the worker would send it."""
    with sessions() as session:
        letters = session.scalars(select(Letter).where(Letter.kind == "sign-in-code").order_by(Letter.made_at.desc()))
        for letter in letters:
            if letter.to and letter.facts and unseal(letter.to, letter.id, "letter.to") == email:
                code: str = json.loads(unseal(letter.facts, letter.id, "letter.facts"))["code"]
                return code
    raise AssertionError(f"no code was sent to {email}")


def book_as_new(
    visitor: Browser,
    sessions: sessionmaker[Session],
    time: str = "10.00",
    email: str = "anna@example.lv",
    *,
    day: str = WEDNESDAY,
) -> str:
    """Book as somebody new; the address of the page that says so."""
    press_time(visitor, time, day)
    visitor.press("Turpināt", given="Anna", family="Ozola", code="161175-19997", pays="self")
    visitor.press("Turpināt", phone="2000 0000", email=email)
    visitor.press("Turpināt", code=code_for(sessions, email))
    visitor.press("Apstiprināt pierakstu")
    assert visitor.here.address.endswith("/done"), visitor.here.main
    return visitor.here.address
