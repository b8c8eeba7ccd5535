"""What the program counts for criteria: what is open of training, parameters, runs and the like in their systems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from handover.model.acceptance.data_move import DataMove
from handover.model.acceptance.parameter import AcceptanceParameter
from handover.model.acceptance.rectification import Rectification
from handover.model.acceptance.trial import Trial
from handover.model.base import Row
from handover.model.documents.document import Document
from handover.model.knowledge.item import KnowledgeItem
from handover.model.learning.training import TrainingCourse, TrainingRecord
from handover.model.learning.written import OperatingProcedure
from handover.model.punch import Punch
from handover.model.readiness.criterion import Criterion
from handover.model.readiness.emergency_plan import EmergencyPlan
from handover.model.readiness.feedback import OperatorFeedback
from handover.model.readiness.spare import SparePart
from handover.model.running.run import ProvingRun
from handover.model.standing import blocking
from handover.model.system import System
from handover.store.worked_out import Facts

#: Of a system, None for what names none.
_BySystem = Mapping[str | None, int]


def criterion_facts(connection: Connection, project_id: str) -> Facts:
    """For each criterion that counts something: how many rows of it are open."""
    of = Criterion
    asked = connection.execute(
        select(of.id, of.counted, of.system_id).where(
            of.project_id == project_id, of.deleted_at.is_(None), of.counted.is_not(None)
        )
    ).all()
    if not asked:
        return {}
    counts = {what: _counted(connection, project_id, what) for what in {row.counted for row in asked}}
    below = _below(connection, project_id) if any(row.system_id for row in asked) else {}
    proven = _with_runs_passed(connection, project_id) if "runs" in counts else frozenset()
    found = {}
    for row in asked:
        here = None if row.system_id is None else below.get(row.system_id, {row.system_id})
        n = sum(count for system, count in counts[row.counted].items() if here is None or system in here)
        if row.counted == "runs" and not n and not any(here is None or system in here for system in proven):
            n = 1  # a run that nobody has planned has proven nothing
        found[row.id] = (n,)
    return found


def _with_runs_passed(connection: Connection, project_id: str) -> frozenset[str | None]:
    """The systems of which a run has passed; None where a run names none."""
    of = ProvingRun
    here = (of.project_id == project_id, of.deleted_at.is_(None), of.proven())
    return frozenset(connection.execute(select(of.system_id).where(*here)).scalars())


def _counted(connection: Connection, project_id: str, what: str) -> _BySystem:
    """How many rows are open of something that is counted, by their systems."""
    if what == "training":
        of = TrainingRecord
        query = (
            select(TrainingCourse.system_id, func.count(of.id))
            .join(TrainingCourse, TrainingCourse.id == of.course_id)
            .where(of.project_id == project_id, of.deleted_at.is_(None), of.requirement == "R", of.open(),
                   TrainingCourse.deleted_at.is_(None))
            .group_by(TrainingCourse.system_id)
        )  # fmt: skip
    else:
        model, condition = _open_rows(what)
        query = (
            select(model.system_id, func.count(model.id))
            .where(model.project_id == project_id, model.deleted_at.is_(None), condition)
            .group_by(model.system_id)
        )
    return {row[0]: int(row[1]) for row in connection.execute(query)}


def _open_rows(what: str) -> tuple[Any, ColumnElement[bool]]:  # Any: a model with systems
    found: dict[str, tuple[type[Row], ColumnElement[bool]]] = {
        "knowledge": (KnowledgeItem, KnowledgeItem.critical()),
        "sops": (OperatingProcedure, OperatingProcedure.open()),
        "documents": (Document, Document.blocking()),
        "punches": (Punch, Punch.blocking()),
        "spares": (SparePart, SparePart.short()),
        "emergency_plans": (EmergencyPlan, EmergencyPlan.open()),
        "feedback": (OperatorFeedback, OperatorFeedback.dangers()),
        "parameters": (AcceptanceParameter, blocking(AcceptanceParameter)),
        "rectifications": (Rectification, Rectification.open()),
        "tests": (Trial, Trial.blocking()),
        "migrations": (DataMove, DataMove.open()),
        "runs": (ProvingRun, ProvingRun.blocking()),
    }
    return found[what]


def _below(connection: Connection, project_id: str) -> dict[str, set[str]]:
    """Each system with all that is below it."""
    rows = connection.execute(
        select(System.id, System.parent_id).where(System.project_id == project_id, System.deleted_at.is_(None))
    ).all()
    children: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.parent_id:
            children[row.parent_id].append(row.id)
    found: dict[str, set[str]] = {}
    for row in rows:
        reached: set[str] = set()
        waiting = [row.id]
        while waiting:
            key = waiting.pop()
            if key not in reached:
                reached.add(key)
                waiting.extend(children[key])
        found[row.id] = reached
    return found
