"""What holds of free starts whatever the hours, over both clock changes of 2027."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from booking_service.calendars.slots import CELL, Need, Place, Plan, Start, Taken, WeekSpan, free_starts
from booking_service.calendars.wall_time import instant

RIGA = ZoneInfo("Europe/Riga")
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
DAYS = st.sampled_from([change + timedelta(days=step) for change in (SPRING, AUTUMN) for step in (-1, 0, 1)])
NOTHING = Taken()
FIVES = st.integers(0, 287).map(lambda fives: fives * 5)


@st.composite
def weeks(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Spans of a day in order, in local minutes."""
    edges = sorted(draw(st.lists(FIVES, min_size=2, max_size=6, unique=True)))
    return list(zip(edges[::2], edges[1::2], strict=False))


NEEDS = st.builds(
    Need,
    st.integers(1, 24).map(lambda fives: fives * 5),
    st.integers(0, 3).map(lambda fives: fives * 5),
    st.integers(0, 3).map(lambda fives: fives * 5),
)
GRIDS = st.one_of(st.none(), st.integers(1, 12).map(lambda fives: fives * 5))


def offered(
    day: date, spans: list[tuple[int, int]], need: Need, grid: int | None, taken: Taken = NOTHING
) -> list[Start]:
    plan = Plan(weekly=[WeekSpan(day.weekday(), *span) for span in spans], grid_minutes=grid, horizon_days=400)
    since = datetime.fromtimestamp(instant(day, 0, RIGA), UTC)
    now = since - timedelta(days=3)
    # Over three days, so that a start that slips to a neighbour is seen.
    return list(
        free_starts(
            plan,
            Place(RIGA),
            need,
            taken,
            since=since - timedelta(days=1),
            until=since + timedelta(days=2),
            now=now,
        )
    )


@settings(max_examples=300, deadline=None)
@given(DAYS, weeks(), NEEDS, GRIDS)
@example(SPRING, [(0, 1435)], Need(30), None)
@example(AUTUMN, [(0, 1435)], Need(30), None)
@example(SPRING, [(185, 235)], Need(5), None)
@example(AUTUMN, [(180, 240)], Need(5), 5)
def test_each_start_is_a_real_local_time_that_stands_once_and_inside_the_hours(
    day: date, spans: list[tuple[int, int]], need: Need, grid: int | None
) -> None:
    found = offered(day, spans, need, grid)

    names = []
    for start in found:
        local = datetime.fromtimestamp(start.seconds, RIGA)
        assert (local.date(), local.hour * 60 + local.minute) == (start.day, start.minute)
        assert start.day == day
        assert start.seconds % CELL == 0
        assert local.replace(tzinfo=RIGA, fold=0).timestamp() == start.seconds
        assert any(
            instant(day, opens, RIGA) <= start.seconds - need.before * 60
            and start.seconds + (need.minutes + need.after) * 60 <= instant(day, closes, RIGA)
            for opens, closes in spans
        )
        names.append(local.strftime("%H:%M"))
    assert len(set(names)) == len(names)
    assert [start.seconds for start in found] == sorted({start.seconds for start in found})


@settings(max_examples=200, deadline=None)
@given(DAYS, weeks(), NEEDS)
def test_visits_by_their_own_length_never_overlap(day: date, spans: list[tuple[int, int]], need: Need) -> None:
    found = offered(day, spans, need, None)

    whole = (need.before + need.minutes + need.after) * 60
    assert all(later.seconds - one.seconds >= whole for one, later in itertools.pairwise(found))


@settings(max_examples=200, deadline=None)
@given(DAYS, weeks(), NEEDS, GRIDS, st.sets(st.integers(-3, 291), max_size=40))
def test_what_is_offered_beside_taken_cells_is_what_was_offered_and_touches_none(
    day: date, spans: list[tuple[int, int]], need: Need, grid: int | None, gone: set[int]
) -> None:
    first = instant(day, 0, RIGA) // CELL
    cells = {first + cell for cell in gone}

    left = offered(day, spans, need, grid, Taken(cells))

    every = offered(day, spans, need, grid)
    free = []
    for start in every:
        opens, closes = start.seconds - need.before * 60, start.seconds + (need.minutes + need.after) * 60
        if not cells & set(range(opens // CELL, closes // CELL)):
            free.append(start)
    assert left == free
