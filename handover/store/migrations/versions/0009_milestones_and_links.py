"""Phases, milestones, gates and signatories; who takes part and what is required for which milestone become links.

The texts of older workspaces are matched by name or code, and become rows where nothing fits.
"""

import sqlalchemy as sa
from alembic import op

from handover.store.upgrading.logged import UpgradeWork
from handover.store.upgrading.texts_to_links import Texts, convert

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    texts = Texts.read(op.get_bind())
    op.create_table(
        "phase",
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind_id", sa.String(length=32), nullable=True),
        sa.Column("entry_gate_id", sa.String(length=32), nullable=True),
        sa.Column("exit_gate_id", sa.String(length=32), nullable=True),
        sa.Column("planned_start", sa.Date(), nullable=True),
        sa.Column("planned_finish", sa.Date(), nullable=True),
        sa.Column("forecast_start", sa.Date(), nullable=True),
        sa.Column("forecast_finish", sa.Date(), nullable=True),
        sa.Column("actual_start", sa.Date(), nullable=True),
        sa.Column("actual_finish", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["entry_gate_id"], ["gate.id"], name=op.f("fk_phase_entry_gate_id")),
        sa.ForeignKeyConstraint(["exit_gate_id"], ["gate.id"], name=op.f("fk_phase_exit_gate_id")),
        sa.ForeignKeyConstraint(["kind_id"], ["pick.id"], name=op.f("fk_phase_kind_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_phase_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_phase_project_id_ref")),
    )
    with op.batch_alter_table("phase", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phase_entry_gate_id"), ["entry_gate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_phase_exit_gate_id"), ["exit_gate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_phase_kind_id"), ["kind_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_phase_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "milestone",
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind_id", sa.String(length=32), nullable=True),
        sa.Column("phase_id", sa.String(length=32), nullable=True),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("task_id", sa.String(length=32), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("forecast_on", sa.Date(), nullable=True),
        sa.Column("actual_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["kind_id"], ["pick.id"], name=op.f("fk_milestone_kind_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_milestone_owner_id")),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_milestone_phase_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_milestone_project_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_milestone_system_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_milestone_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_milestone_project_id_ref")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_kind_id"), ["kind_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_phase_id"), ["phase_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_milestone_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_milestone_system_id"), ["system_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_task_id"), ["task_id"], unique=False)

    op.create_table(
        "gate",
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("phase_id", sa.String(length=32), nullable=True),
        sa.Column("milestone_id", sa.String(length=32), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("chair_id", sa.String(length=32), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["chair_id"], ["person.id"], name=op.f("fk_gate_chair_id")),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_gate_milestone_id")),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_gate_phase_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_gate_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_gate_project_id_ref")),
    )
    with op.batch_alter_table("gate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gate_chair_id"), ["chair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gate_milestone_id"), ["milestone_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gate_phase_id"), ["phase_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_gate_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "signatory",
        sa.Column("signs_for", sa.String(length=32), nullable=False),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("gate_id", sa.String(length=32), nullable=True),
        sa.Column("role_id", sa.String(length=32), nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("side", sa.String(length=32), nullable=True),
        sa.Column("sign_seq", sa.Integer(), nullable=True),
        sa.Column("is_signer", sa.Boolean(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_signatory_gate_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signatory_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_signatory_project_id")),
        sa.ForeignKeyConstraint(["role_id"], ["pick.id"], name=op.f("fk_signatory_role_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_signatory_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatory")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_signatory_project_id_ref")),
    )
    with op.batch_alter_table("signatory", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signatory_gate_id"), ["gate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signatory_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_signatory_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_signatory_role_id"), ["role_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signatory_system_id"), ["system_id"], unique=False)

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("required_for_id", sa.String(length=32), nullable=True))
        batch_op.create_index(batch_op.f("ix_document_required_for_id"), ["required_for_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_document_required_for_id"), "milestone", ["required_for_id"], ["id"])
        batch_op.drop_column("required_for")

    with op.batch_alter_table("knowledge_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("required_for_id", sa.String(length=32), nullable=True))
        batch_op.create_index(batch_op.f("ix_knowledge_item_required_for_id"), ["required_for_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_knowledge_item_required_for_id"), "milestone", ["required_for_id"], ["id"]
        )
        batch_op.drop_column("required_for")

    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.add_column(sa.Column("client_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("contractor_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("commissioning_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("operator_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("manager_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("operations_manager_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("chief_engineer_id", sa.String(length=32), nullable=True))
        batch_op.create_index(batch_op.f("ix_project_chief_engineer_id"), ["chief_engineer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_commissioning_id"), ["commissioning_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_contractor_id"), ["contractor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_manager_id"), ["manager_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_operations_manager_id"), ["operations_manager_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_project_operator_id"), ["operator_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_project_client_id"), "organisation", ["client_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_project_commissioning_id"), "organisation", ["commissioning_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_project_operations_manager_id"), "person", ["operations_manager_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_project_manager_id"), "person", ["manager_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_project_operator_id"), "organisation", ["operator_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_project_chief_engineer_id"), "person", ["chief_engineer_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_project_contractor_id"), "organisation", ["contractor_id"], ["id"])
        batch_op.drop_column("chief_engineer")
        batch_op.drop_column("operations_manager")
        batch_op.drop_column("contractor")
        batch_op.drop_column("commissioning")
        batch_op.drop_column("client")
        batch_op.drop_column("manager")
        batch_op.drop_column("operator")
    convert(UpgradeWork(op.get_bind()), texts)
