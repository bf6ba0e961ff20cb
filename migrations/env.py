"""Runs revisions on the connection that consult_app.migrating opened."""

from alembic import context

from consult_app.migrating import render_item
from consult_app.models.registry import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_item,
    compare_type=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
