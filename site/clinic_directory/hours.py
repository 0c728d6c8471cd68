"""Opening hours of a week: `{mon: "8:00-12:00, 13:00-17:00", sun: closed}` becomes spans of local minutes."""

import re
from typing import Annotated, Any, Final, NamedTuple

from pydantic import BeforeValidator, Field, WithJsonSchema

from clinic_directory.fields import Fault, refused_together, shortened
from clinic_directory.problems import choice

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(\d{1,2}):(\d\d) ?[-–] ?(\d{1,2}):(\d\d)")
_DAY_END = 24 * 60


class Span(NamedTuple):
    """Open from `start` to `end`, minutes of local wall time; Monday is weekday 0."""

    weekday: int
    start: int
    end: int


def week(value: Any) -> Any:
    """The spans of all days in order; a day that is closed or not named has none."""
    if not isinstance(value, dict):
        return value
    spans: list[Span] = []
    faults: list[Fault] = []
    for name, text in value.items():
        if name not in WEEKDAYS:
            faults.append(Fault((name,), "is not a day of the week", choice(name, WEEKDAYS, "")))
            continue
        try:
            spans += day(WEEKDAYS.index(name), text)
        except ValueError as wrong:
            faults.append(Fault((name,), str(wrong), 'write "8:00-12:00, 13:00-17:00" or closed'))
    if faults:
        raise refused_together(faults)
    return tuple(sorted(spans))


def day(weekday: int, text: Any) -> list[Span]:
    """The spans of one day; ValueError says what is wrong."""
    if not isinstance(text, str):
        raise ValueError("takes text")
    if text == "closed":
        return []
    spans: list[Span] = []
    for piece in text.split(","):
        span = _span(weekday, piece.strip())
        if spans and span.start < spans[-1].end:
            raise ValueError(f'"{shortened(piece.strip())}" begins before the span before it ends')
        spans.append(span)
    return spans


def _span(weekday: int, piece: str) -> Span:
    found = _SPAN.fullmatch(piece)
    if not found:
        raise ValueError(f'"{shortened(piece)}" is not a time span')
    hour, minute, end_hour, end_minute = map(int, found.groups())
    start, end = hour * 60 + minute, end_hour * 60 + end_minute
    if minute > 59 or end_minute > 59 or end > _DAY_END or start >= end:
        raise ValueError(f'"{shortened(piece)}" does not run from earlier to later in one day')
    return Span(weekday, start, end)


_DAY = {"type": "string", "examples": ["8:00-12:00, 13:00-17:00", "closed"]}
_WEEK = {"type": "object", "properties": dict.fromkeys(WEEKDAYS, _DAY), "additionalProperties": False}
Hours = Annotated[
    tuple[Span, ...],
    BeforeValidator(week, json_schema_input_type=Annotated[Any, WithJsonSchema(_WEEK)]),
    Field(examples=["{mon: 8:00-19:00, sat: closed}"]),
]
