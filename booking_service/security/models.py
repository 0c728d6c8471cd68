"""The table of the throttle: how often something was tried."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from booking_service.db import Base, Instant


class Throttle(Base):
    """How often something was tried in a window. `key` is a keyed digest: no address or network stands in it."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    window_start: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    count: Mapped[int]
