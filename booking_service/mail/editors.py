"""Writing to the editors of content, and answering who wrote by a form; limited, since anybody may."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from booking_service.mail import outbox
from booking_service.mail.letter import Kind
from booking_service.mail.to_editors import JoinFacts, ReceivedFacts, ReportFacts
from booking_service.refusals import Refusal
from booking_service.security import throttle
from booking_service.security.limits import Limit

LANG = "lv"
JOINS_FROM_NETWORK = Limit("joins-network", 5, timedelta(hours=1))
REPORTS_FROM_NETWORK = Limit("reports-network", 10, timedelta(hours=1))
# More than editors read in a day only fills their letterbox, from however many networks it comes.
LETTERS_TO_EDITORS = Limit("letters-editors", 300, timedelta(days=1))
# Nobody applies with one address more often; what comes above it is somebody else's address being used.
ANSWERS_TO_ADDRESS = Limit("joins-address", 3, timedelta(days=1))


def apply_to_join(
    session: Session, facts: JoinFacts, *, editors: str, doctors: int, lang: str, network: str, now: datetime
) -> None:
    """Tell the editors that a clinic applies, and the sender that it was received. Refuses, counted, `too-often`.

    An address that has had its answers for today gets no more, but the application is taken: whoever typed a clinic's
    address before must not keep it out.
    """
    throttle.take(session, JOINS_FROM_NETWORK, network, now=now)
    throttle.take(session, LETTERS_TO_EDITORS, now=now)
    outbox.put(session, kind=Kind.JOIN, lang=LANG, to=editors, facts=facts, now=now)
    with suppress(Refusal):
        throttle.take(session, ANSWERS_TO_ADDRESS, facts.contact_email, now=now)
        received = ReceivedFacts(doctors)
        outbox.put(session, kind=Kind.JOIN_RECEIVED, lang=lang, to=facts.contact_email, facts=received, now=now)


def report(session: Session, facts: ReportFacts, *, editors: str, network: str, now: datetime) -> None:
    """Tell the editors of an error in a card. Refuses, counted, `too-often`."""
    throttle.take(session, REPORTS_FROM_NETWORK, network, now=now)
    throttle.take(session, LETTERS_TO_EDITORS, now=now)
    outbox.put(session, kind=Kind.REPORT, lang=LANG, to=editors, facts=facts, now=now)
