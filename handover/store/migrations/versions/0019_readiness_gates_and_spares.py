"""Readiness for operation: criteria, reviews of gates, spare parts, emergency plans, feedback."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spare_part",
        sa.Column("item_no", sa.String(length=60), nullable=True),
        sa.Column("description", sa.String(length=300), nullable=False),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("tag", sa.String(length=200), nullable=True),
        sa.Column("part_no", sa.String(length=100), nullable=True),
        sa.Column("manufacturer", sa.String(length=200), nullable=True),
        sa.Column("model", sa.String(length=200), nullable=True),
        sa.Column("drawing", sa.String(length=200), nullable=True),
        sa.Column("material", sa.String(length=200), nullable=True),
        sa.Column("criticality", sa.String(length=32), nullable=True),
        sa.Column("units", sa.Double(), nullable=True),
        sa.Column("per_unit", sa.Double(), nullable=True),
        sa.Column("installed", sa.Double(), nullable=True),
        sa.Column("rec_commissioning", sa.Double(), nullable=True),
        sa.Column("rec_two_years", sa.Double(), nullable=True),
        sa.Column("rec_capital", sa.Double(), nullable=True),
        sa.Column("minimum", sa.Double(), nullable=True),
        sa.Column("maximum", sa.Double(), nullable=True),
        sa.Column("uom", sa.String(length=20), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("received", sa.Double(), nullable=True),
        sa.Column("stock", sa.Double(), nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("supplier_id", sa.String(length=32), nullable=True),
        sa.Column("order_no", sa.String(length=60), nullable=True),
        sa.Column("unit_price", sa.Double(), nullable=True),
        sa.Column("currency", sa.String(length=10), nullable=True),
        sa.Column("delivery_weeks", sa.Double(), nullable=True),
        sa.Column("shelf_life", sa.Double(), nullable=True),
        sa.Column("warehouse_code", sa.String(length=60), nullable=True),
        sa.Column("storage", sa.String(length=200), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_spare_part_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_spare_part_project_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["organisation.id"], name=op.f("fk_spare_part_supplier_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_spare_part_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spare_part")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_spare_part_project_id_ref")),
    )
    with op.batch_alter_table("spare_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spare_part_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_spare_part_part_no"), ["part_no"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_spare_part_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_spare_part_supplier_id"), ["supplier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_spare_part_system_id"), ["system_id"], unique=False)

    op.create_table(
        "criterion",
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("question", sa.String(length=500), nullable=False),
        sa.Column("area", sa.String(length=32), nullable=True),
        sa.Column("gate_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=True),
        sa.Column("blocker", sa.Boolean(), nullable=True),
        sa.Column("counted", sa.String(length=32), nullable=True),
        sa.Column("evidence_required", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("document_id", sa.String(length=32), nullable=True),
        sa.Column("met_by_id", sa.String(length=32), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("na_because", sa.Text(), nullable=True),
        sa.Column("na_project_by_id", sa.String(length=32), nullable=True),
        sa.Column("na_operations_by_id", sa.String(length=32), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_criterion_document_id")),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_criterion_gate_id")),
        sa.ForeignKeyConstraint(["met_by_id"], ["person.id"], name=op.f("fk_criterion_met_by_id")),
        sa.ForeignKeyConstraint(["na_operations_by_id"], ["person.id"], name=op.f("fk_criterion_na_operations_by_id")),
        sa.ForeignKeyConstraint(["na_project_by_id"], ["person.id"], name=op.f("fk_criterion_na_project_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_criterion_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_criterion_project_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_criterion_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_criterion_project_id_ref")),
    )
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_criterion_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_criterion_gate_id"), ["gate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_criterion_met_by_id"), ["met_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_criterion_na_operations_by_id"), ["na_operations_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_criterion_na_project_by_id"), ["na_project_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_criterion_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_criterion_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_criterion_system_id"), ["system_id"], unique=False)

    op.create_table(
        "emergency_plan",
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("trigger", sa.Text(), nullable=True),
        sa.Column("team", sa.Text(), nullable=True),
        sa.Column("steps", sa.Text(), nullable=True),
        sa.Column("resources", sa.Text(), nullable=True),
        sa.Column("contacts", sa.Text(), nullable=True),
        sa.Column("revision", sa.String(length=20), nullable=True),
        sa.Column("document_id", sa.String(length=32), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("reviewed_by_id", sa.String(length=32), nullable=True),
        sa.Column("approved_by_id", sa.String(length=32), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("drill_months", sa.Integer(), nullable=True),
        sa.Column("next_review", sa.Date(), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_emergency_plan_approved_by_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_emergency_plan_document_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_emergency_plan_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_emergency_plan_project_id")),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["person.id"], name=op.f("fk_emergency_plan_reviewed_by_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_emergency_plan_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_plan")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_emergency_plan_project_id_ref")),
    )
    with op.batch_alter_table("emergency_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_emergency_plan_approved_by_id"), ["approved_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_emergency_plan_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_emergency_plan_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_emergency_plan_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_emergency_plan_reviewed_by_id"), ["reviewed_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_emergency_plan_system_id"), ["system_id"], unique=False)

    op.create_table(
        "gate_review",
        sa.Column("gate_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("chair_id", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("criteria_met", sa.Integer(), nullable=True),
        sa.Column("criteria_of", sa.Integer(), nullable=True),
        sa.Column("open_blockers", sa.Integer(), nullable=True),
        sa.Column("no_go_because", sa.Text(), nullable=True),
        sa.Column("void_because", sa.Text(), nullable=True),
        sa.Column("minutes", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["chair_id"], ["person.id"], name=op.f("fk_gate_review_chair_id")),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_gate_review_gate_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_gate_review_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_review")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_gate_review_project_id_ref")),
    )
    with op.batch_alter_table("gate_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gate_review_chair_id"), ["chair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gate_review_gate_id"), ["gate_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_gate_review_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "emergency_drill",
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("script", sa.Text(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("leader_id", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("participants", sa.Text(), nullable=True),
        sa.Column("shift", sa.String(length=60), nullable=True),
        sa.Column("minutes_long", sa.Integer(), nullable=True),
        sa.Column("findings", sa.Text(), nullable=True),
        sa.Column("grade", sa.String(length=32), nullable=True),
        sa.Column("actions", sa.Text(), nullable=True),
        sa.Column("action_id", sa.String(length=32), nullable=True),
        sa.Column("punch_id", sa.String(length=32), nullable=True),
        sa.Column("cancelled_because", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_emergency_drill_action_id")),
        sa.ForeignKeyConstraint(["leader_id"], ["person.id"], name=op.f("fk_emergency_drill_leader_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["emergency_plan.id"], name=op.f("fk_emergency_drill_plan_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_emergency_drill_project_id")),
        sa.ForeignKeyConstraint(["punch_id"], ["punch.id"], name=op.f("fk_emergency_drill_punch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_drill")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_emergency_drill_project_id_ref")),
    )
    with op.batch_alter_table("emergency_drill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_emergency_drill_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_emergency_drill_leader_id"), ["leader_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_emergency_drill_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_emergency_drill_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_emergency_drill_punch_id"), ["punch_id"], unique=False)

    op.create_table(
        "gate_condition",
        sa.Column("review_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("criterion_id", sa.String(length=32), nullable=True),
        sa.Column("residual_risk", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("confirmed_by_id", sa.String(length=32), nullable=True),
        sa.Column("fulfilled_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name=op.f("fk_gate_condition_confirmed_by_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_gate_condition_criterion_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_gate_condition_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_gate_condition_project_id")),
        sa.ForeignKeyConstraint(["review_id"], ["gate_review.id"], name=op.f("fk_gate_condition_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_condition")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_gate_condition_project_id_ref")),
    )
    with op.batch_alter_table("gate_condition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gate_condition_confirmed_by_id"), ["confirmed_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gate_condition_criterion_id"), ["criterion_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gate_condition_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_gate_condition_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_gate_condition_review_id"), ["review_id"], unique=False)

    op.create_table(
        "gate_signature",
        sa.Column("review_id", sa.String(length=32), nullable=False),
        sa.Column("sign_seq", sa.Integer(), nullable=True),
        sa.Column("role_id", sa.String(length=32), nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("side", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("vote", sa.String(length=32), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_gate_signature_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_gate_signature_project_id")),
        sa.ForeignKeyConstraint(["review_id"], ["gate_review.id"], name=op.f("fk_gate_signature_review_id")),
        sa.ForeignKeyConstraint(["role_id"], ["pick.id"], name=op.f("fk_gate_signature_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_signature")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_gate_signature_project_id_ref")),
    )
    with op.batch_alter_table("gate_signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gate_signature_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_gate_signature_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_gate_signature_review_id"), ["review_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_gate_signature_role_id"), ["role_id"], unique=False)

    op.create_table(
        "operator_feedback",
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("said_by_id", sa.String(length=32), nullable=True),
        sa.Column("shift", sa.String(length=60), nullable=True),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("area", sa.String(length=32), nullable=True),
        sa.Column("weight", sa.String(length=32), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by_id", sa.String(length=32), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("action_id", sa.String(length=32), nullable=True),
        sa.Column("punch_id", sa.String(length=32), nullable=True),
        sa.Column("sop_id", sa.String(length=32), nullable=True),
        sa.Column("criterion_id", sa.String(length=32), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_operator_feedback_action_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_operator_feedback_answered_by_id")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_operator_feedback_criterion_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_operator_feedback_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_operator_feedback_project_id")),
        sa.ForeignKeyConstraint(["punch_id"], ["punch.id"], name=op.f("fk_operator_feedback_punch_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["person.id"], name=op.f("fk_operator_feedback_said_by_id")),
        sa.ForeignKeyConstraint(["sop_id"], ["operating_procedure.id"], name=op.f("fk_operator_feedback_sop_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_operator_feedback_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_feedback")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_operator_feedback_project_id_ref")),
    )
    with op.batch_alter_table("operator_feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_operator_feedback_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_operator_feedback_answered_by_id"), ["answered_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_operator_feedback_criterion_id"), ["criterion_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_operator_feedback_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_operator_feedback_project_id_deleted_at_id"),
            ["project_id", "deleted_at", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_operator_feedback_punch_id"), ["punch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_operator_feedback_said_by_id"), ["said_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_operator_feedback_sop_id"), ["sop_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_operator_feedback_system_id"), ["system_id"], unique=False)
