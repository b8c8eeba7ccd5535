"""The domain: what is managed, its rules, and the acts that a manager performs.

Every module of the folder and of its rooms is loaded, so that the tables of none are forgotten.
"""

import importlib
import pkgutil

from handover.model.attachment import Attachment
from handover.model.base import Base, Problem, Row, moment_text, new_id
from handover.model.baseline import Baseline, BaselineTask, TaskLabour
from handover.model.calendar import CalendarDay, WorkCalendar
from handover.model.documents.document import Document
from handover.model.gate import Gate
from handover.model.group import Member, WorkingGroup
from handover.model.imports import ImportReport
from handover.model.knowledge.item import KnowledgeItem
from handover.model.milestone import Milestone
from handover.model.people import Organisation, Person
from handover.model.phase import Phase
from handover.model.picks.pick import Pick
from handover.model.project import Project
from handover.model.signatory import Signatory
from handover.model.system import System
from handover.model.task import Task, TaskLink

for _found in pkgutil.walk_packages(__path__, f"{__name__}."):
    importlib.import_module(_found.name)

__all__ = [
    "Attachment",
    "Base",
    "Baseline",
    "BaselineTask",
    "CalendarDay",
    "Document",
    "Gate",
    "ImportReport",
    "KnowledgeItem",
    "Member",
    "Milestone",
    "Organisation",
    "Person",
    "Phase",
    "Pick",
    "Problem",
    "Project",
    "Row",
    "Signatory",
    "System",
    "Task",
    "TaskLabour",
    "TaskLink",
    "WorkCalendar",
    "WorkingGroup",
    "moment_text",
    "new_id",
]
