"""What stands on the page of a meeting: head, keys to note by, agenda, attendance, minutes and open actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from handover.i18n import tr
from ui.chapters.teams.meeting_lists import ActionList, AgendaList, AttendanceList
from ui.chapters.teams.noting import NOTES
from ui.rich_text.field import RichField
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE


class MeetingDesk(QWidget):
    """The parts of the page, which go to a screen of their own as a whole."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 6, SPACE * 4, SPACE * 6, SPACE * 4)
        column.setSpacing(SPACE * 3)
        column.addLayout(self._head())
        column.addLayout(self._tools())
        column.addWidget(self._body(), 1)

    def panes(self) -> list[QWidget]:
        """Its parts, between which F6 goes."""
        return [self.agenda, self.people, self.minutes, self.open_actions]

    def enlarge(self, large: bool) -> None:
        """Letters that are read from the last row, and back."""
        size = 20 if large else 13
        for widget in (self.agenda, self.people, self.minutes, self.open_actions):
            widget.setStyleSheet(f"font-size: {size}px;")
        for tree, columns in ((self.agenda, (2, 3)), (self.open_actions, (0,))):  # what is said needs their room
            for column in columns:
                tree.setColumnHidden(column, large)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        heading = QLabel(tr("Meeting on the screen"), self)
        role(heading, "title")
        row.addWidget(heading)
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(tr("Meeting"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(20)
        row.addWidget(self.choice, 1)
        self.open_button = QPushButton(tr("Open the meeting"), self)
        row.addWidget(self.open_button)
        self.full_button = QPushButton(icon("maximize-2"), tr("Full screen (F11)"), self)
        row.addWidget(self.full_button)
        return row

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        self.note_buttons: dict[str, QPushButton] = {}
        for note in NOTES:
            button = QPushButton(icon(note.picture), tr(note.name), self)
            keys = QKeySequence(note.keys).toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(keys)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
            self.note_buttons[note.register] = button
        row.addStretch(1)
        self.status = QLabel(self)
        role(self.status, "secondary")
        row.addWidget(self.status)
        self.step_button = QPushButton(self)
        role(self.step_button, "primary")
        row.addWidget(self.step_button)
        return row

    def _body(self) -> QSplitter:
        whole = QSplitter(Qt.Orientation.Horizontal, self)
        whole.setChildrenCollapsible(False)
        left = QSplitter(Qt.Orientation.Vertical, whole)
        self.agenda = AgendaList(left)
        self.people = AttendanceList(left)
        right = QSplitter(Qt.Orientation.Vertical, whole)
        self.minutes = RichField(right, roomy=True)
        self.minutes.setAccessibleName(tr("Minutes"))
        self.minutes.setPlaceholderText(
            tr("What is said. A line becomes an action, a decision or a punch item by key.")
        )
        self.open_actions = ActionList(right)
        for over, sizes in ((left, (2, 1)), (right, (3, 1))):
            over.setChildrenCollapsible(False)
            for place, size in enumerate(sizes):
                over.setStretchFactor(place, size)
        whole.setStretchFactor(0, 2)
        whole.setStretchFactor(1, 3)
        whole.setSizes([380, 620])
        return whole
