"""Pages and pieces of free times: what they offer, where they lead, and where a booking came from."""

import json

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings.models import Booking
from booking_service.directory.models import OldSlug, Payer
from tests.builders import clinics
from tests.builders.clinics import House
from tests.page_checks import check_parts, parse_fragment, text_of
from tests.pages import Browser
from tests.portal.steps import CARD, WEDNESDAY, press_time

Sessions = sessionmaker[Session]


def channel(sessions: Sessions) -> str:
    with sessions() as session:
        return session.scalars(select(Booking.channel)).one()


def test_the_live_block_offers_the_next_day_and_three_times_without_a_cookie(visitor: Browser, house: House) -> None:
    answer = visitor.client.get("/book/ilze-berzina/live")

    tree = parse_fragment(answer.text)
    check_parts(tree)
    assert "Tuvākais brīvais laiks šodien, 2. martā" in text_of(tree)
    assert [text_of(button) for button in tree.iter("button")] == ["13.00", "13.30", "14.00"]
    assert {form.get("action") for form in tree.iter("form")} == {CARD}
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, max-age=20"


def test_a_time_of_the_live_block_holds_it(visitor: Browser, house: House) -> None:
    tree = parse_fragment(visitor.client.get("/ru/book/ilze-berzina/live").text)
    form, button = next(tree.iter("form")), next(tree.iter("button"))

    page = visitor.post(form.get("action", ""), {"start": button.get("value", "")})

    assert page.address.startswith("/ru/book/")
    assert page.address.endswith("/who")


def test_rows_of_a_list_come_together(visitor: Browser, app: Flask, sessions: Sessions) -> None:
    with sessions.begin() as session:
        clinics.house(session)
        clinics.house(session, number=1, calendar_hours=[])

    answer = visitor.client.get("/search/live?d=ilze-berzina,ilze-berzina-1,nobody")

    rows = json.loads(answer.text)
    assert list(rows) == ["ilze-berzina", "ilze-berzina-1", "nobody"]
    for html in rows.values():
        check_parts(parse_fragment(html))
    assert "55,00" in rows["ilze-berzina"]
    assert "Internetā brīvu laiku nav." in rows["ilze-berzina-1"]
    assert answer.headers["Cache-Control"] == "public, max-age=20"


def test_at_most_fifty_rows_are_answered(visitor: Browser, app: Flask) -> None:
    slugs = ",".join(f"doctor-{number}" for number in range(80))

    assert len(json.loads(visitor.client.get(f"/search/live?d={slugs}").text)) == 50


def test_times_can_be_narrowed_to_early_and_late_ones(visitor: Browser, house: House) -> None:
    visitor.open(CARD)
    visitor.press("Pēc 16.00")
    assert visitor.here.has(f"{WEDNESDAY}, 16.30, Ilze Bērziņa")
    assert not visitor.here.has(f"{WEDNESDAY}, 10.00, Ilze Bērziņa")
    visitor.press("Līdz 12.00")
    assert visitor.here.has(f"{WEDNESDAY}, 10.00, Ilze Bērziņa")
    assert not visitor.here.has(f"{WEDNESDAY}, 13.00, Ilze Bērziņa")


def test_hours_are_written_as_each_language_writes_them(visitor: Browser, house: House) -> None:
    assert visitor.open(CARD).has("Līdz 12.00")
    assert visitor.open(f"/ru{CARD}").has("До 12:00")
    assert visitor.open(f"/en{CARD}").has("After 16:00")


def test_later_and_earlier_days_are_a_link_away(visitor: Browser, house: House) -> None:
    visitor.open(CARD)
    assert visitor.here.has(f"{WEDNESDAY}, 10.00, Ilze Bērziņa")
    visitor.press("Vēlāk")
    assert "9.–15. marts" in visitor.here.main
    assert not visitor.here.has(f"{WEDNESDAY}, 10.00, Ilze Bērziņa")
    visitor.press("Agrāk")
    assert visitor.here.has(f"{WEDNESDAY}, 10.00, Ilze Bērziņa")


def test_a_start_in_the_address_only_preselects_it(visitor: Browser, house: House, sessions: Sessions) -> None:
    page = visitor.open(f"{CARD}?start=2027-03-03T08:00%2B00:00")

    assert page.control(f"{WEDNESDAY}, 10.00, Ilze Bērziņa").get("aria-pressed") == "true"
    with sessions() as session:
        assert session.scalars(select(Booking)).all() == []


def test_where_nothing_is_free_the_page_says_what_to_do_now(visitor: Browser, app: Flask, sessions: Sessions) -> None:
    with sessions.begin() as session:
        house = clinics.house(session, service_payer=Payer.STATE, calendar_hours=[])
        paid = clinics.service(session, house.practice, "maksas", payer=Payer.PAID, position=1)
        clinics.calendar(session, house.practice, payer=paid.payer)
        clinics.house(session, number=1, doctor_names={"lv": "Līga Čakstiņa"}, service_payer=Payer.STATE)

    page = visitor.open(CARD)

    assert page.h1 == "Šobrīd brīvu laiku nav"
    assert "Visi valsts apmaksātie laiki nākamajām 90 dienām ir aizņemti." in page.main
    assert page.has("Līga Čakstiņa")
    assert page.has("Otrdiena, 2. marts, 13.00, Līga Čakstiņa")
    assert "Maksas vizīte pie tā paša ārsta šodien, 2. martā, plkst. 13.00" in page.main
    assert "+371 6000 0012" in page.main


def test_former_slugs_lead_on_for_good(visitor: Browser, house: House, sessions: Sessions) -> None:
    with sessions.begin() as session:
        session.add(OldSlug(kind="doctor", slug="ilze-kalnina", target_id=house.doctor.id))
        session.add(OldSlug(kind="clinic", slug="vecais", target_id=house.clinic.id))

    for old, new in (
        ("/book/ilze-kalnina/", "/book/ilze-berzina/"),
        ("/book/ilze-kalnina/live", "/book/ilze-berzina/live"),
        ("/book/ilze-kalnina/vecais/konsultacija/?ref=1188", f"{CARD}?ref=1188"),
        ("/ru/arsti/ilze-kalnina/", "/ru/arsti/ilze-berzina/"),
        ("/klinikas/vecais/", "/klinikas/veja-roze/"),
    ):
        answer = visitor.client.get(old)
        assert (answer.status_code, answer.headers["Location"]) == (308, new)
    for nothing in ("/book/nobody/", "/book/nobody/live", "/arsti/nobody/", "/book/ilze-berzina/veja-roze/nothing/"):
        assert visitor.client.get(nothing).status_code == 404


@pytest.mark.parametrize(
    ("code", "kept"), [("facebook", "facebook"), ("1188", "1188"), ("made-up", "other"), ("", "direct")]
)
def test_the_channel_comes_from_the_address(
    visitor: Browser, house: House, sessions: Sessions, code: str, kept: str
) -> None:
    visitor.open(f"{CARD}?ref={code}" if code else CARD)

    visitor.press(f"{WEDNESDAY}, 10.00, Ilze Bērziņa")

    assert channel(sessions) == kept


def test_the_channel_survives_one_hop_from_a_static_page(visitor: Browser, house: House, sessions: Sessions) -> None:
    visitor.open(CARD, Referer="http://localhost/arsti/ilze-berzina/?ref=qr-door")

    visitor.press(f"{WEDNESDAY}, 10.00, Ilze Bērziņa")

    assert channel(sessions) == "qr-door"


def test_another_sites_address_tells_no_channel(visitor: Browser, house: House, sessions: Sessions) -> None:
    visitor.open(CARD, Referer="http://elsewhere.example/?ref=qr-door")

    press_time(visitor, "10.00")

    assert channel(sessions) == "direct"
