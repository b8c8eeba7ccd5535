"""Meeting in which a punch item was noted."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("punch", schema=None) as batch_op:
        batch_op.add_column(sa.Column("meeting_id", sa.String(length=32), nullable=True))
        batch_op.create_index(batch_op.f("ix_punch_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_punch_meeting_id"), "meeting", ["meeting_id"], ["id"])
