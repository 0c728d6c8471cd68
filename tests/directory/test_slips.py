"""Slips of the finger, and the index that finds what a mistyped word may mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking_service.directory.slips import allowed, kept, rests, slips

WORD = st.text(alphabet="abc", min_size=3, max_size=11)


@pytest.mark.parametrize(
    ("typed", "word", "count"),
    [
        ("rigaa", "riga", 1),
        ("rgia", "riga", 1),
        ("berzinja", "berzina", 1),
        ("kardiollog", "kardiologs", 2),
        ("kardoilogs", "kardiologs", 1),
        ("neirologs", "kardiologs", 5),
        ("riga", "riga", 0),
        ("", "riga", 4),
    ],
)
def test_a_slip_is_a_letter_too_many_missing_or_another_or_two_swapped(typed: str, word: str, count: int) -> None:
    assert slips(typed, word) == slips(word, typed) == count


def test_of_a_word_that_is_only_begun_the_best_fitting_start_counts() -> None:
    assert slips("kardoil", "kardiologs", begun=True) == 1
    assert slips("kardiol", "kardiologs", begun=True) == 0
    assert slips("kardiol", "kardiologs") == 3


def test_longer_words_may_have_more_slips() -> None:
    assert [allowed("x" * length) for length in (1, 3, 4, 7, 8, 20)] == [0, 0, 1, 1, 2, 2]


@given(WORD, WORD)
def test_whatever_is_near_enough_shares_a_rest_with_what_was_typed(typed: str, word: str) -> None:
    most = allowed(typed)

    if slips(typed, word) <= most:
        assert rests(typed, most) & kept(word)


@given(WORD, st.integers(0, 2))
def test_a_rest_lacks_no_more_letters_than_may_be_taken_out(word: str, most: int) -> None:
    start = word[:7]

    assert start in rests(word, most)
    assert {len(start) - len(rest) for rest in rests(word, most)} <= set(range(most + 1))
