"""The time strip (fourteen days of free times) and the marks of a booking's steps, as cells."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from theme.cells import DIAMOND, DOT, RING, centred
from theme.formats import weekday_letter

DAY, GAP, WEEK_GAP, TOP = 14, 2, 8, 26
STEP, STEP_CELL = 28, 3
_LEVELS = (DOT, RING, DIAMOND)


@dataclass(frozen=True)
class StripMarks:
    """What the strip's drawing needs: its width, letters with the middle of each, and two paths."""

    width: int
    letters: str
    middles: str
    free: str
    none: str


@dataclass(frozen=True)
class StepMarks:
    """Paths of the finished steps, of the current one and of those to come."""

    width: int
    done: str
    here: str
    ahead: str


def strip_marks(dates: Iterable[date], levels: Iterable[int]) -> StripMarks:
    """The marks of days in order, in pixels; a gap stands after each Sunday.

    A level is 0 for a day without free times, 1 for one to three of them, 2 for four or more.
    """
    letters, middles, free, none, left = "", [], "", "", 0
    for day, level in zip(dates, levels, strict=True):
        middle = left + DAY // 2
        letters += weekday_letter(day)
        middles.append(str(middle))
        mark = centred(_LEVELS[level], 2, middle, TOP)
        free, none = (free + mark, none) if level else (free, none + mark)
        left += DAY + GAP + (WEEK_GAP if day.weekday() == 6 else 0)
    return StripMarks(max(left - GAP, 0), letters, " ".join(middles), free, none)


def step_marks(count: int, current: int) -> StepMarks:
    """Marks of `count` steps of which number `current` (from 1) is being done; `count + 1` when all are done."""
    done, here, ahead = "", "", ""
    for number in range(1, count + 1):
        middle = (number - 1) * STEP + 10
        if number < current:
            done += centred(DIAMOND, STEP_CELL, middle, 10)
        elif number == current:
            here += centred(RING, STEP_CELL, middle, 10)
        else:
            ahead += centred(DOT, STEP_CELL, middle, 10)
    return StepMarks(count * STEP - 7, done, here, ahead)
