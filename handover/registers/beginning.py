"""A project as it begins."""

from __future__ import annotations

from handover.model.picks.templates import FIRST
from handover.model.project import Project
from handover.registers.pick_acts import begin_lists
from handover.store.work import UnitOfWork


def add_project(work: UnitOfWork, project: Project, lists: str = FIRST) -> Project:
    """Take in a new project with what each begins with; it is the one in hand then.

    Args:
        lists: the key of the industry whose pick lists it gets.
    """
    work.add(project)
    work.project_id = project.id
    begin_lists(work, lists)
    return project
