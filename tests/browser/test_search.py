"""Search in a real browser: filters fold on a phone and stand open on a wide screen, by keyboard and without script."""

from datetime import UTC

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.builders import searchable
from tests.builders.served import Place
from tests.conftest import NOW


@pytest.fixture(scope="module")
def full(place: Place) -> Place:
    with place.sessions.begin() as session:
        searchable.fill(session, NOW.astimezone(UTC))
    return place


def test_on_a_phone_filters_unfold_and_narrow_by_keyboard_without_script(browser: Browser, full: Place) -> None:
    page = browser.new_page(locale="lv-LV", viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page.goto(f"{full.address}/search/?q=kardiologs")
    show = page.get_by_role("button", name="Rādīt ārstus")
    expect(show).to_be_hidden()

    page.locator("summary", has_text="Filtri").press("Enter")
    page.get_by_label("Pilsēta").select_option("liepaja")
    page.get_by_role("radio", name="Valsts 1").press("Space")
    show.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Kardiologi Liepājā")
    expect(page.locator("article")).to_have_count(1)
    page.get_by_role("link", name="Noņemt: Valsts").press("Enter")
    expect(page.get_by_role("link", name="Noņemt: Valsts")).to_have_count(0)
    page.close()


def test_on_a_wide_screen_filters_stand_beside_the_list_by_themselves(browser: Browser, full: Place) -> None:
    page = browser.new_page(locale="lv-LV", viewport={"width": 1280, "height": 900})
    page.goto(f"{full.address}/search/")

    expect(page.get_by_role("button", name="Rādīt ārstus")).to_be_visible()
    expect(page.locator("summary", has_text="Filtri")).to_be_hidden()
    page.get_by_label("Pieņem bērnus").check()
    page.get_by_role("button", name="Rādīt ārstus").click()
    expect(page.locator("article")).to_have_count(4)
    page.close()


@pytest.mark.parametrize("width", [320, 720, 1280])
def test_the_page_fits_and_is_accessible_in_light_and_dark(browser: Browser, full: Place, width: int) -> None:
    for scheme in ("light", "dark"):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        for address in ("/search/?q=veja+roze", "/ru/search/?specialty=kardiologs&town=ogre", "/en/search/?q=ozol"):
            page.goto(full.address + address)
            assert page.evaluate("document.documentElement.scrollWidth") == width, address
            faults = Axe().run(page).response["violations"]
            assert not faults, [(fault["id"], fault["nodes"][0]["html"]) for fault in faults]
        page.close()
