"""How often something may be tried, as a value that rules can state."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Limit:
    """At most `count` tries in each window; `name` keeps the counts of different limits apart."""

    name: str
    count: int
    window: timedelta
