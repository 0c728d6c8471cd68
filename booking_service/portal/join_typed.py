"""What people type into the form for clinics, brought to the one way that cards have it."""

import re
import unicodedata
from typing import Any

from booking_service.web.forms import tidy

_UNSEEN = re.compile("[\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\x80-\x9f]")
_SPAN = re.compile(r"(\d{1,2})(?:[.:](\d\d))?\s*[-–—]\s*(\d{1,2})(?:[.:](\d\d))?")
_CLOSED = {"-", "–", "slēgts", "slegts", "brīvs", "closed", "закрыто", "выходной"}
_COORDINATE = re.compile(r"\d{1,3}[.,]\d{1,10}")


def line(text: Any) -> Any:
    """One line of composed letters, without signs that nobody sees."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", tidy(text))) if isinstance(text, str) else text


def lines(text: Any) -> Any:
    """The same for a text of several lines; empty lines part paragraphs."""
    if not isinstance(text, str):
        return text
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line(each) for each in text.splitlines())).strip()


def hours(text: str) -> str:
    """`8-17`, `8.00–12.00, 13–17` and `slēgts` as cards have them; what is none of these stays as it is."""
    if text.casefold() in _CLOSED:
        return "closed"
    return _SPAN.sub(lambda span: f"{span[1]}:{span[2] or '00'}-{span[3]}:{span[4] or '00'}", text)


def price(text: str) -> str:
    """`55`, `55,00 €` and `€55.00` as `55.00`."""
    amount = re.sub(r"[€\s]|EUR", "", text).replace(",", ".")
    return f"{amount}.00" if amount.isdecimal() else amount


def minutes(text: str) -> str:
    """`30 min` as `30`."""
    return re.sub(r"\s*min\.?$", "", text)


def link(text: str) -> str:
    """An address as people say it, `klinika.lv`, as one that cards take; it is always opened safely."""
    bare = re.sub(r"^https?://", "", text, flags=re.IGNORECASE)
    return f"https://{bare}" if bare else ""


def phones(text: str) -> tuple[str, ...]:
    """Several numbers parted by commas, semicolons or `/`."""
    return tuple(number for each in re.split(r"[,;/]", text) if (number := each.strip()))


def post_code(text: str) -> str:
    """`1010`, `lv1010` and `LV 1010` as `LV-1010`."""
    digits = re.fullmatch(r"(?:lv)?[\s–-]*(\d{4})", text, flags=re.IGNORECASE)
    return f"LV-{digits[1]}" if digits else text


def coordinates(text: str) -> tuple[str, str] | None:
    """`56.94965, 24.10519` as two numbers; None where there are not two."""
    found = [each.replace(",", ".") for each in _COORDINATE.findall(text)]
    return (found[0], found[1]) if len(found) == 2 else None
