"""Openings tell how free the next days are; a practice knows its town; specialties, towns and insurers become rows.

What openings say is derived: those that stand are let lapse, so that the worker counts their days at once. The next
sync fills the terms, and gives practices at branches the town of the branch.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("opening", sa.Column("days_from", sa.Date(), nullable=True))
    op.add_column("opening", sa.Column("days", sa.String(length=15), nullable=True))
    op.execute("UPDATE opening SET valid_until = '2000-01-01 00:00:00'")
    op.add_column("practice", sa.Column("town", sa.String(length=80), nullable=False, server_default=""))
    op.execute("UPDATE practice SET town = (SELECT clinic.town FROM clinic WHERE clinic.id = practice.clinic_id)")
    op.create_index(op.f("ix_practice_town"), "practice", ["town"])
    op.create_table(
        "term",
        sa.Column(
            "kind",
            sa.Enum(
                "specialty", "town", "insurer", name="termkind", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("names", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("facts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("kind", "slug", name=op.f("pk_term")),
    )
