"""Local wall time as instants, in Unix seconds, right on the days of both clock changes. Pure."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60


def instant(day: date, minute: int, zone: ZoneInfo) -> int:
    """Unix seconds of a local wall time; a skipped one is the moment of the clock change, a doubled one its first."""
    start, plain = midnight(day, zone)
    return start + minute * 60 if plain else _on_day_of_change(day, minute, zone)


@lru_cache(maxsize=8192)
def midnight(day: date, zone: ZoneInfo) -> tuple[int, bool]:
    """Unix seconds of a local midnight, and whether the day has 24 plain hours."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone)
    seconds = int(start.timestamp())
    return seconds, int((start + timedelta(days=1)).timestamp()) - seconds == DAY_MINUTES * 60


def _on_day_of_change(day: date, minute: int, zone: ZoneInfo) -> int:
    wall = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minute)
    seconds = int(wall.timestamp())
    if datetime.fromtimestamp(seconds, zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return seconds
    # In the skipped hour `fold` 1 reads the wall time by the later offset and so lands before the change.
    seconds = int(wall.replace(fold=1).timestamp())
    before = datetime.fromtimestamp(seconds, zone).utcoffset()
    while datetime.fromtimestamp(seconds, zone).utcoffset() == before:
        seconds += 60
    return seconds
