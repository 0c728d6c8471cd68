"""Folding words, so that one search finds them whatever their marks, case and alphabet."""

import pytest

from tests.builders.foldings import FOLDED, WORDS
from theme.folding import fold, words


@pytest.mark.parametrize(("typed", "folded"), FOLDED)
def test_words_are_folded_alike_whatever_their_marks_case_and_alphabet(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(("typed", "folded"), WORDS)
def test_signs_part_words(typed: str, folded: list[str]) -> None:
    assert words(typed) == folded
    assert words(*typed.split(" ")) == folded
