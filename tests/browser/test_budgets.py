"""What a public page may cost on a slow phone: bytes, requests, strangers' servers, and nothing that jumps."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.builders.portals import Portal, portal

PAGES = {
    "home": "/",
    "doctor": "/arsti/ilze-berzina/",
    "clinic": "/klinikas/veja-roze/",
    "list": "/kardiologs/riga/",
    "list in Russian": "/ru/kardiologs/riga/",
}
KB = 1000
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => done(sum), 100));
})"""


@dataclass(frozen=True)
class Loaded:
    """One file that a page brought: its kind as the browser names it, and the bytes that travelled."""

    url: str
    kind: str
    size: int


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with portal(tmp_path_factory.mktemp("portal")) as town:
        yield town


def opened(page: Page, address: str) -> list[Loaded]:
    """Open a page, wait until nothing more comes, and list what came."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address, wait_until="networkidle")
    page.evaluate("() => document.fonts.ready")
    return [
        Loaded(one.url, one.request.resource_type, one.request.sizes()["responseBodySize"])
        for one in answers
        if one.url.startswith("http")
    ]


def weight(loaded: list[Loaded], *kinds: str) -> int:
    return sum(one.size for one in loaded if one.kind in kinds)


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_light_and_asks_nobody_else(browser: Browser, town: Portal, kind: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})

    loaded = opened(page, town.address + PAGES[kind])

    assert all(one.url.startswith(town.address) for one in loaded), loaded
    assert 0 < weight(loaded, "document") <= 14 * KB
    assert 0 < weight(loaded, "stylesheet") <= 10 * KB
    assert 0 < weight(loaded, "script") <= 10 * KB
    assert weight(loaded, "document", "stylesheet", "script", "font", "fetch") <= 100 * KB
    assert sum(one.kind == "stylesheet" for one in loaded) == 1
    assert sum(one.kind == "fetch" for one in loaded) <= 1, "one small request brings everything that is live"
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", PAGES)
def test_nothing_jumps_when_the_times_come(browser: Browser, town: Portal, kind: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    opened(page, town.address + PAGES[kind])

    assert page.evaluate(SHIFTS) <= 0.01
    assert page.evaluate("[...document.images].every((one) => one.getAttribute('width') && one.getAttribute('height'))")
    page.close()


@pytest.mark.parametrize("kind", PAGES)
def test_scripts_do_not_hold_up_the_page(browser: Browser, town: Portal, kind: str) -> None:
    page = browser.new_page()
    page.goto(town.address + PAGES[kind])

    assert page.evaluate("[...document.scripts].every((one) => one.defer || one.type === 'application/ld+json')")
    page.close()
