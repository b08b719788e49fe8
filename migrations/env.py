"""How Alembic reaches the database; opprod.schema calls it with a connection."""

from alembic import context

# Every table must be known, whether or not a page uses it.
import opprod.accounts.models
import opprod.audit.models
import opprod.organisations.models
import opprod.projects.models
import opprod.reports.models
import opprod.rounds.models  # noqa: F401
from opprod.db import Base, Exact, Member, Moment


def render_item(kind, item, autogen_context):
    """Write our own column types as the database has them: a migration must not change with the code."""
    if kind == "type" and isinstance(item, (Moment, Exact, Member)):
        return f"sa.{item.impl_instance!r}"
    return False


connection = context.config.attributes.get("connection")
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    compare_server_default=True,
    render_item=render_item,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
