"""Schemes of numbers and revisions."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "number_scheme",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("pattern", sa.String(length=200), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_number_scheme_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_scheme")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_number_scheme_project_id_ref")),
    )
    with op.batch_alter_table("number_scheme", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_number_scheme_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "revision_scheme",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("codes", sa.String(length=300), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_revision_scheme_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision_scheme")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_revision_scheme_project_id_ref")),
    )
    with op.batch_alter_table("revision_scheme", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_revision_scheme_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
