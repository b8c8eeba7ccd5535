"""The scales of loss risk as lists of the site; sessions count their invitations, lessons name their meeting."""

import sqlalchemy as sa
from alembic import op

from handover.store.upgrading.logged import UpgradeWork
from handover.store.upgrading.risk_scales import bring_scales

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("transfer_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("invitation", sa.Integer(), nullable=True))

    with op.batch_alter_table("lesson_learned", schema=None) as batch_op:
        batch_op.add_column(sa.Column("meeting_id", sa.String(length=32), nullable=True))
        batch_op.create_index(batch_op.f("ix_lesson_learned_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_lesson_learned_meeting_id"), "meeting", ["meeting_id"], ["id"])

    bring_scales(UpgradeWork(op.get_bind()))
