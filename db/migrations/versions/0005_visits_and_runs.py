"""What a page is asked again with; which facts and rules a verdict run rests on"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("etag", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("last_modified", sa.Text(), nullable=True))
    with op.batch_alter_table("judgement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rules", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("last_crawl", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("judgement", schema=None) as batch_op:
        batch_op.drop_column("last_crawl")
        batch_op.drop_column("rules")
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_column("last_modified")
        batch_op.drop_column("etag")
