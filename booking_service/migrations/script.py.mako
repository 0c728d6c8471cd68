"""${message.capitalize()}.

Hand-read: what is generated here is a proposal. Add, backfill, then remove in a later release; there is no way back.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
