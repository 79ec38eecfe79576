"""Alembic's entry: runs the migrations over the connection that `db.store` hands in."""

from alembic import context
from sqlalchemy import Connection

from db.models import Base

connection: Connection | None = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("migrations are run by opening the store: gongkai crawl --db URL")
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
