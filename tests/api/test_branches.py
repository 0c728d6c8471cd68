"""A doctor at two branches of a clinic: each time leads to the page of its own branch."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from tests.builders import clinics
from tests.builders.clinics import House


def test_each_time_is_booked_at_its_own_branch(
    program: FlaskClient, house: House, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        there = clinics.practice(session, house.doctor, house.clinic, branch="juglas")
        clinics.service(session, there)
        clinics.calendar(session, there, [[5, 540, 720]])

    answer = program.get("/api/v1/doctors/ilze-berzina/slots?from=2027-03-05&to=2027-03-06").get_json()

    books = {slot["start"][:10]: slot["book"] for slot in answer["slots"]}
    assert books["2027-03-05"].endswith("/book/ilze-berzina/veja-roze/konsultacija/")
    assert books["2027-03-06"].endswith("/book/ilze-berzina/veja-roze/konsultacija/?branch=juglas")
    for slot in answer["slots"]:
        page = program.get(slot["book"].removeprefix("http://localhost:8000"))
        assert slot["start"][:16] in page.text or f'value="{slot["start"][:10]}' in page.text
