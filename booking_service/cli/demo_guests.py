"""The demo's patients with an account: their visits are booked by the real actions, so that their letters exist too."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from booking_service.accounts.models import Account, Address, AddressKind, Visitor
from booking_service.bookings import actions
from booking_service.bookings.availability import free_times
from booking_service.cli.demo_people import GUESTS, Invented, guest, guest_address, identity
from booking_service.directory.models import Payer, Practice, Service
from booking_service.patients.actions import person_of_account
from booking_service.patients.rules import PatientFacts
from booking_service.refusals import Refusal
from booking_service.security.personal_codes import PersonalCode
from booking_service.security.tokens import digest, new_token

ADDRESSES = ", ".join(guest_address(number) for number in range(len(GUESTS)))
VISITS = 3


def book(session: Session, practices: Sequence[Practice], rng: Random, now: datetime) -> int:
    """Give each guest an account, a person and some coming visits; return how many visits."""
    # Taken out at once: a refused attempt rolls back to its savepoint, after which a practice forgets its services.
    offered = [[one for one in practice.services if one.bookable and not one.ages_to] for practice in practices]
    return sum(_guest(session, guest(number, rng), offered, rng, now) for number in range(len(GUESTS)))


def _guest(session: Session, someone: Invented, offered: Sequence[list[Service]], rng: Random, now: datetime) -> int:
    account = Account(id=identity(rng), lang=someone.lang, created_at=now, last_seen_at=now)
    session.add(account)
    session.flush()
    session.add(
        Address(id=identity(rng), account_id=account.id, kind=AddressKind.EMAIL, value=someone.email, proven_at=now)
    )
    facts = PatientFacts(
        given=someone.given,
        family=someone.family,
        code=PersonalCode(someone.code),
        no_code=False,
        birth_date=someone.born,
        phone=someone.phone,
        email=someone.email,
        lang=someone.lang,
    )
    person = person_of_account(session, account.id, facts, now=now)
    booked = 0
    for services in rng.sample(list(offered), min(len(offered), 8 * VISITS)):
        if booked == VISITS:
            break
        booked += _visit(session, services, facts, account, person.id, rng, now)
    return booked


def _visit(
    session: Session,
    services: Sequence[Service],
    facts: PatientFacts,
    account: Account,
    person_id: UUID,
    rng: Random,
    now: datetime,
) -> bool:
    """Book a free time of a practice three to fourteen days ahead, if the guest may have one."""
    if not services:
        return False
    service = rng.choice(services)
    slots = free_times(session, [service.id], now + timedelta(days=3), now + timedelta(days=14), now=now)[service.id]
    if not slots:
        return False
    holder = actions.Holder(_visitor(session, account, rng, now).id, account.id)
    try:
        with session.begin_nested():
            start = rng.choice(slots[:20]).start
            hold = actions.hold(
                session,
                service_id=service.id,
                start=start,
                holder=holder,
                channel="site",
                lang=facts.lang,
                now=now,
            )
            actions.book(
                session,
                hold.id,
                person_facts=facts,
                payment=actions.Payment(_pays(service)),
                account=account,
                person_id=person_id,
                now=now,
            )
    except Refusal:
        return False
    return True


def _pays(service: Service) -> actions.Pays:
    return actions.Pays.STATE if service.payer is Payer.STATE else actions.Pays.SELF


def _visitor(session: Session, account: Account, rng: Random, now: datetime) -> Visitor:
    """A session that has ended already: the hold wants one."""
    made = Visitor(
        id=identity(rng),
        digest=digest(new_token()),
        account_id=account.id,
        network="",
        made_at=now,
        last_seen_at=now,
        ends_at=now,
    )
    session.add(made)
    session.flush()
    return made
