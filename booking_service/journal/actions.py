"""Appending to the journal; the caller's transaction carries the entry with the change itself."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.orm import Session

from booking_service.journal.models import JournalEntry

# Nobody reads an entry in the transaction that writes it, so it need not become an object first.
_INSERT = insert(JournalEntry)


def record(
    session: Session,
    verb: str,
    *,
    actor: str,
    now: datetime,
    account_id: UUID | None = None,
    role: str = "",
    clinic_id: UUID | None = None,
    booking_id: UUID | None = None,
    patient_id: UUID | None = None,
    from_state: str = "",
    to_state: str = "",
    **facts: object,
) -> None:
    """Append one entry. `verb` is one word (booked, seen, moved …), `actor` one of patient, link, staff, system.

    `facts` must be JSON values without personal contents: instants as ISO text, counts, ids as text.
    """
    entry = {
        "id": uuid4(),
        "at": now,
        "verb": verb,
        "actor": actor,
        "account_id": account_id,
        "role": role,
        "clinic_id": clinic_id,
        "booking_id": booking_id,
        "patient_id": patient_id,
        "from_state": from_state,
        "to_state": to_state,
        "facts": facts,
    }
    session.connection().execute(_INSERT, entry)
