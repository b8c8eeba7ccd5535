"""Requirements; types of systems; the types and disciplines of documents become entries of the lists.

The words of older workspaces are matched by code, word or another name, and become entries where nothing fits.
"""

import sqlalchemy as sa
from alembic import op

from handover.store.upgrading.logged import UpgradeWork
from handover.store.upgrading.words_to_picks import TypedWords, make_picks

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    words = TypedWords.read(op.get_bind())
    op.create_table(
        "requirement",
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("system_type_id", sa.String(length=32), nullable=True),
        sa.Column("doc_type_id", sa.String(length=32), nullable=True),
        sa.Column("discipline_id", sa.String(length=32), nullable=True),
        sa.Column("required_for_id", sa.String(length=32), nullable=True),
        sa.Column("required_status", sa.String(length=32), nullable=True),
        sa.Column("mandatory", sa.Boolean(), nullable=True),
        sa.Column("paper", sa.Boolean(), nullable=True),
        sa.Column("translated", sa.Boolean(), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=True),
        sa.Column("side", sa.String(length=32), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["discipline_id"], ["pick.id"], name=op.f("fk_requirement_discipline_id")),
        sa.ForeignKeyConstraint(["doc_type_id"], ["pick.id"], name=op.f("fk_requirement_doc_type_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_requirement_project_id")),
        sa.ForeignKeyConstraint(["required_for_id"], ["milestone.id"], name=op.f("fk_requirement_required_for_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_requirement_system_id")),
        sa.ForeignKeyConstraint(["system_type_id"], ["pick.id"], name=op.f("fk_requirement_system_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_requirement_project_id_ref")),
    )
    with op.batch_alter_table("requirement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_requirement_discipline_id"), ["discipline_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_requirement_doc_type_id"), ["doc_type_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_requirement_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_requirement_required_for_id"), ["required_for_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_requirement_system_id"), ["system_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_requirement_system_type_id"), ["system_type_id"], unique=False)

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("discipline_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("doc_type_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("expected", sa.Boolean(), nullable=True))
        batch_op.create_index(batch_op.f("ix_document_discipline_id"), ["discipline_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_doc_type_id"), ["doc_type_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_document_doc_type_id"), "pick", ["doc_type_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_document_discipline_id"), "pick", ["discipline_id"], ["id"])
        batch_op.drop_column("discipline")
        batch_op.drop_column("doc_type")

    with op.batch_alter_table("system", schema=None) as batch_op:
        batch_op.add_column(sa.Column("system_type_id", sa.String(length=32), nullable=True))
        batch_op.create_index(batch_op.f("ix_system_system_type_id"), ["system_type_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_system_system_type_id"), "pick", ["system_type_id"], ["id"])

    make_picks(UpgradeWork(op.get_bind()), words)
