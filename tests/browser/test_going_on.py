"""From page to page: what is fetched ahead, and what is kept for the Back button."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, Request

from tests.builders.portals import Portal, portal


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with portal(tmp_path_factory.mktemp("portal")) as town:
        yield town


def is_ahead(request: Request) -> bool:
    return request.headers.get("sec-purpose", "").startswith("prefetch")


def test_a_page_is_fetched_while_somebody_points_at_its_link_and_the_service_is_not(
    browser: Browser, town: Portal
) -> None:
    page = browser.new_page()
    ahead: list[str] = []

    page.on("request", lambda request: ahead.append(request.url) if is_ahead(request) else None)
    page.goto(f"{town.address}/ru/arsti/ilze-berzina/", wait_until="networkidle")
    page.locator("a[href^='/ru/book/']").first.hover()
    page.wait_for_timeout(500)
    with page.expect_request(is_ahead):
        page.get_by_role("navigation").locator("a[href='/ru/klinikas/']").first.hover()

    assert ahead == [f"{town.address}/ru/klinikas/"]
    page.close()


def test_the_back_button_returns_to_the_page_as_it_was_left(
    playwright: Playwright, browser_type_launch_args: dict[str, object], town: Portal
) -> None:
    # The driver switches the browser's back/forward cache off, unless it is asked not to.
    program = playwright.chromium.launch(
        **browser_type_launch_args, ignore_default_args=["--disable-back-forward-cache"]
    )
    page = program.new_page()
    page.add_init_script("addEventListener('pageshow', (event) => { window.kept = event.persisted; })")
    page.goto(f"{town.address}/arsti/ilze-berzina/", wait_until="networkidle")
    page.goto(f"{town.address}/kardiologs/", wait_until="networkidle")

    page.go_back(wait_until="commit")

    page.wait_for_function("window.kept === true")
    assert page.url == f"{town.address}/arsti/ilze-berzina/"
    program.close()
