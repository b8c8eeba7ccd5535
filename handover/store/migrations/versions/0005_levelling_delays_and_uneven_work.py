"""How long levelling makes a task wait, and how much of uneven work is left."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("leveling_delay", sa.Integer(), nullable=True))

    with op.batch_alter_table("task_labour", schema=None) as batch_op:
        batch_op.add_column(sa.Column("remaining", sa.Integer(), nullable=True))
