"""The time strip and the step marks, in cells."""

from datetime import date, timedelta
from itertools import pairwise

from theme.strips import step_marks, strip_marks
from theme.words import speaking

TUESDAY = date(2027, 3, 2)
DAYS = [TUESDAY + timedelta(days=n) for n in range(14)]


def test_letters_stand_over_the_days_in_the_current_language() -> None:
    assert strip_marks(DAYS, [0] * 14).letters == "OTCPSSPOTCPSSP"
    with speaking("en"):
        assert strip_marks(DAYS, [0] * 14).letters == "TWTFSSMTWTFSSM"


def test_gap_follows_each_sunday() -> None:
    middles = [int(x) for x in strip_marks(DAYS, [0] * 14).middles.split()]
    gaps = [later - earlier for earlier, later in pairwise(middles)]

    assert gaps == [16, 16, 16, 16, 16, 24, 16, 16, 16, 16, 16, 16, 24]


def test_full_day_is_a_diamond_some_times_a_ring_and_none_a_dot() -> None:
    marks = strip_marks(DAYS[:3], [2, 1, 0])

    assert marks.free.startswith("M6 19h2v2h-2z")
    assert "M22 21h2v2h-2z" in marks.free
    assert marks.none == "M38 25h2v2h-2z"


def test_strip_fits_a_phone() -> None:
    assert strip_marks(DAYS, [2] * 14).width <= 288


def test_steps_are_done_here_and_ahead() -> None:
    marks = step_marks(6, 2)

    assert marks.done.count("v3") == 7
    assert marks.here
    assert marks.ahead.count("z") == 4


def test_finished_steps_have_no_current_one() -> None:
    marks = step_marks(3, 4)

    assert (marks.here, marks.ahead) == ("", "")
