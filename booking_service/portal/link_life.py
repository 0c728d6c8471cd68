"""How long the link in a visit's letter opens it. Pure."""

from datetime import datetime, timedelta

AFTER_VISIT = timedelta(hours=24)


def link_ended(ends: datetime, now: datetime) -> bool:
    """A link lives until a day after the end of its visit; a moved visit takes its links along."""
    return now > ends + AFTER_VISIT
