"""A workspace: one SQLite file with its units of work, change log, undo and integrity check."""

from handover.store.log import Act, Change
from handover.store.undo import redo, redo_label, undo, undo_label
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace

__all__ = ["Act", "Change", "UnitOfWork", "Workspace", "redo", "redo_label", "undo", "undo_label"]
