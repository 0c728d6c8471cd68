"""An account's own ordered TOP list of doctors."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from booking_service.db import Base


class Favourite(Base):
    __tablename__ = "favourite"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    doctor_id: Mapped[UUID] = mapped_column(ForeignKey("doctor.id"), primary_key=True)
    position: Mapped[int]
