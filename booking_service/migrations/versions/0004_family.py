"""A child's representative stands with the visit; somebody of 14 or more agrees to being booked for."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("booking", sa.Column("representative", sa.LargeBinary(), nullable=True))
    op.add_column("person", sa.Column("consent_asked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("person", sa.Column("consent_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("person", sa.Column("consent_text", sa.String(length=10), nullable=False, server_default=""))
