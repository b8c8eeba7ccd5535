"""The areas of readiness, and the leads whom both sides answer for it with."""

from __future__ import annotations

from sqlalchemy.orm import Session

from handover.model.project import Project
from handover.model.teams.leads import upwards
from handover.model.vocabulary import Option, Vocabulary

#: 组织、人员、技术、物资、资金、外部条件: what preparation for production consists of, with the equipment itself.
AREA = Vocabulary(
    (
        Option("people", "People and organisation", aliases=("personnel", "people", "人员", "组织", "组织准备",
                                                             "人员准备")),
        Option("procedures", "Procedures and documents", aliases=("procedures", "技术", "技术准备", "文件")),
        Option("materials", "Materials and spare parts", aliases=("materials", "物资", "物资准备", "备件")),
        Option("equipment", "Equipment and systems", aliases=("equipment", "plant", "设备", "装置")),
        Option("programmes", "Programmes and rules", aliases=("programs", "programmes", "制度", "安全", "HSE")),
        Option("funds", "Funds", aliases=("funds", "finance", "资金", "资金准备")),
        Option("outside", "Conditions outside", aliases=("external", "outside", "外部条件", "外部")),
    )
)  # fmt: skip


def project_side(session: Session, project_id: str, system_id: str | None) -> frozenset[str]:
    """Who answers for the project side: the system's engineering lead, the project's manager and chief engineer."""
    project = session.get(Project, project_id)
    of_project = (project.manager_id, project.chief_engineer_id) if project is not None else ()
    return _named(*(system.engineering_lead_id for system in upwards(session, system_id)), *of_project)


def operations_side(session: Session, project_id: str, system_id: str | None) -> frozenset[str]:
    """Who answers for operations: the operations lead of the system, and the operations manager of the project."""
    project = session.get(Project, project_id)
    of_project = (project.operations_manager_id,) if project is not None else ()
    return _named(*(system.operations_lead_id for system in upwards(session, system_id)), *of_project)


def _named(*keys: str | None) -> frozenset[str]:
    return frozenset(key for key in keys if key)
