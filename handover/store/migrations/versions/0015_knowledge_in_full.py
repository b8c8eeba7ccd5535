"""Knowledge in full: holders, receivers, verifications, sessions, coverage, and what is learnt.

What an item said of its holder and its receiver becomes rows of their own.
"""

import sqlalchemy as sa
from alembic import op

from handover.store.upgrading.knowledge_parts import part_items, read_items
from handover.store.upgrading.logged import UpgradeWork

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    items = read_items(op.get_bind())
    op.create_table(
        "retention_plan",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("measure", sa.String(length=32), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("dropped_because", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_retention_plan_owner_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_retention_plan_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_retention_plan_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_plan")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_retention_plan_project_id_ref")),
    )
    with op.batch_alter_table("retention_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retention_plan_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_retention_plan_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_retention_plan_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "manual_section",
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("caused_by", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("reviewed_by_id", sa.String(length=32), nullable=True),
        sa.Column("approved_by_id", sa.String(length=32), nullable=True),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_manual_section_approved_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_manual_section_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_manual_section_project_id")),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["person.id"], name=op.f("fk_manual_section_reviewed_by_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_manual_section_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manual_section")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_manual_section_project_id_ref")),
    )
    with op.batch_alter_table("manual_section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_manual_section_approved_by_id"), ["approved_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_manual_section_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_manual_section_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_manual_section_reviewed_by_id"), ["reviewed_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_manual_section_system_id"), ["system_id"], unique=False)

    op.create_table(
        "training_course",
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("method_id", sa.String(length=32), nullable=True),
        sa.Column("required_posts", sa.String(length=300), nullable=True),
        sa.Column("hours", sa.Double(), nullable=True),
        sa.Column("pass_mark", sa.Double(), nullable=True),
        sa.Column("valid_months", sa.Integer(), nullable=True),
        sa.Column("least_per_shift", sa.Integer(), nullable=True),
        sa.Column("prerequisite_id", sa.String(length=32), nullable=True),
        sa.Column("required_for_id", sa.String(length=32), nullable=True),
        sa.Column("trainer_id", sa.String(length=32), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["method_id"], ["pick.id"], name=op.f("fk_training_course_method_id")),
        sa.ForeignKeyConstraint(
            ["prerequisite_id"], ["training_course.id"], name=op.f("fk_training_course_prerequisite_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_training_course_project_id")),
        sa.ForeignKeyConstraint(["required_for_id"], ["milestone.id"], name=op.f("fk_training_course_required_for_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_training_course_system_id")),
        sa.ForeignKeyConstraint(["trainer_id"], ["person.id"], name=op.f("fk_training_course_trainer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_course")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_training_course_project_id_ref")),
    )
    with op.batch_alter_table("training_course", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_training_course_method_id"), ["method_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_training_course_prerequisite_id"), ["prerequisite_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_training_course_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_training_course_required_for_id"), ["required_for_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_training_course_system_id"), ["system_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_training_course_trainer_id"), ["trainer_id"], unique=False)

    op.create_table(
        "operating_procedure",
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("revision", sa.String(length=20), nullable=True),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("caused_by", sa.Text(), nullable=True),
        sa.Column("previous_id", sa.String(length=32), nullable=True),
        sa.Column("document_id", sa.String(length=32), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("reviewed_by_id", sa.String(length=32), nullable=True),
        sa.Column("approved_by_id", sa.String(length=32), nullable=True),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.Column("next_review", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_operating_procedure_approved_by_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_operating_procedure_document_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_operating_procedure_owner_id")),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["operating_procedure.id"], name=op.f("fk_operating_procedure_previous_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_operating_procedure_project_id")),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["person.id"], name=op.f("fk_operating_procedure_reviewed_by_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_operating_procedure_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operating_procedure")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_operating_procedure_project_id_ref")),
    )
    with op.batch_alter_table("operating_procedure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_operating_procedure_approved_by_id"), ["approved_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_operating_procedure_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_operating_procedure_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_operating_procedure_previous_id"), ["previous_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_operating_procedure_project_id_deleted_at_id"),
            ["project_id", "deleted_at", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_operating_procedure_reviewed_by_id"), ["reviewed_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_operating_procedure_system_id"), ["system_id"], unique=False)

    op.create_table(
        "training_record",
        sa.Column("course_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("requirement", sa.String(length=32), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("attended_on", sa.Date(), nullable=True),
        sa.Column("trainer_id", sa.String(length=32), nullable=True),
        sa.Column("hours", sa.Double(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("pass_mark", sa.Double(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("certificate_no", sa.String(length=100), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["training_course.id"], name=op.f("fk_training_record_course_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_training_record_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_training_record_project_id")),
        sa.ForeignKeyConstraint(["trainer_id"], ["person.id"], name=op.f("fk_training_record_trainer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_record")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_training_record_project_id_ref")),
    )
    with op.batch_alter_table("training_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_training_record_course_id"), ["course_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_training_record_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_training_record_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_training_record_trainer_id"), ["trainer_id"], unique=False)

    op.create_table(
        "coverage_rule",
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("item_id", sa.String(length=32), nullable=True),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("per_shift", sa.Boolean(), nullable=True),
        sa.Column("level", sa.String(length=32), nullable=True),
        sa.Column("from_criticality", sa.String(length=32), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["knowledge_item.id"], name=op.f("fk_coverage_rule_item_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_coverage_rule_project_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_coverage_rule_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverage_rule")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_coverage_rule_project_id_ref")),
    )
    with op.batch_alter_table("coverage_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coverage_rule_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_coverage_rule_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_coverage_rule_system_id"), ["system_id"], unique=False)

    op.create_table(
        "fault_case",
        sa.Column("symptom", sa.Text(), nullable=False),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("tag", sa.String(length=100), nullable=True),
        sa.Column("alarms", sa.Text(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("diagnosis", sa.Text(), nullable=True),
        sa.Column("remedy", sa.Text(), nullable=True),
        sa.Column("parts", sa.Text(), nullable=True),
        sa.Column("hours_to_restore", sa.Double(), nullable=True),
        sa.Column("recurs", sa.Boolean(), nullable=True),
        sa.Column("severity", sa.String(length=32), nullable=True),
        sa.Column("tags", sa.String(length=300), nullable=True),
        sa.Column("item_id", sa.String(length=32), nullable=True),
        sa.Column("procedure_id", sa.String(length=32), nullable=True),
        sa.Column("author_id", sa.String(length=32), nullable=True),
        sa.Column("reviewed_by_id", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("still_valid", sa.Boolean(), nullable=True),
        sa.Column("reused", sa.Integer(), nullable=True),
        sa.Column("superseded_by_id", sa.String(length=32), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_fault_case_author_id")),
        sa.ForeignKeyConstraint(["item_id"], ["knowledge_item.id"], name=op.f("fk_fault_case_item_id")),
        sa.ForeignKeyConstraint(["procedure_id"], ["operating_procedure.id"], name=op.f("fk_fault_case_procedure_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_fault_case_project_id")),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["person.id"], name=op.f("fk_fault_case_reviewed_by_id")),
        sa.ForeignKeyConstraint(["superseded_by_id"], ["fault_case.id"], name=op.f("fk_fault_case_superseded_by_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_fault_case_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fault_case")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_fault_case_project_id_ref")),
    )
    with op.batch_alter_table("fault_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fault_case_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fault_case_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fault_case_procedure_id"), ["procedure_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_fault_case_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_fault_case_reviewed_by_id"), ["reviewed_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fault_case_superseded_by_id"), ["superseded_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fault_case_system_id"), ["system_id"], unique=False)

    op.create_table(
        "knowledge_holder",
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("level", sa.String(length=32), nullable=True),
        sa.Column("sole", sa.Boolean(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["knowledge_item.id"], name=op.f("fk_knowledge_holder_item_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_knowledge_holder_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_knowledge_holder_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_knowledge_holder")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_knowledge_holder_project_id_ref")),
    )
    with op.batch_alter_table("knowledge_holder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_knowledge_holder_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_knowledge_holder_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_knowledge_holder_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "knowledge_receiver",
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("method_id", sa.String(length=32), nullable=True),
        sa.Column("baseline_level", sa.String(length=32), nullable=True),
        sa.Column("current_level", sa.String(length=32), nullable=True),
        sa.Column("provisional_level", sa.String(length=32), nullable=True),
        sa.Column("target_level", sa.String(length=32), nullable=True),
        sa.Column("verified_level", sa.String(length=32), nullable=True),
        sa.Column("verified_by_id", sa.String(length=32), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verification", sa.String(length=32), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(length=300), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("accepted_because", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["knowledge_item.id"], name=op.f("fk_knowledge_receiver_item_id")),
        sa.ForeignKeyConstraint(["method_id"], ["pick.id"], name=op.f("fk_knowledge_receiver_method_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_knowledge_receiver_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_knowledge_receiver_project_id")),
        sa.ForeignKeyConstraint(["verified_by_id"], ["person.id"], name=op.f("fk_knowledge_receiver_verified_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_knowledge_receiver")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_knowledge_receiver_project_id_ref")),
    )
    with op.batch_alter_table("knowledge_receiver", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_knowledge_receiver_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_knowledge_receiver_method_id"), ["method_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_knowledge_receiver_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_knowledge_receiver_project_id_deleted_at_id"),
            ["project_id", "deleted_at", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_knowledge_receiver_verified_by_id"), ["verified_by_id"], unique=False)

    op.create_table(
        "lesson_learned",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("phase_id", sa.String(length=32), nullable=True),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("originator_id", sa.String(length=32), nullable=True),
        sa.Column("category", sa.String(length=100), nullable=True),
        sa.Column("lesson_type", sa.String(length=32), nullable=True),
        sa.Column("event", sa.Text(), nullable=True),
        sa.Column("effect", sa.Text(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("early_warning", sa.Boolean(), nullable=True),
        sa.Column("recommendation", sa.Text(), nullable=True),
        sa.Column("priority", sa.String(length=32), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("manual_section_id", sa.String(length=32), nullable=True),
        sa.Column("procedure_id", sa.String(length=32), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("reused", sa.Integer(), nullable=True),
        sa.Column("dropped_because", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["manual_section_id"], ["manual_section.id"], name=op.f("fk_lesson_learned_manual_section_id")
        ),
        sa.ForeignKeyConstraint(["originator_id"], ["person.id"], name=op.f("fk_lesson_learned_originator_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_lesson_learned_owner_id")),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_lesson_learned_phase_id")),
        sa.ForeignKeyConstraint(
            ["procedure_id"], ["operating_procedure.id"], name=op.f("fk_lesson_learned_procedure_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_lesson_learned_project_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_lesson_learned_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_learned")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_lesson_learned_project_id_ref")),
    )
    with op.batch_alter_table("lesson_learned", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lesson_learned_manual_section_id"), ["manual_section_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_learned_originator_id"), ["originator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_learned_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_learned_phase_id"), ["phase_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lesson_learned_procedure_id"), ["procedure_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_lesson_learned_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_lesson_learned_system_id"), ["system_id"], unique=False)

    op.create_table(
        "transfer_session",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("item_id", sa.String(length=32), nullable=True),
        sa.Column("method_id", sa.String(length=32), nullable=True),
        sa.Column("giver_id", sa.String(length=32), nullable=True),
        sa.Column("planned_on", sa.String(length=16), nullable=True),
        sa.Column("hours", sa.Double(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("material", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("evidence", sa.String(length=300), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.Column("cancelled_because", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"], name=op.f("fk_transfer_session_giver_id")),
        sa.ForeignKeyConstraint(["item_id"], ["knowledge_item.id"], name=op.f("fk_transfer_session_item_id")),
        sa.ForeignKeyConstraint(["method_id"], ["pick.id"], name=op.f("fk_transfer_session_method_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_transfer_session_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_session")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_transfer_session_project_id_ref")),
    )
    with op.batch_alter_table("transfer_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_session_giver_id"), ["giver_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_session_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_session_method_id"), ["method_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_transfer_session_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "level_verification",
        sa.Column("receiver_id", sa.String(length=32), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("method", sa.String(length=32), nullable=True),
        sa.Column("verifier_id", sa.String(length=32), nullable=True),
        sa.Column("witness_id", sa.String(length=32), nullable=True),
        sa.Column("questions", sa.Text(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("pass_mark", sa.Double(), nullable=True),
        sa.Column("result", sa.String(length=32), nullable=False),
        sa.Column("level", sa.String(length=32), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(length=300), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_level_verification_project_id")),
        sa.ForeignKeyConstraint(
            ["receiver_id"], ["knowledge_receiver.id"], name=op.f("fk_level_verification_receiver_id")
        ),
        sa.ForeignKeyConstraint(["verifier_id"], ["person.id"], name=op.f("fk_level_verification_verifier_id")),
        sa.ForeignKeyConstraint(["witness_id"], ["person.id"], name=op.f("fk_level_verification_witness_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level_verification")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_level_verification_project_id_ref")),
    )
    with op.batch_alter_table("level_verification", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_level_verification_project_id_deleted_at_id"),
            ["project_id", "deleted_at", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_level_verification_receiver_id"), ["receiver_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_level_verification_verifier_id"), ["verifier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_level_verification_witness_id"), ["witness_id"], unique=False)

    op.create_table(
        "session_attendance",
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("level", sa.String(length=32), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_attendance_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_session_attendance_project_id")),
        sa.ForeignKeyConstraint(["session_id"], ["transfer_session.id"], name=op.f("fk_session_attendance_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_attendance")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_session_attendance_project_id_ref")),
    )
    with op.batch_alter_table("session_attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_attendance_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_session_attendance_project_id_deleted_at_id"),
            ["project_id", "deleted_at", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_session_attendance_session_id"), ["session_id"], unique=False)

    with op.batch_alter_table("knowledge_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("about", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("written", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("method_id", sa.String(length=32), nullable=True))
        batch_op.create_index(batch_op.f("ix_knowledge_item_method_id"), ["method_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_knowledge_item_method_id"), "pick", ["method_id"], ["id"])
        batch_op.drop_column("method")

    part_items(UpgradeWork(op.get_bind()), items)
