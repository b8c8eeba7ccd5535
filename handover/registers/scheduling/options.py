"""How the plan of a project is scheduled: from when, up to which data date, what counts as critical."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, select

from handover.errors import NotValid
from handover.i18n import N_
from handover.model.project import Project
from handover.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """The fields of the project that steer its schedule; see ``Project`` and ``handover.plan.values.Plan``.

    Args:
        critical_float: minutes of total float up to which a task is critical.
    """

    plan_start: dt.datetime | None = None
    data_date: dt.datetime | None = None
    critical_float: int = 0
    from_finish: bool = False
    plan_finish: dt.datetime | None = None
    links_win: bool = False
    open_ends_critical: bool = False


def read(connection: Connection, project_id: str) -> PlanOptions:
    """How a project is scheduled."""
    names = PlanOptions.__dataclass_fields__
    row = connection.execute(select(*(getattr(Project, name) for name in names)).where(Project.id == project_id)).one()
    found = dict(zip(names, row, strict=True))
    for name in ("critical_float", "from_finish", "links_win", "open_ends_critical"):
        found[name] = found[name] or PlanOptions.__dataclass_fields__[name].default
    return PlanOptions(**found)


def save(workspace: Workspace, project_id: str, options: PlanOptions) -> None:
    """Schedule a project so from now on, in one act. Raises NotValid where it ends on no day or before it starts."""
    if options.from_finish and options.plan_finish is None:
        raise NotValid(N_("Give the day from which the plan is scheduled back."), field="plan_finish")
    if options.plan_start and options.plan_finish and options.plan_finish < options.plan_start:
        raise NotValid(N_("It finishes before it starts."), field="plan_finish")
    with workspace.edit(N_("Change how the plan is scheduled"), project=project_id) as work:
        project = work.get(Project, project_id)
        for name, value in asdict(options).items():
            setattr(project, name, None if value in (False, 0) else value)
