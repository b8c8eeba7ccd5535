"""Contribution score and RACI of systems and milestones."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "score_rule",
        sa.Column("act", sa.String(length=32), nullable=True),
        sa.Column("points", sa.Double(), nullable=True),
        sa.Column("most", sa.Double(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_score_rule_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_rule")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_score_rule_project_id_ref")),
    )
    with op.batch_alter_table("score_rule", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_score_rule_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "score_objection",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("month_on", sa.Date(), nullable=True),
        sa.Column("about", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_by_id", sa.String(length=32), nullable=True),
        sa.Column("raised_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by_id", sa.String(length=32), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_score_objection_answered_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_score_objection_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_score_objection_project_id")),
        sa.ForeignKeyConstraint(["raised_by_id"], ["person.id"], name=op.f("fk_score_objection_raised_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_objection")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_score_objection_project_id_ref")),
    )
    with op.batch_alter_table("score_objection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_score_objection_answered_by_id"), ["answered_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_score_objection_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_score_objection_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_score_objection_raised_by_id"), ["raised_by_id"], unique=False)

    op.create_table(
        "system_raci",
        sa.Column("system_id", sa.String(length=32), nullable=False),
        sa.Column("party_id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.String(length=32), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["raci_party.id"], name=op.f("fk_system_raci_party_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_system_raci_project_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_system_raci_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_system_raci")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_system_raci_project_id_ref")),
    )
    with op.batch_alter_table("system_raci", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_system_raci_party_id"), ["party_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_system_raci_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_system_raci_system_id"), ["system_id"], unique=False)

    op.create_table(
        "milestone_raci",
        sa.Column("milestone_id", sa.String(length=32), nullable=False),
        sa.Column("party_id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.String(length=32), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_milestone_raci_milestone_id")),
        sa.ForeignKeyConstraint(["party_id"], ["raci_party.id"], name=op.f("fk_milestone_raci_party_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_milestone_raci_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone_raci")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_milestone_raci_project_id_ref")),
    )
    with op.batch_alter_table("milestone_raci", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_raci_milestone_id"), ["milestone_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_raci_party_id"), ["party_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_milestone_raci_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contribution", sa.String(length=32), nullable=True))

    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reminded_on", sa.Date(), nullable=True))
