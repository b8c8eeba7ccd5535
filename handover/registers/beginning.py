"""A project as it begins."""

from __future__ import annotations

from handover.model.project import Project
from handover.registers.pick_acts import begin_lists
from handover.store.work import UnitOfWork


def add_project(work: UnitOfWork, project: Project) -> Project:
    """Take in a new project with what each begins with: the lists of a process plant; it is the one in hand then."""
    work.add(project)
    work.project_id = project.id
    begin_lists(work)
    return project
