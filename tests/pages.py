"""A visitor without script: opens pages, fills in forms, presses buttons and links; every page opened is checked."""

from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from werkzeug.test import TestResponse

from tests.page_checks import check_page, text_of

HERE = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Page:
    """An answer. `tree` is there for HTML alone, and checked."""

    address: str
    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @cached_property
    def tree(self) -> Element:
        return check_page(self.response.text)

    @property
    def h1(self) -> str:
        return text_of(next(self.tree.iter("h1")))

    @property
    def title(self) -> str:
        return text_of(next(self.tree.iter("title")))

    @property
    def main(self) -> str:
        """The words of the page's own part."""
        return text_of(next(self.tree.iter("main")))

    def form_of(self, button: Element) -> Element:
        for form in self.tree.iter("form"):
            if any(inside is button for inside in form.iter()):
                return form
        raise AssertionError(f"{name_of(button)!r} stands in no form")

    def control(self, name: str) -> Element:
        """The button or link of this name, or whose name begins with it."""
        controls = [one for one in self.tree.iter() if one.tag in ("button", "a") and one.get("hidden") is None]
        exact = [one for one in controls if name_of(one) == name or text_of(one) == name]
        found = exact or [one for one in controls if name_of(one).startswith(name)]
        assert found, f"no {name!r} among {[name_of(one) for one in controls]}"
        return found[0]

    def has(self, name: str) -> bool:
        controls = (one for one in self.tree.iter() if one.tag in ("button", "a"))
        return any(name in (name_of(one), text_of(one)) for one in controls)


def name_of(control: Element) -> str:
    """The accessible name, with plain spaces."""
    return " ".join((control.get("aria-label") or "").split()) or text_of(control)


def values_of(form: Element) -> dict[str, str]:
    """What a browser would send for a form as it stands."""
    values: dict[str, str] = {}
    for one in form.iter():
        name, kind = one.get("name"), one.get("type", "text")
        if name is None or one.tag not in ("input", "select", "textarea"):
            continue
        if one.tag == "select":
            options = list(one.iter("option"))
            chosen = next((option for option in options if option.get("selected") is not None), options[0])
            values[name] = chosen.get("value", "")
        elif kind not in ("radio", "checkbox") or one.get("checked") is not None:
            values[name] = one.get("value", "on") if one.tag == "input" else text_of(one)
    return values


@dataclass
class Browser:
    """Counts the pages that it saw and the buttons and links that it pressed."""

    app: Flask
    screens: list[str] = field(default_factory=list)
    presses: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()
        self.page: Page | None = None

    @property
    def here(self) -> Page:
        assert self.page is not None
        return self.page

    def open(self, address: str, **headers: str) -> Page:
        return self._arrive(address, self.client.get(address, headers={**HERE, **headers}))

    def post(self, address: str, values: dict[str, str] | None = None, **headers: str) -> Page:
        return self._arrive(address, self.client.post(address, data=values or {}, headers={**HERE, **headers}))

    def press(self, name: str, **typed: str) -> Page:
        """Press a button (with what is typed; `_` in a name stands for `-` where the form has that) or a link."""
        control = self.here.control(name)
        self.presses.append(name)
        if control.tag == "a":
            return self.open(urljoin(self.here.address, control.get("href", "")))
        form = self.here.form_of(control)
        values = values_of(form)
        names = {one.get("name") for one in form.iter() if one.get("name")}
        for key, value in typed.items():
            known = key if key in names else key.replace("_", "-")
            assert known in names, f"the form has no {key}: {sorted(str(one) for one in names)}"
            values[known] = value
        if control.get("name"):
            values[control.get("name", "")] = control.get("value", "")
        referer = {"Referer": f"http://localhost{self.here.address}"}
        address = urljoin(self.here.address, form.get("action", ""))
        if form.get("method", "get").lower() == "get":
            return self._arrive(address, self.client.get(address, query_string=values, headers={**HERE, **referer}))
        return self._arrive(address, self.client.post(address, data=values, headers={**HERE, **referer}))

    def _arrive(self, address: str, response: TestResponse) -> Page:
        """Follow redirects and check what is reached."""
        for _ in range(5):
            if response.status_code not in (301, 302, 303, 307, 308):
                break
            parts = urlsplit(response.headers["Location"])
            address = parts.path + (f"?{parts.query}" if parts.query else "")
            response = self.client.get(address, headers=HERE)
        self.page = Page(address, response)
        if response.mimetype == "text/html":
            assert self.page.tree is not None
            self.screens.append(self.page.h1)
        return self.page
