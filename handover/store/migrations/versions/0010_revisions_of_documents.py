"""Documents and their revisions apart: what a document has come as becomes its first revision."""

import sqlalchemy as sa
from alembic import op

from handover.store.first_revisions import add_first_revisions
from handover.store.upgrading import UpgradeWork

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "revision",
        sa.Column("document_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("revision_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=True),
        sa.Column("author_id", sa.String(length=32), nullable=True),
        sa.Column("checker_id", sa.String(length=32), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("forecast_on", sa.Date(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("return_code_id", sa.String(length=32), nullable=True),
        sa.Column("approved_by_id", sa.String(length=32), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("superseded_by_id", sa.String(length=32), nullable=True),
        sa.Column("superseded_from", sa.String(length=32), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_revision_approved_by_id")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_revision_author_id")),
        sa.ForeignKeyConstraint(["checker_id"], ["person.id"], name=op.f("fk_revision_checker_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_revision_document_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_revision_project_id")),
        sa.ForeignKeyConstraint(["return_code_id"], ["pick.id"], name=op.f("fk_revision_return_code_id")),
        sa.ForeignKeyConstraint(["superseded_by_id"], ["revision.id"], name=op.f("fk_revision_superseded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_revision_project_id_ref")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_approved_by_id"), ["approved_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_revision_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_revision_checker_id"), ["checker_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_revision_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_revision_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_revision_return_code_id"), ["return_code_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_revision_superseded_by_id"), ["superseded_by_id"], unique=False)

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("return_code_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("approved_by_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("approved_on", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_document_approved_by_id"), ["approved_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_return_code_id"), ["return_code_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_document_approved_by_id"), "person", ["approved_by_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_document_return_code_id"), "pick", ["return_code_id"], ["id"])

    add_first_revisions(UpgradeWork(op.get_bind()))
