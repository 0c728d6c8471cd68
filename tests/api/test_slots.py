"""`GET /api/v1/doctors/{slug}/slots`: the same times as the pages, for programs."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from booking_service.api.shapes import Problem, Slots
from booking_service.bookings.availability import free_times
from booking_service.db import db
from booking_service.directory.models import OldSlug
from tests.apps import Clock
from tests.builders import bookings, clinics
from tests.builders.clinics import House
from tests.builders.queries import statements
from tests.conftest import NOW

ADDRESS = "/api/v1/doctors/ilze-berzina/slots"
DAY = f"{ADDRESS}?from=2027-03-10&to=2027-03-10"


def starts(program: FlaskClient, address: str) -> list[str]:
    answer = program.get(address)
    assert answer.status_code == 200, answer.text
    return [slot["start"] for slot in answer.get_json()["slots"]]


def test_what_is_listed_is_what_the_one_function_offers(
    program: FlaskClient, house: House, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        bookings.booked(session, house)
        day = clinics.instant("2027-03-10 00:00"), clinics.instant("2027-03-11 00:00")
        offered = free_times(session, [house.service.id], *day, now=NOW)[house.service.id]

    listed = [datetime.fromisoformat(start) for start in starts(program, DAY)]

    assert listed == [slot.start for slot in offered]
    assert bookings.START not in listed


def test_times_carry_the_offset_of_the_clinics_clock(program: FlaskClient, house: House) -> None:
    assert starts(program, DAY)[0] == "2027-03-10T09:00:00+02:00"
    assert starts(program, f"{ADDRESS}?from=2027-03-29&to=2027-03-29")[0] == "2027-03-29T09:00:00+03:00"


def test_an_answer_has_the_described_shape(program: FlaskClient, house: House) -> None:
    answer = Slots.model_validate(program.get(DAY).get_json())

    first = answer.slots[0]
    assert (first.clinic, first.service, first.payer, first.approval) == (
        "veja-roze",
        "konsultacija",
        "paid",
        "automatic",
    )
    assert first.book.endswith("/book/ilze-berzina/veja-roze/konsultacija/")


def test_without_bounds_two_weeks_from_now_are_listed(program: FlaskClient, house: House) -> None:
    answer = program.get(ADDRESS).get_json()

    assert answer["from"] == "2027-03-02T10:42:00+02:00"
    assert answer["to"] == "2027-03-16T10:42:00+02:00"
    assert answer["slots"][0]["start"] == "2027-03-02T13:00:00+02:00"


def test_instants_bound_too(program: FlaskClient, house: House) -> None:
    bounds = "from=2027-03-10T10:00:00%2B02:00&to=2027-03-10T11:00:00%2B02:00"

    assert starts(program, f"{ADDRESS}?{bounds}") == ["2027-03-10T10:00:00+02:00", "2027-03-10T10:30:00+02:00"]


def test_one_service_and_one_clinic_can_be_asked_for(
    program: FlaskClient, house: House, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        clinics.service(session, house.practice, "garaka", minutes=60, position=1)

    assert len(starts(program, f"{DAY}&service=garaka")) == 7
    assert len(starts(program, f"{DAY}&clinic=veja-roze&service=konsultacija")) == 14


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("from=kad", 400, "from-wrong"),
        ("from=2027-03-10T10:00:00", 400, "from-wrong"),
        ("to=9999-12-31", 400, "to-wrong"),
        ("from=0001-01-01", 400, "from-wrong"),
        ("from=9999-12-31T23:59:59-14:00", 400, "from-wrong"),
        ("from=2027-03-10&to=2027-03-09", 400, "to-wrong"),
        ("from=2027-03-10&to=2027-09-10", 400, "to-wrong"),
        ("clinic=cita", 404, "clinic-unknown"),
        ("service=cits", 404, "service-unknown"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_that_says_why(
    program: FlaskClient, house: House, query: str, status: int, code: str
) -> None:
    answer = program.get(f"{ADDRESS}?{query}")

    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert Problem.model_validate(answer.get_json()).code == code


@pytest.mark.parametrize("address", ["/api/v1/doctors/neviens/slots", "/api/v1/kaut-kas"])
def test_what_does_not_exist_is_a_problem_too(program: FlaskClient, house: House, address: str) -> None:
    answer = program.get(address)

    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_a_method_that_is_not_allowed_is_a_problem(program: FlaskClient, house: House) -> None:
    answer = program.post(ADDRESS)

    assert answer.status_code == 405
    assert answer.mimetype == "application/problem+json"


def test_a_former_slug_leads_to_the_present_one_with_its_query(
    program: FlaskClient, house: House, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        session.add(OldSlug(kind="doctor", slug="ilze-liepa", target_id=house.doctor.id))

    answer = program.get("/api/v1/doctors/ilze-liepa/slots?from=2027-03-10")

    assert answer.status_code == 308
    assert answer.location == f"{ADDRESS}?from=2027-03-10"


def test_an_unchanged_answer_is_not_sent_again(
    program: FlaskClient, house: House, clock: Clock, sessions: sessionmaker[Session]
) -> None:
    first = program.get(ADDRESS)
    mark = {"If-None-Match": first.headers["ETag"]}
    clock.wait(minutes=2)

    again = program.get(ADDRESS, headers=mark)
    with sessions.begin() as session:
        bookings.booked(session, house)
    changed = program.get(ADDRESS, headers=mark)

    assert (again.status_code, again.data) == (304, b"")
    assert changed.status_code == 200
    assert first.headers["Cache-Control"] == "public, max-age=60"


def test_the_cookie_is_never_read_and_none_is_set(program: FlaskClient, house: House, app: Flask) -> None:
    with app.app_context(), statements(db.engine) as asked:
        answer = program.get(DAY, headers={"Cookie": "__Host-session=something"})

    assert not [statement for statement in asked if "visitor" in statement]
    assert "Set-Cookie" not in answer.headers
    assert len([statement for statement in asked if statement.startswith(("SELECT", "WITH"))]) <= 7


def test_the_description_fits_what_is_answered(program: FlaskClient, house: House) -> None:
    document = program.get("/api/v1/openapi.json").get_json()

    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {"/api/v1/doctors/{slug}/slots", "/api/v1/openapi.json"}
    shape = document["components"]["schemas"]["Slots"]
    assert set(program.get(DAY).get_json()) == set(shape["properties"])
    for use in references(document):
        assert use.rpartition("/")[2] in document["components"]["schemas"]


def references(value: object) -> list[str]:
    if isinstance(value, list):
        return [use for one in value for use in references(one)]
    if not isinstance(value, dict):
        return []
    own = [value["$ref"]] if "$ref" in value else []
    return own + [use for one in value.values() for use in references(one)]
