"""The board of first times on the home page: it comes by itself, and another town is chosen in place."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select, update

from booking_service.directory.models import Doctor, Practice
from tests.builders.portals import Portal, portal


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The small site, one of whose doctors sees patients in another town."""
    with portal(tmp_path_factory.mktemp("portal")) as town:
        with town.place.sessions.begin() as session:
            moved = select(Practice.id).join(Practice.doctor).where(Doctor.slug == "card-3", Practice.town == "riga")
            session.execute(update(Practice).where(Practice.id.in_(moved)).values(town="liepaja"))
        yield town


def test_another_town_is_chosen_in_place_and_remembered_without_a_cookie(browser: Browser, town: Portal) -> None:
    context = browser.new_context(locale="lv-LV", viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{town.address}/")
    expect(page.get_by_role("heading", name="Cik drīz var tikt pie ārsta Rīgā")).to_be_visible()

    page.get_by_text("Cita pilsēta").press("Enter")
    page.get_by_role("link", name="Liepāja", exact=True).first.press("Enter")

    expect(page.get_by_role("heading", name="Cik drīz var tikt pie ārsta Liepājā")).to_be_visible()
    expect(page.get_by_text("Cita pilsēta")).to_be_focused()
    assert page.url == f"{town.address}/?town=liepaja"
    page.goto(f"{town.address}/ru/")
    expect(page.get_by_role("heading", name="Как скоро можно попасть к врачу в Лиепае")).to_be_visible()
    assert context.cookies() == []
    context.close()


def test_without_script_the_home_page_leads_to_the_plain_board(browser: Browser, town: Portal) -> None:
    page = browser.new_page(locale="lv-LV", java_script_enabled=False)
    page.goto(f"{town.address}/")

    page.get_by_role("link", name="Skatīt pirmos brīvos laikus pa specialitātēm").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Cik drīz var tikt pie ārsta Rīgā")
    expect(page.get_by_role("table").get_by_role("link", name="Kardiologs", exact=True)).to_be_visible()
    page.close()


@pytest.mark.parametrize("width", [320, 720, 1280])
def test_the_board_fits_its_page_whatever_it_tells(browser: Browser, town: Portal, width: int) -> None:
    """The longest day stands where each time was: a Thursday in September on a narrow phone."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    for address in ("/search/board/", "/ru/search/board/", "/search/board/?town=liepaja"):
        page.goto(town.address + address)
        page.locator("td time").evaluate_all(
            "times => times.forEach(time => { time.textContent = 'ceturtd., 26.\\u00a0sept.'; })"
        )

        assert page.evaluate("document.documentElement.scrollWidth") == width, address
    page.close()
