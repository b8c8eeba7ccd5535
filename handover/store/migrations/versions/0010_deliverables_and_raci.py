"""Deliverables, the parties that take part in them, and the letters of the RACI."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "raci_party",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("side", sa.String(length=32), nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_raci_party_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_raci_party_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_raci_party_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raci_party")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_raci_party_project_id_ref")),
    )
    with op.batch_alter_table("raci_party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_raci_party_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_raci_party_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_raci_party_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "deliverable",
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=True),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("milestone_id", sa.String(length=32), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_deliverable_group_id")),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_deliverable_milestone_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_deliverable_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_deliverable_project_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_deliverable_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliverable")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_deliverable_project_id_ref")),
    )
    with op.batch_alter_table("deliverable", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deliverable_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deliverable_milestone_id"), ["milestone_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deliverable_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_deliverable_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_deliverable_system_id"), ["system_id"], unique=False)

    op.create_table(
        "raci",
        sa.Column("deliverable_id", sa.String(length=32), nullable=False),
        sa.Column("party_id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.String(length=32), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["deliverable_id"], ["deliverable.id"], name=op.f("fk_raci_deliverable_id")),
        sa.ForeignKeyConstraint(["party_id"], ["raci_party.id"], name=op.f("fk_raci_party_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_raci_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raci")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_raci_project_id_ref")),
    )
    with op.batch_alter_table("raci", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_raci_deliverable_id"), ["deliverable_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_raci_party_id"), ["party_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_raci_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
