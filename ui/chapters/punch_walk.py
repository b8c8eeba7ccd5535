"""Walking a system down: items one after the other by the keyboard, with the last values kept and photos pasted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from handover.clock import today
from handover.errors import HandoverError
from handover.i18n import tr
from handover.registers import picks, query
from handover.registers.catalogue import register
from ui.register.details.new_row_form import NewRowForm
from ui.register.files.attachments import AttachmentsPanel
from ui.register.grid.typed import stored
from ui.shell.page import Context, Page
from ui.theme.style import role
from ui.theme.tokens import SPACE

_REGISTER = "punches"
#: What each item has of its own; all else stays for the next one.
_OWN = ("description", "tag", "task", "measure")
#: What a finding of the three checks must be given, and which of them it is.
_OF_CHECKS = ("check", "task", "measure")
_FIELDS = (
    *("system", "location", "discipline", "source", "category", "description", "tag", *_OF_CHECKS),
    *("action_by", "due_on", "raised_by"),
)
_MUST = ("task", "action_by", "due_on", "measure")


class WalkDownPage(Page):
    """A form for the next item, the items of this walk, and the photos of the one added last."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._register = register(_REGISTER)
        self.added: list[str] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        outer.setSpacing(SPACE * 3)
        heading = QLabel(self.title(), self)
        role(heading, "title")
        outer.addWidget(heading)
        hint = QLabel(
            tr(
                "Ctrl+Enter adds the item; system, place and people stay for the next one. Ctrl+V pastes a photo to it."
            ),
            self,
        )
        hint.setWordWrap(True)
        role(hint, "secondary")
        outer.addWidget(hint)
        across = QHBoxLayout()
        across.setSpacing(SPACE * 4)
        self.form = NewRowForm(
            context, self._register, _FIELDS, tr("Add and go on"), self,
            lacking={"description": tr("Say what is wrong.")},
        )  # fmt: skip
        self.form.wanted.connect(self.add)
        self.boxes, self.add_button = self.form.boxes, self.form.add_button
        self.boxes["source"].entered.connect(self._suit)
        across.addWidget(self.form, 3)
        across.addWidget(self._beside(), 2)
        outer.addLayout(across, 1)
        self.setFocusProxy(self.boxes["system"].editor)
        self._begin()

    def title(self) -> str:
        return tr("Walk-down")

    def help_key(self) -> str:
        return "punch_walk"

    def refresh(self, tables: frozenset[str]) -> None:
        """The photos of the item added last may have changed."""
        if "attachment" in tables and self.added:
            self.photos.show_row(self.added[-1])

    # -- parts ------------------------------------------------------------------------------------------------------

    def _beside(self) -> QWidget:
        card = QFrame(self)
        role(card, "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        self.count = QLabel(card)
        role(self.count, "lead")
        column.addWidget(self.count)
        self.list = QListWidget(card)
        self.list.setAccessibleName(tr("Items of this walk"))
        self.list.itemActivated.connect(self._open)
        column.addWidget(self.list, 1)
        self.whose = QLabel(card)
        role(self.whose, "secondary")
        column.addWidget(self.whose)
        self.photos = AttachmentsPanel(self.context, self._register, card)
        column.addWidget(self.photos, 2)
        return card

    # -- what it does ------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.form.begin("description", "raised_by")
        self._suit()
        self._tell()

    def _suit(self, *_: object) -> None:
        """Ask what a finding of the three checks must be given, where that kind is chosen."""
        checks = self._of_checks()
        for key in _OF_CHECKS:
            self.boxes[key].setVisible(checks)
        for key in _MUST:
            self.boxes[key].ask(checks)

    def _of_checks(self) -> bool:
        """Whether the source that is chosen is that of the three checks."""
        box = self.boxes["source"]
        try:
            source = stored(self.context, box.field, box.typed()) if box.text().strip() else None
        except HandoverError:
            return False
        with self.context.workspace.read() as connection:
            known = picks.entries(connection, self.context.project.id, box.field.pick)
        return any(each.id == source and each.meaning == "three_checks" for each in known)

    @Slot()
    def add(self) -> None:
        """Store the item; what belongs to it alone is emptied for the next one."""
        row = self.form.add({"raised_on": today(), "side": "project"})
        if row:
            self._take(row)

    def _take(self, row: str) -> None:
        self.added.append(row)
        with self.context.workspace.read() as connection:
            shown = query.one(connection, self._register, row)
        item = QListWidgetItem(f"{shown.ref}  {self.boxes['description'].text().splitlines()[0]}")
        item.setData(Qt.ItemDataRole.UserRole, row)
        self.list.insertItem(0, item)
        self.photos.show_row(row)
        self.whose.setText(tr("Photos and files of {ref}", ref=shown.ref))
        self.context.tell(tr("{ref} was added.", ref=shown.ref), undo=True)
        for key in _OWN:
            self.boxes[key].begin(None)
        self._tell()
        self.boxes["description"].editor.setFocus()

    def _tell(self) -> None:
        self.count.setText(tr("{n} items in this walk", n=len(self.added)))
        self.whose.setVisible(bool(self.added))
        self.photos.setVisible(bool(self.added))

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem) -> None:
        self.context.open_row(_REGISTER, str(item.data(Qt.ItemDataRole.UserRole)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A photo that is pasted outside a field belongs to the item added last."""
        if event.matches(QKeySequence.StandardKey.Paste) and self.added:
            self.photos.acts.paste()
            return
        super().keyPressEvent(event)
