"""Lesson from which an action comes."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lesson_id", sa.String(length=32), nullable=True))
        batch_op.create_index(batch_op.f("ix_action_lesson_id"), ["lesson_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_action_lesson_id"), "lesson_learned", ["lesson_id"], ["id"])
