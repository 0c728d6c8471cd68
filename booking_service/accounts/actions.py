"""Signing in by a code, and giving roles. A code proves an address; the first proof makes the account."""

import hmac
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from booking_service.accounts import letters, rules, store
from booking_service.accounts.models import Account, Address, AddressKind, Role, RoleKind, SignInCode
from booking_service.journal.actions import record
from booking_service.mail import outbox
from booking_service.refusals import Refusal
from booking_service.security import contacts, throttle
from booking_service.security.encryption import keyring


def ask_code(session: Session, *, email: str, lang: str, network: str, now: datetime) -> datetime:
    """Send a code to an address and return when it ends; an earlier code of the address ends now.

    Nothing here depends on whether an account exists. Refuses `email-wrong` and, counted, `too-often` (`again_at`).
    """
    value = contacts.email(email)
    throttle.take(session, rules.CODES_FROM_NETWORK, network, now=now)
    throttle.take(session, rules.CODES_HERE, value, network, now=now)
    throttle.take(session, rules.CODES_TO_ADDRESS, value, now=now)
    ended = store.live_codes(session, value, now)
    for code in ended:
        code.ends_at = now
    outbox.overtake_codes(session, [code.id for code in ended])
    typed = rules.new_code()
    entry = SignInCode(
        id=uuid4(),
        kind=AddressKind.EMAIL,
        value=value,
        made_at=now,
        ends_at=now + rules.CODE_LIFE,
        tries_left=rules.TRIES,
    )
    entry.digest = _digest(entry.id, typed)
    session.add(entry)
    letters.send_code(session, entry, typed, lang=lang, now=now)
    return entry.ends_at


def prove(session: Session, *, email: str, code: str, now: datetime, network: str = "", lang: str = "lv") -> Account:
    """Prove an address by its code and return its account, made now if the address had none.

    Refuses `code-ended` (none was asked for, it ended or was used), and counted `sign-in-code-wrong` (`tries_left`),
    `code-used-up` after five wrong tries, `too-often` for a network.
    """
    value = contacts.email(email)
    if network:
        throttle.take(session, rules.TRIES_FROM_NETWORK, network, now=now)
    _use(store.live_codes(session, value, now), rules.typed_code(code), now)
    address = store.address(session, value) or _new_account(session, value, lang, now)
    address.proven_at = address.proven_at or now
    account = session.get_one(Account, address.account_id)
    account.last_seen_at = now
    return account


def _use(live: list[SignInCode], typed: str, now: datetime) -> None:
    """Spend one try of the newest code; the caller's rows are locked, so tries at once are counted one by one."""
    if not live:
        raise Refusal("code-ended")
    entry = live[0]
    if entry.tries_left <= 0:
        raise Refusal("code-used-up")
    entry.tries_left -= 1
    if not hmac.compare_digest(entry.digest, _digest(entry.id, typed)):
        left = entry.tries_left
        raise (
            Refusal("sign-in-code-wrong", counted=True, tries_left=left)
            if left
            else Refusal("code-used-up", counted=True)
        )
    # Two that were asked for at one moment both live: neither may serve a second time.
    for code in live:
        code.used_at = now


def _digest(code_id: UUID, code: str) -> bytes:
    return keyring().print_of("sign-in-code", str(code_id), code)


def _new_account(session: Session, value: str, lang: str, now: datetime) -> Address:
    """Make an account with one address not yet proven; when another transaction was quicker, take its address."""
    account = Account(id=uuid4(), lang=lang, created_at=now)
    address = Address(id=uuid4(), account_id=account.id, kind=AddressKind.EMAIL, value=value)
    try:
        with session.begin_nested():
            session.add(account)
            session.flush()
            session.add(address)
    except IntegrityError:
        found = store.address(session, value)
        if found is None:
            raise
        return found
    return address


def grant(
    session: Session, *, email: str, clinic_slug: str, role: RoleKind, now: datetime, doctor_slug: str = ""
) -> Role:
    """Give an address a role at a clinic; a role that it already has is returned as it is. A doctor's role that names
    another doctor takes the place of the one before.

    The account is made if need be; its owner proves the address by signing in. Refuses `email-wrong`,
    `clinic-unknown`, `doctor-unknown` and `doctor-missing` (a doctor's role names the doctor).
    """
    value = contacts.email(email)
    clinic_id = store.clinic_id_of(session, clinic_slug)
    if clinic_id is None:
        raise Refusal("clinic-unknown", slug=clinic_slug)
    doctor_id = _doctor(session, role, doctor_slug)
    address = store.address(session, value) or _new_account(session, value, "lv", now)
    found = store.live_role(session, address.account_id, clinic_id, role)
    if found is not None and found.doctor_id == doctor_id:
        return found
    if found is not None:
        end_role(session, found, now=now)
        session.flush()
    given = Role(
        id=uuid4(), account_id=address.account_id, clinic_id=clinic_id, kind=role, doctor_id=doctor_id, given_at=now
    )
    session.add(given)
    session.flush()
    record(
        session, "granted", actor="system", now=now, account_id=address.account_id, role=role.value, clinic_id=clinic_id
    )
    return given


def _doctor(session: Session, role: RoleKind, slug: str) -> UUID | None:
    if role != RoleKind.DOCTOR:
        return None
    if not slug:
        raise Refusal("doctor-missing")
    doctor_id = store.doctor_id_of(session, slug)
    if doctor_id is None:
        raise Refusal("doctor-unknown", slug=slug)
    return doctor_id


def end_role(session: Session, role: Role, *, now: datetime) -> None:
    """End a role; it is kept, since the journal names it."""
    role.ended_at = now
    record(
        session,
        "role-ended",
        actor="system",
        now=now,
        account_id=role.account_id,
        role=role.kind.value,
        clinic_id=role.clinic_id,
    )
