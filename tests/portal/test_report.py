"""Somebody reports an error in a card: the editors get a letter that names the card and its file."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.directory.models import OldSlug
from booking_service.mail import sender
from booking_service.mail.models import Letter
from tests.builders.clinics import House
from tests.builders.letters import POST
from tests.builders.smtp import listening, transport_to
from tests.conftest import NOW
from tests.pages import Browser, values_of

Sessions = sessionmaker[Session]
TYPED = {"what": "hours", "word": "Piektdienās slēgts.", "email": "janis@example.lv"}


def test_a_report_reaches_the_editors_with_the_card_and_its_file(
    visitor: Browser, house: House, sessions: Sessions
) -> None:
    slug = house.doctor.slug
    visitor.open(f"/report/doctor/{slug}/")
    assert "Šī nav vieta ziņām par veselību" in visitor.here.main
    visitor.press("Nosūtīt redaktoriem", **TYPED)
    assert visitor.here.h1 == "Paldies, redaktori to saņems"

    with listening() as server:
        sender.send_due(sessions, transport_to(server.port), POST, now=lambda: NOW)
        (letter,) = server.received
    text = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert letter["To"] == "redakcija@pieraksts.example"
    assert letter["Reply-To"] == "janis@example.lv"
    assert f"https://pieraksts.example/arsti/{slug}/" in text
    assert f"content/doctors/{slug}.md" in text
    assert "Darba laiks" in text
    assert "Piektdienās slēgts." in text


def test_a_clinics_card_is_reported_without_an_address(visitor: Browser, house: House, sessions: Sessions) -> None:
    visitor.open(f"/report/clinic/{house.clinic.slug}/")
    visitor.press("Nosūtīt redaktoriem", **{**TYPED, "email": ""})

    with listening() as server:
        sender.send_due(sessions, transport_to(server.port), POST, now=lambda: NOW)
        (letter,) = server.received
    text = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert letter["Reply-To"] is None
    assert f"/klinikas/{house.clinic.slug}/" in text
    assert "Adrese nav atstāta." in text


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("what", "nothing", "Nav norādīts, kas nav pareizi"),
        ("word", "", "Trūkst apraksta"),
        ("word", "A" * 1201, "Teksts ir par garu"),
        ("email", "janis", "E-pasta adresē trūkst @ zīmes"),
        ("homepage", "x", "Aizpildīts lauks, kam jāpaliek tukšam"),
    ],
)
def test_a_mistake_comes_back_with_what_was_typed(
    visitor: Browser, house: House, sessions: Sessions, field: str, text: str, said: str
) -> None:
    visitor.post(f"/report/doctor/{house.doctor.slug}/", {**TYPED, field: text})

    assert visitor.here.status == 422
    assert said in visitor.here.main
    assert values_of(next(visitor.here.tree.iter("form"))).get("word") == {**TYPED, field: text}["word"]
    with sessions() as session:
        assert session.scalars(select(Letter)).all() == []


def test_that_a_doctor_left_needs_no_more_words(visitor: Browser, house: House, sessions: Sessions) -> None:
    visitor.post(f"/report/doctor/{house.doctor.slug}/", {"what": "left"})

    assert visitor.here.address == "/report/sent"


def test_a_card_that_is_not_there_has_no_form_and_a_renamed_one_leads_on(
    visitor: Browser, house: House, sessions: Sessions
) -> None:
    with sessions.begin() as session:
        session.add(OldSlug(kind="doctor", slug="old-name", target_id=house.doctor.id))

    assert visitor.open("/report/doctor/nobody/").status == 404
    assert visitor.post("/report/clinic/nobody/", TYPED).status == 404
    assert visitor.open("/report/room/x/").status == 404
    assert visitor.open("/report/doctor/old-name/").address == f"/report/doctor/{house.doctor.slug}/"


def test_more_than_ten_an_hour_from_one_network_wait(visitor: Browser, house: House, sessions: Sessions) -> None:
    address = f"/report/clinic/{house.clinic.slug}/"
    for _ in range(10):
        assert visitor.post(address, TYPED).address == "/report/sent"

    assert visitor.post(address, TYPED).status == 429
    assert "Piektdienās slēgts." in visitor.here.main


def test_the_footer_and_its_page_lead_to_cards(visitor: Browser) -> None:
    visitor.open("/report/")

    assert visitor.here.h1 == "Kurā kartītē ir kļūda?"
    assert {"Pieteikt klīniku katalogam", "Ziņot par kļūdu kartītē"} <= {
        "".join(link.itertext()) for link in visitor.here.tree.iter("a")
    }
