"""Runs migrations on the connection that ``handover.store.migrate`` hands over."""

from alembic import context

from handover.model import Base
from handover.store import log  # noqa: F401 - its tables belong to the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
