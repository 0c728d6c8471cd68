"""Signing in by a six-digit code."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.accounts import rules, store
from booking_service.accounts.actions import ask_code, prove
from booking_service.accounts.models import Account, Address, SignInCode
from booking_service.db import transaction
from booking_service.mail.models import Letter, LetterState
from booking_service.refusals import Refusal
from booking_service.security.encryption import unseal
from tests.builders.refusals import refused

ANNA = "anna@example.lv"
HOME = "192.0.2.0"


def asked(session: Session, email: str = ANNA, *, now: datetime, network: str = HOME) -> str:
    """Ask for a code and read it from the letter, as the patient does."""
    ask_code(session, email=email, lang="lv", network=network, now=now)
    session.flush()
    newest = session.scalars(select(SignInCode.id).order_by(SignInCode.made_at.desc()).limit(1)).one()
    letter = session.get_one(Letter, newest)
    assert letter.facts is not None
    code: str = json.loads(unseal(letter.facts, letter.id, "letter.facts"))["code"]
    return code


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_a_code_proves_the_address_and_makes_the_account(session: Session, now: datetime) -> None:
    code = asked(session, now=now)

    account = prove(session, email=ANNA, code=code, now=now, lang="ru")

    assert store.account_of(session, ANNA) is account
    assert store.email_of(session, account.id) == ANNA
    assert account.lang == "ru"


def test_signing_in_again_leads_to_the_same_account(session: Session, now: datetime) -> None:
    first = prove(session, email=ANNA, code=asked(session, now=now), now=now)
    later = now + timedelta(days=1)

    again = prove(session, email=" ANNA@Example.lv", code=asked(session, now=later), now=later)

    assert again.id == first.id
    assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_a_code_is_read_with_the_spaces_that_people_type(session: Session, now: datetime) -> None:
    code = asked(session, now=now)

    assert prove(session, email=ANNA, code=f" {code[:3]} {code[3:]} ", now=now)


def test_a_code_works_once(session: Session, now: datetime) -> None:
    code = asked(session, now=now)
    prove(session, email=ANNA, code=code, now=now)

    with refused("code-ended"):
        prove(session, email=ANNA, code=code, now=now)


def test_a_code_ends_after_ten_minutes(session: Session, now: datetime) -> None:
    code = asked(session, now=now)

    with refused("code-ended"):
        prove(session, email=ANNA, code=code, now=now + timedelta(minutes=10))
    assert prove(session, email=ANNA, code=code, now=now + timedelta(minutes=9, seconds=59))


def test_a_newer_code_ends_the_older_one_and_takes_back_its_waiting_letter(session: Session, now: datetime) -> None:
    older = asked(session, now=now)
    newer = asked(session, now=now + timedelta(minutes=1))

    if older != newer:
        with refused("sign-in-code-wrong"):
            prove(session, email=ANNA, code=older, now=now + timedelta(minutes=1))
    states = session.scalars(select(Letter.state).order_by(Letter.made_at)).all()
    assert states == [LetterState.OVERTAKEN, LetterState.WAITING]
    assert session.scalars(select(Letter.facts).order_by(Letter.made_at)).first() is None
    assert prove(session, email=ANNA, code=newer, now=now + timedelta(minutes=1))


def test_five_wrong_tries_use_a_code_up_though_each_refusal_ends_its_transaction(
    sessions: sessionmaker[Session], now: datetime
) -> None:
    with sessions.begin() as session:
        code = asked(session, now=now)
    left = []
    for _ in range(rules.TRIES):
        with pytest.raises(Refusal) as no, transaction(sessions()) as session:
            prove(session, email=ANNA, code=wrong(code), now=now)
        left.append(no.value.facts.get("tries_left", no.value.code))

    assert left == [4, 3, 2, 1, "code-used-up"]
    with refused("code-used-up"), transaction(sessions()) as session:
        prove(session, email=ANNA, code=code, now=now)


def test_guesses_at_once_are_counted_one_by_one(sessions: sessionmaker[Session], now: datetime) -> None:
    with sessions.begin() as session:
        code = asked(session, now=now)

    def guess(_: int) -> str:
        try:
            with transaction(sessions()) as session:
                prove(session, email=ANNA, code=wrong(code), now=now)
        except Refusal as no:
            return no.code
        return ""

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(16)))
    assert answers.count("sign-in-code-wrong") == rules.TRIES - 1
    assert answers.count("code-used-up") == 16 - rules.TRIES + 1


def test_one_code_pressed_twice_at_once_makes_one_account(sessions: sessionmaker[Session], now: datetime) -> None:
    with sessions.begin() as session:
        code = asked(session, now=now)

    def press(_: int) -> str:
        try:
            with transaction(sessions()) as session:
                prove(session, email=ANNA, code=code, now=now)
        except Refusal as no:
            return no.code
        return "in"

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(press, range(4)))
    assert answers == ["code-ended"] * 3 + ["in"]
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Address)) == 1


def test_nothing_tells_whether_an_account_exists(session: Session, now: datetime) -> None:
    prove(session, email=ANNA, code=asked(session, now=now), now=now)
    later = now + timedelta(minutes=20)

    ends = [ask_code(session, email=each, lang="lv", network=HOME, now=later) for each in (ANNA, "stranger@example.lv")]

    assert ends[0] == ends[1]
    for each in (ANNA, "stranger@example.lv"):
        with refused("sign-in-code-wrong"):
            prove(session, email=each, code="", now=later)
    with refused("code-ended"):
        prove(session, email="nobody@example.lv", code="000000", now=later)


def test_codes_are_limited_per_address_with_when_to_try_again(session: Session, now: datetime) -> None:
    for _ in range(rules.CODES_HERE.count):
        ask_code(session, email=ANNA, lang="lv", network=HOME, now=now)

    with refused("too-often") as no:
        ask_code(session, email=ANNA, lang="lv", network=HOME, now=now)
    assert now < no.value.facts["again_at"] <= now + rules.CODES_HERE.window  # type: ignore[operator]


def test_a_stranger_elsewhere_cannot_keep_the_owner_from_signing_in(session: Session, now: datetime) -> None:
    for quarter in range(4):
        for _ in range(rules.CODES_HERE.count):
            at = now.replace(minute=15 * quarter)
            ask_code(session, email=ANNA, lang="lv", network="198.51.100.0", now=at)

    ask_code(session, email=ANNA, lang="lv", network=HOME, now=now.replace(minute=59))


def test_codes_asked_for_at_one_moment_serve_once_together(sessions: sessionmaker[Session], now: datetime) -> None:
    with sessions.begin() as session:
        first = asked(session, now=now)
        row = session.scalars(select(SignInCode)).one()
        ends = row.ends_at
        second = asked(session, now=now + timedelta(seconds=1))
        # As if both had been asked for before either was written.
        row.ends_at = ends
    with sessions.begin() as session:
        prove(session, email=ANNA, code=second, now=now + timedelta(minutes=1))

    with sessions.begin() as session, refused("code-ended"):
        prove(session, email=ANNA, code=first, now=now + timedelta(minutes=2))


def test_codes_are_limited_per_network(session: Session, now: datetime) -> None:
    for number in range(rules.CODES_FROM_NETWORK.count):
        ask_code(session, email=f"p{number}@example.lv", lang="lv", network=HOME, now=now)

    with refused("too-often"):
        ask_code(session, email=ANNA, lang="lv", network=HOME, now=now)


def test_the_code_itself_is_kept_nowhere_but_in_the_sealed_letter(session: Session, now: datetime) -> None:
    code = asked(session, now=now)

    entry = session.scalars(select(SignInCode)).one()
    assert code.encode() not in entry.digest
    letter = session.scalars(select(Letter)).one()
    assert letter.facts is not None
    assert code.encode() not in letter.facts


def test_codes_are_six_digits_with_their_leading_zeros() -> None:
    codes = [rules.new_code() for _ in range(2000)]

    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert any(code.startswith("0") for code in codes)
