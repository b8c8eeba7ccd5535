"""What each gate still lacks: the documents that are required for its milestone and aren't held as required."""

from __future__ import annotations

from sqlalchemy import Connection, and_, case, func, select

from handover.model.documents.document import Document
from handover.model.documents.held_status import falls_short
from handover.model.documents.requirement import Asking, Requirement
from handover.model.gate import Gate
from handover.model.milestone import Milestone
from handover.store.worked_out import Facts


def gate_facts(connection: Connection, project_id: str) -> Facts:
    """For each gate with a milestone for which documents are missing, or held with the wrong status: how many of each,
    and the milestone; as ``MissingAtGate`` reads it."""
    gates = connection.execute(
        select(Gate.id, Gate.milestone_id, Milestone.name)
        .join(Milestone, Milestone.id == Gate.milestone_id)
        .where(Gate.project_id == project_id, Gate.deleted_at.is_(None), Milestone.deleted_at.is_(None))
    ).all()
    lacking = _lacking(connection, project_id, {row.milestone_id for row in gates}) if gates else {}
    return {
        row.id: (f"{lacking[row.milestone_id][0]}|{lacking[row.milestone_id][1]}|{row.name}",)
        for row in gates
        if any(lacking.get(row.milestone_id, ()))
    }


def _lacking(connection: Connection, project_id: str, milestones: set[str]) -> dict[str, tuple[int, int]]:
    """How many documents are missing at milestones, and how many are held with the wrong status."""
    of, asking = Document, Asking(Document)
    short = and_(of.accepted(), falls_short(of.purpose, Requirement.required_status))
    query = (
        select(
            Requirement.required_for_id,
            func.count(case((~of.accepted(), of.id)).distinct()),
            func.count(case((short, of.id)).distinct()),
        )
        .select_from(asking.joined(of).join(Requirement, asking.condition))
        .where(
            of.project_id == project_id,
            of.deleted_at.is_(None),
            of.status.not_in(("superseded", "cancelled")),
            Requirement.mandatory.is_not(False),
            Requirement.required_for_id.in_(sorted(milestones)),
        )
        .group_by(Requirement.required_for_id)
    )
    return {str(row[0]): (row[1], row[2]) for row in connection.execute(query)}
