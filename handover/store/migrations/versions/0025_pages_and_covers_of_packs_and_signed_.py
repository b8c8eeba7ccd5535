"""Pages and covers of packs, and copies of papers that came back signed."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pack_cover",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("cover_text", sa.Text(), nullable=True),
        sa.Column("foot", sa.String(length=120), nullable=True),
        sa.Column("classification", sa.String(length=32), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_pack_cover_organisation_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_pack_cover_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_cover")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_pack_cover_project_id_ref")),
    )
    with op.batch_alter_table("pack_cover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pack_cover_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_pack_cover_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "signed_copy",
        sa.Column("issued_id", sa.String(length=32), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("as_issued", sa.Boolean(), nullable=False),
        sa.Column("signers", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["issued_id"], ["issued.id"], name=op.f("fk_signed_copy_issued_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_signed_copy_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_copy")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_signed_copy_project_id_ref")),
    )
    with op.batch_alter_table("signed_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signed_copy_issued_id"), ["issued_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_signed_copy_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "pack_page",
        sa.Column("definition_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["definition_id"], ["pack_definition.id"], name=op.f("fk_pack_page_definition_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_pack_page_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_page")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_pack_page_project_id_ref")),
    )
    with op.batch_alter_table("pack_page", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pack_page_definition_id"), ["definition_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_pack_page_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    with op.batch_alter_table("pack_definition", schema=None) as batch_op:
        batch_op.add_column(sa.Column("readers", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("cover_id", sa.String(length=32), nullable=True))
        batch_op.create_index(batch_op.f("ix_pack_definition_cover_id"), ["cover_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_pack_definition_cover_id"), "pack_cover", ["cover_id"], ["id"])
