"""A page of the window: what the frame needs of it, and nothing more.

A page is made in ``ui.pages.factories`` and lives for one project of one workspace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from sqlalchemy import Connection

from handover.i18n import tr
from handover.jobs import Progress
from handover.registers.colouring import ToldRule
from handover.registers.declare import Field, Register
from handover.registers.query import Query
from ui.shell.context import Context, ProjectInHand

T = TypeVar("T")

__all__ = ["Context", "Page", "ProjectInHand", "RowsAsShown"]


@dataclass(frozen=True, slots=True)
class RowsAsShown:
    """The rows of a register as a page shows them: which, in what order and colours, with which columns."""

    register: Register
    query: Query
    fields: tuple[Field, ...]
    rules: tuple[ToldRule, ...] = ()


def kept_place(value: Any) -> int:  # Any: what JSON can hold
    """A place on a scroll bar as it was kept, within what Qt can count; TypeError or ValueError for no number."""
    return max(-1, min(int(value), 2**31 - 1))


class Page(QWidget):
    """What stands in the middle of the window.

    Attributes:
        key: the page's key in the catalogue; a register page's is its register's key.
        icon: a name of ``ui.theme.icons``.

    Signals:
        outdated: the page wants to be made anew with the state that it has.
        actions_changed: ``page_actions`` gives others than before.
        unsaved_changed: ``unsaved`` says something else than before.
        summary_changed: a sentence for the right of the status bar: counts, sums of a selection.
    """

    key: str = ""
    icon: str = "table"

    outdated = Signal()
    actions_changed = Signal()
    unsaved_changed = Signal()
    summary_changed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._asked = 0

    def read(self, function: Callable[[Connection], T], show: Callable[[T], None]) -> None:
        """Read from the workspace off the window's thread and ``show`` what came; only the latest answer is shown.

        ``show`` must be a method of this page: it is not called once the page is gone.
        """
        workspace = self.context.workspace
        self._asked += 1
        number = self._asked

        def work(_progress: Progress) -> tuple[int, Callable[[T], None], T]:
            with workspace.read() as connection:
                return number, show, function(connection)

        self.context.run_job(tr("Reading"), work, background=True).done.connect(self._answered)

    @Slot(object)
    def _answered(self, answer: tuple[int, Callable[[Any], None], Any]) -> None:  # Any: what the function gave
        number, show, result = answer
        if number == self._asked:
            show(result)

    def title(self) -> str:
        """The page's name in the language in force."""
        raise NotImplementedError

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        """Where the page stands (filter, sort, scroll, current row), for back and forward and the next start."""
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        """Go where ``state`` says; also called with what ``Context.go`` was given. Unknown keys are ignored."""

    def refresh(self, tables: frozenset[str]) -> None:
        """Rows of these tables changed. Called for the page in view at once, for others when they come into view."""

    def retranslate(self) -> None:
        """The language changed. Unless a page can do better, it is made anew with the state that it has."""
        self.outdated.emit()

    @property
    def can_find(self) -> bool:
        """Whether Ctrl+F does something here."""
        return type(self).find_here is not Page.find_here

    def find_here(self) -> None:
        """Ctrl+F: put the cursor into the page's own filter."""

    def page_actions(self) -> list[QAction]:
        """The page's actions, in the order of the toolbar; the palette and the Edit menu show them, too."""
        return []

    def row_actions(self) -> list[QAction]:
        """What can be done with the rows in hand beside ``page_actions``; the palette alone shows them."""
        return []

    def as_shown(self) -> RowsAsShown | None:
        """The rows in view, for printing and export as seen; None where the page shows those of no register."""
        return None

    def panes(self) -> list[QWidget]:
        """The parts of the page that F6 visits one after the other."""
        return [self]

    def unsaved(self) -> str:
        """What of the page is not stored because it was refused, in a sentence; empty where nothing is."""
        return ""

    def help_key(self) -> str:
        """Which page of the help F1 opens: ``resources/help/<language>/<key>.md``."""
        return self.key
