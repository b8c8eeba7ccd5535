"""The run that somebody means: by its reference or its name, in one project or in all of a workspace."""

from __future__ import annotations

from sqlalchemy import Connection, func, or_, select

from handover.errors import NotFound, NotValid
from handover.i18n import N_
from handover.model.project import Project
from handover.model.running.run import ProvingRun


def run_named(connection: Connection, text: str, project_id: str | None = None) -> str:
    """The key of a run.

    Raises:
        NotFound: there is none; NotValid: several are called so.
    """
    wanted = text.strip()
    called = or_(ProvingRun.ref == wanted.upper(), func.lower(ProvingRun.name) == wanted.lower())
    asked = (
        select(ProvingRun.id, ProvingRun.ref, ProvingRun.name, Project.code)
        .join(Project, Project.id == ProvingRun.project_id)
        .where(called, ProvingRun.deleted_at.is_(None), Project.deleted_at.is_(None))
        .order_by(Project.code, ProvingRun.ref)
    )
    if project_id is not None:
        asked = asked.where(ProvingRun.project_id == project_id)
    found = connection.execute(asked).all()
    if not found:
        raise NotFound(N_("There is no run {text}. Name it by its reference, such as RUN-0001."), text=wanted)
    if len(found) > 1:
        names = ", ".join(f"{row.ref} {row.name} ({row.code})" for row in found[:4])
        raise NotValid(N_("Several runs are called {text}: {names}. Name the project, too."), text=wanted, names=names)
    return str(found[0].id)
