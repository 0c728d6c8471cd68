"""The sheets in a real Chromium: an automatic accessibility check, and room for every width and size of text."""

import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from tests.builders.sheets import SHEETS, publish

LANGS = ("lv", "ru", "en")
PAGES = [f"{lang}-{name}" for lang in LANGS for name in SHEETS]
WIDER_THAN_WINDOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing to tell."""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The Chromium that the set-up found, else the system's; root needs it without its sandbox."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert program, "no Chromium: run `make setup`"
    return {"executable_path": program, "chromium_sandbox": False, "args": ["--disable-gpu"]}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sheets are served."""
    folder = tmp_path_factory.mktemp("sheets")
    publish(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def opened(browser: Browser, url: str, width: int, scheme: Literal["light", "dark"] = "light") -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(url)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", SHEETS)
def test_sheet_has_no_fault_that_axe_can_find(
    browser: Browser, address: str, name: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    page = opened(browser, f"{address}/lv-{name}", width, scheme)
    page.evaluate("() => document.fonts.ready")

    faults = Axe().run(page).response["violations"]

    assert not faults, [(fault["id"], [node["html"][:160] for node in fault["nodes"]]) for fault in faults]
    page.close()


@pytest.mark.parametrize("size", ["100%", "200%"])
@pytest.mark.parametrize("width", [320, 720, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways(browser: Browser, address: str, name: str, width: int, size: str) -> None:
    page = opened(browser, f"{address}/{name}", width)
    page.evaluate("size => document.documentElement.style.fontSize = size", size)

    assert page.evaluate(WIDER_THAN_WINDOW) <= 0
    page.close()


def test_late_letters_shift_nothing_that_is_read(browser: Browser, address: str) -> None:
    heights = []
    for fonts in (True, False):
        page = browser.new_page(viewport={"width": 360, "height": 900})
        if not fonts:
            page.route("**/*.woff2", lambda route: route.abort())
        page.goto(f"{address}/lv-sheet.html")
        page.evaluate("() => document.fonts.ready")
        heights.append(page.evaluate("document.documentElement.scrollHeight"))
        page.close()

    with_ours, without = heights

    assert abs(with_ours - without) / with_ours < 0.03


def test_second_press_sends_nothing(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}/lv-sheet.html", 1280)
    sent: list[str] = []

    def answer(route: Route) -> None:
        sent.append(route.request.url)
        route.fulfill(status=204)

    page.route("**/book/x/extend", answer)

    button = page.get_by_role("button", name="Pagarināt")
    button.evaluate("button => { button.click(); button.click(); }")
    page.wait_for_timeout(100)

    assert len(sent) == 1
    assert page.locator(".hold button").inner_text() == "Nosūtām…"
    page.close()


def test_live_blocks_and_rows_are_filled_and_keep_their_link_when_nothing_comes(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/book/ilze-berzina/live", lambda route: route.fulfill(body="<p>rīt</p>", content_type="text/html"))
    asked: list[str] = []

    def rows(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(json={"girts-kenins": "<p>piektdien</p>"})

    page.route("**/search/live?*", rows)
    page.goto(f"{address}/ru-sheet.html")

    page.wait_for_function("document.querySelector('[data-live]').innerText === 'rīt'")
    page.wait_for_function("document.querySelector('[data-live-row]').innerText === 'piektdien'")
    assert asked[0].endswith("/ru/search/live?d=girts-kenins")
    page.close()

    page = opened(browser, f"{address}/lv-sheet.html", 1280)
    assert page.locator("[data-live] form.chips").count() == 1
    page.close()


def test_faults_take_the_focus(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}/lv-sheet.html", 1280)

    assert page.evaluate("document.activeElement.className") == "faults"
    page.close()


def test_printed_ticket_stands_without_ways_and_buttons(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}/lv-sheet.html", 1280)
    page.emulate_media(media="print")

    assert page.locator(".ticket").is_visible()
    for hidden in (".links", ".langs", ".foot", ".buttons >> nth=0", ".chips >> nth=0"):
        assert not page.locator(hidden).first.is_visible()
    page.close()


def test_everything_needed_is_in_the_folder(browser: Browser, address: str) -> None:
    page = browser.new_page()
    lost: list[str] = []
    page.on("response", lambda answer: lost.append(answer.url) if answer.status == 404 else None)

    page.goto(f"{address}/lv-sheet.html")
    page.goto(f"{address}/lv-desk_sheet.html")
    page.wait_for_timeout(100)

    assert [Path(url).name for url in lost if "/theme/" in url] == []
    page.close()
