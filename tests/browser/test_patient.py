"""A patient in a real Chromium: the whole way on a phone, with script and without, by keyboard; axe on every page."""

import itertools
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from booking_service.security.personal_codes import PersonalCode
from tests.builders.portals import Portal, portal

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CARD = "/book/ilze-berzina/veja-roze/konsultacija/"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with portal(tmp_path_factory.mktemp("portal")) as town:
        yield town


def phone(browser: Browser, *, script: bool = True, width: int = 360, dark: bool = False) -> BrowserContext:
    return browser.new_context(
        locale="lv-LV",
        timezone_id="Europe/Riga",
        viewport={"width": width, "height": 740},
        java_script_enabled=script,
        color_scheme="dark" if dark else "light",
    )


def a_code(number: int) -> str:
    """A sound personal code of somebody else for each number: the same code would be the same patient."""
    possible = (f"161175{1000 + number}{check}" for check in range(10))
    return next(code for code in possible if not PersonalCode.parse(code).doubtful)


CODES = (a_code(number) for number in itertools.count())


def type_patient(page: Page) -> None:
    page.get_by_label("Vārds", exact=True).fill("Anna")
    page.get_by_label("Uzvārds").fill("Kalniņa")
    page.get_by_label("Personas kods", exact=True).fill(next(CODES))
    page.get_by_label("Pacients", exact=False).first.check()
    page.get_by_role("button", name="Turpināt").click()


def type_contacts(page: Page, email: str) -> None:
    page.get_by_label("Jūsu tālrunis").fill("2000 0145")
    page.get_by_label("Jūsu e-pasts").fill(email)
    page.get_by_role("button", name="Turpināt").click()


def type_code(page: Page, town: Portal, email: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Ierakstiet kodu no vēstules")
    page.get_by_label("Sešu ciparu kods").fill(town.code_for(email))
    page.get_by_role("button", name="Turpināt").click()


def book(page: Page, town: Portal, email: str, nth: int) -> None:
    page.goto(f"{town.address}{CARD}")
    page.locator("form.days button").nth(nth).click()
    type_patient(page)
    type_contacts(page, email)
    type_code(page, town, email)
    page.get_by_role("button", name="Apstiprināt pierakstu").click()
    expect(page).to_have_url(re.compile("/done$"))


@pytest.mark.parametrize("script", [True, False])
def test_a_patient_finds_registers_books_gets_the_letter_and_cancels_on_a_phone(
    browser: Browser, town: Portal, script: bool
) -> None:
    email = f"anna-{script}@e-pasts.example".lower()
    page = phone(browser, script=script).new_page()
    page.goto(town.address)
    page.get_by_role("link", name="Kardiologi").or_(page.get_by_role("link", name="Kardiologs")).first.click()
    page.get_by_role("link", name="Ilze Bērziņa", exact=True).last.click()
    if script:
        page.locator("[data-live] form button").first.click()
    else:
        page.get_by_role("link", name="Skatīt brīvos laikus").click()
        page.get_by_role("link", name="Konsultācija").click()
        page.locator("form.days button").nth(12).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Kurš dosies pie ārsta?")
    type_patient(page)
    type_contacts(page, email)
    type_code(page, town, email)
    expect(page.get_by_role("heading", level=1)).to_have_text("Pārbaudiet un apstipriniet")
    expect(page.locator("main")).to_contain_text("••••••-•••")
    page.get_by_role("button", name="Apstiprināt pierakstu").click()
    expect(page.locator(".stamp")).to_have_text("Pieraksts apstiprināts")
    number = page.locator(".ticket b.n").inner_text()

    letter = town.letters_to(email)[0]
    assert number in letter.text
    assert "METHOD:REQUEST" in letter.calendar
    reader = phone(browser, script=script).new_page()
    reader.goto(town.link_for(email))
    expect(reader.locator("main")).to_contain_text(number)
    expect(reader.locator("main")).not_to_contain_text(email)
    if reader.get_by_role("link", name="Atcelt vizīti").count():
        reader.get_by_role("link", name="Atcelt vizīti").click()
        reader.get_by_role("button", name="Atcelt vizīti").click()
        expect(reader.locator(".stamp")).to_have_text("Vizīte atcelta")
        assert "METHOD:CANCEL" in town.letters_to(email)[0].calendar
    else:
        expect(reader.locator("main")).to_contain_text("Internetā atcelt vairs nevar")


def test_the_letter_is_read_in_its_frame_and_its_link_leads_to_the_visit(browser: Browser, town: Portal) -> None:
    email = "frame@e-pasts.example"
    page = phone(browser).new_page()
    book(page, town, email, 20)
    number = page.locator(".ticket b.n").inner_text()
    town.letters_to(email)

    page.goto(f"{town.address}/_mail/")
    page.locator("ul.ways li", has_text=email).first.get_by_role("link").click()
    page.frame_locator("iframe").locator("a[href*='/book/']").first.click()

    expect(page.locator("main")).to_contain_text(number)


FOCUSED = """() => {
    const at = document.activeElement;
    return !at || at === document.body ? "" : at.ariaLabel || at.textContent;
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the control of this name has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        # While a page is still arriving its body has the focus, and with it every name there is.
        focused = page.evaluate(FOCUSED)
        if name in " ".join(focused.split()):
            return
    raise AssertionError(f"Tab never reaches {name!r}")


def test_a_booking_needs_no_mouse(browser: Browser, town: Portal) -> None:
    email = "keys@e-pasts.example"
    page = phone(browser, width=1280).new_page()
    page.goto(f"{town.address}{CARD}")
    tab_to(page, "Ceturtdiena, 4. marts, 10.10")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kurš dosies pie ārsta?")

    page.get_by_label("Vārds", exact=True).focus()
    for text in ("Anna", "Kalniņa", next(CODES)):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    # Past the two boxes that say why there is no code.
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kā ar jums sazināties?")
    page.get_by_label("Jūsu tālrunis").focus()
    page.keyboard.type("2000 0145")
    page.keyboard.press("Tab")
    page.keyboard.type(email)
    page.keyboard.press("Enter")
    type_code(page, town, email)
    tab_to(page, "Apstiprināt pierakstu")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/done$"))


def test_faults_take_the_focus_and_lead_to_their_fields(browser: Browser, town: Portal) -> None:
    page = phone(browser).new_page()
    page.goto(f"{town.address}{CARD}")
    page.locator("form.days button").nth(30).click()
    page.get_by_role("button", name="Turpināt").click()

    expect(page.locator(".faults")).to_be_focused()
    expect(page).to_have_title(re.compile("^Kļūda: "))
    page.get_by_role("link", name="Trūkst uzvārda").click()
    expect(page.get_by_label("Uzvārds")).to_be_focused()


def arrived(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def states(page: Page, town: Portal, email: str) -> Iterator[str]:
    """Every type of page that a patient meets, one after the other."""
    for name, path in {
        "service": "/book/ilze-berzina/",
        "time": CARD,
        "late times": f"{CARD}?when=late",
        "no times": "/book/card-2/veja-roze/valsts-vizite/",
        "sign in": "/account/sign-in",
        "missing": "/nothing",
        "letters": "/_mail/",
    }.items():
        page.goto(town.address + path)
        yield name
    page.goto(f"{town.address}/book/laila/veja-roze/konsultacija/")
    page.locator("form.days button").nth(len(email) % 7).click()
    arrived(page, "Kurš dosies pie ārsta?")
    yield "who"
    page.get_by_role("button", name="Turpināt").click()
    expect(page.locator(".faults")).to_be_visible()
    yield "who with faults"
    type_patient(page)
    arrived(page, "Kā ar jums sazināties?")
    yield "contact"
    type_contacts(page, email)
    arrived(page, "Ierakstiet kodu no vēstules")
    yield "code"
    type_code(page, town, email)
    arrived(page, "Pārbaudiet un nosūtiet")
    yield "check"
    page.get_by_role("button", name="Nosūtīt pieteikumu").click()
    expect(page).to_have_url(re.compile("/done$"))
    yield "requested"
    page.goto(f"{town.address}/account/")
    yield "visits"
    page.get_by_role("link", name="Skatīt").first.click()
    expect(page.locator(".stamp")).to_be_visible()
    yield "visit"
    page.goto(f"{town.address}/account/details")
    yield "details"
    page.goto(f"{town.address}{CARD}")
    page.locator("form.days button").last.click()
    arrived(page, "Kurš dosies pie ārsta?")
    yield "who, known"
    page.goto(town.link_for(email))
    yield "link"


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)])
def test_axe_finds_nothing_on_any_page_of_the_way(browser: Browser, town: Portal, width: int, dark: bool) -> None:
    page = phone(browser, width=width, dark=dark).new_page()
    found = {}
    for name in states(page, town, f"axe-{width}@e-pasts.example"):
        result = Axe().run(page)
        if result.violations_count:
            violations = result.response["violations"]
            found[name] = [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in violations]

    assert found == {}


def test_no_page_scrolls_sideways_at_320(browser: Browser, town: Portal) -> None:
    page = phone(browser, width=320).new_page()
    wide = {name: page.evaluate(SIDEWAYS) for name in states(page, town, "narrow@e-pasts.example")}

    assert {name: by for name, by in wide.items() if by > 0} == {}


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_other_languages_fit_a_narrow_phone(browser: Browser, town: Portal, lang: str) -> None:
    page = phone(browser, width=320).new_page()
    for path in ("/book/ilze-berzina/", CARD, "/account/sign-in", "/nothing"):
        page.goto(f"{town.address}/{lang}{path}")
        assert page.evaluate(SIDEWAYS) <= 0, path
