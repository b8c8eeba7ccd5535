"""The number of a document with its originator, how much depends on it, who keeps it and for how long."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("originator_no", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("criticality", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("keeper_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("retention", sa.String(length=60), nullable=True))
        batch_op.create_index(batch_op.f("ix_document_keeper_id"), ["keeper_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_document_keeper_id"), "person", ["keeper_id"], ["id"])
