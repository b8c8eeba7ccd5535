"""Lists that a site edits; every project gets those of a process plant, as a new one does."""

import sqlalchemy as sa
from alembic import op

from handover.i18n import N_
from handover.model.picks.templates import FIRST, pick_template
from handover.store.upgrading.logged import UpgradeWork

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pick",
        sa.Column("list", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("meaning", sa.String(length=32), nullable=True),
        sa.Column("en", sa.String(length=100), nullable=True),
        sa.Column("zh", sa.String(length=100), nullable=True),
        sa.Column("also", sa.String(length=300), nullable=True),
        sa.Column("tone", sa.String(length=32), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_pick_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pick")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_pick_project_id_ref")),
    )
    with op.batch_alter_table("pick", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pick_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_pick_project_id_list_code"),
            ["project_id", "list", "code"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL"),
            postgresql_where=sa.text("deleted_at IS NULL"),
        )
    _fill(UpgradeWork(op.get_bind()))


def _fill(work: UpgradeWork) -> None:
    rows = [each.values() for each in pick_template(FIRST).entries]
    for project in work.projects():
        work.insert(project, "pick", "PCK", rows)
    work.finish(N_("Take the lists of a process plant"))
