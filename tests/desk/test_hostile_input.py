"""Nothing that a browser can send breaks a page of the desk: it is refused in words, or as 400 or 404."""

import pytest
from sqlalchemy.orm import Session, sessionmaker

from booking_service.bookings.models import Booking
from tests.builders.clinics import House
from tests.builders.desks import sign_in, stored
from tests.pages import Browser

NASTY = ["'; DROP TABLE booking; --", "<script>alert(1)</script>", "%00", "ā" * 1500, "{{ 7 * 7 }}", "\u202e", "😀"]


@pytest.mark.parametrize(
    "start", ["", "kad", "2027-03-10T10:00:00", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59Z"]
)
def test_a_start_that_is_none_is_refused(clerk: Browser, house: House, booking: Booking, start: str) -> None:
    sign_in(clerk)
    service = f"/desk/veja-roze/new/{house.service.id}"

    assert clerk.open(f"{service}/patient?start={start}").status == 400
    assert clerk.post(f"/desk/veja-roze/bookings/{booking.id}/move", {"start": start.replace("%2B", "+")}).status == 400


def test_whatever_is_searched_for_is_shown_as_text(clerk: Browser, house: House) -> None:
    sign_in(clerk)

    for typed in NASTY:
        page = clerk.post("/desk/veja-roze/patients", {"q": typed})
        assert page.status == 200, typed[:20]
        assert "<script>alert" not in page.response.text


def test_whatever_is_typed_of_a_patient_comes_back_or_is_kept_as_text(clerk: Browser, house: House) -> None:
    sign_in(clerk)
    address = f"/desk/veja-roze/new/{house.service.id}/patient?start=2027-03-03T07:30:00%2B00:00"

    for typed in NASTY:
        page = clerk.post(address, dict.fromkeys(("given", "family", "code", "birth", "phone", "email"), typed))
        assert page.status == 422, typed[:20]
        assert "<script>alert" not in page.response.text


def test_a_word_to_the_patient_is_shown_as_text(
    clerk: Browser, house: House, booking: Booking, sessions: sessionmaker[Session]
) -> None:
    sign_in(clerk)

    clerk.post(f"/desk/veja-roze/bookings/{booking.id}/cancel", {"word": "<b>Ārste slimo</b>"})

    assert stored(sessions, booking).word is not None
    assert "<b>Ārste" not in clerk.here.response.text


@pytest.mark.parametrize("path", ["?day=99999-01-01", "?day=2027-02-30", "bookings/nav", "hours/nav/paid", "new/nav"])
def test_an_address_that_means_nothing_breaks_nothing(clerk: Browser, house: House, path: str) -> None:
    sign_in(clerk)

    assert clerk.open(f"/desk/veja-roze/{path}").status in (200, 404)


def test_hours_of_a_thousand_spans_are_cut_and_refused_in_words(clerk: Browser, house: House) -> None:
    sign_in(clerk)

    page = clerk.post(f"/desk/veja-roze/hours/calendars/{house.calendar.id}", {"day-0": "9-10," * 1000})

    assert page.status == 422
