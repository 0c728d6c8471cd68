"""How staff come to their desk, and who does not."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from booking_service.accounts.actions import end_role, grant
from booking_service.accounts.models import Role, RoleKind
from booking_service.bookings.models import Booking
from booking_service.directory.models import OldSlug
from tests.builders.clinics import House
from tests.builders.desks import sign_in
from tests.conftest import NOW
from tests.pages import Browser


@pytest.fixture
def real(app: Flask) -> Flask:
    """The same application outside demo mode."""
    app.extensions["settings"] = replace(app.extensions["settings"], demo=False)
    return app


def test_a_stranger_is_led_to_the_sign_in_page_and_back(real: Flask, house: House) -> None:
    visitor = Browser(real)

    answer = visitor.client.get("/desk/veja-roze/?day=2027-03-10")

    assert answer.status_code == 303
    assert answer.location == "/account/sign-in?next=%2Fdesk%2Fveja-roze%2F%3Fday%3D2027-03-10"


def test_the_buttons_of_the_demo_do_not_exist_outside_demo_mode(real: Flask, house: House) -> None:
    visitor = Browser(real)

    assert visitor.client.get("/desk/").status_code == 302
    assert visitor.post("/desk/demo", {"as": "x"}).status == 404


def test_one_with_a_single_clinic_goes_straight_to_its_day(clerk: Browser, house: House) -> None:
    sign_in(clerk)

    clerk.open("/desk/")

    assert clerk.here.address == "/desk/veja-roze/"


def test_one_with_several_clinics_chooses(
    clerk: Browser, house: House, other: House, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        grant(
            session,
            email="sandra@veja-roze.example",
            clinic_slug=other.clinic.slug,
            role=RoleKind.RECEPTION,
            now=NOW,
        )
    sign_in(clerk)

    clerk.open("/desk/")

    assert "Jūsu klīnikas" in clerk.here.main


def test_a_role_that_has_ended_opens_nothing(clerk: Browser, house: House, sessions: sessionmaker[Session]) -> None:
    sign_in(clerk)
    with sessions.begin() as session:
        end_role(session, session.query(Role).one(), now=NOW)

    assert clerk.open("/desk/veja-roze/").status == 404


def test_signing_out_ends_the_desk(clerk: Browser, house: House, booking: Booking) -> None:
    sign_in(clerk)

    clerk.press("Iziet")

    assert "Ozola" not in clerk.open("/desk/veja-roze/?day=2027-03-10").response.text


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_desk_speaks_every_language(clerk: Browser, house: House, booking: Booking, lang: str) -> None:
    sign_in(clerk)
    shown = {"ru": "э-запись", "en": "e-booking"}[lang]

    clerk.open(f"/{lang}/desk/veja-roze/?day=2027-03-10&view=list")

    assert clerk.here.tree.get("lang") == lang
    assert shown in clerk.here.main
    assert clerk.open(f"/{lang}/desk/veja-roze/bookings/{booking.id}").status == 200


def test_a_renamed_clinic_keeps_its_addresses_for_those_who_work_there(
    clerk: Browser, house: House, other: House, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        session.add(OldSlug(kind="clinic", slug="veja-roze-riga", target_id=house.clinic.id))
        session.add(OldSlug(kind="clinic", slug="vecais-vards", target_id=other.clinic.id))
    sign_in(clerk)

    answer = clerk.client.get("/desk/veja-roze-riga/?day=2027-03-10")

    assert (answer.status_code, answer.location) == (308, "/desk/veja-roze/?day=2027-03-10")
    assert clerk.open("/desk/vecais-vards/").status == 404
