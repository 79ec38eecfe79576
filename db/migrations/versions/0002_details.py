"""Visits, attachments, pictures, and what a page says beyond its fields"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("details", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("crawl_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"]),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawl.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_visit_page_id", "visit", ["page_id"])
    op.create_index("ix_visit_crawl_id", "visit", ["crawl_id"])
    op.create_table(
        "opened_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("crawl_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("evidence", sa.String(length=80), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"]),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawl.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_opened_file_page_url", "opened_file", ["page_id", "url"])
    op.create_index("ix_opened_file_crawl_id", "opened_file", ["crawl_id"])
    op.create_table(
        "picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("crawl_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("evidence", sa.String(length=80), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"]),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawl.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_picture_page_id", "picture", ["page_id"])
    op.create_index("ix_picture_crawl_id", "picture", ["crawl_id"])


def downgrade() -> None:
    for table in ("picture", "opened_file", "visit"):
        op.drop_table(table)
    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.drop_column("details")
