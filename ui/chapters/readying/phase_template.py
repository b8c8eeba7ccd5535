"""The dialog that takes phases, milestones, gates and criteria of an industry, and says before what would come."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGroupBox, QLabel, QPushButton, QVBoxLayout, QWidget

from handover.i18n import N_, tr, trn
from handover.jobs import Progress
from handover.registers.catalogue import register as register_of
from handover.registers.declare import Register
from handover.registers.readying.taking_phases import PARTS, PhasesTaken, take_phases
from handover.registers.readying.templates import phase_templates
from ui.register.own_acts import OwnAct
from ui.shell.dialog import Dialog
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE


class TakePhasesDialog(Dialog):
    """Asks for the industry and what is wanted of it, and says what would come before it does."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Take phases, gates and criteria"))
        self._context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 5, SPACE * 5, SPACE * 5, SPACE * 4)
        column.setSpacing(SPACE * 3)
        column.addWidget(self._said(tr("Take what projects of an industry start from"), "lead"))
        column.addWidget(
            self._said(
                tr("What the project has stays as it is. Afterwards all can be changed; one undo takes it back."),
                "secondary",
            )
        )
        self.choice = QComboBox(self)
        for each in phase_templates():
            self.choice.addItem(each.label, each.key)
        column.addWidget(FieldBox(tr("Industry"), self.choice))
        group = QGroupBox(tr("What is taken"), self)
        boxes = QVBoxLayout(group)
        self.parts: dict[str, QCheckBox] = {}
        for part in PARTS:
            box = QCheckBox(register_of(part).label, group)
            box.setChecked(True)
            box.toggled.connect(self._look_ahead)
            boxes.addWidget(box)
            self.parts[part] = box
        column.addWidget(group)
        self.told = self._said("", "small")
        column.addWidget(self.told)
        column.addStretch(1)
        self.go = QPushButton(tr("Take them"), self)
        self.go.clicked.connect(self.take)
        column.addLayout(self.cancel_or(self.go))
        self.setMinimumWidth(480)
        self.choice.currentIndexChanged.connect(self._look_ahead)
        self._look_ahead()

    def _said(self, sentence: str, name: str) -> QLabel:
        label = QLabel(sentence, self)
        label.setWordWrap(True)
        role(label, name)
        return label

    def _wanted(self) -> list[str]:
        return [part for part, box in self.parts.items() if box.isChecked()]

    @Slot()
    def _look_ahead(self) -> None:
        wanted = self._wanted()
        self.go.setEnabled(False)
        if not wanted:
            self.told.setText(tr("Choose one of them at least."))
            return
        workspace, project, key = self._context.workspace, self._context.project.id, str(self.choice.currentData())
        would = self._context.act(lambda: take_phases(workspace, project, key, wanted, dry_run=True))
        if would is None:
            return
        lines = [f"{register_of(part).label}: " + tr("{new} new, {present} there already", new=would.new[part],
                                                     present=would.present[part])
                 for part in PARTS if would.new[part] or would.present[part]]  # fmt: skip
        self.told.setText("\n".join(lines))
        self.go.setEnabled(would.total > 0)

    @Slot()
    def take(self) -> None:
        """Bring them into the project."""
        context, wanted, key = self._context, self._wanted(), str(self.choice.currentData())
        workspace, project = context.workspace, context.project.id

        def work(_progress: Progress) -> PhasesTaken:
            return take_phases(workspace, project, key, wanted)

        def taken(done: PhasesTaken) -> None:
            context.tell(trn("{n} row came.", "{n} rows came.", done.total), undo=True)

        context.run_job(tr("Taking the template"), work, done=taken)
        self.accept()


def phase_acts(context: Context, register: Register) -> list[OwnAct]:
    """Taking a template, on the pages of what it brings."""
    if register.key not in PARTS:
        return []
    return [
        OwnAct(tr("Take phases, gates and criteria…"), "download",
               lambda _ids, over: TakePhasesDialog(context, over).open(), keys=("Ctrl+Shift+T",), of_rows=False,
               command=N_("Take phases, gates and criteria…")),
    ]  # fmt: skip
