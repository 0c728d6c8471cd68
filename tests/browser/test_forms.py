"""The forms to the editors in a real Chromium: by keyboard, without script, on a narrow phone, and under axe."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_patient import SIDEWAYS, phone
from tests.builders.joining import an_application
from tests.builders.portals import Portal, portal

EDITORS = "redakcija@pieraksts.example"
REPORT = "/report/doctor/ilze-berzina/"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with portal(tmp_path_factory.mktemp("forms")) as town:
        yield town


def type_all(page: Page, **changes: str) -> None:
    """Fill in the form as it stands, whatever kind each field is of."""
    for name, text in an_application(**changes).items():
        if name == "homepage":
            continue
        field = page.locator(f"[name={name}]").first
        kind = field.evaluate("one => one.type")
        if kind in ("radio", "checkbox"):
            page.locator(f"[name={name}][value={text}]").check()
        elif kind == "select-one":
            # Co-payments are of another content than this site's.
            field.select_option("state" if text.startswith("state") else text)
        elif not field.is_visible():
            page.locator("details.cases summary").first.click()
            field.fill(text)
        else:
            field.fill(text)


def states(page: Page, town: Portal) -> Iterator[str]:
    """Every state of both forms, by name."""
    page.goto(f"{town.address}/join/")
    yield "join"
    page.locator("[name=name]").fill("Kuģu prakse")
    page.locator("[name=mon]").fill("17-8")
    page.locator("[name=d1-s1-title]").fill("Konsultācija")
    page.get_by_role("button", name="Pievienot ārstu", exact=True).click()
    expect(page.locator("[name=d2-given]")).to_be_visible()
    yield "join, two doctors"
    page.get_by_role("button", name="Nosūtīt pieteikumu").click()
    expect(page.locator(".faults")).to_be_visible()
    page.locator("details.cases summary").first.click()
    yield "join, mistakes"
    for path in ("/join/sent", "/report/", "/report/sent", REPORT):
        page.goto(town.address + path)
        yield path
    page.get_by_role("button", name="Nosūtīt redaktoriem").click()
    expect(page.locator(".faults")).to_be_visible()
    yield "report, mistakes"


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (320, True)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser: Browser, town: Portal, width: int, dark: bool) -> None:
    page = phone(browser, width=width, dark=dark).new_page()
    found = {}
    for name in states(page, town):
        violations = Axe().run(page).response["violations"]
        if violations or page.evaluate(SIDEWAYS) > 0:
            found[name] = [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in violations]

    assert found == {}


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_other_languages_fit_a_narrow_phone(browser: Browser, town: Portal, lang: str) -> None:
    page = phone(browser, width=320).new_page()
    for path in ("/join/", "/join/sent", "/report/", REPORT):
        page.goto(f"{town.address}/{lang}{path}")
        assert page.evaluate(SIDEWAYS) <= 0, path


@pytest.mark.parametrize("script", [True, False])
def test_a_clinic_applies_and_the_editors_letter_arrives_with_its_files(
    browser: Browser, town: Portal, script: bool
) -> None:
    page = phone(browser, script=script).new_page()
    page.goto(f"{town.address}/join/")
    type_all(page, name="Kuģu prakse" if script else "Ostas prakse")
    page.get_by_role("button", name="Pievienot ārstu", exact=True).click()
    expect(page.locator("[name=d2-given]")).to_be_focused()
    page.get_by_role("button", name="Noņemt ārstu, 2.").click()
    expect(page.locator("[name=d2-given]")).to_have_count(0)
    expect(page.locator("[name=d1-family]")).to_have_value("Ābols")
    page.get_by_role("button", name="Nosūtīt pieteikumu").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Pieteikums nosūtīts")
    letter = town.letters_to(EDITORS)[0]
    slug = "kugu-prakse" if script else "ostas-prakse"
    assert [name for name, _ in letter.files][::2] == [f"{slug}.md", f"{slug}.patch"]
    assert town.letters_to("anna@kugi.example")[0].subject == "Jūsu klīnikas pieteikums saņemts"


def test_the_enter_key_sends_and_adds_nothing(browser: Browser, town: Portal) -> None:
    page = phone(browser).new_page()
    page.goto(f"{town.address}/join/")
    page.locator("[name=name]").fill("Kuģu prakse")
    page.keyboard.press("Enter")

    expect(page.locator(".faults")).to_be_focused()
    expect(page.locator("section.doctor-part")).to_have_count(1)
    first = page.locator(".faults a").first
    first.press("Enter")
    target = re.sub("^#", "", first.get_attribute("href") or "")
    expect(page.locator(f"[id={target}]")).to_be_focused()


def test_a_report_is_written_by_keyboard_alone(browser: Browser, town: Portal) -> None:
    page = phone(browser, width=1280).new_page()
    page.goto(town.address + REPORT)
    page.locator("#f-what").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Māja ir 14, nevis 12.")
    page.keyboard.press("Tab")
    # The field for programs is not on the way.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Paldies, redaktori to saņems")
    assert "Māja ir 14, nevis 12." in town.letters_to(EDITORS)[0].text


def test_other_words_are_asked_for_only_where_they_are_needed(browser: Browser, town: Portal) -> None:
    page = phone(browser).new_page()
    page.goto(f"{town.address}/join/")
    other = page.locator("[name=other_town]")

    expect(other).to_be_hidden()
    page.locator("[name=town]").select_option("other")
    expect(other).to_be_visible()


@pytest.mark.parametrize("path", ["/arsti/ilze-berzina/", "/klinikas/veja-roze/"])
def test_each_card_leads_to_its_own_form(browser: Browser, town: Portal, path: str) -> None:
    page = phone(browser).new_page()
    page.goto(town.address + path)
    page.locator("#content").get_by_role("link", name="Ziņot par kļūdu").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Kas šajā kartītē nav pareizi?")
    page.locator("#content").get_by_role("link").first.click()
    expect(page).to_have_url(town.address + path)
