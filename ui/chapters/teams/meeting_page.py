"""A meeting on the screen: agenda on the left, minutes on the right, the open actions of those present below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QHideEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import Connection

from handover.errors import HandoverError
from handover.i18n import tr, trc, trn
from handover.model.teams.meeting import MEETING_STATUS
from handover.registers import catalogue
from handover.registers.acts import editing
from handover.registers.teams.meeting_board import MeetingBoard, MeetingNamed, meeting_board, meetings_to_run, ref_of
from handover.values.rich_text import Span
from handover.values.shown import moment
from ui.chapters.teams.meeting_lists import ActionList, AgendaList, AttendanceList
from ui.chapters.teams.noting import NOTES, NoteForm
from ui.register.details.row_pictures import RowPictures
from ui.register.stepping.steps import StepActs
from ui.rich_text.field import RichField
from ui.shell.page import Context, Page
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

_TABLES = frozenset({"meeting", "attendance", "agenda_item", "action", "decision", "person", "project"})
#: So long nothing is typed before the minutes are stored, in milliseconds; leaving them stores them at once.
_STORED_AFTER = 20_000


@dataclass(frozen=True, slots=True)
class _MeetingRead:
    meetings: list[MeetingNamed]
    board: MeetingBoard | None


class MeetingPage(Page):
    """Runs a meeting: one looks, one types; what is agreed becomes a row while it is typed.

    ``restore`` understands: ``meeting``, its key.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted = ""
        self.board: MeetingBoard | None = None
        self.form: NoteForm | None = None
        self._steps = StepActs(context, catalogue.register("meetings"), self)
        self._pictures = RowPictures(context, "meetings")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 6, SPACE * 4, SPACE * 6, SPACE * 4)
        column.setSpacing(SPACE * 3)
        column.addLayout(self._head())
        column.addLayout(self._tools())
        column.addWidget(self._body(), 1)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_STORED_AFTER)
        self._idle.timeout.connect(self.store)
        self._make_actions()
        self.setFocusProxy(self.minutes)
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("Meeting on the screen")

    def help_key(self) -> str:
        return "meeting_page"

    def page_actions(self) -> list[QAction]:
        return [*self.notes.values(), self._full]

    def panes(self) -> list[QWidget]:
        return [self.agenda, self.people, self.minutes, self.open_actions]

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        return {"meeting": self._wanted}

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        if isinstance(state.get("meeting"), str) and state["meeting"] != self._wanted:
            self.store()
            self._wanted = state["meeting"]
            self.refresh(frozenset())

    def refresh(self, tables: frozenset[str]) -> None:
        if tables and not tables & _TABLES:
            return
        project, wanted = self.context.project.id, self._wanted

        def look(connection: Connection) -> _MeetingRead:
            meetings = meetings_to_run(connection, project)
            key = wanted or (meetings[0].id if meetings else "")
            return _MeetingRead(meetings, meeting_board(connection, key) if key else None)

        self.read(look, self._show)

    # -- parts --------------------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        heading = QLabel(self.title(), self)
        role(heading, "title")
        row.addWidget(heading)
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(tr("Meeting"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(20)
        self.choice.activated.connect(self._chosen)
        row.addWidget(self.choice, 1)
        self.open_button = QPushButton(tr("Open the meeting"), self)
        self.open_button.clicked.connect(self._open_meeting)
        row.addWidget(self.open_button)
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
            button.clicked.connect(lambda _on=False, key=note.register: self.note(key))
            row.addWidget(button)
            self.note_buttons[note.register] = button
        row.addStretch(1)
        self.status = QLabel(self)
        role(self.status, "secondary")
        row.addWidget(self.status)
        self.step_button = QPushButton(self)
        role(self.step_button, "primary")
        self.step_button.clicked.connect(self._take_step)
        row.addWidget(self.step_button)
        return row

    def _body(self) -> QSplitter:
        whole = QSplitter(Qt.Orientation.Horizontal, self)
        whole.setChildrenCollapsible(False)
        left = QSplitter(Qt.Orientation.Vertical, whole)
        self.agenda = AgendaList(left)
        self.agenda.itemActivated.connect(self._speak_about)
        self.people = AttendanceList(left)
        self.people.ticked.connect(self._attend)
        right = QSplitter(Qt.Orientation.Vertical, whole)
        self.minutes = RichField(right, roomy=True)
        self.minutes.setAccessibleName(tr("Minutes"))
        self.minutes.setPlaceholderText(
            tr("What is said. A line becomes an action, a decision or a punch item by key.")
        )
        self.minutes.pictures = self._pictures
        self.minutes.finished.connect(self.store)
        self.minutes.told.connect(self.context.tell)
        self.minutes.textChanged.connect(self._typing)
        self.open_actions = ActionList(right)
        self.open_actions.itemActivated.connect(
            lambda item: self.context.open_row("actions", self.open_actions.key_of(item))
        )
        for over, sizes in ((left, (2, 1)), (right, (3, 1))):
            over.setChildrenCollapsible(False)
            for place, size in enumerate(sizes):
                over.setStretchFactor(place, size)
        whole.setStretchFactor(0, 2)
        whole.setStretchFactor(1, 3)
        whole.setSizes([380, 620])
        return whole

    def _make_actions(self) -> None:
        self.notes: dict[str, QAction] = {}
        for note in NOTES:
            action = QAction(icon(note.picture), tr(note.name), self)
            action.setShortcut(QKeySequence(note.keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _on=False, key=note.register: self.note(key))
            self.addAction(action)
            self.notes[note.register] = action
        self._full = QAction(icon("maximize-2"), tr("Large letters for the projector"), self)
        self._full.setShortcut(QKeySequence(Qt.Key.Key_F11))
        self._full.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._full.setCheckable(True)
        self._full.toggled.connect(self._enlarge)
        self.addAction(self._full)

    @Slot(bool)
    def _enlarge(self, large: bool) -> None:
        """Letters that are read from the last row, and back."""
        size = 20 if large else 13
        for widget in (self.agenda, self.people, self.minutes, self.open_actions):
            widget.setStyleSheet(f"font-size: {size}px;")
        for tree, columns in ((self.agenda, (2, 3)), (self.open_actions, (0,))):  # what is said needs their room
            for column in columns:
                tree.setColumnHidden(column, large)

    # -- showing ------------------------------------------------------------------------------------------------------

    def _show(self, read: _MeetingRead) -> None:
        self._list(read.meetings)
        before, self.board = self.board, read.board
        board = read.board
        writable = board is not None and not board.closed and not self.context.read_only
        for key, action in self.notes.items():
            action.setEnabled(writable)
            self.note_buttons[key].setEnabled(writable)
        self.open_button.setEnabled(board is not None)
        self.agenda.show_lines(board.agenda if board is not None else ())
        self.people.show_people(board.attendees if board is not None else (), writable=writable)
        self.open_actions.show_lines(board.actions if board is not None else ())
        self._show_step(board)
        if board is None:
            self.minutes.fill("")
            self.minutes.setReadOnly(True)
            return
        self._wanted = board.meeting.id
        self._pictures.row_id = board.meeting.id
        self.choice.setCurrentIndex(self.choice.findData(self._wanted))
        another = before is None or before.meeting.id != board.meeting.id
        if another or not self.minutes.document().isModified():
            with QSignalBlocker(self.minutes):
                self.minutes.fill(board.minutes)
        self.minutes.setReadOnly(not writable)

    def _list(self, meetings: list[MeetingNamed]) -> None:
        self.choice.clear()
        for each in meetings:
            when = moment(each.begins) if each.begins else trc("meeting", "no day yet")
            self.choice.addItem(f"{when}  {each.title}  ({MEETING_STATUS.label(each.status)})", each.id)
        if not meetings:
            self.choice.setPlaceholderText(tr("No meetings yet. Add one among the meetings."))

    def _show_step(self, board: MeetingBoard | None) -> None:
        step = self._next_step(board)
        self.step_button.setVisible(step is not None and not self.context.read_only)
        if step is not None:
            self.step_button.setText(step.label)
        noted = board.noted if board is not None else 0
        self.status.setText(trn("{n} row noted", "{n} rows noted", noted) if noted else "")

    def _next_step(self, board: MeetingBoard | None) -> Any:  # Any: a step of the lifecycle
        wanted = {"planned": "hold", "held": "issue"}.get(board.meeting.status if board is not None else "")
        return next((step for step in MEETING_STATUS.steps if step.key == wanted), None)

    # -- what it does -------------------------------------------------------------------------------------------------

    @Slot()
    def _typing(self) -> None:
        if self.minutes.document().isModified():
            self._idle.start()

    @Slot()
    def store(self) -> None:
        """Store the minutes as they stand."""
        self._idle.stop()
        board = self.board
        if board is None or self.minutes.isReadOnly() or not self.minutes.document().isModified():
            return
        text = self.minutes.typed()
        register, key = catalogue.register("meetings"), board.meeting.id
        try:
            editing.change(self.context.workspace, register, self.context.project.id, {key: {"minutes": text or None}})
        except HandoverError as error:
            self.context.complain(error)
            return
        self.minutes.fill(text)

    def unsaved(self) -> str:
        self.store()
        modified = self.board is not None and not self.minutes.isReadOnly() and self.minutes.document().isModified()
        return tr("The minutes on the screen couldn't be stored.") if modified else ""

    def note(self, register: str) -> None:
        """Make a row of the line in hand, or of what is selected; its reference comes into the minutes."""
        if self.board is None or self.minutes.isReadOnly():
            return
        said = self.minutes.line_in_hand()
        self.form = NoteForm(self.context, self.board.meeting.id, register, self.window(), said=said)
        self.form.noted.connect(self._noted)
        self.form.finished.connect(lambda _code: self.minutes.setFocus())
        self.form.open()

    @Slot(str, str)
    def _noted(self, key: str, words: str) -> None:
        if self.form is None:
            return
        with self.context.workspace.read() as connection:
            ref = ref_of(connection, self.form.register, key)
        self.minutes.replace_line((Span(ref, bold=True), Span(f" {words}")))
        self.store()

    @Slot(QTreeWidgetItem)
    def _speak_about(self, item: QTreeWidgetItem) -> None:
        """Go to what the minutes say of an item of the agenda; a heading is begun where they say nothing yet."""
        if not self.minutes.isReadOnly():
            self.minutes.go_to_heading(self.agenda.topic_of(item))
        self.minutes.setFocus()

    @Slot(QTreeWidgetItem)
    def _open_action(self, item: QTreeWidgetItem) -> None:
        self.context.open_row("actions", self.open_actions.key_of(item))

    @Slot(str, bool)
    def _attend(self, key: str, there: bool) -> None:
        presence = "present" if there else "invited"
        self.context.act(
            lambda: editing.change(self.context.workspace, catalogue.register("attendance"), self.context.project.id,
                                   {key: {"presence": presence}})
        )  # fmt: skip

    @Slot()
    def _take_step(self) -> None:
        self.store()
        step = self._next_step(self.board)
        if step is not None and self.board is not None:
            self._steps.take([self.board.meeting.id], step)

    @Slot(int)
    def _chosen(self, at: int) -> None:
        self.store()
        self._wanted = str(self.choice.itemData(at))
        self.refresh(frozenset())

    @Slot()
    def _open_meeting(self) -> None:
        if self.board is not None:
            self.store()
            self.context.open_row("meetings", self.board.meeting.id)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.store()
