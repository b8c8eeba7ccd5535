"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("project_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("label_values", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("below", sa.Integer(), nullable=True),
        sa.Column("redo_below", sa.Integer(), nullable=True),
        sa.Column("undo_top", sa.Integer(), nullable=True),
        sa.Column("redo_top", sa.Integer(), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
    )
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_act_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_act_project_id"), ["project_id"], unique=False)

    op.create_table(
        "counter",
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.Column("prefix", sa.String(length=8), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("project_id", "prefix", name=op.f("pk_counter")),
    )
    op.create_table(
        "project",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("client", sa.String(length=200), nullable=True),
        sa.Column("contractor", sa.String(length=200), nullable=True),
        sa.Column("commissioning", sa.String(length=200), nullable=True),
        sa.Column("operator", sa.String(length=200), nullable=True),
        sa.Column("site", sa.String(length=200), nullable=True),
        sa.Column("manager", sa.String(length=100), nullable=True),
        sa.Column("operations_manager", sa.String(length=100), nullable=True),
        sa.Column("chief_engineer", sa.String(length=100), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("planned_handover", sa.Date(), nullable=True),
        sa.Column("forecast_handover", sa.Date(), nullable=True),
        sa.Column("actual_handover", sa.Date(), nullable=True),
        sa.Column("window_from", sa.Date(), nullable=True),
        sa.Column("window_to", sa.Date(), nullable=True),
        sa.Column("cost_of_delay", sa.String(length=200), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("code", name=op.f("uq_project_code")),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("tbl", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.String(length=32), nullable=False),
        sa.Column("op", sa.String(length=6), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_change_act_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_act_id"), ["act_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_change_row_id_act_id"), ["row_id", "act_id"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=True),
        sa.Column("side", sa.String(length=32), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_organisation_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_organisation_project_id_ref")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "person",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("side", sa.String(length=32), nullable=True),
        sa.Column("post", sa.String(length=100), nullable=True),
        sa.Column("discipline", sa.String(length=60), nullable=True),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("email", sa.String(length=120), nullable=True),
        sa.Column("shift", sa.String(length=60), nullable=True),
        sa.Column("leaves_on", sa.Date(), nullable=True),
        sa.Column("retention_risk", sa.String(length=32), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_person_organisation_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_person_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_person_project_id_ref")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_person_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "system",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("parent_id", sa.String(length=32), nullable=True),
        sa.Column("level", sa.String(length=32), nullable=True),
        sa.Column("area", sa.String(length=100), nullable=True),
        sa.Column("discipline", sa.String(length=60), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=True),
        sa.Column("criticality", sa.String(length=32), nullable=True),
        sa.Column("engineering_lead_id", sa.String(length=32), nullable=True),
        sa.Column("operations_lead_id", sa.String(length=32), nullable=True),
        sa.Column("custody", sa.String(length=32), nullable=False),
        sa.Column("planned_rfc", sa.Date(), nullable=True),
        sa.Column("actual_rfc", sa.Date(), nullable=True),
        sa.Column("planned_rfo", sa.Date(), nullable=True),
        sa.Column("forecast_rfo", sa.Date(), nullable=True),
        sa.Column("actual_rfo", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["engineering_lead_id"], ["person.id"], name=op.f("fk_system_engineering_lead_id")),
        sa.ForeignKeyConstraint(["operations_lead_id"], ["person.id"], name=op.f("fk_system_operations_lead_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["system.id"], name=op.f("fk_system_parent_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_system_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_system")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_system_project_id_ref")),
    )
    with op.batch_alter_table("system", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_system_engineering_lead_id"), ["engineering_lead_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_system_operations_lead_id"), ["operations_lead_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_system_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_system_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "working_group",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("charter", sa.Text(), nullable=True),
        sa.Column("shared_goals", sa.Text(), nullable=True),
        sa.Column("sponsor_id", sa.String(length=32), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("dissolves_when", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_working_group_project_id")),
        sa.ForeignKeyConstraint(["sponsor_id"], ["person.id"], name=op.f("fk_working_group_sponsor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_group")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_working_group_project_id_ref")),
    )
    with op.batch_alter_table("working_group", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_working_group_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_working_group_sponsor_id"), ["sponsor_id"], unique=False)

    op.create_table(
        "document",
        sa.Column("number", sa.String(length=100), nullable=True),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("discipline", sa.String(length=60), nullable=True),
        sa.Column("doc_type", sa.String(length=100), nullable=True),
        sa.Column("revision", sa.String(length=20), nullable=True),
        sa.Column("revision_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=True),
        sa.Column("mandatory", sa.Boolean(), nullable=True),
        sa.Column("originator_id", sa.String(length=32), nullable=True),
        sa.Column("holder_id", sa.String(length=32), nullable=True),
        sa.Column("receiver_id", sa.String(length=32), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("medium", sa.String(length=32), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=40), nullable=True),
        sa.Column("confidentiality", sa.String(length=32), nullable=True),
        sa.Column("location", sa.String(length=200), nullable=True),
        sa.Column("required_for", sa.String(length=100), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["holder_id"], ["person.id"], name=op.f("fk_document_holder_id")),
        sa.ForeignKeyConstraint(["originator_id"], ["organisation.id"], name=op.f("fk_document_originator_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_document_project_id")),
        sa.ForeignKeyConstraint(["receiver_id"], ["person.id"], name=op.f("fk_document_receiver_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_document_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_document_project_id_ref")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_holder_id"), ["holder_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_originator_id"), ["originator_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_document_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_document_receiver_id"), ["receiver_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_system_id"), ["system_id"], unique=False)

    op.create_table(
        "member",
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("side", sa.String(length=32), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=True),
        sa.Column("allocation", sa.Double(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("replaces_id", sa.String(length=32), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_member_group_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_member_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_member_project_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["person.id"], name=op.f("fk_member_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_member_project_id_ref")),
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_member_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_member_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_member_replaces_id"), ["replaces_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("wbs", sa.String(length=60), nullable=True),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("parent_id", sa.String(length=32), nullable=True),
        sa.Column("position", sa.Double(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("duration", sa.Integer(), nullable=True),
        sa.Column("elapsed", sa.Boolean(), nullable=True),
        sa.Column("estimated", sa.Boolean(), nullable=True),
        sa.Column("start", sa.String(length=16), nullable=True),
        sa.Column("finish", sa.String(length=16), nullable=True),
        sa.Column("actual_start", sa.String(length=16), nullable=True),
        sa.Column("actual_finish", sa.String(length=16), nullable=True),
        sa.Column("remaining", sa.Integer(), nullable=True),
        sa.Column("percent", sa.Double(), nullable=True),
        sa.Column("constraint", sa.String(length=32), nullable=True),
        sa.Column("constraint_at", sa.String(length=16), nullable=True),
        sa.Column("deadline", sa.String(length=16), nullable=True),
        sa.Column("inactive", sa.Boolean(), nullable=True),
        sa.Column("manual", sa.Boolean(), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("resources", sa.String(length=500), nullable=True),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("source_id", sa.String(length=60), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_task_owner_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["task.id"], name=op.f("fk_task_parent_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_task_project_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_task_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_task_project_id_ref")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_task_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_task_system_id"), ["system_id"], unique=False)

    op.create_table(
        "knowledge_item",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("criticality", sa.String(length=32), nullable=True),
        sa.Column("rarity", sa.String(length=32), nullable=True),
        sa.Column("attrition", sa.String(length=32), nullable=True),
        sa.Column("consequence", sa.Text(), nullable=True),
        sa.Column("documented", sa.Boolean(), nullable=True),
        sa.Column("document_id", sa.String(length=32), nullable=True),
        sa.Column("holder_id", sa.String(length=32), nullable=True),
        sa.Column("sole_holder", sa.Boolean(), nullable=True),
        sa.Column("holder_until", sa.Date(), nullable=True),
        sa.Column("receiver_id", sa.String(length=32), nullable=True),
        sa.Column("method", sa.String(length=32), nullable=True),
        sa.Column("baseline_level", sa.String(length=32), nullable=True),
        sa.Column("current_level", sa.String(length=32), nullable=True),
        sa.Column("target_level", sa.String(length=32), nullable=True),
        sa.Column("verified_level", sa.String(length=32), nullable=True),
        sa.Column("verified_by_id", sa.String(length=32), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verification", sa.String(length=32), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(length=300), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("required_for", sa.String(length=100), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("accepted_because", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_knowledge_item_document_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["person.id"], name=op.f("fk_knowledge_item_holder_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_knowledge_item_project_id")),
        sa.ForeignKeyConstraint(["receiver_id"], ["person.id"], name=op.f("fk_knowledge_item_receiver_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_knowledge_item_system_id")),
        sa.ForeignKeyConstraint(["verified_by_id"], ["person.id"], name=op.f("fk_knowledge_item_verified_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_knowledge_item")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_knowledge_item_project_id_ref")),
    )
    with op.batch_alter_table("knowledge_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_knowledge_item_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_knowledge_item_holder_id"), ["holder_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_knowledge_item_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_knowledge_item_receiver_id"), ["receiver_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_knowledge_item_system_id"), ["system_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_knowledge_item_verified_by_id"), ["verified_by_id"], unique=False)

    op.create_table(
        "task_link",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.Column("predecessor_id", sa.String(length=32), nullable=False),
        sa.Column("successor_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("lag", sa.Double(), nullable=False),
        sa.Column("lag_unit", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["predecessor_id"], ["task.id"], name=op.f("fk_task_link_predecessor_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_task_link_project_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["task.id"], name=op.f("fk_task_link_successor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_link")),
        sa.UniqueConstraint("predecessor_id", "successor_id", name=op.f("uq_task_link_predecessor_id_successor_id")),
    )
    with op.batch_alter_table("task_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_link_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_link_successor_id"), ["successor_id"], unique=False)
