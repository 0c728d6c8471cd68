"""Alembic's entry: runs the steps on the connection that `upgrade` hands over, inside its transaction."""

from alembic import context

from booking_service.migrations import comparison
from booking_service.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_item=comparison.render_item,
    include_object=comparison.include_object,
    compare_type=True,
    render_as_batch=True,
    # Both databases roll DDL back; Alembic believes it of PostgreSQL only.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
