"""The page of a matrix: the view itself, and the ways out to Excel and print and back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from handover.exchange.importing.matrix_changes import MatrixBack, read_back, store_back
from handover.i18n import language, tr, trn
from handover.jobs import Progress
from handover.pack.single.matrix_file import write_matrix
from handover.registers.declare import Field
from handover.registers.matrix.declaration import Axis, Matrix
from handover.registers.matrix.reading import of_one_entry, target_of
from handover.wording import Language
from ui.matrix.back import MatrixBackDialog
from ui.matrix.view import MatrixView
from ui.register.actions import ActionMaker
from ui.shell.another_name import write_file
from ui.shell.page import Context, Page
from ui.theme.style import role
from ui.theme.tokens import SPACE
from ui.transfer.target_chooser import target_chooser
from ui.transfer.writing import FOLDER, last_folder


class MatrixPage(Page):
    """Shows and fills one matrix.

    ``restore`` understands: ``rows`` and ``columns`` (texts that filter the heads), ``only_found``, ``place`` (the keys
    of the heads of the current cell).
    """

    def __init__(self, context: Context, matrix: Matrix, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.matrix = matrix
        self.key = matrix.page
        self.dialog: QDialog | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 3)
        column.setSpacing(SPACE * 3)
        heading = QLabel(self.title(), self)
        role(heading, "title")
        column.addLayout(self._headed(heading))
        self.view = MatrixView(context, matrix, self)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self._make_actions()
        self.view.ask()

    def title(self) -> str:
        return self.matrix.label

    def _headed(self, heading: QLabel) -> QHBoxLayout:
        """The heading, and beside it what else can stand down in a matrix of this kind."""
        row = QHBoxLayout()
        row.setSpacing(SPACE * 4)
        row.addWidget(heading)
        self.kinds: dict[str, QPushButton] = {}
        together = of_one_entry(self.matrix)
        for each in together if len(together) > 1 else ():
            button = QPushButton(target_of(each.down_field).label, self)
            button.setCheckable(True)
            button.setChecked(each is self.matrix)
            button.setToolTip(each.label)
            button.clicked.connect(partial(self._turn_to, each))
            row.addWidget(button)
            self.kinds[each.key] = button
        row.addStretch(1)
        return row

    def _turn_to(self, matrix: Matrix) -> None:
        self.kinds[self.matrix.key].setChecked(True)
        self.kinds[matrix.key].setChecked(matrix is self.matrix)
        if matrix is not self.matrix:
            self.context.go(matrix.page)

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        return self.view.state()

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        self.view.restore(state)

    def refresh(self, tables: frozenset[str]) -> None:
        self.view.refresh(tables)

    def find_here(self) -> None:
        self.view.rows_filter.setFocus()
        self.view.rows_filter.selectAll()

    def page_actions(self) -> list[QAction]:
        return self._actions

    def help_key(self) -> str:
        return self.matrix.page

    def _make_actions(self) -> None:
        make = ActionMaker(self, self.context.shortcuts, writable=self.view.model.writable)
        self.write_action = make.action(tr("To Excel or PDF…"), "download", self.choose_target)
        self.back_action = make.writing(tr("Back from Excel…"), "upload", self.choose_source)
        self._actions = [self.write_action]
        if self.matrix.filled_in:
            self._actions.append(self.back_action)
        sides: tuple[tuple[Axis, Field], ...] = (("down", self.matrix.down_field), ("across", self.matrix.across_field))
        for axis, linked in sides:
            if not linked.pick:
                target = target_of(linked)
                self._actions.append(make.action(target.label, target.icon, partial(self.view.go_to_heads, axis)))

    # -- out and back -----------------------------------------------------------------------------------------------

    def choose_target(self) -> None:
        """Ask where to, and write the matrix as it is filtered."""
        kinds = ((tr("Excel workbook"), "xlsx"), (tr("PDF document"), "pdf"))
        stem = f"{self.context.project.code} {self.matrix.label}"
        chooser = target_chooser(self.context, self, self.write_action.text(), stem, kinds)
        chooser.fileSelected.connect(lambda path: self.write_to(Path(path)))
        self._open(chooser)

    def write_to(self, path: Path) -> None:
        """Write the matrix as it is filtered, in the language in force."""
        workspace, code, matrix = self.context.workspace, self.context.project.code, self.matrix
        down, across = self.view.wanted()
        spoken: Language = "zh" if language() == "zh" else "en"
        self.context.settings.put(FOLDER, str(path.parent))

        def work(target: Path, progress: Progress) -> None:
            project = workspace.project(code)
            write_matrix(
                workspace, project, matrix, target, language=spoken, down=down, across=across, progress=progress
            )  # fmt: skip

        write_file(self.context, self, path, work, self._written)

    def _written(self, path: Path, _none: None) -> None:
        self.context.tell(tr("{file} was written.", file=path.name))

    def choose_source(self) -> None:
        """Ask which workbook comes back, and show what it would change."""
        kinds = f"{tr('Excel workbook')} (*.xlsx)"
        chooser = QFileDialog(self, self.back_action.text(), str(last_folder(self.context)), kinds)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(lambda path: self.take_back(Path(path)))
        self._open(chooser)

    def take_back(self, path: Path) -> None:
        """Read a workbook that was written from this matrix, and show what it would change."""
        workspace, code, matrix = self.context.workspace, self.context.project.code, self.matrix

        def work(progress: Progress) -> tuple[MatrixBack, str]:
            return read_back(workspace, workspace.project(code), path, matrix, progress=progress), path.name

        self.context.run_job(tr("Reading {file}", file=path.name), work, done=self._preview)

    @Slot(object)
    def _preview(self, read: tuple[MatrixBack, str]) -> None:
        back, file = read
        if not (back.changes or back.conflicts or back.refused):
            self.context.tell(tr("{file} says what the matrix says already.", file=file))
            return
        dialog = MatrixBackDialog(back, file, self)
        dialog.agreed.connect(self._store)
        self._open(dialog)

    @Slot(object)
    def _store(self, back: MatrixBack) -> None:
        workspace, code = self.context.workspace, self.context.project.code

        def work(_progress: Progress) -> int:
            store_back(workspace, workspace.project(code), back)
            return len(back.changes)

        self.context.run_job(tr("Filling the matrix"), work, done=self._stored)

    @Slot(object)
    def _stored(self, cells: int) -> None:
        self.context.tell(trn("{n} cell changed.", "{n} cells changed.", cells), undo=True)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog = dialog
        dialog.open()
