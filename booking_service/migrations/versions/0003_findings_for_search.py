"""What search looks through: findings, their words, and what is left of words without some letters.

All of it is derived from content: the next sync fills it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

WORD = sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql")
KINDS = ("doctor", "clinic", "specialty", "town", "service")


def upgrade() -> None:
    op.create_table(
        "finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("specialty", sa.String(length=80), nullable=False),
        sa.Column("doctor", sa.String(length=80), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("clinic", sa.String(length=80), nullable=False),
        sa.Column("town", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "payer",
            sa.Enum("state", "paid", name="payer", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("price_cents", sa.Integer(), nullable=True),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("remote", sa.Boolean(), nullable=False),
        sa.Column("children", sa.Boolean(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("insurers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "specialty", name=op.f("pk_finding")),
    )
    op.create_index("ix_finding_specialty", "finding", ["specialty", "town"])
    for column in ("doctor", "clinic", "town", "title"):
        op.create_index(op.f(f"ix_finding_{column}"), "finding", [column])
    op.create_table(
        "finding_word",
        sa.Column("word", WORD, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="found", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("target", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("word", "kind", "target", name=op.f("pk_finding_word")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "finding_slip",
        sa.Column("rest", sa.String(length=8), nullable=False),
        sa.Column("word", WORD, nullable=False),
        sa.PrimaryKeyConstraint("rest", "word", name=op.f("pk_finding_slip")),
        sqlite_with_rowid=False,
    )
