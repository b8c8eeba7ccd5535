"""Rectifications of tests, and gates of which certificates ask."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("gate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("system_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("opens_id", sa.String(length=32), nullable=True))
        batch_op.create_index(batch_op.f("ix_gate_opens_id"), ["opens_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gate_system_id"), ["system_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_gate_opens_id"), "pick", ["opens_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_gate_system_id"), "system", ["system_id"], ["id"])

    with op.batch_alter_table("rectification", schema=None) as batch_op:
        batch_op.add_column(sa.Column("trial_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("retested_on", sa.Date(), nullable=True))
        batch_op.alter_column("parameter_id", existing_type=sa.VARCHAR(length=32), nullable=True)
        batch_op.create_index(batch_op.f("ix_rectification_trial_id"), ["trial_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_rectification_trial_id"), "trial", ["trial_id"], ["id"])

    with op.batch_alter_table("trial", schema=None) as batch_op:
        batch_op.add_column(sa.Column("raises", sa.String(length=32), nullable=True))

    with op.batch_alter_table("trial_step", schema=None) as batch_op:
        batch_op.add_column(sa.Column("raises", sa.String(length=32), nullable=True))
