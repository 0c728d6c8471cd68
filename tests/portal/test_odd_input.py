"""Input that no page of ours sends: a plain answer, nothing broken, and no step skipped."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings.models import Booking, State
from booking_service.directory.models import OldSlug
from booking_service.portal.typed import Typed
from tests.builders.clinics import House
from tests.pages import HERE, Browser
from tests.portal.steps import CARD, code_for, press_time

WHO = {"given": "Anna", "family": "Ozola", "code": "161175-19997", "pays": "self"}


@pytest.mark.parametrize(
    "start",
    [
        "",
        "rīt",
        "2027-03-03T10:00:00",
        "0001-01-01T00:00:00+14:00",
        "0001-01-01T00:00:00+00:00",
        "9999-12-31T23:55:00+00:00",
        "9999-12-31T23:55:00-14:00",
    ],
)
def test_an_instant_that_no_button_says_is_refused(app: Flask, house: House, start: str) -> None:
    answer = app.test_client().post(CARD, data={"start": start}, headers=HERE)

    assert answer.status_code in (400, 409)


@pytest.mark.parametrize(
    "birth",
    [
        ("9" * 30, "3", "1984"),
        ("1", "9" * 5000, "1984"),
        ("1", "3", "9" * 5000),
        ("1", "3", "19²4"),
        ("0", "0", "0000"),
    ],
)
def test_a_birth_date_of_endless_digits_is_a_mistake_to_mend(
    visitor: Browser, house: House, birth: tuple[str, str, str]
) -> None:
    press_time(visitor, "10.00")
    visitor.press("Turpināt", **{**WHO, "code": "320000-12345"})

    visitor.press("Turpināt", **dict(zip(("birth_day", "birth_month", "birth_year"), birth, strict=True)))

    assert visitor.here.status == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"given": "A" * 5000},
        {"family": ""},
        {"code": "010199-21234"},
        {"pays": "insurer", "insurer": "x" * 300},
        {"pays": "insurer", "insurer": "sala"},
        {"pays": "state"},
    ],
)
def test_what_a_step_has_refused_is_not_booked_by_going_round_it(
    visitor: Browser, house: House, sessions: sessionmaker[Session], wrong: dict[str, str]
) -> None:
    press_time(visitor, "10.00")
    way = visitor.here.address.removesuffix("who")
    assert visitor.post(f"{way}who", {**WHO, **wrong}).status == 422
    visitor.post(f"{way}contact", {"phone": "2000 0000", "email": "anna@example.lv"})
    visitor.post(f"{way}code", {"code": code_for(sessions, "anna@example.lv")})

    page = visitor.post(f"{way}check")

    assert page.address == f"{way}who"
    with sessions() as session:
        assert session.scalars(select(Booking.state)).one() is State.HELD


@pytest.mark.parametrize(
    "query", ["endpoint=x", "_scheme=javascript&_external=1", "_method=POST", "doctor=x", "ref=gbp"]
)
def test_a_former_address_leads_on_with_its_query_as_it_is(
    app: Flask, house: House, sessions: sessionmaker[Session], query: str
) -> None:
    with sessions.begin() as session:
        session.add(OldSlug(kind="doctor", slug="ilze-kalna", target_id=house.doctor.id))

    answer = app.test_client().get(f"/book/ilze-kalna/?{query}", headers=HERE)

    assert answer.status_code == 308
    assert answer.headers["Location"] == f"/book/ilze-berzina/?{query}"


def test_what_was_typed_does_not_show_itself() -> None:
    assert "161175" not in repr(Typed(code="161175-19997"))
