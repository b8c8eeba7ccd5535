"""The dialog that exports a register as a workbook or a document, or the plan for other programs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QLabel, QRadioButton, QWidget

from handover.errors import NotValid
from handover.exchange.plans.export import export_plan
from handover.file_names import safe_name
from handover.i18n import N_, language, tr, trn
from handover.jobs import Progress
from handover.pack.produce import ROW_FILES, export_register
from handover.registers import query
from handover.registers.catalogue import register, registers
from handover.registers.declare import Field, Register
from handover.registers.query import Query
from ui.shell.form import FieldBox
from ui.shell.page import Context, Page, RowsAsShown
from ui.transfer.pack_dialog import PackDialog
from ui.transfer.writing import FOLDER, LanguageBox, PathField, WritingDialog, last_folder

__all__ = ["ExportDialog", "PackDialog"]

_LANGUAGE = "exports/language"
_KINDS = (
    (".xlsx", N_("Excel workbook")),
    (".csv", N_("CSV, as text for any program")),
    (".pdf", N_("PDF document")),
    (".xml", N_("MS Project XML")),
    (".ics", N_("Milestones as a calendar (iCalendar)")),
)


class ExportDialog(WritingDialog):
    """Exports one register.

    Args:
        page: the page in view; one that shows rows of a register can be exported as it is seen.
    """

    def __init__(self, context: Context, page: Page | None = None, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            tr("Export a register"),
            tr("The workbook can be filled in by others and imported again: its rows come back as changes."),
            parent,
        )
        self._shown = page.as_shown() if page is not None else None
        self.register = QComboBox(self)
        for each in registers():
            self.register.addItem(each.label, each.key)
        if self._shown is not None:
            self.register.setCurrentIndex(self.register.findData(self._shown.register.key))
        self.all_rows = QRadioButton(self)
        self.as_seen = QRadioButton(self)
        self._group = QButtonGroup(self)
        self.internal = QCheckBox(self)
        self.tagged = QCheckBox(tr("Readable by screen readers"), self)
        self.kind = QComboBox(self)
        self.language = LanguageBox(self, context.settings.get(_LANGUAGE, language()))
        self.file = PathField(tr("File"), Path(), folder=False)
        self._own_name = False
        self._arrange()
        self.register.currentIndexChanged.connect(self._register_changed)
        self.kind.currentIndexChanged.connect(self._kind_changed)
        self.language.currentIndexChanged.connect(self.forget_question)
        self.file.edit.textEdited.connect(self._named)
        self.file.edit.textChanged.connect(self.forget_question)
        self._register_changed()
        self.register.setFocus()

    def _arrange(self) -> None:
        self.fields.addWidget(FieldBox(tr("Register"), self.register))
        for button in (self.as_seen, self.all_rows):
            self._group.addButton(button)
            self.fields.addWidget(button)
        self.fields.addWidget(self.internal)
        self.fields.addWidget(FieldBox(tr("Format"), self.kind))
        self.fields.addWidget(self.tagged)
        self.language_box = FieldBox(tr("Language"), self.language)
        self.fields.addWidget(self.language_box)
        self.guard_note = QLabel(
            tr("Before what a spreadsheet would take for a formula stands an apostrophe; importing takes it off."),
            self,
        )
        self.guard_note.setWordWrap(True)
        self.fields.addWidget(self.guard_note)
        self.file_box = FieldBox(tr("File"), self.file)
        self.fields.addWidget(self.file_box)
        self.offer_folder()

    # -- choosing -----------------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> Register:
        """The register to be exported."""
        return register(str(self.register.currentData()))

    def _register_changed(self) -> None:
        target = self.chosen
        seen = self._seen
        with self.context.workspace.read() as connection:
            total = query.count(connection, target, self.context.project.id, Query())
            shown = query.count(connection, target, self.context.project.id, seen.query) if seen else 0
        self.all_rows.setText(trn("All columns, {n} row", "All columns, {n} rows", total))
        self.as_seen.setText(
            trn("As on the page: its columns, {n} row", "As on the page: its columns, {n} rows", shown)
        )
        self.as_seen.setVisible(seen is not None)
        self.all_rows.setVisible(seen is not None)
        (self.as_seen if seen else self.all_rows).setChecked(True)
        self.internal.setChecked(False)
        self.internal.setText(tr("With internal data: {fields}", fields=", ".join(f.label for f in self._internal)))
        before = self.kind.currentData()
        self.kind.blockSignals(True)
        self.kind.clear()
        for suffix, name in _KINDS:
            if suffix in ROW_FILES or target.links:
                self.kind.addItem(tr("{kind} ({suffix})", kind=tr(name), suffix=suffix), suffix)
        self.kind.setCurrentIndex(max(0, self.kind.findData(before)))
        self.kind.blockSignals(False)
        self._own_name = False
        self._kind_changed()

    @property
    def _internal(self) -> tuple[Field, ...]:
        """What is internal in the register that is chosen."""
        return tuple(field for field in self.chosen.fields if field.internal)

    @property
    def _seen(self) -> RowsAsShown | None:
        """The rows of the page, when they are of the register that is chosen."""
        return self._shown if self._shown is not None and self._shown.register.key == self.chosen.key else None

    def _kind_changed(self) -> None:
        suffix = str(self.kind.currentData())
        rows = suffix in ROW_FILES
        self.guard_note.setVisible(suffix == ".csv")
        self.language_box.setVisible(rows)
        self.tagged.setVisible(suffix == ".pdf")
        self.internal.setVisible(rows and bool(self._internal))
        seen = rows and self._seen is not None
        self.as_seen.setVisible(seen)
        self.all_rows.setVisible(seen)
        if self._own_name:
            self.file.edit.setText(str(self.file.path().with_suffix(suffix)))
        else:
            name = safe_name(f"{self.context.project.code} {self.chosen.label}{suffix}")
            self.file.edit.setText(str(last_folder(self.context) / name))
        self.forget_question()

    def _named(self) -> None:
        self._own_name = True

    # -- writing ------------------------------------------------------------------------------------------------------

    def verb(self) -> str:
        return tr("Export")

    def targets(self) -> list[Path]:
        path, suffix = self.file.path(), str(self.kind.currentData())
        if not self.file.edit.text().strip():
            raise NotValid(N_("Choose the file that is to be written."))
        if path.suffix.lower() != suffix:
            path = path.with_name(path.name + suffix)
            self.file.edit.setText(str(path))
        return [path]

    def place(self) -> PathField:
        return self.file

    def write(self) -> None:
        (path,) = self.targets()
        context, target, suffix = self.context, self.chosen, path.suffix.lower()
        project = context.workspace.project(context.project.code)
        seen = self._seen if self.as_seen.isChecked() and self.as_seen.isVisibleTo(self) else None
        wanted = seen.query if seen is not None else Query()
        fields = seen.fields if seen is not None else ()
        internal = [field.field for field in self._internal] if self.internal.isChecked() else []
        rules = seen.rules if seen is not None else ()
        code, tagged = str(self.language.currentData()), self.tagged.isChecked()
        context.settings.put(_LANGUAGE, code)

        def export(progress: Progress) -> tuple[int, Path]:
            if suffix in (".xml", ".ics"):
                return export_plan(context.workspace, project, path, progress), path
            n = export_register(
                context.workspace,
                project,
                target,
                path,
                query=wanted,
                fields=fields,
                internal=internal,
                rules=rules,
                language=code,
                tagged=tagged,
                progress=progress,
            )
            return n, path

        self.work.run(tr("Writing {file}", file=path.name), export, self._written, self.fail)

    def _written(self, result: tuple[int, Path]) -> None:
        n, path = result
        self.context.settings.put(FOLDER, str(path.parent))
        self.show_written(trn("{n} row was written to {file}.", "{n} rows were written to {file}.", n, file=path.name),
                          [path])  # fmt: skip
