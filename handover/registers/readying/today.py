"""What of readiness is on today: passes that lapse with their conditions, reviews ahead, plans and drills due."""

from __future__ import annotations

from functools import partial

from sqlalchemy import select

from handover.i18n import N_
from handover.model.gate import Gate
from handover.model.readiness.condition import GateCondition
from handover.model.readiness.drill import EmergencyDrill
from handover.model.readiness.emergency_plan import EmergencyPlan
from handover.registers.figures.running_out import RunsOut, running_out


def _of_plan() -> object:
    named = select(EmergencyPlan.title).where(EmergencyPlan.id == EmergencyDrill.plan_id)
    return named.correlate(EmergencyDrill).scalar_subquery()


gates_today = partial(running_out, (
    RunsOut("conditions", "ran_out", N_("Condition ran out, the pass has lapsed"), GateCondition,
            lambda: GateCondition.title, lambda: GateCondition.due_on, "danger",
            lambda: GateCondition.open() & GateCondition.of_decisions()),
    RunsOut("conditions", "due_soon", N_("Condition runs out, the pass lapses"), GateCondition,
            lambda: GateCondition.title, lambda: GateCondition.due_on, among=GateCondition.of_decisions),
    RunsOut("gates", "due_soon", N_("Review of a gate"), Gate, lambda: Gate.name, lambda: Gate.review_on, "info",
            lambda: ~Gate.let_through()),
))  # fmt: skip

emergency_today = partial(running_out, (
    RunsOut("emergency-plans", "undrilled", N_("Emergency plan not drilled in time"), EmergencyPlan,
            lambda: EmergencyPlan.title, lambda: EmergencyPlan.act_by, "danger"),
    RunsOut("emergency-plans", "running_out", N_("Emergency plan to be drilled again"), EmergencyPlan,
            lambda: EmergencyPlan.title, lambda: EmergencyPlan.act_by),
    RunsOut("drills", "overdue", N_("Drill overdue"), EmergencyDrill, _of_plan,
            lambda: EmergencyDrill.planned_on, "danger"),
    RunsOut("drills", "due_soon", N_("Drill planned"), EmergencyDrill, _of_plan,
            lambda: EmergencyDrill.planned_on, "info"),
))  # fmt: skip
