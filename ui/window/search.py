"""Ctrl+Shift+F: searches all registers at once and opens what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from handover.i18n import tr
from handover.jobs import Progress
from handover.registers.search.finding import Group, Hit, can_be_asked, search
from ui.shell.page import Context
from ui.theme.tokens import SPACE
from ui.window.finder import Finder
from ui.window.projects import Projects
from ui.window.search_lines import SearchLine, SearchLines, heading, of_hit, to_more

#: How many rows of a register are shown, and how many of one of which more are wanted.
_OF_EACH, _MORE = 8, 200


class SearchDialog(Finder):
    """A field, where to search, and what was found by register; Enter opens the marked row in its register.

    Args:
        projects: the projects of the workspace; a row of another one is shown with its project.
    """

    wide, deep, page = 760, 10, 8

    def __init__(self, context: Context, projects: Projects, parent: QWidget) -> None:
        super().__init__(parent, tr("Search everything"), tr("Search all registers"), SearchLines)
        self._context = context
        self._codes = {project.id: project.code for project in projects.all()}
        self._asked = 0
        self._wanted_more: set[str] = set()
        self._make_parts()
        self._pause.timeout.connect(self._ask)
        self.field.textEdited.connect(self._typed)
        self.everywhere.toggled.connect(lambda _on: self._typed(self.field.text()))
        self._show([])

    def _make_parts(self) -> None:
        self.everywhere = QCheckBox(tr("In all projects"), self)
        self.everywhere.setEnabled(len(self._codes) > 1)
        top = QHBoxLayout()
        top.setSpacing(SPACE * 3)
        top.addWidget(self.field, 1)
        top.addWidget(self.everywhere)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.itemClicked.connect(self._clicked)
        self.said.setWordWrap(True)
        self.said.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE)
        self.whole.addLayout(top)
        self.whole.addWidget(self.list)
        self.whole.addWidget(self.said)

    # -- for the window -------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Show it over the upper middle of the window."""
        super().open()
        self._fit()

    def type(self, text: str) -> None:
        """Put a text into the field as if it had been typed."""
        self.field.setText(text)
        self._typed(text)

    @property
    def lines(self) -> list[SearchLine]:
        """What the list shows."""
        return [self._line(at) for at in range(self.list.count())]

    def take(self) -> None:
        """Do what the marked line says."""
        at = self.list.currentRow()
        run = self._line(at).run if at >= 0 else None
        if run is None:
            return
        if self._line(at).stays:
            run()
            return
        self.accept()
        # After the dialog has gone, so that what runs finds the focus where it was.
        QTimer.singleShot(0, self._context, run)

    # -- keys -----------------------------------------------------------------------------------------------------

    def _move(self, step: int) -> bool:
        """Mark another line; headings are passed over."""
        rows = [at for at, line in enumerate(self.lines) if line.run is not None]
        if not rows:
            return True
        here = rows.index(self.list.currentRow()) if self.list.currentRow() in rows else 0
        there = rows[max(0, min(len(rows) - 1, here + step))]
        self.list.setCurrentRow(there)
        if there == rows[0]:
            self.list.scrollToTop()  # with its heading
        return True

    @Slot(QListWidgetItem)
    def _clicked(self, item: QListWidgetItem) -> None:
        self.list.setCurrentItem(item)
        self.take()

    def _line(self, at: int) -> SearchLine:
        line: SearchLine = self.list.item(at).data(Qt.ItemDataRole.UserRole)
        return line

    # -- searching ------------------------------------------------------------------------------------------------

    @Slot(str)
    def _typed(self, text: str) -> None:
        self._asked += 1  # what is still being searched for is no longer wanted
        self._wanted_more.clear()
        if can_be_asked(text):
            self._pause.start()
        else:
            self._pause.stop()
            self._show([])

    @Slot()
    def _ask(self) -> None:
        mine, text = self._asked, self.field.text()
        workspace = self._context.workspace
        project = None if self.everywhere.isChecked() else self._context.project.id
        most = _MORE if self._wanted_more else _OF_EACH

        def find(progress: Progress) -> list[Group]:
            return search(workspace, text, project, most, progress)

        def show(groups: list[Group]) -> None:
            if mine == self._asked:
                self._show([self._of_wanted(group) for group in groups])

        def wait(told: tuple[int, int, str]) -> None:
            done, total, what = told
            if mine == self._asked and total:
                self._say(tr("{what}: {percent} %", what=what, percent=done * 100 // total))

        job = self._context.run_job(tr("Searching"), find, background=True)
        job.done.connect(self._while_open(show))
        waiting = self._while_open(wait)
        job.progressed.connect(lambda done, total, what: waiting((done, total, what)))

    def _show(self, groups: Sequence[Group]) -> None:
        text = self.field.text()
        self.list.clear()
        for group in groups:
            self._add(heading(group))
            for hit in group.hits:
                self._add(of_hit(hit, text, self._side(hit), partial(self._open, hit)))
            if len(group.hits) < min(group.total, _MORE):
                self._add(to_more(group, partial(self._more, group.register.key)))
        if groups:
            self.list.setCurrentRow(1)
        self.list.setVisible(bool(groups))
        self._say("" if groups else self._nothing(text))
        self.list.scrollToTop()

    def _of_wanted(self, group: Group) -> Group:
        """A group as far as it is shown: all that was found of a register of which more is wanted."""
        if group.register.key in self._wanted_more:
            return group
        return replace(group, hits=group.hits[:_OF_EACH])

    def _more(self, register_key: str) -> None:
        self._wanted_more.add(register_key)
        self._ask()

    def _add(self, line: SearchLine) -> None:
        item = QListWidgetItem(line.text, self.list)
        item.setData(Qt.ItemDataRole.UserRole, line)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
        if line.run is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _nothing(self, text: str) -> str:
        """What stands in the place of hits."""
        if not text.strip():
            return tr(
                "References, titles, notes and all other texts, the words of choices, and the names of people and "
                "systems. Type the beginning of a word, any part of a Chinese one, or its pinyin: 换热器 or hrq."
            )
        if not can_be_asked(text):
            return tr("Type at least one letter, digit or Chinese character.")
        if self.everywhere.isChecked():
            return tr("No row in any project has “{text}” in its texts, choices or names.", text=text.strip())
        code = self._context.project.code
        return tr("No row in {project} has “{text}” in its texts, choices or names.", project=code, text=text.strip())

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        self._fit()

    def _fit(self) -> None:
        height = sum(self.list.sizeHintForRow(at) for at in range(self.list.count())) + 4
        most = int(self.over.height() * 0.7)
        self.list.setFixedHeight(max(0, min(height, most)))
        self.adjustSize()

    # -- opening --------------------------------------------------------------------------------------------------

    def _side(self, hit: Hit) -> str:
        return self._codes.get(hit.project_id, "") if hit.project_id != self._context.project.id else ""

    def _open(self, hit: Hit) -> None:
        self._context.open_row_of(hit.project_id, hit.register.key, hit.row.id)
