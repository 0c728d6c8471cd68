"""The number of a booking."""

from booking_service.bookings.numbers import ALPHABET, TRIES, new_number, typed_number


def test_a_number_is_the_clinics_prefix_and_four_signs_that_cannot_be_misread() -> None:
    for _ in range(200):
        prefix, _, signs = new_number("VR").partition("-")
        assert prefix == "VR"
        assert len(signs) == 4
        assert set(signs) <= set(ALPHABET)
    assert len(ALPHABET) == 31
    assert not set("01OIL") & set(ALPHABET)


def test_after_some_clashes_a_number_grows_longer_but_fits_its_column() -> None:
    assert len(new_number("ABC", attempt=8)) == len("ABC-") + 5
    assert len(new_number("ABC", attempt=TRIES - 1)) <= 12


def test_a_number_is_read_as_people_type_it() -> None:
    assert {typed_number(text, "VR") for text in ("VR-4K7Q", "vr4k7q", "4k7q", " 4K 7Q ")} == {"VR-4K7Q"}
