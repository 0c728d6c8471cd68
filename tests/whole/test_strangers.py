"""What belongs to one person or one clinic does not exist for anybody else, whatever the address and the method.

The table is checked against the application's own rules: a new route has to be listed here.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.routing import Rule

from booking_service.accounts.actions import grant
from booking_service.accounts.models import Account, RoleKind
from booking_service.bookings.models import Booking
from booking_service.calendars.actions import add_day_off
from booking_service.calendars.models import Approval
from booking_service.journal.models import JournalEntry
from booking_service.patients.family import add_member
from booking_service.patients.models import Relation
from booking_service.security.tokens import digest, visit_token
from tests.apps import make_app
from tests.builders import bookings, clinics, people
from tests.builders.clinics import House
from tests.conftest import NOW
from tests.pages import HERE

FAMILY = "Kalniņš"


class Room(StrEnum):
    """Whose a route is."""

    EVERYBODY = "everybody"
    VISITOR = "visitor"  # of the session that holds a time, and of the account that booked it
    LINK = "link"  # of whoever has the letter
    ACCOUNT = "account"  # each account's own page
    VISIT = "visit"  # one account's visit
    MEMBER = "member"  # somebody in one account's family
    DESK = "desk"  # one clinic's
    DEMO = "demo"


TABLE = {
    Room.EVERYBODY: """
        health.health theme_file api.slots api.openapi api.nowhere desk_home.home
        portal.services portal.times portal.hold portal.live portal.rows portal.board portal.board_live portal.search
        portal.card portal.clinic_card
        portal.join portal.join_typed portal.join_sent
        portal.report portal.report_sent portal.report_card portal.report_typed
        portal.sign_in portal.send_code portal.account_code portal.account_prove portal.sign_out
    """,
    Room.VISITOR: """
        portal.who portal.who_typed portal.contact portal.contact_typed portal.code portal.code_typed
        portal.check portal.confirm portal.done portal.extend portal.release
    """,
    Room.LINK: """
        portal.linked_visit portal.linked_cancel portal.linked_cancelled portal.linked_invite
        portal.consent_question portal.consent_answered
    """,
    Room.ACCOUNT: """
        portal.account portal.details portal.details_typed portal.family_page portal.member_new portal.member_added
    """,
    Room.VISIT: "portal.account_visit portal.account_cancel portal.account_cancelled portal.account_invite",
    Room.MEMBER: """
        portal.member portal.member_changed portal.member_removing portal.member_removed
        portal.consent_asking portal.consent_asked
    """,
    Room.DESK: """
        desk_day.show desk_requests.show desk_patients.ask desk_patients.find desk_patients.show desk_patients.reveal
        desk_booking.show desk_booking.reveal desk_booking.approve desk_booking.mark desk_booking.ask desk_booking.end
        desk_move.show desk_move.move desk_hours.show desk_hours.new desk_hours.make desk_hours.edit desk_hours.change
        desk_hours.close desk_days_off.new desk_days_off.add desk_days_off.remove desk_new.services desk_new.times
        desk_new.choose_time desk_new.patient desk_new.find desk_new.enter
    """,
    Room.DEMO: "desk_home.sign_in_to_demo mail.letters mail.letter mail.html mail.raw",
}
ROOM_OF = {endpoint: room for room, endpoints in TABLE.items() for endpoint in endpoints.split()}

# Sound forms, so that it is never the form that refuses.
TYPED = {
    "act": "arrive",
    "start": "2027-03-10T09:00:00+00:00",
    "q": FAMILY,
    "first": "2027-03-10",
    "last": "2027-03-10",
    "day": "2027-03-10",
    "time": "11.00",
    "sure": "yes",
    "given": "Anna",
    "family": "Ozola",
    "code": "161175-19997",
    "birth": "27.03.1984",
    "phone": "20000000",
    "email": "anna@example.lv",
    "pays": "self",
    "relation": "child",
}


@dataclass(frozen=True)
class World:
    """Two clinics. At `theirs` Jānis has booked a visit and another one, and somebody is holding a time."""

    ours: House
    theirs: House
    visit: Booking
    request: Booking
    hold: Booking
    day_off: str
    child: str


@pytest.fixture
def world(app: Flask, sessions: sessionmaker[Session]) -> World:
    with sessions.begin() as session:
        ours = clinics.house(session)
        theirs = clinics.house(session, number=1, calendar_approval=Approval.MANUAL)
        janis = people.account(session, "janis@example.lv")
        start = bookings.START
        request = bookings.booked(session, theirs, account=janis, given="Jānis", family=FAMILY)
        theirs.calendar.approval = Approval.AUTOMATIC
        visit = bookings.booked(session, theirs, start.replace(hour=11), account=janis, given="Jānis", family=FAMILY)
        visit.generation = 1
        hold = bookings.held(session, theirs, start.replace(hour=14))
        off = add_day_off(
            session,
            doctor_id=None,
            clinic_id=theirs.clinic.id,
            starts=start.replace(day=20),
            ends=start.replace(day=21),
            now=NOW,
        )
        facts = people.patient_facts("Elza", FAMILY, code=None, birth_date=date(2020, 5, 1))
        child = add_member(session, janis.id, facts, Relation.CHILD, now=NOW)
        return World(ours, theirs, visit, request, hold, str(off.id), str(child.id))


def stranger(_session: Session, _world: World) -> str:
    return ""


def patient(session: Session, _world: World) -> str:
    return _token(session, people.account(session, "anna@example.lv"))


def clerk(session: Session, world: World) -> str:
    """Reception of the other clinic."""
    account = people.account(session, "sandra@veja-roze.example")
    grant(
        session,
        email="sandra@veja-roze.example",
        clinic_slug=world.ours.clinic.slug,
        role=RoleKind.RECEPTION,
        now=NOW,
    )
    return _token(session, account)


def doctor(session: Session, world: World) -> str:
    """A doctor of the very clinic, but not the one whom the visits are booked with."""
    account = people.account(session, "peteris@example.lv")
    other = clinics.doctor(session, "peteris-liepa")
    clinics.practice(session, other, world.theirs.clinic)
    grant(
        session,
        email="peteris@example.lv",
        clinic_slug=world.theirs.clinic.slug,
        role=RoleKind.DOCTOR,
        doctor_slug=other.slug,
        now=NOW,
    )
    return _token(session, account)


def _token(session: Session, account: Account) -> str:
    token = f"token-of-{account.id}"
    people.visitor(session, account_id=account.id).digest = digest(token)
    return token


def addresses(rule: Rule, world: World) -> list[str]:
    """A route with everything in it that is another's: each of the bookings, and each way into the desk."""
    values = {
        "patient_id": str(world.visit.patient_id),
        "service_id": str(world.theirs.service.id),
        "calendar_id": str(world.theirs.calendar.id),
        "practice_id": str(world.theirs.practice.id),
        "day_off_id": world.day_off,
        "person_id": world.child,
        "payer": "paid",
        "act": "cancel",
    }
    found = []
    for booking in (world.visit, world.request, world.hold):
        # A link of before the booking's links were ended; for the others that of another visit.
        token = visit_token(world.visit.id, 0)
        for clinic in (world.theirs.clinic.slug, world.ours.clinic.slug):
            filled = {**values, "booking_id": str(booking.id), "token": token, "clinic": clinic}
            # The own desk is another's only where the address names something of another's.
            if clinic == world.ours.clinic.slug and not any("_id" in name for name in rule.arguments):
                continue
            found.append(_filled(rule, filled))
    return list(dict.fromkeys(found))


def _filled(rule: Rule, values: dict[str, str]) -> str:
    path = rule.rule
    for name in rule.arguments:
        start = path.rindex("<", 0, path.index(f"{name}>"))
        path = path[:start] + values[name] + path[path.index(">", start) + 1 :]
    return f"{path}?start=2027-03-10T09:00:00%2B00:00"


def test_every_route_is_listed_with_whose_it_is(engine: Engine, tmp_path: Path) -> None:
    demo = make_app(engine, tmp_path / "demo")

    assert {rule.endpoint for rule in demo.url_map.iter_rules()} == set(ROOM_OF)


def test_what_demo_mode_adds_does_not_exist_otherwise(app: Flask, world: World) -> None:
    client = app.test_client()

    for path in ("/_mail/", "/_mail/20270302T084200000000-12345678/", "/_mail/20270302T084200000000-12345678/raw"):
        assert client.get(path, headers=HERE).status_code == 404
    assert client.post("/desk/demo", data={"as": "x"}, headers=HERE).status_code == 404


@pytest.mark.parametrize("who", [stranger, patient, clerk, doctor])
def test_what_is_anothers_does_not_exist(
    app: Flask,
    world: World,
    sessions: sessionmaker[Session],
    who: object,
) -> None:
    assert callable(who)
    with sessions.begin() as session:
        token = who(session, world)
    before = traces(sessions, world)
    client = app.test_client()
    if token:
        client.set_cookie("__Host-session", token, domain="localhost", secure=True)

    wrong = []
    for rule in app.url_map.iter_rules():
        room = ROOM_OF[rule.endpoint]
        if room in (Room.EVERYBODY, Room.DEMO, Room.ACCOUNT):
            continue
        for address in addresses(rule, world):
            for method in sorted(rule.methods & {"GET", "POST"}):  # type: ignore[operator]
                answer = client.open(address, method=method, data=TYPED if method == "POST" else None, headers=HERE)
                if not expected(room, rule, token, answer.status_code, answer.headers.get("Location", "")):
                    wrong.append((method, address, answer.status_code, answer.headers.get("Location")))
                assert FAMILY not in answer.text, (method, address)

    assert wrong == []
    assert traces(sessions, world) == before


def expected(room: Room, rule: Rule, token: str, status: int, location: str) -> bool:
    if not token and room in (Room.VISIT, Room.MEMBER, Room.DESK):
        return status in (302, 303) and "/account/sign-in" in location
    # A doctor has a day at the clinic, of the own visits alone.
    return status == 404 or (rule.endpoint == "desk_day.show" and status == 200)


def test_whose_it_is_opens_it(app: Flask, world: World, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        assert world.visit.account_id is not None
        janis = f"token-of-{world.visit.account_id}"
        people.visitor(session, account_id=world.visit.account_id).digest = digest(janis)
        tokens = {"janis": janis, "clerk": clerk(session, world), "doctor": doctor(session, world)}
        tokens["theirs"] = _token(session, people.account(session, "dace@example.lv"))
        grant(
            session,
            email="dace@example.lv",
            clinic_slug=world.theirs.clinic.slug,
            role=RoleKind.RECEPTION,
            now=NOW,
        )
    link = visit_token(world.visit.id, world.visit.generation)
    opened = {
        f"/account/visits/{world.visit.id}": "janis",
        f"/book/{world.visit.id}/done": "janis",
        f"/account/family/{world.child}": "janis",
        f"/desk/{world.theirs.clinic.slug}/bookings/{world.visit.id}": "theirs",
        f"/desk/{world.ours.clinic.slug}/": "clerk",
        f"/desk/{world.theirs.clinic.slug}/": "doctor",
        f"/book/{world.visit.id}/{link}/": "",
    }

    for path, who in opened.items():
        client = app.test_client()
        if who:
            client.set_cookie("__Host-session", tokens[who], domain="localhost", secure=True)
        assert client.get(path, headers=HERE).status_code == 200, path


@pytest.mark.parametrize("who", [patient, clerk, doctor])
def test_an_accounts_own_pages_say_nothing_of_others(
    app: Flask, world: World, sessions: sessionmaker[Session], who: object
) -> None:
    assert callable(who)
    with sessions.begin() as session:
        token = who(session, world)
    client = app.test_client()
    client.set_cookie("__Host-session", token, domain="localhost", secure=True)

    for rule in app.url_map.iter_rules():
        if ROOM_OF[rule.endpoint] is Room.ACCOUNT and "GET" in (rule.methods or ()):
            answer = client.get(rule.rule, headers=HERE)
            assert answer.status_code == 200
            assert FAMILY not in answer.text
            assert world.visit.number not in answer.text


def test_an_accounts_own_pages_ask_a_stranger_to_sign_in(app: Flask, world: World) -> None:
    client = app.test_client()

    for rule in app.url_map.iter_rules():
        if ROOM_OF[rule.endpoint] is Room.ACCOUNT:
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                answer = client.open(rule.rule, method=method, headers=HERE)
                assert answer.status_code == 303
                assert answer.headers["Location"].startswith("/account/sign-in")


def traces(sessions: sessionmaker[Session], world: World) -> tuple[object, ...]:
    """What strangers could have changed."""
    with sessions() as session:
        rows = session.execute(
            select(Booking.id, Booking.state, Booking.starts, Booking.held_until, Booking.extensions)
            .where(Booking.clinic_id == world.theirs.clinic.id)
            .order_by(Booking.id)
        ).all()
        lines = session.scalars(select(JournalEntry.id).where(JournalEntry.clinic_id == world.theirs.clinic.id)).all()
        return [tuple(row) for row in rows], sorted(lines)
