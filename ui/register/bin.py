"""Emptying the bin: the one thing that can't be undone, and so the one that is asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from handover.i18n import tr, trn
from handover.registers import query
from handover.registers.acts.emptying import empty_bin
from handover.registers.declare import Register
from handover.registers.query import Query
from ui.shell.page import Context


def ask_to_empty(context: Context, register: Register, parent: QWidget) -> QMessageBox | None:
    """Ask whether the bin of a register shall be emptied, and do so; None when it is empty."""
    with context.workspace.read() as connection:
        rows = query.count(connection, register, context.project.id, Query(bin=True))
    if not rows:
        context.tell(tr("The bin is empty."))
        return None
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(tr("Empty the bin"))
    box.setText(trn("Remove {n} row for good?", "Remove {n} rows for good?", rows))
    box.setInformativeText(tr("A copy of the workspace is kept among the backups. This can't be undone."))
    keep = box.addButton(tr("Keep them"), QMessageBox.ButtonRole.RejectRole)
    go = box.addButton(tr("Remove for good"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    go.clicked.connect(lambda: _empty(context, register))
    box.finished.connect(box.deleteLater)
    box.open()
    return box


def _empty(context: Context, register: Register) -> None:
    gone = context.act(lambda: empty_bin(context.workspace, register, context.project.id))
    if gone is not None:
        context.tell(trn("{n} row was removed for good.", "{n} rows were removed for good.", gone))
