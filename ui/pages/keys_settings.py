"""The keys of all commands: shown, searched, given anew and put back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from handover.errors import NotValid
from handover.i18n import N_, in_language, tr
from handover.registers.catalogue import registers
from handover.values.cells import folded
from ui.plan.plan_keys import PLAN, PLAN_COMMANDS
from ui.register.own_acts import own_acts
from ui.register.row_commands import ROW_COMMANDS, ROWS, TABLE_COMMANDS
from ui.shell.dialog import Dialog
from ui.shell.page import Context
from ui.shell.shortcuts import TABLES, WINDOW, KeyedCommand, Shortcuts, shown
from ui.theme.style import role
from ui.theme.tokens import SPACE

_PLACES = {WINDOW: N_("Everywhere"), ROWS: N_("Registers"), TABLES: N_("Tables"), PLAN: N_("Plan")}
_COMMAND = Qt.ItemDataRole.UserRole


class PressedKeys(QKeySequenceEdit):
    """Takes one press of keys; Tab leads on and Escape closes the dialog, as everywhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaximumSequenceLength(1)
        self.setClearButtonEnabled(True)
        self.setAccessibleName(tr("New keys"))

    def event(self, event: QEvent) -> bool:
        leads_on = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = isinstance(event, QKeyEvent) and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if plain and isinstance(event, QKeyEvent) and event.key() in leads_on:
            if event.type() == QEvent.Type.KeyPress and event.key() in leads_on[:2]:
                return self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
            event.ignore()
            return False
        return super().event(event)


class KeysDialog(Dialog):
    """Every command with its keys; what is given anew holds at once and at the next start."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keys of the commands"))
        self._shortcuts = declared(context)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(tr("Find a command or keys"))
        self.search.setAccessibleName(tr("Find a command or keys"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.list = QTreeWidget(self)
        self.list.setHeaderLabels([tr("Command"), tr("Where"), tr("Keys"), tr("Usual keys")])
        self.list.setRootIsDecorated(False)
        self.list.setAccessibleName(tr("Commands"))
        for column, width in enumerate((270, 110, 170)):
            self.list.setColumnWidth(column, width)
        self.list.currentItemChanged.connect(lambda *_: self._offer())
        self.pressed = PressedKeys(self)
        self.pressed.keySequenceChanged.connect(self._look)
        self.said = QLabel(" ", self)
        self.said.setWordWrap(True)
        role(self.said, "error")
        self.give = self.side_button("check", tr("Use these keys"), self._give)
        self.none = self.side_button("x", tr("No keys"), lambda: self._assign(()))
        self.usual = self.side_button("rotate-ccw", tr("Usual keys"), self._reset)
        self.all_usual = self.side_button("rotate-ccw", tr("Usual keys for all"), self._reset_all)
        self._lay_out()
        for command in self._shortcuts.all:
            item = QTreeWidgetItem(self.list)
            item.setData(0, _COMMAND, command)
            self._say(item)
        self.resize(760, 600)
        self.list.setCurrentItem(self.items()[0])
        self.search.setFocus()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 5, SPACE * 5, SPACE * 5, SPACE * 4)
        whole.setSpacing(SPACE * 3)
        whole.addWidget(self.search)
        whole.addWidget(self.list, 1)
        line = QHBoxLayout()
        line.setSpacing(SPACE * 2)
        name = QLabel(tr("New keys"), self)
        name.setBuddy(self.pressed)
        for each in (name, self.pressed, self.give, self.none, self.usual):
            line.addWidget(each, 1 if each is self.pressed else 0)
        whole.addLayout(line)
        whole.addWidget(self.said)
        last = QHBoxLayout()
        leave = QPushButton(tr("Close"), self)
        leave.setAutoDefault(False)
        leave.clicked.connect(self.accept)
        last.addWidget(self.all_usual)
        last.addStretch(1)
        last.addWidget(leave)
        whole.addLayout(last)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def items(self) -> list[QTreeWidgetItem]:
        """The lines of all commands."""
        found = (self.list.topLevelItem(n) for n in range(self.list.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _say(self, item: QTreeWidgetItem) -> None:
        command = self._of(item)
        keys = tr(", ").join(map(shown, self._shortcuts.keys(command)))
        usual = tr(", ").join(map(shown, command.usual))
        place = _place(command)
        for column, text in enumerate((command.label, place, keys, usual)):
            item.setText(column, text)
            item.setToolTip(column, text)
        font = item.font(2)
        font.setBold(not self._shortcuts.is_usual(command))
        item.setFont(2, font)
        with in_language("en"):
            item.setData(1, _COMMAND, command.label)

    def _of(self, item: QTreeWidgetItem) -> KeyedCommand:
        command: KeyedCommand = item.data(0, _COMMAND)
        return command

    def _narrow(self, text: str) -> None:
        for item in self.items():
            told = " ".join([*(item.text(column) for column in range(3)), str(item.data(1, _COMMAND))])
            item.setHidden(folded(text) not in folded(told))
        current = self.list.currentItem()
        if current is None or current.isHidden():
            first = [item for item in self.items() if not item.isHidden()][:1]
            self.list.setCurrentItem(first[0] if first else None)  # type: ignore[arg-type]  # None is none, says Qt

    def _offer(self) -> None:
        item = self.list.currentItem()
        for each in (self.none, self.usual, self.pressed):
            each.setEnabled(item is not None)
        self.pressed.clear()
        self._look()

    def _look(self, *_: object) -> None:
        """Say at once who has the keys that were pressed."""
        item, keys = self.list.currentItem(), self._typed()
        other = self._shortcuts.used_by(keys, self._of(item)) if item is not None and keys else ""
        self._complain(tr("{keys} is taken already: {command}.", keys=shown(keys), command=other) if other else "")
        self.give.setEnabled(bool(item is not None and keys and not other))

    def _typed(self) -> str:
        return self.pressed.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _complain(self, sentence: str) -> None:
        self.said.setText(sentence or " ")

    # -- acts ---------------------------------------------------------------------------------------------------------

    def _give(self) -> None:
        self._assign((self._typed(),))

    def _assign(self, keys: tuple[str, ...]) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        try:
            self._shortcuts.assign(self._of(item), keys)
        except NotValid as error:
            self._complain(str(error))
            return
        self._say(item)
        self.pressed.clear()

    def _reset(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._assign(self._of(item).usual)

    def _reset_all(self) -> None:
        self._shortcuts.reset_all()
        for item in self.items():
            self._say(item)


def _place(command: KeyedCommand) -> str:
    """Where a command can be reached, in words."""
    of_one = {f"{ROWS}.{register.key}": register.label for register in registers()}
    return of_one.get(command.place) or tr(_PLACES.get(command.place, N_("Everywhere")))


def declared(context: Context) -> Shortcuts:
    """The keys of all commands, those of pages that nobody has looked at yet among them."""
    shortcuts = context.shortcuts
    for command in (*ROW_COMMANDS.values(), *TABLE_COMMANDS.values(), *PLAN_COMMANDS.values()):
        shortcuts.declare(command)
    for register in registers() if context.has_project else ():
        for act in own_acts(context, register):
            if act.command:
                shortcuts.declare(act.keyed(register))
    return shortcuts
