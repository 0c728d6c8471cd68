"""Names in the order of the Latvian alphabet, alike on every machine: no locale and no ICU is asked."""

import unicodedata
from functools import lru_cache
from typing import Final

_ALPHABET: Final = "aābcčdeēfgģhiījkķlļmnņoōpqrŗsštuūvwxyzž"
_PLACES: Final = {letter: place for place, letter in enumerate(_ALPHABET)}
# A long vowel counts as its short one until the rest of the word is equal; y is read as i.
_LONG: Final = str.maketrans("āēīōūy", "aeioui")


@lru_cache(maxsize=65536)
def latvian_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """A sort key: base letters first, vowel length and the difference of i and y only between equals."""
    letters = text.casefold()
    return tuple(map(_place, letters.translate(_LONG))), tuple(map(_place, letters))


def first_letter(text: str) -> str:
    """The letter under which an index shows the name, as a capital: "Š" for "Šmite", "A" for "Āboliņa"."""
    for letter in text.casefold().translate(_LONG):
        if letter in _PLACES:
            return letter.upper()
        if base := _base(letter):
            return base.upper()
    return "#"


def _place(letter: str) -> int:
    """Foreign letters stand with their base letter; signs stand before all letters, other scripts after."""
    known = _PLACES.get(letter)
    if known is None and (base := _base(letter)):
        known = _PLACES[base]
    if known is not None:
        return known * 2 + 100
    return 1000 + ord(letter) if letter.isalpha() else min(ord(letter), 99)


def _base(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if base in _PLACES else ""
