"""Alembic runs this for each upgrade; the connection, already in a transaction, comes from `upgrade()`."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["metadata"],
    render_as_batch=True,
)
context.run_migrations()
