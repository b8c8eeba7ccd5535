"""Proving runs with their logs and rules, the ramp-up, and the cutover: waves, steps, ways back, rehearsals."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "run_rules",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("clause", sa.String(length=200), nullable=True),
        sa.Column("required", sa.String(length=40), nullable=True),
        sa.Column("effect_contractor", sa.String(length=32), nullable=True),
        sa.Column("effect_owner", sa.String(length=32), nullable=True),
        sa.Column("effect_external", sa.String(length=32), nullable=True),
        sa.Column("effect_planned", sa.String(length=32), nullable=True),
        sa.Column("least_load", sa.Double(), nullable=True),
        sa.Column("back_to_phase", sa.Boolean(), nullable=True),
        sa.Column("most_interruptions", sa.Integer(), nullable=True),
        sa.Column("longest_hours", sa.Double(), nullable=True),
        sa.Column("most_hours", sa.Double(), nullable=True),
        sa.Column("clear_last_hours", sa.Double(), nullable=True),
        sa.Column("most_repeats", sa.Integer(), nullable=True),
        sa.Column("most_resets", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_run_rules_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_rules")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_run_rules_project_id_ref")),
    )
    with op.batch_alter_table("run_rules", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_run_rules_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )

    op.create_table(
        "cutover_wave",
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("share", sa.Double(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("planned_start", sa.String(length=22), nullable=True),
        sa.Column("back_by", sa.String(length=22), nullable=True),
        sa.Column("lead_id", sa.String(length=32), nullable=True),
        sa.Column("operations_lead_id", sa.String(length=32), nullable=True),
        sa.Column("criteria", sa.Text(), nullable=True),
        sa.Column("started_at", sa.String(length=22), nullable=True),
        sa.Column("finished_at", sa.String(length=22), nullable=True),
        sa.Column("verified_by_id", sa.String(length=32), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("rolled_back_because", sa.Text(), nullable=True),
        sa.Column("void_because", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["person.id"], name=op.f("fk_cutover_wave_lead_id")),
        sa.ForeignKeyConstraint(["operations_lead_id"], ["person.id"], name=op.f("fk_cutover_wave_operations_lead_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_cutover_wave_project_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_cutover_wave_system_id")),
        sa.ForeignKeyConstraint(["verified_by_id"], ["person.id"], name=op.f("fk_cutover_wave_verified_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cutover_wave")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_cutover_wave_project_id_ref")),
    )
    with op.batch_alter_table("cutover_wave", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cutover_wave_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cutover_wave_operations_lead_id"), ["operations_lead_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_cutover_wave_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_cutover_wave_system_id"), ["system_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cutover_wave_verified_by_id"), ["verified_by_id"], unique=False)

    op.create_table(
        "proving_run",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("rules_id", sa.String(length=32), nullable=True),
        sa.Column("required", sa.String(length=40), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("planned_start", sa.String(length=22), nullable=True),
        sa.Column("started_at", sa.String(length=22), nullable=True),
        sa.Column("ended_at", sa.String(length=22), nullable=True),
        sa.Column("leader_id", sa.String(length=32), nullable=True),
        sa.Column("operations_lead_id", sa.String(length=32), nullable=True),
        sa.Column("contractor_id", sa.String(length=32), nullable=True),
        sa.Column("conditions", sa.Text(), nullable=True),
        sa.Column("decided_by_id", sa.String(length=32), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("failed_because", sa.Text(), nullable=True),
        sa.Column("void_because", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["contractor_id"], ["organisation.id"], name=op.f("fk_proving_run_contractor_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_proving_run_decided_by_id")),
        sa.ForeignKeyConstraint(["leader_id"], ["person.id"], name=op.f("fk_proving_run_leader_id")),
        sa.ForeignKeyConstraint(["operations_lead_id"], ["person.id"], name=op.f("fk_proving_run_operations_lead_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_proving_run_project_id")),
        sa.ForeignKeyConstraint(["rules_id"], ["run_rules.id"], name=op.f("fk_proving_run_rules_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_proving_run_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proving_run")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_proving_run_project_id_ref")),
    )
    with op.batch_alter_table("proving_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proving_run_contractor_id"), ["contractor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proving_run_decided_by_id"), ["decided_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proving_run_leader_id"), ["leader_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proving_run_operations_lead_id"), ["operations_lead_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_proving_run_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_proving_run_rules_id"), ["rules_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proving_run_system_id"), ["system_id"], unique=False)

    op.create_table(
        "ramp_up",
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("product", sa.String(length=200), nullable=True),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("target", sa.Double(), nullable=True),
        sa.Column("actual", sa.Double(), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_ramp_up_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_ramp_up_project_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_ramp_up_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ramp_up")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_ramp_up_project_id_ref")),
    )
    with op.batch_alter_table("ramp_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ramp_up_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_ramp_up_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_ramp_up_system_id"), ["system_id"], unique=False)

    op.create_table(
        "cutover_step",
        sa.Column("wave_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("deputy_id", sa.String(length=32), nullable=True),
        sa.Column("planned_minutes", sa.Integer(), nullable=True),
        sa.Column("real_minutes", sa.Integer(), nullable=True),
        sa.Column("together", sa.Boolean(), nullable=True),
        sa.Column("no_return", sa.Boolean(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("started_at", sa.String(length=22), nullable=True),
        sa.Column("finished_at", sa.String(length=22), nullable=True),
        sa.Column("check", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("skipped_because", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name=op.f("fk_cutover_step_deputy_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_cutover_step_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_cutover_step_project_id")),
        sa.ForeignKeyConstraint(["wave_id"], ["cutover_wave.id"], name=op.f("fk_cutover_step_wave_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cutover_step")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_cutover_step_project_id_ref")),
    )
    with op.batch_alter_table("cutover_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cutover_step_deputy_id"), ["deputy_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cutover_step_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_cutover_step_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_cutover_step_wave_id"), ["wave_id"], unique=False)

    op.create_table(
        "rollback_plan",
        sa.Column("wave_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=True),
        sa.Column("steps", sa.Text(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("decided_by_id", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("approved_by_id", sa.String(length=32), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("void_because", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_rollback_plan_approved_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_rollback_plan_decided_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_rollback_plan_project_id")),
        sa.ForeignKeyConstraint(["wave_id"], ["cutover_wave.id"], name=op.f("fk_rollback_plan_wave_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rollback_plan")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_rollback_plan_project_id_ref")),
    )
    with op.batch_alter_table("rollback_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rollback_plan_approved_by_id"), ["approved_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rollback_plan_decided_by_id"), ["decided_by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_rollback_plan_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_rollback_plan_wave_id"), ["wave_id"], unique=False)

    op.create_table(
        "run_interruption",
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("from_at", sa.String(length=22), nullable=False),
        sa.Column("to_at", sa.String(length=22), nullable=True),
        sa.Column("cause", sa.String(length=500), nullable=False),
        sa.Column("item", sa.String(length=100), nullable=True),
        sa.Column("attribution", sa.String(length=32), nullable=True),
        sa.Column("effect", sa.String(length=32), nullable=True),
        sa.Column("shift", sa.String(length=40), nullable=True),
        sa.Column("logged_by_id", sa.String(length=32), nullable=True),
        sa.Column("agreed_by", sa.String(length=200), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["logged_by_id"], ["person.id"], name=op.f("fk_run_interruption_logged_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_run_interruption_project_id")),
        sa.ForeignKeyConstraint(["run_id"], ["proving_run.id"], name=op.f("fk_run_interruption_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_interruption")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_run_interruption_project_id_ref")),
    )
    with op.batch_alter_table("run_interruption", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_interruption_logged_by_id"), ["logged_by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_run_interruption_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_run_interruption_run_id"), ["run_id"], unique=False)

    op.create_table(
        "run_segment",
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("from_at", sa.String(length=22), nullable=False),
        sa.Column("to_at", sa.String(length=22), nullable=True),
        sa.Column("load", sa.Double(), nullable=True),
        sa.Column("shift", sa.String(length=40), nullable=True),
        sa.Column("logged_by_id", sa.String(length=32), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["logged_by_id"], ["person.id"], name=op.f("fk_run_segment_logged_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_run_segment_project_id")),
        sa.ForeignKeyConstraint(["run_id"], ["proving_run.id"], name=op.f("fk_run_segment_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_segment")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_run_segment_project_id_ref")),
    )
    with op.batch_alter_table("run_segment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_segment_logged_by_id"), ["logged_by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_run_segment_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_run_segment_run_id"), ["run_id"], unique=False)

    op.create_table(
        "cutover_rehearsal",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("wave_id", sa.String(length=32), nullable=True),
        sa.Column("rollback_plan_id", sa.String(length=32), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("lead_id", sa.String(length=32), nullable=True),
        sa.Column("participants", sa.Text(), nullable=True),
        sa.Column("result", sa.String(length=32), nullable=True),
        sa.Column("findings", sa.Text(), nullable=True),
        sa.Column("action_id", sa.String(length=32), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_cutover_rehearsal_action_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["person.id"], name=op.f("fk_cutover_rehearsal_lead_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_cutover_rehearsal_project_id")),
        sa.ForeignKeyConstraint(
            ["rollback_plan_id"], ["rollback_plan.id"], name=op.f("fk_cutover_rehearsal_rollback_plan_id")
        ),
        sa.ForeignKeyConstraint(["wave_id"], ["cutover_wave.id"], name=op.f("fk_cutover_rehearsal_wave_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cutover_rehearsal")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_cutover_rehearsal_project_id_ref")),
    )
    with op.batch_alter_table("cutover_rehearsal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cutover_rehearsal_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cutover_rehearsal_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_cutover_rehearsal_project_id_deleted_at_id"),
            ["project_id", "deleted_at", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_cutover_rehearsal_rollback_plan_id"), ["rollback_plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cutover_rehearsal_wave_id"), ["wave_id"], unique=False)
