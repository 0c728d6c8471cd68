"""The search field in a real Chromium: what is typed is answered at once; without script a plain form asks."""

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from axe_playwright_python.sync_playwright import Axe
from clinic_directory import search_index
from clinic_directory.lists import Lists
from clinic_directory.reader import read
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.builders.crowds import a_crowd
from tests.builders.foldings import FOLDED, WORDS
from tests.builders.sites import BuiltSite
from theme.assets import Assets
from theme.folding import words

DEMO = Path(__file__).parents[2] / "content"
END = "document.querySelector('footer').getBoundingClientRect().bottom + scrollY"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing to tell."""


@pytest.fixture(scope="module")
def address(site: BuiltSite) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    page.close()
    assert not wrong


def field(page: Page) -> Locator:
    return page.locator("input[name=q]")


def typed(page: Page, text: str, path: str = "/") -> list[str]:
    """The texts of what is offered for a text, without the line that leads to all results."""
    page.goto(path)
    field(page).fill(text)
    page.locator("#found:visible > [role=option]").wait_for()
    return [option.split("\n")[0] for option in page.locator("#found [role=group] [role=option]").all_inner_texts()]


def test_the_browser_folds_words_as_python_does(page: Page) -> None:
    page.goto("/")
    folded = page.evaluate(
        """async ([script, texts, words]) => {
            const finding = await import(script);
            return [texts.map(finding.fold), words.map((text) => finding.words(text))];
        }""",
        [Assets().url("finding.js"), [text for text, _ in FOLDED], [text for text, _ in WORDS]],
    )

    assert folded[0] == [expected for _, expected in FOLDED]
    assert folded[1] == [expected for _, expected in WORDS]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("berzina", "Ilze Bērziņa"),
        ("BĒRZIŅA ilz", "Ilze Bērziņa"),
        ("Берзиня", "Ilze Bērziņa"),
        ("brezina", "Ilze Bērziņa"),
        ("čakst", "Jānis Čakste"),
        ("dr. cakste", "Jānis Čakste"),
        ("kardiologs", "Kardiologi"),
        ("kardiolgs", "Kardiologi"),
        ("sirds arsts", "Kardiologi"),
        ("heart doctor", "Kardiologi"),
        ("kardiologs riga", "Kardiologi Rīgā"),
        ("rīgā kardiologi", "Kardiologi Rīgā"),
        ("kardiologs rigaa", "Kardiologi Rīgā"),
        ("кардиолог рига", "Kardiologi Rīgā"),
        ("veja roze", "Klīnika „Vēja roze”"),
        ("liepaja", "Liepāja"),
        ("procedūru", "Procedūru kabinets"),
        ("konsultac", "Konsultācija"),
    ],
)
def test_what_is_meant_stands_first(page: Page, text: str, first: str) -> None:
    assert typed(page, text)[0] == first


@pytest.mark.parametrize(("lang", "first"), [("ru", "Кардиологи в Риге"), ("en", "Cardiologists in Riga")])
def test_each_language_shows_its_own_words_and_knows_all(page: Page, lang: str, first: str) -> None:
    assert typed(page, "kardiologs rīgā", f"/{lang}/")[0] == first
    assert page.locator("#found [role=option]").first.get_attribute("href") == f"/{lang}/kardiologs/riga/"


def test_every_word_must_be_met(page: Page) -> None:
    assert typed(page, "berzina okulists") == []
    assert page.locator("[role=status]").inner_text() == "Nekas nav atrasts"


def test_the_town_that_was_chosen_goes_along(page: Page) -> None:
    page.goto("/")
    page.locator("select[name=town]").select_option("riga")
    field(page).fill("kardiologs")
    options = page.locator("#found [role=option]")

    expect(options.first).to_have_text("Kardiologi Rīgā")
    expect(options.last).to_have_attribute("href", "/search/?q=kardiologs&town=riga")


def test_a_town_without_a_page_of_its_own_leads_to_the_services_list(page: Page) -> None:
    assert typed(page, "liepaja") == ["Liepāja"]
    assert page.locator("#found-0").get_attribute("href") == "/search/?town=liepaja"


def test_what_was_typed_is_marked_in_what_is_offered(page: Page) -> None:
    typed(page, "ber ilze")

    marks = page.locator("#found [role=option]").first.locator("mark")

    assert marks.all_inner_texts() == ["Ilze", "Bēr"]


def test_the_keyboard_alone_finds_and_opens(page: Page) -> None:
    typed(page, "kardiologs")
    box = field(page)

    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "found-0")
    expect(page.locator("#found-0")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    expect(page.locator("[aria-selected=true]")).to_have_text("Visi rezultāti: „kardiologs”")
    page.keyboard.press("Escape")
    expect(page.locator("#found")).to_be_hidden()
    expect(box).to_have_value("kardiologs")
    page.keyboard.press("ArrowDown")
    page.locator("#found").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kardiologs/")


def test_how_many_are_offered_is_said(page: Page) -> None:
    found = typed(page, "berzina")

    expect(page.locator("[role=status]")).to_have_text(f"Ieteikumi: {len(found)}")
    expect(page.locator("[role=group]")).to_have_attribute("aria-labelledby", "found-head-0")
    expect(page.locator("#found-head-0")).to_have_text("Ārsti")


def test_whoever_comes_back_finds_what_was_typed(page: Page) -> None:
    typed(page, "cakste")
    page.locator("#found-0").click()
    page.wait_for_url("**/arsti/card-2/")

    page.go_back()

    expect(field(page)).to_have_value("cakste")
    expect(page.locator("#found")).to_be_hidden()


def test_leaving_the_field_closes_what_hangs_below_it(page: Page) -> None:
    typed(page, "kardiologs")

    page.keyboard.press("Tab")

    expect(page.locator("#found")).to_be_hidden()
    assert page.evaluate("document.activeElement.name") == "town"


def test_nothing_is_fetched_before_the_field_is_entered(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    page.wait_for_load_state("networkidle")

    assert not [url for url in asked if "search-index" in url or "finding" in url]
    with page.expect_response("**/search-index/people.*"):
        field(page).focus()
    assert len([url for url in asked if "search-index" in url]) == 3


def test_the_form_asks_the_service_when_the_index_does_not_come(page: Page) -> None:
    page.route("**/search-index/**", lambda route: route.abort())
    page.route("**/search/?*", lambda route: route.fulfill(body="<title>Found</title>"))
    page.goto("/404.html")

    field(page).fill("kardiologs")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/search/\?q=kardiologs$"))


def test_an_index_whose_files_a_new_build_took_away_is_asked_for_anew(page: Page) -> None:
    failed: list[str] = []

    def fail_once(route: Route) -> None:
        if failed:
            route.fallback()
        else:
            failed.append(route.request.url)
            route.fulfill(status=404)

    page.route("**/search-index/people.*", fail_once)
    page.goto("/")
    field(page).press_sequentially("ber", delay=150)

    page.locator("#found-0").wait_for()
    assert failed


def test_among_ten_thousand_doctors_two_parts_are_fetched_at_most(page: Page) -> None:
    lists = Lists(a_crowd(read(DEMO), doctors=10_000, clinics=800))
    files = search_index.files(lists)
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url.partition("/search-index/")[2])
        route.fulfill(body=files[f"search-index/{asked[-1]}"], content_type="application/json")

    page.route("**/search-index/**", answer)
    for brief in lists.doctors.briefs[::1999]:
        asked.clear()
        found = typed(page, " ".join(words(brief.names[0])))

        assert found[0] == brief.names[0]
        assert len([name for name in asked if name.startswith("people.")]) in (1, 2), asked


@pytest.mark.parametrize("path", ["/", "/404.html", "/arsti/", "/klinikas/"])
def test_without_script_the_plain_form_asks_the_service(browser: Browser, address: str, path: str) -> None:
    page = browser.new_page(base_url=address, java_script_enabled=False)
    page.route("**/search/?*", lambda route: route.fulfill(body="<title>Found</title>"))
    page.goto(path)

    field(page).fill("кардиолог")
    field(page).press("Enter")

    page.wait_for_url("**/search/?*")
    assert unquote_plus(page.url).partition("q=")[2].startswith("кардиолог")
    page.close()


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_hangs_below_the_field_has_no_fault_and_moves_nothing(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    page = browser.new_page(base_url=address, viewport={"width": width, "height": 700}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto("/")
    page.wait_for_load_state("networkidle")
    height = page.evaluate(END)

    field(page).fill("kardiologs")
    page.locator("#found-0").wait_for()
    page.keyboard.press("ArrowDown")

    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(END) == height
    faults = Axe().run(page).response["violations"]
    assert not faults, [(fault["id"], [node["html"][:160] for node in fault["nodes"]]) for fault in faults]
    page.close()
