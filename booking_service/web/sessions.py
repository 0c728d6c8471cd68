"""Who is asking: a row of `visitor` behind a cookie, and an account once an address was proven.

No cookie is set before a visitor does something that must be remembered (a hold, a sign-in). Cookie: `__Host-` as
RFC 6265bis says, also on loopback, which browsers trust with Secure; without that override there is no plain cookie.
"""

import json
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Flask, Response, g, request
from sqlalchemy import Executable, bindparam, delete, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from booking_service.accounts.models import Account, Visitor
from booking_service.db import transaction
from booking_service.refusals import Refusal
from booking_service.security.encryption import seal, unseal
from booking_service.security.tokens import digest, new_token
from booking_service.web import networks
from booking_service.web.context import now, settings

log = logging.getLogger(__name__)
HALF_DAY = timedelta(hours=12)
OWN_DEVICE = timedelta(days=90)
SEEN_EVERY = timedelta(minutes=10)
TYPED = "visitor.typed"

# Built once: every request of a visitor asks the first, every step of a booking the second.
_BY_DIGEST = select(
    Visitor.id, Visitor.account_id, Visitor.own_device, Visitor.network, Visitor.typed, Visitor.last_seen_at
).where(Visitor.digest == bindparam("digest"), Visitor.ends_at > bindparam("now"))
_LOCKED = _BY_DIGEST.with_for_update(key_share=True)
_KEEP = update(Visitor).where(Visitor.id == bindparam("visitor")).values(typed=bindparam("sealed"))


@dataclass(frozen=True)
class Caller:
    """A visitor as routes know it; `account_id` is none until an address is proven."""

    id: UUID
    account_id: UUID | None
    own_device: bool
    network: str
    typed: bytes | None
    last_seen_at: datetime

    @property
    def signed_in(self) -> bool:
        return self.account_id is not None


def install(app: Flask) -> None:
    app.after_request(_finish)


def cookie_name() -> str:
    return "session" if settings().insecure_cookies and not settings().https else "__Host-session"


def caller(session: Session) -> Caller | None:
    """The visitor of this request; None without a cookie, and for one that has ended."""
    if "caller" not in g:
        token = request.cookies.get(cookie_name(), "")
        g.caller = _load(session, token) if token else None
    found: Caller | None = g.caller
    return found


def signed_in(session: Session) -> Caller:
    """The visitor, who must have an account; Refusal `sign-in-first` leads to the sign-in page."""
    found = caller(session)
    if found is None or not found.signed_in:
        raise Refusal("sign-in-first")
    return found


def caller_or_new(session: Session) -> Caller:
    """The visitor of this request; a row and a cookie are made for a new one."""
    return caller(session) or _remember(session, Visitor(id=uuid4()), account_id=None, own_device=False)


def sign_in(session: Session, account_id: UUID, *, own_device: bool) -> Caller:
    """Tie the visitor to an account, under a new token: one that was known before opens nothing afterwards.

    The row stays, and with it the hold and what was typed.
    """
    known = caller(session)
    row = session.get(Visitor, known.id) if known else None
    if row is not None and row.account_id not in (None, account_id):
        # Another person signs in at the same browser: nothing of the first one's may be seen.
        sign_out(session)
        row = None
    return _remember(session, row or Visitor(id=uuid4()), account_id=account_id, own_device=own_device)


def sign_out(session: Session) -> None:
    """End this visitor's session and forget what was typed."""
    if known := caller(session):
        session.execute(delete(Visitor).where(Visitor.id == known.id))
    g.caller = None
    g.session_token = ""


def lock(session: Session) -> None:
    """Read the visitor under a lock: requests of one visitor wait for each other. SQLite's writers do so anyway."""
    token = request.cookies.get(cookie_name(), "")
    g.caller = _load(session, token, _LOCKED) if token else None


def typed(known: Caller | None) -> dict[str, Any]:
    """What the visitor has typed so far on the way to a booking."""
    if known is None or known.typed is None:
        return {}
    values: dict[str, Any] = json.loads(unseal(known.typed, known.id, TYPED))
    return values


def keep_typed(session: Session, known: Caller, values: dict[str, Any]) -> Caller:
    """Remember, sealed, what was typed (an empty mapping forgets it); the visitor with it."""
    sealed = seal(json.dumps(values), known.id, TYPED) if values else None
    session.connection().execute(_KEEP, {"visitor": known.id, "sealed": sealed})
    found = replace(known, typed=sealed)
    g.caller = found
    return found


def _load(session: Session, token: str, statement: Executable = _BY_DIGEST) -> Caller | None:
    row = session.connection().execute(statement, {"digest": digest(token), "now": now()}).first()
    return Caller(*row) if row else None


def _remember(session: Session, row: Visitor, *, account_id: UUID | None, own_device: bool) -> Caller:
    token, present = new_token(), now()
    row.digest = digest(token)
    row.account_id = account_id
    row.own_device = own_device
    row.network = networks.current()
    row.device = (request.user_agent.string or "")[:120]
    row.made_at = row.made_at or present
    row.last_seen_at = present
    row.ends_at = present + (OWN_DEVICE if own_device else HALF_DAY)
    session.add(row)
    session.flush()
    g.session_token = token
    g.caller = Caller(row.id, account_id, own_device, row.network, row.typed, present)
    known: Caller = g.caller
    return known


def _finish(response: Response) -> Response:
    token = g.pop("session_token", None)
    # An answer of refusal has rolled back the row that a new token would stand for.
    if token is not None and response.status_code < 400:
        _set_cookie(response, token)
    known: Caller | None = g.get("caller")
    if known and known.signed_in and now() - known.last_seen_at > SEEN_EVERY and response.status_code < 400:
        _note_seen(known)
    return response


def _set_cookie(response: Response, token: str) -> None:
    secure = cookie_name() != "session"
    known: Caller | None = g.get("caller")
    if not token:
        response.delete_cookie(cookie_name(), secure=secure, httponly=True, samesite="Lax")
        return
    # Without an age the browser forgets it when it is closed; only an own device keeps it.
    age = OWN_DEVICE if known and known.own_device else None
    response.set_cookie(cookie_name(), token, max_age=age, secure=secure, httponly=True, samesite="Lax")


def _note_seen(known: Caller) -> None:
    try:
        with transaction() as session:
            session.execute(update(Visitor).where(Visitor.id == known.id).values(last_seen_at=now()))
            session.execute(update(Account).where(Account.id == known.account_id).values(last_seen_at=now()))
    except OperationalError:
        # What the answer says is done already: a busy database must not turn it into a page of error.
        log.warning("when a visitor was last seen is not written down", exc_info=True)
