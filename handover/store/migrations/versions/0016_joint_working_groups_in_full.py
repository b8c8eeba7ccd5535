"""Joint working groups in full: meetings, decisions, actions, goals, secondments, stakeholders.

The shared goals of older workspaces become rows, the systems that a scope names become links.
"""

import sqlalchemy as sa
from alembic import op

from handover.store.upgrading.groups_apart import GroupTexts

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    texts = GroupTexts.read(op.get_bind())
    op.create_table(
        "stakeholder",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("side", sa.String(length=32), nullable=True),
        sa.Column("post", sa.String(length=200), nullable=True),
        sa.Column("interest", sa.Integer(), nullable=True),
        sa.Column("influence", sa.Integer(), nullable=True),
        sa.Column("attitude", sa.String(length=32), nullable=True),
        sa.Column("expects", sa.Text(), nullable=True),
        sa.Column("measures", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_stakeholder_organisation_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_stakeholder_owner_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stakeholder_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_stakeholder_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakeholder")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_stakeholder_project_id_ref")),
    )
    with op.batch_alter_table("stakeholder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stakeholder_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stakeholder_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stakeholder_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_stakeholder_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "communication",
        sa.Column("stakeholder_id", sa.String(length=32), nullable=True),
        sa.Column("audience", sa.String(length=200), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("how_often", sa.String(length=32), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=True),
        sa.Column("sender_id", sa.String(length=32), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_communication_project_id")),
        sa.ForeignKeyConstraint(["sender_id"], ["person.id"], name=op.f("fk_communication_sender_id")),
        sa.ForeignKeyConstraint(["stakeholder_id"], ["stakeholder.id"], name=op.f("fk_communication_stakeholder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communication")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_communication_project_id_ref")),
    )
    with op.batch_alter_table("communication", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_communication_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_communication_sender_id"), ["sender_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_communication_stakeholder_id"), ["stakeholder_id"], unique=False)

    op.create_table(
        "goal",
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("better", sa.String(length=32), nullable=True),
        sa.Column("target", sa.Double(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("counted", sa.String(length=80), nullable=True),
        sa.Column("project_owner_id", sa.String(length=32), nullable=True),
        sa.Column("operations_owner_id", sa.String(length=32), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_goal_group_id")),
        sa.ForeignKeyConstraint(["operations_owner_id"], ["person.id"], name=op.f("fk_goal_operations_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_goal_project_id")),
        sa.ForeignKeyConstraint(["project_owner_id"], ["person.id"], name=op.f("fk_goal_project_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_goal_project_id_ref")),
    )
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_goal_operations_owner_id"), ["operations_owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_goal_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_goal_project_owner_id"), ["project_owner_id"], unique=False)

    op.create_table(
        "group_system",
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("system_id", sa.String(length=32), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_group_system_group_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_group_system_project_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_group_system_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_system")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_group_system_project_id_ref")),
    )
    with op.batch_alter_table("group_system", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_system_group_id"), ["group_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_group_system_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_group_system_system_id"), ["system_id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("kind_id", sa.String(length=32), nullable=True),
        sa.Column("starts_at", sa.String(length=16), nullable=True),
        sa.Column("lasts", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("chair_id", sa.String(length=32), nullable=True),
        sa.Column("recorder_id", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("repeats", sa.String(length=32), nullable=True),
        sa.Column("follows_id", sa.String(length=32), nullable=True),
        sa.Column("minutes", sa.Text(), nullable=True),
        sa.Column("number", sa.String(length=100), nullable=True),
        sa.Column("issued_by_id", sa.String(length=32), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("corrected_because", sa.Text(), nullable=True),
        sa.Column("cancelled_because", sa.Text(), nullable=True),
        sa.Column("invitation", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["chair_id"], ["person.id"], name=op.f("fk_meeting_chair_id")),
        sa.ForeignKeyConstraint(["follows_id"], ["meeting.id"], name=op.f("fk_meeting_follows_id")),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_meeting_group_id")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["person.id"], name=op.f("fk_meeting_issued_by_id")),
        sa.ForeignKeyConstraint(["kind_id"], ["pick.id"], name=op.f("fk_meeting_kind_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_meeting_project_id")),
        sa.ForeignKeyConstraint(["recorder_id"], ["person.id"], name=op.f("fk_meeting_recorder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_meeting_project_id_ref")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_chair_id"), ["chair_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_follows_id"), ["follows_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_issued_by_id"), ["issued_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_kind_id"), ["kind_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_number"), ["number"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_meeting_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_meeting_recorder_id"), ["recorder_id"], unique=False)

    op.create_table(
        "secondment",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("lent_to", sa.String(length=32), nullable=True),
        sa.Column("group_id", sa.String(length=32), nullable=True),
        sa.Column("host_id", sa.String(length=32), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("share", sa.Double(), nullable=True),
        sa.Column("task", sa.Text(), nullable=True),
        sa.Column("shift", sa.String(length=60), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_secondment_group_id")),
        sa.ForeignKeyConstraint(["host_id"], ["person.id"], name=op.f("fk_secondment_host_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_secondment_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_secondment_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secondment")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_secondment_project_id_ref")),
    )
    with op.batch_alter_table("secondment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_secondment_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_secondment_host_id"), ["host_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_secondment_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_secondment_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "attendance",
        sa.Column("meeting_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("presence", sa.String(length=32), nullable=True),
        sa.Column("side", sa.String(length=32), nullable=True),
        sa.Column("signed", sa.Boolean(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_attendance_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_attendance_project_id_ref")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_attendance_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "decision",
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=True),
        sa.Column("meeting_id", sa.String(length=32), nullable=True),
        sa.Column("authority", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("scope", sa.String(length=300), nullable=True),
        sa.Column("options", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by_id", sa.String(length=32), nullable=True),
        sa.Column("countersigned_by_id", sa.String(length=32), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("supersedes_id", sa.String(length=32), nullable=True),
        sa.Column("stopped_at", sa.String(length=16), nullable=True),
        sa.Column("regularise_by", sa.String(length=16), nullable=True),
        sa.Column("regularised_by_id", sa.String(length=32), nullable=True),
        sa.Column("regularised_on", sa.Date(), nullable=True),
        sa.Column("lifted_by_id", sa.String(length=32), nullable=True),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_because", sa.Text(), nullable=True),
        sa.Column("void_because", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["countersigned_by_id"], ["person.id"], name=op.f("fk_decision_countersigned_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_decision_decided_by_id")),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_decision_group_id")),
        sa.ForeignKeyConstraint(["lifted_by_id"], ["person.id"], name=op.f("fk_decision_lifted_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_decision_meeting_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_decision_project_id")),
        sa.ForeignKeyConstraint(["regularised_by_id"], ["person.id"], name=op.f("fk_decision_regularised_by_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["decision.id"], name=op.f("fk_decision_supersedes_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_decision_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_decision_project_id_ref")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_countersigned_by_id"), ["countersigned_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_decided_by_id"), ["decided_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_lifted_by_id"), ["lifted_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_decision_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_decision_regularised_by_id"), ["regularised_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_supersedes_id"), ["supersedes_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_system_id"), ["system_id"], unique=False)

    op.create_table(
        "goal_figure",
        sa.Column("goal_id", sa.String(length=32), nullable=False),
        sa.Column("period_on", sa.Date(), nullable=True),
        sa.Column("actual", sa.Double(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_figure_goal_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_goal_figure_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_figure")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_goal_figure_project_id_ref")),
    )
    with op.batch_alter_table("goal_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_figure_goal_id"), ["goal_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_goal_figure_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "action",
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("side", sa.String(length=32), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("priority", sa.String(length=32), nullable=True),
        sa.Column("criterion", sa.Text(), nullable=True),
        sa.Column("group_id", sa.String(length=32), nullable=True),
        sa.Column("source", sa.String(length=32), nullable=True),
        sa.Column("meeting_id", sa.String(length=32), nullable=True),
        sa.Column("decision_id", sa.String(length=32), nullable=True),
        sa.Column("punch_id", sa.String(length=32), nullable=True),
        sa.Column("gate_id", sa.String(length=32), nullable=True),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("raised_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("done_by_id", sa.String(length=32), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("verified_by_id", sa.String(length=32), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("rejected_because", sa.Text(), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=True),
        sa.Column("cancelled_because", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_action_decision_id")),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name=op.f("fk_action_done_by_id")),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_action_gate_id")),
        sa.ForeignKeyConstraint(["group_id"], ["working_group.id"], name=op.f("fk_action_group_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_action_meeting_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_action_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_action_project_id")),
        sa.ForeignKeyConstraint(["punch_id"], ["punch.id"], name=op.f("fk_action_punch_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_action_system_id")),
        sa.ForeignKeyConstraint(["verified_by_id"], ["person.id"], name=op.f("fk_action_verified_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_action_project_id_ref")),
    )
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_done_by_id"), ["done_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_gate_id"), ["gate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_action_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_action_punch_id"), ["punch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_system_id"), ["system_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_verified_by_id"), ["verified_by_id"], unique=False)

    op.create_table(
        "agenda_item",
        sa.Column("meeting_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("topic", sa.String(length=500), nullable=False),
        sa.Column("presenter_id", sa.String(length=32), nullable=True),
        sa.Column("lasts", sa.Integer(), nullable=True),
        sa.Column("action_id", sa.String(length=32), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_agenda_item_action_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id")),
        sa.ForeignKeyConstraint(["presenter_id"], ["person.id"], name=op.f("fk_agenda_item_presenter_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_agenda_item_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_agenda_item_project_id_ref")),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_item_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_item_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_item_presenter_id"), ["presenter_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_agenda_item_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "secondment_cover",
        sa.Column("secondment_id", sa.String(length=32), nullable=False),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("item", sa.String(length=300), nullable=True),
        sa.Column("knowledge_id", sa.String(length=32), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["knowledge_id"], ["knowledge_item.id"], name=op.f("fk_secondment_cover_knowledge_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_secondment_cover_project_id")),
        sa.ForeignKeyConstraint(["secondment_id"], ["secondment.id"], name=op.f("fk_secondment_cover_secondment_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_secondment_cover_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secondment_cover")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_secondment_cover_project_id_ref")),
    )
    with op.batch_alter_table("secondment_cover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_secondment_cover_knowledge_id"), ["knowledge_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_secondment_cover_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_secondment_cover_secondment_id"), ["secondment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_secondment_cover_system_id"), ["system_id"], unique=False)

    with op.batch_alter_table("working_group", schema=None) as batch_op:
        batch_op.add_column(sa.Column("purpose", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("regularise_within", sa.Integer(), nullable=True))
        batch_op.drop_column("shared_goals")
    texts.apart(op.get_bind())
