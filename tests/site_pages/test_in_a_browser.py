"""Every kind of static page in a real Chromium: an automatic accessibility check, narrow screens, no script."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from tests.builders.sites import BuiltSite

KINDS = {
    "home": "/",
    "doctor": "/arsti/ilze-berzina/",
    "room": "/arsti/proceduras/",
    "clinic": "/klinikas/veja-roze/",
    "specialty": "/kardiologs/",
    "specialty in a town": "/kardiologs/riga/",
    "town": "/riga/",
    "all doctors": "/arsti/",
    "all clinics": "/klinikas/",
    "plain": "/palidziba/",
    "missing": "/404.html",
}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing to tell."""


@pytest.fixture(scope="module")
def address(site: BuiltSite) -> Iterator[str]:
    """Where a plain web server, which knows nothing of bookings, serves the site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def opened(browser: Browser, url: str, width: int, scheme: Literal["light", "dark"] = "light") -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(url)
    page.evaluate("() => document.fonts.ready")
    return page


@pytest.mark.parametrize(
    ("kind", "width", "scheme"),
    [(kind, width, "light") for kind in KINDS for width in (360, 1280)]
    + [(kind, 1280, "dark") for kind in ("home", "doctor", "clinic", "missing")],
)
def test_no_kind_of_page_has_a_fault_that_axe_can_find(
    browser: Browser, address: str, kind: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page = opened(browser, address + KINDS[kind], width, scheme)

    faults = Axe().run(page).response["violations"]

    assert not faults, [(fault["id"], [node["html"][:160] for node in fault["nodes"]]) for fault in faults]
    page.close()


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
@pytest.mark.parametrize("size", ["100%", "200%"])
def test_no_page_scrolls_sideways_on_a_small_phone(browser: Browser, address: str, prefix: str, size: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    for kind, path in KINDS.items():
        page.goto(address + prefix + path)
        page.evaluate("size => document.documentElement.style.fontSize = size", size)

        assert page.evaluate(SIDEWAYS) <= 0, kind
    page.close()


def test_without_script_the_times_are_one_link_away(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}/en/arsti/ilze-berzina/")

    link = page.get_by_role("link", name="See free times")

    assert link.get_attribute("href") == "/en/book/ilze-berzina/"
    assert link.is_visible()
    page.close()


def test_with_script_the_times_come_to_the_card(browser: Browser, address: str) -> None:
    page = browser.new_page()

    def answer(route: Route) -> None:
        route.fulfill(body="<p>rīt, 3. martā</p>", content_type="text/html; charset=utf-8")

    page.route("**/book/ilze-berzina/live", answer)
    page.goto(f"{address}/arsti/ilze-berzina/")

    page.get_by_text("rīt, 3. martā").wait_for()
    page.close()


def test_the_first_press_of_tab_leads_past_the_header(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}/arsti/ilze-berzina/", 1280)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent") == "Kardiologi"
    page.close()
