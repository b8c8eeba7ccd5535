"""Trying things out in the plan: begun and ended by its command, told in a banner, kept or dropped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from handover.i18n import tr
from handover.registers.scheduling.chart import Chart
from ui.plan.acts import PlanActs
from ui.plan.head import TryBanner
from ui.plan.tree import PlanTree
from ui.plan.words import tried_sentence
from ui.shell.page import Context


class Trying(QObject):
    """Keeps command, banner and the tasks' own undo with what is being tried.

    Args:
        read_again: reads the plan anew.
    """

    def __init__(
        self, context: Context, acts: PlanActs, tree: PlanTree, read_again: Callable[[], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._acts, self._tree, self._read_again = context, acts, tree, read_again
        self.banner = TryBanner(parent)
        self.banner.keep_wanted.connect(self._keep)
        self.banner.drop_wanted.connect(acts.drop_tried)
        self.banner.undo_wanted.connect(acts.undo_tried)
        tree.undo_wanted.connect(acts.undo_tried)
        acts.tried.connect(self._tried)
        #: The command, once the page has made it.
        self.action: QAction | None = None

    def switch(self) -> None:
        """Begin, or drop what was tried."""
        if self._acts.scratch is None:
            self._acts.begin_trying()
        else:
            self._acts.drop_tried()

    def say(self, stored: Chart | None, chart: Chart) -> None:
        """Say what comes of it: how the plan as it is tried differs from the one that is stored."""
        scratch = self._acts.scratch
        self._mark()
        self._tree.own_undo = scratch is not None
        if scratch is not None and stored is not None:
            sentence = tried_sentence(stored, chart.schedule)
            self.banner.say(sentence, scratch.steps, keepable=not self._context.read_only)

    def _mark(self) -> None:
        if self.action is not None:
            self.action.setChecked(self._acts.scratch is not None)

    def _keep(self) -> None:
        if self._acts.keep_tried():
            self._context.tell(tr("What was tried is in the plan now."), undo=True)

    @Slot()
    def _tried(self) -> None:
        self._mark()
        if self._acts.scratch is None:
            self.banner.hide()
        self._read_again()
