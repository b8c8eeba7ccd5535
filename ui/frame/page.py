"""A page of the window: what the frame needs of it, and nothing more.

A page is made by its factory in ``ui.pages.catalogue`` and lives for one project of one workspace.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui.frame.context import Context, ProjectInHand

__all__ = ["Context", "Page", "ProjectInHand"]


class Page(QWidget):
    """What stands in the middle of the window.

    Attributes:
        key: the page's key in the catalogue; a register page's is its register's key.
        icon: a name of ``ui.theme.icons``.

    Signals:
        outdated: the page wants to be made anew with the state that it has.
        actions_changed: ``page_actions`` gives others than before.
        summary_changed: a sentence for the right of the status bar: counts, sums of a selection.
    """

    key: str = ""
    icon: str = "table"
    #: Whether the page works without a project.
    homeless: ClassVar[bool] = False

    outdated = Signal()
    actions_changed = Signal()
    summary_changed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context

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

    def find(self) -> None:
        """Ctrl+F: put the cursor into the page's own filter."""

    def page_actions(self) -> list[QAction]:
        """The page's actions, in the order of the toolbar; the palette and the Edit menu show them, too."""
        return []

    def help_key(self) -> str:
        """Which page of the help F1 opens: ``resources/help/<language>/<key>.md``."""
        return self.key
