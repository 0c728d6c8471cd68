"""A remembered date in three parts as people write it: 27 3 1984, 27 marts 1984, 27 III 84 is refused. Pure."""

from dataclasses import dataclass
from datetime import date

from theme.calendar_words import MONTHS, MONTHS_IN, MONTHS_SHORT, MONTHS_UNTIL, Forms

OLDEST = 125
SHORTEST_WORD = 3
PARTS = ("day", "month", "year")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a date: a code for the sentence, and the parts to mend."""

    code: str
    parts: tuple[str, ...]


def parse(day: str, month: str, year: str, *, today: date) -> date | Fault:
    """Return the date, or the first fault that stops it."""
    typed = dict(zip(PARTS, (day.strip().rstrip("."), month.strip(), year.strip()), strict=True))
    empty = tuple(part for part in PARTS if not typed[part])
    if len(empty) == len(PARTS):
        return Fault("birth-missing", empty)
    if empty:
        return Fault(f"birth-{empty[0]}-missing", empty)
    number = month_number(typed["month"])
    if number is None:
        return Fault("birth-month-wrong", ("month",))
    if not typed["year"].isdecimal() or len(typed["year"]) != 4:
        return Fault("birth-year-wrong", ("year",))
    if not typed["day"].isdecimal() or len(typed["day"]) > 2:
        return Fault("birth-day-wrong", ("day",))
    try:
        found = date(int(typed["year"]), number, int(typed["day"]))
    except ValueError:
        return Fault("birth-day-wrong", ("day",))
    if found > today:
        return Fault("birth-ahead", PARTS)
    if today.year - found.year > OLDEST:
        return Fault("birth-year-wrong", ("year",))
    return found


def month_number(text: str) -> int | None:
    """The number of a month given as a number or a word in any of our languages, its first three letters at least."""
    word = text.strip().rstrip(".").casefold()
    if word.isdecimal():
        return int(word) if len(word) <= 2 and 1 <= int(word) <= 12 else None
    if len(word) < SHORTEST_WORD:
        return None
    found = {number for number, names in _NAMES.items() if any(name.startswith(word) for name in names)}
    return found.pop() if len(found) == 1 else None


def _names() -> dict[int, set[str]]:
    tables: tuple[Forms, ...] = (MONTHS, MONTHS_IN, MONTHS_SHORT, MONTHS_UNTIL)
    return {
        number + 1: {words[number].rstrip(".").casefold() for table in tables for words in table.values()}
        for number in range(12)
    }


_NAMES = _names()
