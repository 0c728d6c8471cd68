"""Search as a page: without script, in three languages, with every way on."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from tests.builders import searchable
from tests.page_checks import text_of
from tests.pages import Browser, values_of
from tests.queries import counted


@pytest.fixture(autouse=True)
def _full(app: Flask, sessions: sessionmaker[Session], now: datetime) -> None:
    with sessions.begin() as session:
        searchable.fill(session, now)


def names(visitor: Browser) -> list[str]:
    """The doctors on the page, in its order."""
    rows = (one for one in visitor.here.tree.iter("article") if one.get("class") == "row")
    return [text_of(next(row.iter("h2"))) for row in rows]


def test_a_time_that_was_found_is_one_press_away_from_booking(visitor: Browser) -> None:
    visitor.open("/search/?q=kardiologs+rigaa")
    assert names(visitor) == ["Ilze Bērziņa"]

    visitor.press("Trešdiena, 3. marts, 9.00, Ilze Bērziņa")
    assert visitor.here.h1 == "Kurš dosies pie ārsta?"
    assert visitor.here.address.endswith("/who")


def test_heading_and_title_say_the_question(visitor: Browser) -> None:
    said = {
        "/search/": "Visi ārsti",
        "/search/?q=kardiologs+rīga": "Kardiologi Rīgā",
        "/search/?q=kardiologs": "Kardiologi",
        "/search/?town=ogre": "Ārsti Ogrē",
        "/search/?q=berzina": "Meklējāt: „berzina”",
        "/search/?q=berzina+kardiologs": "Kardiologi: „berzina”",
        "/ru/search/?q=кардиолог+рига": "Кардиологи в Риге",
        "/en/search/?q=heart+doctor+riga": "Cardiologists in Riga",
    }
    for address, heading in said.items():
        visitor.open(address)
        assert visitor.here.h1 == heading
        assert visitor.here.title == f"{heading} – Pieraksts"


def test_the_form_without_script_narrows_what_was_found(visitor: Browser) -> None:
    visitor.open("/search/?q=kardiologs")
    assert names(visitor) == ["Jānis Ozols", "Ilze Bērziņa"]

    visitor.press("Rādīt ārstus", town="riga", payer="paid")
    assert names(visitor) == ["Ilze Bērziņa"]
    assert visitor.here.h1 == "Kardiologi Rīgā"
    visitor.press("Noņemt: Rīga")
    assert names(visitor) == ["Jānis Ozols", "Ilze Bērziņa"]
    visitor.press("Noņemt: Kardiologs")
    assert len(names(visitor)) == 5


def test_new_words_keep_the_other_filters(visitor: Browser) -> None:
    visitor.open("/search/?q=kardiologs&town=riga&payer=paid")
    visitor.press("Meklēt", q="neirologs")
    assert (names(visitor), visitor.here.h1) == (["Anna Ogre"], "Neirologi Rīgā")
    assert visitor.here.has("Noņemt: Es vai apdrošinātājs")


def test_what_was_typed_stands_in_the_field_whatever_it_became(visitor: Browser) -> None:
    visitor.open("/search/?q=Bērziņa+kardiologs+rīgā")
    form = visitor.here.form_of(visitor.here.control("Meklēt"))

    assert values_of(form)["q"] == "Kardiologs Bērziņa"
    assert values_of(form)["town"] == "riga"


def test_options_say_how_many_doctors_they_leave(visitor: Browser) -> None:
    visitor.open("/search/")
    labels = [text_of(one) for one in visitor.here.tree.iter("label")]
    options = [text_of(one) for one in visitor.here.tree.iter("option")]

    assert {"Valsts 1", "Pēc 17.00 1", "Sestdienās un svētdienās 1", "Attālināti 1", "Pieņem bērnus 4"} <= set(labels)
    assert {"Kardiologs (2)", "Rīga (2)", "Krievu (1)", "„Sala” (2)"} <= set(options)
    assert not any(one.startswith("Talsi") for one in options)


def test_doctors_are_ordered_by_time_or_price(visitor: Browser) -> None:
    visitor.open("/search/?free=1")
    assert names(visitor) == ["Jānis Ozols", "Anna Ogre", "Ilze Bērziņa", "Līga Upīte"]

    visitor.press("zemākā cena")
    assert names(visitor) == ["Līga Upīte", "Jānis Ozols", "Ilze Bērziņa", "Anna Ogre"]


def test_evenings_show_evening_times_alone(visitor: Browser) -> None:
    visitor.open("/search/?when=evening")

    assert names(visitor) == ["Jānis Ozols"]
    chips = [text_of(one) for one in visitor.here.tree.iter("button") if "chip" in (one.get("class") or "")]
    assert chips[0] == "17.00"


def test_who_cannot_be_booked_online_is_shown_with_a_phone(visitor: Browser) -> None:
    visitor.open("/search/?q=kalnins")

    assert names(visitor) == ["Pēteris Kalniņš"]
    assert "Pieraksts pa tālruni:" in visitor.here.main
    assert "+371 6000 0012" in " ".join(visitor.here.main.split())


def test_where_nobody_fits_every_way_on_is_shown(visitor: Browser) -> None:
    visitor.open("/search/?specialty=kardiologs&town=ogre&q=anna+berzina")
    assert "Visam meklētajam neatbilst neviens ārsts." in visitor.here.main
    visitor.press("Rīga")
    assert visitor.here.h1 == "Kardiologi Rīgā"

    visitor.open("/search/?q=kalnnss")
    assert visitor.here.control("Pēteris Kalniņš").get("href") == "/arsti/peteris-kalnins/"
    visitor.open("/search/?q=anna+berzina")
    visitor.press("berzina")
    assert names(visitor) == ["Ilze Bērziņa"]


def test_a_clinic_of_that_name_is_linked(visitor: Browser) -> None:
    visitor.open("/search/?q=veja+roze")

    assert visitor.here.control("Klīnika „Vēja roze”").get("href") == "/klinikas/veja-roze/"


def test_pages_are_numbered_and_beyond_the_last_one_is_none(
    visitor: Browser, sessions: sessionmaker[Session], now: datetime
) -> None:
    cards = [searchable.doctor(f"Anna Numurs{chr(97 + n)}", "kardiologs", "veja-roze") for n in range(22)]
    with sessions.begin() as session:
        searchable.fill(session, now, cards)

    visitor.open("/search/?q=anna")
    assert len(names(visitor)) == 20
    visitor.press("2")
    assert len(names(visitor)) == 2
    assert "2. lapa" in visitor.here.title
    for page in ("3", "0", "-1", "x", "99999999999999999999"):
        assert visitor.open(f"/search/?q=anna&page={page}").status == 404


@pytest.mark.parametrize(
    "query",
    [
        "q=%25_%27%22%3Cscript%3E",
        "q=" + "%C4%81" * 3000,
        "q=" + "+".join(["kardiologs"] * 1000),
        "specialty=nav&town=%27&insurer=%25&payer=x&lang=%25&when=nav&sort=nav&remote=2&free=x",
        "q=&town=riga&town=ogre",
        "q=%F0%9F%A9%BA",
        "q=%FF%FE",
    ],
)
def test_what_no_form_sends_is_passed_over(visitor: Browser, query: str) -> None:
    page = visitor.open(f"/search/?{query}")

    assert page.status == 200
    assert "<script>" not in page.response.text


def test_a_null_byte_is_refused(visitor: Browser) -> None:
    assert visitor.open("/search/?q=a%00b").status == 400


def test_the_page_is_nobodys_but_the_browsers_and_no_search_engines(visitor: Browser) -> None:
    headers = visitor.open("/search/?q=berzina").response.headers

    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Cache-Control"] == "private, max-age=20"
    assert "Set-Cookie" not in headers
    assert not [one for one in visitor.here.tree.iter("link") if one.get("rel") == "canonical"]


def test_another_language_asks_the_same(visitor: Browser) -> None:
    visitor.open("/search/?q=berzina&town=riga")
    visitor.press("RU")

    assert names(visitor) == ["Ilze Bērziņa"]
    assert visitor.here.h1 == "Врачи в Риге: «berzina»"


def test_a_page_sends_as_many_statements_for_many_doctors_as_for_one(
    app: Flask, visitor: Browser, sessions: sessionmaker[Session], now: datetime
) -> None:
    addresses = ("/search/", "/search/?q=berzina", "/search/?q=brezina", "/search/?q=kardiologs+riga&sort=price")
    with counted(app) as few:
        for address in addresses:
            visitor.open(address)
    more = [searchable.doctor(f"Anna Berzina{chr(97 + n)}", "kardiologs", "veja-roze") for n in range(15)]
    with sessions.begin() as session:
        searchable.fill(session, now, [*searchable.DOCTORS, *more])
    with counted(app) as many:
        for address in addresses:
            visitor.open(address)
    with counted(app) as one:
        visitor.open("/search/?q=brezina")

    assert len(many) <= len(few) + len(addresses)
    assert len(one) <= 14
