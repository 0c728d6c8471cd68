"""Folds words for search: case and marks are dropped, and Cyrillic is written as Latvian writes it.

So one search finds "Bērziņa" by "berzina" and by "Берзиня".
"""

import re
import unicodedata

# As Latvian writes Russian names, so that one search finds both spellings. Marks are dropped: ж is ž, and ž is z. Last
# the Latin letters whose stroke is no mark to Unicode.
_LETTERS = str.maketrans("абвгдежзийклмнопрстуфхцчшыэøłđðħı", "abvgdezzijklmnoprstufhccsieolddhi") | str.maketrans(
    {"щ": "sc", "ю": "ju", "я": "ja", "ъ": "", "ь": "", "і": "i", "є": "je", "ґ": "g", "æ": "ae", "œ": "oe", "þ": "th"}
)
_SOFTENED = re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])([юя])")


def fold(text: str) -> str:
    """The text in the form in which two spellings of a word are equal."""
    text = text.casefold().replace("й", "j")
    text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    text = _SOFTENED.sub(lambda found: "u" if found[1] == "ю" else "a", text)
    return text.translate(_LETTERS)


def words(*texts: str) -> list[str]:
    """The folded words of texts; hyphens and apostrophes part words."""
    return [word for text in texts for word in re.findall(r"[^\W_]+", fold(text))]
