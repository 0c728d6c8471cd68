"""A mother in a real Chromium: she adds her child while the time is held, books, and books again for another child."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_patient import CARD, SIDEWAYS, phone, tab_to, type_code, type_contacts, type_patient
from tests.builders.portals import Portal, portal

CODES = {True: "010514-21230", False: "020514-21235"}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with portal(tmp_path_factory.mktemp("portal")) as town:
        yield town


def hold(page: Page, town: Portal, nth: int) -> str:
    """Press a time; until when it is held, as the page says it."""
    page.goto(f"{town.address}{CARD}")
    page.locator("form.days button").nth(nth).click()
    return page.locator(".hold p").inner_text()


def sign_up(page: Page, town: Portal, email: str, nth: int) -> None:
    """A first visit of her own, by which the account knows her."""
    hold(page, town, nth)
    type_patient(page)
    type_contacts(page, email)
    type_code(page, town, email)
    page.get_by_role("button", name="Apstiprināt pierakstu").click()
    expect(page).to_have_url(re.compile("/done$"))


@pytest.mark.parametrize("script", [True, False])
def test_a_mother_adds_her_child_inside_the_hold_and_books(browser: Browser, town: Portal, script: bool) -> None:
    email = f"mother-{script}@e-pasts.example".lower()
    page = phone(browser, script=script).new_page()
    sign_up(page, town, email, 12 if script else 18)

    until = hold(page, town, 12)
    page.get_by_label("Cits cilvēks").check()
    page.get_by_role("button", name="Turpināt").click()
    page.get_by_label("Bērns").check()
    page.get_by_label("Vārds", exact=True).fill("Jēkabs")
    page.get_by_label("Uzvārds").fill("Ozols")
    page.get_by_role("button", name="Turpināt").click()
    expect(page.get_by_role("link", name="Trūkst personas koda")).to_be_visible()
    expect(page.get_by_label("Bērns")).to_be_checked()
    page.get_by_label("Personas kods", exact=True).fill(CODES[script])
    page.get_by_role("button", name="Turpināt").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Pārbaudiet un apstipriniet")
    assert page.locator(".hold p").inner_text() == until
    expect(page.locator("main")).to_contain_text(re.compile(r"Par bērnu atbild\s*Anna Kalniņa"))
    page.get_by_role("button", name="Apstiprināt pierakstu").click()
    expect(page.locator("main")).to_contain_text("Jēkabs Ozols")
    letter = town.letters_to(email)[0]
    assert "Jēkabs Ozols" in letter.text
    assert "Kalniņa" not in letter.text
    assert "Kalniņa" not in letter.calendar

    # Another child, the next time: with a birth date, since the code is not at hand.
    page.goto(f"{town.address}/account/family/add")
    page.get_by_label("Bērns").check()
    page.get_by_label("Vārds", exact=True).fill("Elza")
    page.get_by_label("Uzvārds").fill("Ozola")
    page.get_by_label("Koda nav pie rokas").check()
    for label, text in (("Diena", "1"), ("Mēnesis", "maijs"), ("Gads", "2014")):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Saglabāt").click()
    expect(page.get_by_role("heading", level=2, name="Elza Ozola")).to_be_visible()

    hold(page, town, 12)
    page.get_by_label("Elza Ozola").check()
    page.get_by_role("button", name="Turpināt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pārbaudiet un apstipriniet")
    page.get_by_role("button", name="Apstiprināt pierakstu").click()
    expect(page.locator("main")).to_contain_text("Elza Ozola")


def test_the_family_needs_no_mouse_and_axe_finds_nothing(browser: Browser, town: Portal) -> None:
    page = phone(browser, width=320).new_page()
    sign_up(page, town, "keys@e-pasts.example", 14)
    found = {}

    def look(name: str) -> None:
        result = Axe().run(page)
        if result.violations_count or page.evaluate(SIDEWAYS) > 0:
            found[name] = [(one["id"], one["nodes"][0]["html"][:120]) for one in result.response["violations"]]

    page.goto(f"{town.address}/account/family/")
    look("family")
    tab_to(page, "Pievienot ģimenes locekli")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pievienot ģimenes locekli")
    look("add")
    page.get_by_label("Bērns").focus()
    page.keyboard.press("Space")
    for text in ("Elza", "Ozola", "030518-21233"):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ģimene")
    look("family with a child")
    tab_to(page, "Noņemt Elza Ozola")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vai noņemt no ģimenes: Elza Ozola?")
    look("remove")
    tab_to(page, "Noņemt")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Neviena vizīte nav atcelta")

    assert found == {}
