"""The lists on the page of a meeting: its agenda, who is there, and what those present have to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from handover.i18n import tr, trc
from handover.model.teams.meeting import PRESENCE
from handover.registers.teams.meeting_board import ActionLine, AgendaLine, Attendee
from handover.values.shown import moment
from ui.theme import tokens

_KEY = Qt.ItemDataRole.UserRole


class _MeetingList(QTreeWidget):
    """A list whose items keep the key of their row; what is the current one stays so."""

    def __init__(self, name: str, heads: Sequence[str], stretched: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setRootIsDecorated(False)
        self.setWordWrap(True)
        self.setHeaderLabels(list(heads))
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight(96)
        self.setTabKeyNavigation(False)

    def key_of(self, item: QTreeWidgetItem) -> str:
        """The key of the row that an item shows."""
        return str(item.data(0, _KEY))

    def fill(self, lines: Sequence[tuple[str, Sequence[str]]]) -> list[QTreeWidgetItem]:
        """Show lines, each with its key; returns their items."""
        current = self.currentItem()
        kept = self.key_of(current) if current is not None else ""
        with QSignalBlocker(self):
            self.clear()
            items = [QTreeWidgetItem(self, list(cells)) for _key, cells in lines]
            for item, (key, cells) in zip(items, lines, strict=True):
                item.setData(0, _KEY, key)
                for column, text in enumerate(cells):
                    item.setToolTip(column, text)
        again = next((item for item in items if self.key_of(item) == kept), items[0] if items else None)
        if again is not None:
            self.setCurrentItem(again)
        return items


class AgendaList(_MeetingList):
    """The items of an agenda; Enter goes to what the minutes say of one."""

    def __init__(self, parent: QWidget) -> None:
        heads = (tr("No."), trc("agenda", "Topic"), trc("agenda", "Presented by"), trc("agenda", "Minutes"))
        super().__init__(tr("Agenda"), heads, 1, parent)
        self._topics: dict[str, str] = {}

    def show_lines(self, agenda: Sequence[AgendaLine]) -> None:
        """Show an agenda."""
        self._topics = {line.id: line.topic for line in agenda}
        self.fill(
            [(line.id, (str(line.number or ""), line.topic, line.presenter, str(line.lasts or ""))) for line in agenda]
        )

    def topic_of(self, item: QTreeWidgetItem) -> str:
        """What an item is about."""
        return self._topics.get(self.key_of(item), "")


class AttendanceList(_MeetingList):
    """Who is asked; a tick says that he or she is there.

    Signals:
        ticked: the key of the attendance, and whether the person is there.
    """

    ticked = Signal(str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Attendance"), (tr("Person"), trc("meeting", "Presence")), 0, parent)
        self.itemChanged.connect(self._ticked)

    def show_people(self, people: Sequence[Attendee], *, writable: bool) -> None:
        """Show who is asked and who came."""
        items = self.fill([(each.id, (each.person, PRESENCE.label(each.presence))) for each in people])
        with QSignalBlocker(self):
            for item, each in zip(items, people, strict=True):
                if not writable:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(0, Qt.CheckState.Checked if each.came else Qt.CheckState.Unchecked)

    def _ticked(self, item: QTreeWidgetItem, column: int) -> None:
        if column == 0:
            self.ticked.emit(self.key_of(item), item.checkState(0) == Qt.CheckState.Checked)


class ActionList(_MeetingList):
    """The open actions of those present, the overdue ones first."""

    def __init__(self, parent: QWidget) -> None:
        heads = (tr("No."), tr("Open actions of those present"), tr("Owner"), tr("Due"))
        super().__init__(tr("Open actions of those present"), heads, 1, parent)

    def show_lines(self, actions: Sequence[ActionLine]) -> None:
        """Show actions."""
        items = self.fill(
            [
                (line.id, (line.ref, line.text, line.owner, moment(line.due_on) if line.due_on else ""))
                for line in actions
            ]
        )
        for item, line in zip(items, actions, strict=True):
            if line.overdue:
                item.setForeground(3, tokens.colour("danger"))
                item.setToolTip(3, tr("Overdue"))
