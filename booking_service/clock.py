"""The present instant, in one place so that tests can move it."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant in UTC, cut to whole microseconds as the databases keep it."""
    return datetime.now(UTC)
