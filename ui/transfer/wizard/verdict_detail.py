"""One row of the file in full: what changes from what to what, what is wrong, and which side wins a conflict."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QLabel, QRadioButton, QScrollArea, QWidget

from handover.exchange.dry_run.verdict import FieldChange, Verdict, outcome_name
from handover.exchange.importing.session import Intake
from handover.i18n import tr
from ui.theme.marks import Pill
from ui.theme.style import role
from ui.theme.tokens import SPACE
from ui.transfer.outcomes import tone


class VerdictDetail(QScrollArea):
    """Stands under the table of verdicts.

    Signals:
        resolved: row of the file, field, ``ours`` or ``file``.
    """

    resolved = Signal(int, str, str)

    def __init__(self, intake: Intake, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._intake = intake
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedHeight(104)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sides: dict[tuple[str, str], QRadioButton] = {}
        self.show_verdict(None)

    def show_verdict(self, verdict: Verdict | None, sheet: str = "") -> None:
        """Show a row, with its sheet where there are several; None shows what the place is for."""
        inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, SPACE * 2, 0, 0)
        grid.setHorizontalSpacing(SPACE * 4)
        grid.setVerticalSpacing(SPACE)
        grid.setColumnStretch(3, 1)
        self.sides = {}
        if verdict is None:
            hint = QLabel(tr("Choose a row to see what happens to it, field by field."), inside)
            role(hint, "secondary")
            grid.addWidget(hint, 0, 0)
        else:
            self._head(grid, inside, verdict, sheet)
            self._body(grid, inside, verdict)
        grid.setRowStretch(grid.rowCount(), 1)
        self.setWidget(inside)

    def _head(self, grid: QGridLayout, inside: QWidget, verdict: Verdict, sheet: str) -> None:
        grid.addWidget(Pill(tone(verdict.outcome), outcome_name(verdict.outcome), inside), 0, 0)
        name = tr("{ref} {name}", ref=verdict.ref, name=verdict.name).strip()
        if sheet:
            said = tr("Sheet {sheet}, row {row}: {name}", sheet=sheet, row=verdict.row, name=name)
        elif verdict.ref:
            said = tr("Row {row}: {ref} {name}", row=verdict.row, ref=verdict.ref, name=verdict.name)
        else:
            said = tr("Row {row}: {name}", row=verdict.row, name=verdict.name)
        heading = _text(said, inside)
        role(heading, "lead")
        grid.addWidget(heading, 0, 1, 1, 3)

    def _body(self, grid: QGridLayout, inside: QWidget, verdict: Verdict) -> None:
        line = 1
        for fault in verdict.faults:
            said = _text(str(fault), inside)
            role(said, "error")
            grid.addWidget(said, line, 0, 1, 4)
            line += 1
        for remark in verdict.remarks:
            grid.addWidget(_text(str(remark), inside), line, 0, 1, 4)
            line += 1
        for change in verdict.changes:
            name = _text(change.label, inside)
            role(name, "secondary")
            grid.addWidget(name, line, 0)
            if change.field in verdict.conflicts or (verdict.row, change.field) in self._intake.choices.resolved:
                self._sides(grid, inside, line, verdict.row, change)
            else:
                grid.addWidget(_text(_arrow(change), inside), line, 1, 1, 3)
            line += 1
        if not (verdict.faults or verdict.remarks or verdict.changes) and verdict.why:
            grid.addWidget(_text(verdict.why, inside), line, 0, 1, 4)

    def _sides(self, grid: QGridLayout, inside: QWidget, line: int, row: int, change: FieldChange) -> None:
        group = QButtonGroup(inside)
        chosen = self._intake.choices.resolved.get((row, change.field), "ours")
        for column, side, text in (
            (1, "ours", tr("Keep here: {value}", value=change.old_text or "–")),
            (2, "file", tr("Take the file's: {value}", value=change.new_text or "–")),
        ):
            button = QRadioButton(text, inside)
            button.setChecked(side == chosen)
            button.setAccessibleName(tr("{field}. {choice}", field=change.label, choice=text))
            button.clicked.connect(lambda _=False, s=side: self.resolved.emit(row, change.field, s))
            group.addButton(button)
            self.sides[change.field, side] = button
            grid.addWidget(button, line, column)
        if change.base_text:
            before = _text(tr("When it was exported: {value}", value=change.base_text), inside)
            role(before, "secondary")
            grid.addWidget(before, line, 3)


def _arrow(change: FieldChange) -> str:
    return tr("{old} → {new}", old=change.old_text or "–", new=change.new_text or "–")


def _text(text: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setText(text)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
