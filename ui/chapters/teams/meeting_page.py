"""A meeting on the screen: agenda on the left, minutes on the right, the open actions of those present below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QHideEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
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
from ui.chapters.teams.meeting_desk import MeetingDesk
from ui.chapters.teams.meeting_screen import MeetingScreen, screen_beside
from ui.chapters.teams.noting import NOTES, NoteForm
from ui.register.details.row_pictures import RowPictures
from ui.register.stepping.steps import StepActs
from ui.shell.page import Context, Page
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

_TABLES = frozenset({"meeting", "attendance", "agenda_item", "action", "decision", "punch", "lesson_learned", "person",
                     "project"})  # fmt: skip
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
        self.screen_shown: MeetingScreen | None = None
        self.desk = MeetingDesk(self)
        self.minutes = self.desk.minutes
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addWidget(self.desk)
        self._whole.addWidget(self._away())
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_STORED_AFTER)
        self._idle.timeout.connect(self.store)
        self._steps = StepActs(context, catalogue.register("meetings"), self.desk)
        self._pictures = RowPictures(context, "meetings")
        self._make_actions()
        self._connect()
        self.setFocusProxy(self.minutes)
        context.changed.connect(self._keep_up)
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("Meeting on the screen")

    def help_key(self) -> str:
        return "meeting_page"

    def page_actions(self) -> list[QAction]:
        return [*self.notes.values(), self._full]

    def panes(self) -> list[QWidget]:
        return self.desk.panes() if self.screen_shown is None else [self.back_button]

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

    def _away(self) -> QWidget:
        """What stands on the page while the meeting is on a screen of its own."""
        self.away = QWidget(self)
        column = QVBoxLayout(self.away)
        column.setSpacing(SPACE * 3)
        told = tr("The meeting is shown on a screen of its own. Esc there, or the button here, brings it back.")
        said = QLabel(told, self.away)
        said.setWordWrap(True)
        role(said, "secondary")
        self.back_button = QPushButton(tr("Bring it back"), self.away)
        self.back_button.clicked.connect(self.leave_screen)
        column.addStretch(1)
        said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(said)
        column.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.away.hide()
        return self.away

    def _make_actions(self) -> None:
        self.notes: dict[str, QAction] = {}
        for note in NOTES:
            action = QAction(icon(note.picture), tr(note.name), self)
            action.setShortcut(QKeySequence(note.keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _on=False, key=note.register: self.note(key))
            self.desk.addAction(action)
            self.desk.note_buttons[note.register].clicked.connect(action.trigger)
            self.notes[note.register] = action
        self._full = QAction(icon("maximize-2"), tr("Full screen"), self)
        self._full.setShortcut(QKeySequence(Qt.Key.Key_F11))
        self._full.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._full.triggered.connect(self.show_screen)
        self.addAction(self._full)

    def _connect(self) -> None:
        desk, minutes = self.desk, self.minutes
        desk.choice.activated.connect(self._chosen)
        desk.open_button.clicked.connect(self._open_meeting)
        desk.full_button.clicked.connect(self.show_screen)
        desk.step_button.clicked.connect(self._take_step)
        desk.agenda.itemActivated.connect(self._speak_about)
        desk.people.ticked.connect(self._attend)
        desk.open_actions.itemActivated.connect(self._open_action)
        minutes.pictures = self._pictures
        minutes.finished.connect(self.store)
        minutes.told.connect(self.context.tell)
        minutes.textChanged.connect(self._typing)

    @Slot()
    def show_screen(self) -> None:
        """Show the meeting over a whole screen, in large letters: on the projector's where there is one."""
        if self.screen_shown is not None:
            self.screen_shown.activateWindow()
            return
        focus = self._in_hand()
        shown = MeetingScreen(self.context, self.desk, self.desk.panes(), self)
        self.screen_shown = shown
        shown.left.connect(self._take_back)
        self.desk.full_button.hide()
        self.away.show()
        self.setFocusProxy(self.back_button)
        self.desk.enlarge(True)
        shown.fill_screen(screen_beside(self.window().screen()))
        focus.setFocus()

    @Slot()
    def leave_screen(self) -> None:
        """Bring the meeting back to its page."""
        if self.screen_shown is not None:
            self.screen_shown.close()

    @Slot()
    def _take_back(self) -> None:
        focus, self.screen_shown = self._in_hand(), None
        self.away.hide()
        self._whole.insertWidget(0, self.desk)
        self.desk.show()
        self.desk.full_button.show()
        self.desk.enlarge(False)
        self.setFocusProxy(self.minutes)
        self.window().activateWindow()
        focus.setFocus()
        self.store()

    def _in_hand(self) -> QWidget:
        """What of the meeting has the keyboard, or else the minutes."""
        focus = QApplication.focusWidget()
        within = focus is not None and focus is not self.desk.full_button and self.desk.isAncestorOf(focus)
        return focus if focus is not None and within else self.minutes

    def _elsewhere(self, register: str, key: str) -> None:
        """Open a row in the window, which a meeting over the same screen would hide."""
        if self.screen_shown is not None and self.screen_shown.screen() is self.window().screen():
            self.leave_screen()
        self.window().activateWindow()
        self.context.open_row(register, key)

    @Slot(object)
    def _keep_up(self, tables: frozenset[str]) -> None:
        """Go on showing what changes while the window shows another page beside the meeting's own screen."""
        if self.screen_shown is not None and not self.isVisible():
            self.refresh(tables)

    # -- showing ------------------------------------------------------------------------------------------------------

    def _show(self, read: _MeetingRead) -> None:
        self._list(read.meetings)
        before, self.board = self.board, read.board
        board = read.board
        writable = board is not None and not board.closed and not self.context.read_only
        for key, action in self.notes.items():
            action.setEnabled(writable)
            self.desk.note_buttons[key].setEnabled(writable)
        self.desk.open_button.setEnabled(board is not None)
        self.desk.agenda.show_lines(board.agenda if board is not None else ())
        self.desk.people.show_people(board.attendees if board is not None else (), writable=writable)
        self.desk.open_actions.show_lines(board.actions if board is not None else ())
        self._show_step(board)
        if board is None:
            self.minutes.fill("")
            self.minutes.setReadOnly(True)
            return
        self._wanted = board.meeting.id
        self._pictures.row_id = board.meeting.id
        self.desk.choice.setCurrentIndex(self.desk.choice.findData(self._wanted))
        another = before is None or before.meeting.id != board.meeting.id
        if another or not self.minutes.document().isModified():
            with QSignalBlocker(self.minutes):
                self.minutes.fill(board.minutes)
        self.minutes.setReadOnly(not writable)

    def _list(self, meetings: list[MeetingNamed]) -> None:
        self.desk.choice.clear()
        for each in meetings:
            when = moment(each.begins) if each.begins else trc("meeting", "no day yet")
            self.desk.choice.addItem(f"{when}  {each.title}  ({MEETING_STATUS.label(each.status)})", each.id)
        if not meetings:
            self.desk.choice.setPlaceholderText(tr("No meetings yet. Add one among the meetings."))

    def _show_step(self, board: MeetingBoard | None) -> None:
        step = self._next_step(board)
        self.desk.step_button.setVisible(step is not None and not self.context.read_only)
        if step is not None:
            self.desk.step_button.setText(step.label)
        noted = board.noted if board is not None else 0
        self.desk.status.setText(trn("{n} row noted", "{n} rows noted", noted) if noted else "")

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
        self.form = NoteForm(self.context, self.board.meeting.id, register, self.minutes.window(), said=said)
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
            self.minutes.go_to_heading(self.desk.agenda.topic_of(item))
        self.minutes.setFocus()

    @Slot(QTreeWidgetItem)
    def _open_action(self, item: QTreeWidgetItem) -> None:
        self._elsewhere("actions", self.desk.open_actions.key_of(item))

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
        self._wanted = str(self.desk.choice.itemData(at))
        self.refresh(frozenset())

    @Slot()
    def _open_meeting(self) -> None:
        if self.board is not None:
            self.store()
            self._elsewhere("meetings", self.board.meeting.id)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.store()
