"""Hours as people type and read them: "9.00–12.00, 13.00–17.00" for each weekday. Pure; minutes after midnight."""

import re
from collections.abc import Iterable, Sequence

from booking_service.calendars.slots import WeekSpan

TIME = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?")
SPAN = re.compile(r"\s*(\S+?)\s*[-\u2010-\u2015\u2212]\s*(\S+?)\s*")


class HoursMistake(Exception):
    """Typed hours that cannot be read; `code` says what is wrong with them."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def clock_minute(text: str) -> int | None:
    """`9`, `9.00`, `09:30` as minutes; `24.00` is the end of the day; None for anything else."""
    found = TIME.fullmatch(text.strip())
    if found is None:
        return None
    minute = int(found[1]) * 60 + int(found[2] or 0)
    return minute if minute <= 24 * 60 and int(found[2] or 0) < 60 else None


def read_day(weekday: int, text: str) -> list[WeekSpan]:
    """The spans of one weekday; nothing typed, or a dash, is a day without hours.

    Raises HoursMistake: `hours-unread`, `hours-fives` (not on five minutes), `hours-order` (backwards or overlapping).
    """
    spans: list[WeekSpan] = []
    if text.strip() in ("", "-", "–", "—"):
        return spans
    for part in re.split(r"[,;]", text):
        found = SPAN.fullmatch(part)
        start, end = (clock_minute(found[1]), clock_minute(found[2])) if found else (None, None)
        if start is None or end is None:
            raise HoursMistake("hours-unread")
        if start % 5 or end % 5:
            raise HoursMistake("hours-fives")
        if start >= end or (spans and start < spans[-1].end):
            raise HoursMistake("hours-order")
        spans.append(WeekSpan(weekday, start, end))
    return spans


def write_week(spans: Iterable[WeekSpan] | Iterable[Sequence[int]]) -> list[str]:
    """The seven texts of a week, Monday first, with a dot as Latvian writes times; rotating weeks are left out."""
    days: list[list[str]] = [[] for _ in range(7)]
    for span in spans:
        weekday, start, end = (span.weekday, span.start, span.end) if isinstance(span, WeekSpan) else span
        days[weekday].append(f"{_clock(start)}–{_clock(end)}")
    return [", ".join(day) for day in days]


def outside(spans: Sequence[WeekSpan], weekday: int, start: int, end: int) -> bool:
    """Whether a visit of a weekday lies outside all spans, or only partly inside one."""
    return not any(span.weekday == weekday and span.start <= start and end <= span.end for span in spans)


def _clock(minute: int) -> str:
    return f"{minute // 60}.{minute % 60:02d}"
