"""My week: what needs the user in all projects of the workspace, late or due soon, one click from the row itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import Connection

from handover.clock import today
from handover.i18n import N_, language, tr, trn
from handover.jobs import Progress
from handover.pack.single.week_sheet import write_week
from handover.registers.figures.my_week import MyWeek, my_week
from handover.registers.figures.things import OpenItem
from handover.wording import Language
from ui.pages.items import HEADING, OWNER, WHAT, ItemTree, row_of
from ui.register.actions import ActionMaker
from ui.shell.another_name import write_file
from ui.shell.page import Context, Page, kept_place
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE
from ui.transfer.target_chooser import target_chooser
from ui.transfer.writing import FOLDER

#: How far ahead one may look, in days.
SPANS = ((7, N_("A week")), (14, N_("Two weeks")), (31, N_("A month")))


class MyWeekPage(Page):
    """What needs the user, by when it is due.

    ``restore`` understands: ``days``, ``scroll``, ``current`` (register and key of the row in hand).
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._week: MyWeek | None = None
        self._days = SPANS[0][0]
        self._scroll = 0
        self._current: tuple[str, str] | None = None
        self._project_of: dict[str, str] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 4)
        whole.setSpacing(SPACE * 3)
        whole.addLayout(self._head())
        self.sum = QLabel(" ", self)
        role(self.sum, "secondary")
        self.sum.setWordWrap(True)
        whole.addWidget(self.sum)
        self.tree = ItemTree(self)
        self.tree.setAccessibleName(tr("My week"))
        self.tree.wanted.connect(self._open)
        self.tree.ordered.connect(self._fill)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self._nobody())
        self._stack.addWidget(self._nothing())
        whole.addWidget(self._stack, 1)
        self.setFocusProxy(self.tree)
        self.write_action = ActionMaker(self, context.shortcuts, writable=False).action(
            tr("To PDF or calendar…"), "calendar-days", self.choose_target
        )
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("My week")

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        at = self.tree.verticalScrollBar().value()
        return {"days": self._days, "scroll": at, "current": list(self.tree.target() or ())}

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        if state.get("days") in self.spans and state["days"] != self._days:
            self.spans[state["days"]].click()
        self._scroll = kept_place(state.get("scroll", 0))
        current = list(state.get("current") or [])
        self._current = (str(current[0]), str(current[1])) if len(current) == 2 else None

    def refresh(self, tables: frozenset[str]) -> None:
        user, days = self.context.workspace.user, self._days

        def look(connection: Connection) -> MyWeek:
            return my_week(connection, user, days)

        self.read(look, self._show)

    def page_actions(self) -> list[QAction]:
        return [self.write_action]

    # -- building ---------------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        title = QLabel(self.title(), self)
        role(title, "title")
        head.addWidget(title)
        head.addStretch(1)
        group = QButtonGroup(self)
        self.spans: dict[int, QPushButton] = {}
        for days, name in SPANS:
            button = QPushButton(tr(name), self)
            role(button, "view")
            button.setCheckable(True)
            button.setChecked(days == self._days)
            group.addButton(button, days)
            head.addWidget(button)
            self.spans[days] = button
        group.idClicked.connect(self._look_ahead)
        return head

    @Slot(int)
    def _look_ahead(self, days: int) -> None:
        self._days = days
        self.refresh(frozenset())

    def _nobody(self) -> QWidget:
        empty = QWidget(self)
        column = QVBoxLayout(empty)
        column.addStretch(1)
        words = QLabel(tr("No project knows you. Say which person you are in the settings of a project."), empty)
        words.setWordWrap(True)
        role(words, "secondary")
        column.addWidget(words)
        row = QHBoxLayout()
        button = QPushButton(tr("Go to the settings"), empty)
        button.clicked.connect(lambda: self.context.go("settings"))
        row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
        return empty

    def _nothing(self) -> QWidget:
        words = QLabel(tr("Nothing that needs you is late, and nothing falls due in these days."), self)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setWordWrap(True)
        role(words, "secondary")
        return words

    # -- showing ----------------------------------------------------------------------------------------------------

    def _show(self, week: MyWeek) -> None:
        if self._week is not None:
            self._scroll, self._current = self.tree.verticalScrollBar().value(), self.tree.target()
        self._week = week
        self._fill()

    def _fill(self) -> None:
        week = self._week
        if week is None:
            return
        self._stack.setCurrentIndex(0 if week.total else 2 if week.projects else 1)
        self.sum.setText(_told(week))
        self.write_action.setEnabled(bool(week.projects))
        self._project_of = {item.row.id: each.project_id for each in week.projects for item in each.items}
        with QSignalBlocker(self.tree):
            self.tree.clear()
        for words, tone, items in _by_time(week):
            heading = QTreeWidgetItem([words, "", trn("{n} thing", "{n} things", len(items)), "", ""])
            heading.setData(WHAT, HEADING, True)
            heading.setIcon(WHAT, icon("calendar-days", tone))
            self.tree.addTopLevelItem(heading)
            self._add(week, self.tree.in_order(items), heading)
            heading.setExpanded(True)
        header = self.tree.headerItem()
        if header is not None:
            header.setText(OWNER, tr("Project"))
        self.tree.setColumnHidden(OWNER, len(week.projects) < 2)
        self.tree.fit()
        self.tree.go_to(self._current)
        self.tree.verticalScrollBar().setValue(self._scroll)

    def _add(self, week: MyWeek, items: list[OpenItem], heading: QTreeWidgetItem) -> None:
        codes = {each.project_id: each.code for each in week.projects}
        for item in items:
            row = row_of(item)
            row.setText(OWNER, codes[self._project_of[item.row.id]])
            row.setToolTip(OWNER, "")
            heading.addChild(row)

    @Slot(str, str)
    def _open(self, register: str, row: str) -> None:
        self.context.open_row_of(self._project_of[row], register, row)

    # -- out --------------------------------------------------------------------------------------------------------

    def choose_target(self) -> None:
        """Ask where to, and write the days in view as a PDF or for calendars."""
        kinds = ((tr("PDF document"), "pdf"), (tr("Calendar"), "ics"))
        stem = f"{tr('My week')} {today():%Y-%m-%d}"
        chooser = target_chooser(self.context, self, self.write_action.text(), stem, kinds)
        chooser.fileSelected.connect(lambda path: self.write_to(Path(path)))
        chooser.open()

    def write_to(self, path: Path) -> None:
        """Write the days in view, in the language in force."""
        workspace, week = self.context.workspace, self._week
        if week is None:
            return
        spoken: Language = "zh" if language() == "zh" else "en"
        self.context.settings.put(FOLDER, str(path.parent))

        def work(target: Path, progress: Progress) -> None:
            write_week(workspace, week, target, language=spoken, progress=progress)

        write_file(self.context, self, path, work, self._written)

    def _written(self, path: Path, _none: None) -> None:
        self.context.tell(tr("{file} was written.", file=path.name))


def _told(week: MyWeek) -> str:
    """How much needs the user, and where nobody knows him."""
    said = [trn("{n} thing needs you, {late} of it late.", "{n} things need you, {late} of them late.", week.total,
                late=week.overdue)] if week.total else []  # fmt: skip
    if week.projects and week.unknown:
        said.append(tr("No person has your account in {codes}.", codes=", ".join(week.unknown)))
    return " ".join(said)


def _by_time(week: MyWeek) -> Iterator[tuple[str, str, list[OpenItem]]]:
    """The things under what they are due by, those that are late first; periods without any are left out."""
    now = today()
    items = sorted((i for each in week.projects for i in each.items), key=lambda item: item.due or dt.date.max)
    sunday = now + dt.timedelta(days=6 - now.weekday())
    parts: tuple[tuple[str, str, Callable[[dt.date], bool]], ...] = (
        (tr("Late"), "danger", lambda day: day < now),
        (tr("Today"), "warning", lambda day: day == now),
        (tr("This week"), "accent", lambda day: now < day <= sunday),
        (tr("Next week"), "accent", lambda day: sunday < day <= sunday + dt.timedelta(days=7)),
        (tr("Later"), "secondary", lambda day: day > sunday + dt.timedelta(days=7)),
    )
    for words, tone, within in parts:
        if found := [item for item in items if item.due is not None and within(item.due)]:
            yield words, tone, found
