"""Packs as they are defined, and what each pack was issued for."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pack_definition",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("chapters", sa.Text(), nullable=True),
        sa.Column("systems", sa.Text(), nullable=True),
        sa.Column("group_id", sa.String(length=32), nullable=True),
        sa.Column("audience", sa.String(length=200), nullable=True),
        sa.Column("purpose", sa.String(length=32), nullable=True),
        sa.Column("classification", sa.String(length=32), nullable=True),
        sa.Column("distribution", sa.Text(), nullable=True),
        sa.Column("prepared_by_id", sa.String(length=32), nullable=True),
        sa.Column("checked_by_id", sa.String(length=32), nullable=True),
        sa.Column("approved_by_id", sa.String(length=32), nullable=True),
        sa.Column("custody", sa.String(length=200), nullable=True),
        sa.Column("cover_text", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_pack_definition_approved_by_id")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["person.id"], name=op.f("fk_pack_definition_checked_by_id")),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_pack_definition_group_id")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["person.id"], name=op.f("fk_pack_definition_prepared_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_pack_definition_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_definition")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_pack_definition_project_id_ref")),
    )
    with op.batch_alter_table("pack_definition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pack_definition_approved_by_id"), ["approved_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pack_definition_checked_by_id"), ["checked_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pack_definition_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pack_definition_prepared_by_id"), ["prepared_by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_pack_definition_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    with op.batch_alter_table("issued", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pack_kind", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("purpose", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("changes", sa.Text(), nullable=True))
