"""The desk in a real Chromium: reception's morning, every page type by axe, small phones, and no script."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from booking_service.accounts.actions import grant
from booking_service.accounts.models import RoleKind
from booking_service.bookings import actions
from booking_service.bookings.models import Booking
from booking_service.calendars.models import Approval
from booking_service.directory.models import Payer
from tests.builders import bookings, clinics, people
from tests.builders.clinics import House
from tests.builders.served import Place
from tests.conftest import NOW

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = """[...document.querySelectorAll("main *, header *")]
    .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(one => one.outerHTML.slice(0, 80)).slice(-2)"""
DAY = "2027-03-10"


@dataclass(frozen=True)
class World:
    """Two clinics: the clerk's own with visits of every kind, and another."""

    address: str
    house: House
    request: Booking
    visit: Booking
    theirs: Booking

    def desk(self, path: str = "", lang: str = "") -> str:
        return f"{self.address}{lang}/desk/veja-roze/{path}"

    def pages(self) -> dict[str, str]:
        """Every type of page of the desk."""
        visit, service = f"bookings/{self.visit.id}", f"new/{self.house.service.id}"
        return {
            "day": f"?day={DAY}",
            "today": "",
            "list": f"?day={DAY}&view=list",
            "free day": "?day=2027-03-13",
            "requests": "requests",
            "request": f"bookings/{self.request.id}",
            "visit": visit,
            "move": f"{visit}/move",
            "cancel": f"{visit}/cancel",
            "patients": "patients",
            "patient": f"patients/{self.visit.patient_id}",
            "new": "new",
            "time": service,
            "new patient": f"{service}/patient?start=2027-03-10T12:00:00%2B00:00",
            "extra": f"{service}/patient?start=2027-03-10T08:10:00%2B00:00&extra=yes&patient={self.visit.patient_id}",
            "hours": "hours",
            "calendar": f"hours/calendars/{self.house.calendar.id}",
            "new calendar": f"hours/{self.house.practice.id}/paid",
            "day off": "days-off/new",
        }


@pytest.fixture(scope="module")
def world(place: Place) -> World:
    with place.sessions.begin() as session:
        house = clinics.house(session)
        colleague = clinics.doctor(session, "maris-ozolins", names={"lv": "Māris Ozoliņš"}, sort_key="ozolins")
        practice = clinics.practice(session, colleague, house.clinic)
        service = clinics.service(session, practice, payer=Payer.STATE)
        slow = clinics.calendar(session, practice, payer=Payer.STATE, approval=Approval.MANUAL)
        manual = House(house.clinic, colleague, practice, service, slow)
        other = clinics.house(session, number=1)
        for slug, email in (("veja-roze", "sandra@veja-roze.example"), (other.clinic.slug, "dace@cita.example")):
            grant(session, email=email, clinic_slug=slug, role=RoleKind.RECEPTION, now=NOW)
        visit = bookings.booked(session, house)
        request = bookings.booked(
            session, manual, email="peteris@example.lv", given="Pēteris", family="Lācis", code=None
        )
        theirs = bookings.booked(session, other, email="rita@example.lv", given="Rita", family="Pūce", code=None)
        bookings.held(session, house, clinics.instant(f"{DAY} 14:00"))
        actions.book_at_desk(
            session,
            service_id=house.service.id,
            start=clinics.instant(f"{DAY} 10:10"),
            patient=people.patient_facts(given="Elza", family="Grīnberga", code=None, phone="+37120000163", email=""),
            actor=bookings.clerk(house),
            now=NOW,
            extra=True,
        )
    return World(place.address, house, request, visit, theirs)


@contextmanager
def at_desk(browser: Browser, world: World, width: int = 1280, **context: Any) -> Iterator[Page]:
    """Signed in as the reception of the own clinic."""
    opened = browser.new_context(locale="lv-LV", viewport={"width": width, "height": 900}, **context)
    page = opened.new_page()
    page.goto(f"{world.address}/desk/")
    page.locator("button[value$=':veja-roze']").click()
    page.wait_for_url(world.desk())
    yield page
    opened.close()


@pytest.mark.parametrize("script", [True, False])
def test_reception_answers_enters_and_marks(browser: Browser, world: World, place: Place, script: bool) -> None:
    start = "11.00" if script else "11.30"
    with at_desk(browser, world, java_script_enabled=script) as page:
        page.goto(world.desk(f"?day={DAY}"))
        page.get_by_role("link", name=re.compile("10.00, Ozola Anna, Apstiprināts, e-pieraksts, Maksas")).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ozola Anna")
        expect(page.locator(".masked")).to_have_text("••••••-•••97")
        page.get_by_role("button", name="Rādīt visu personas kodu").click()
        expect(page.locator("main")).to_contain_text(people.CODE)

        page.get_by_role("link", name="Diena", exact=True).click()
        page.get_by_role("link", name="Pierakstīt", exact=True).click()
        page.get_by_role("link", name="Konsultācija").first.click()
        page.get_by_role("button", name=f"Trešdiena, 3. marts, {start}").click()
        page.get_by_label("Vārds", exact=True).fill("Līga")
        page.get_by_label("Uzvārds").fill("Čakste")
        page.get_by_label("Dzimšanas datums").fill("14.05.1968")
        page.get_by_label("Tālrunis").fill("2000 0164")
        page.get_by_role("button", name="Pierakstīt vizīti").click()
        expect(page.get_by_role("status")).to_contain_text("Vizīte pierakstīta")
        expect(page.get_by_role("heading", level=1)).to_have_text("Čakste Līga")


def test_a_request_is_answered_on_a_phone_by_keyboard_alone(browser: Browser, world: World, place: Place) -> None:
    with place.sessions.begin() as session:
        manual = clinics.house(session, number=2, calendar_approval=Approval.MANUAL)
        slug = manual.clinic.slug
        grant(session, email="eva@tresa.example", clinic_slug=slug, role=RoleKind.RECEPTION, now=NOW)
        bookings.booked(session, manual, email="juris@example.lv", given="Juris", family="Vilks", code=None)
    opened = browser.new_context(locale="lv-LV", viewport={"width": 360, "height": 740})
    page = opened.new_page()
    page.goto(f"{world.address}/desk/")
    page.locator(f"button[value$=':{slug}']").press("Enter")
    page.wait_for_url(f"**/desk/{slug}/")
    page.get_by_role("link", name="1 pieteikums gaida atbildi").press("Enter")

    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == "Apstiprināt: Juris Vilks":
            break
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Pieraksts apstiprināts")
    expect(page.locator("main")).to_contain_text("Neviens pieteikums negaida atbildi")
    opened.close()


def test_another_clinics_pages_do_not_exist(browser: Browser, world: World) -> None:
    with at_desk(browser, world) as page:
        for path in ("", "requests", f"bookings/{world.theirs.id}", f"patients/{world.theirs.patient_id}"):
            answer = page.goto(f"{world.address}/desk/veja-roze-1/{path}")
            assert answer is not None
            assert answer.status == 404
        answer = page.goto(world.desk(f"bookings/{world.theirs.id}"))
        assert answer is not None
        assert answer.status == 404
        expect(page.locator("body")).not_to_contain_text("Pūce")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
def test_no_type_of_page_has_a_fault_that_axe_can_find(browser: Browser, world: World, width: int, scheme: str) -> None:
    found = {}
    with at_desk(browser, world, width, color_scheme=scheme) as page:
        for kind, path in world.pages().items():
            answer = page.goto(world.desk(path))
            assert answer is not None
            assert answer.status == 200, kind
            faults = Axe().run(page).response["violations"]
            if faults:
                found[kind] = [(fault["id"], [node["html"][:160] for node in fault["nodes"][:3]]) for fault in faults]

    assert found == {}


@pytest.mark.parametrize("lang", ["", "/ru", "/en"])
@pytest.mark.parametrize("size", ["100%", "200%"])
def test_no_page_scrolls_sideways_on_a_small_phone(browser: Browser, world: World, lang: str, size: str) -> None:
    wide = []
    with at_desk(browser, world, 320) as page:
        for kind, path in world.pages().items():
            page.goto(world.desk(path, lang))
            page.evaluate("size => document.documentElement.style.fontSize = size", size)
            if page.evaluate(SIDEWAYS) > 0:
                wide.append((kind, page.evaluate(WIDEST)))

    assert wide == []


def test_nothing_is_refused_by_the_content_policy(browser: Browser, world: World) -> None:
    said: list[str] = []
    with at_desk(browser, world) as page:
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        for path in world.pages().values():
            page.goto(world.desk(path))

    assert said == []
