"""How tables are compared with the models and written down, so that a step needs no model to run."""

from typing import Any, Literal

from alembic.autogenerate import compare_metadata
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from sqlalchemy import JSON, Connection
from sqlalchemy.sql.schema import SchemaItem

from booking_service.db import Instant
from booking_service.tables import METADATA

INSTANT = "sa.DateTime(timezone=True)"
JSON_COLUMN = 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'


def render_item(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Write our own column types as the plain ones that they are; False leaves the item to Alembic."""
    if kind != "type":
        return False
    if isinstance(item, Instant):
        return INSTANT
    if isinstance(item, JSON):
        # Alembic's own text for it, JSONB(astext_type=Text()), names a Text that is not imported.
        context.imports.add("from sqlalchemy.dialects import postgresql")
        return JSON_COLUMN
    return False


def include_object(_item: SchemaItem, name: str | None, kind: str, _reflected: bool, _other: SchemaItem | None) -> bool:
    return not (kind == "table" and name == "alembic_version")


def differences(connection: Connection) -> list[Any]:
    """What the models have and the database has not, or the other way round; an empty list when they are equal."""
    options = {"compare_type": True, "include_object": include_object}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), METADATA))
