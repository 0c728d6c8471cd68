"""The whole way of a patient through the pages, without script."""

from tests.builders.clinics import House
from tests.pages import Browser


def test_try(visitor: Browser, house: House) -> None:
    page = visitor.open("/book/ilze-berzina/")
    print(page.main)
    page = visitor.press("Konsultācija")
    print(page.main)
