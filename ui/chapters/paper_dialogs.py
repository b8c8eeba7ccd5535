"""Dialogs that print labels, and the forms of the trade."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from handover.errors import NotValid
from handover.file_names import safe_name
from handover.i18n import N_, language, tr, trc, trn
from handover.pack.labels import LABEL_SHEETS, label_sheet, labels_of, write_labels
from handover.pack.produce import language_of
from handover.pack.trade_forms import SUFFIXES, TradeForm, form_of, trade_forms, write_form
from handover.registers.declare import Register
from ui.register.own_acts import OwnAct
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.theme.style import number_box
from ui.theme.tokens import SPACE
from ui.transfer.into_file import LANGUAGE, FileDialog
from ui.transfer.writing import LanguageBox, PathField, last_folder

_SHEET = "labels/sheet"


def label_act(context: Context, register: Register) -> OwnAct:
    """Print the labels of chosen rows, or of all."""
    return OwnAct(
        tr("Print labels…"),
        "tag",
        lambda ids, over: LabelDialog(context, register, ids, over.window()).open(),
        writes=False,
    )


def form_act(context: Context, register: Register) -> OwnAct:
    """Write the rows of a register as a form of the trade."""
    return OwnAct(
        tr("Write a form…"),
        "printer",
        lambda _ids, over: FormDialog(context, register, over.window()).open(),
        writes=False,
    )


class LabelDialog(FileDialog):
    """Writes labels with QR codes as a PDF to print."""

    def __init__(self, context: Context, register: Register, ids: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            trn("Print {n} label", "Print {n} labels", len(ids)),
            tr("Each has its name and a QR code of it, by which it is read back. Print the sheet without scaling."),
            parent,
        )
        self._register, self._ids = register, list(ids)
        self.sheet = QComboBox(self)
        for sheet in LABEL_SHEETS:
            size = tr(
                "{n} labels of {wide} x {high} mm", n=sheet.labels, wide=f"{sheet.width:g}", high=f"{sheet.height:g}"
            )
            self.sheet.addItem(size, sheet.key)
        self.sheet.setCurrentIndex(max(0, self.sheet.findData(str(context.settings.get(_SHEET, "")))))
        self.first = number_box(self)
        self.first.setMinimum(1)
        self.sheet.currentIndexChanged.connect(self._sheet_changed)
        self.first.valueChanged.connect(lambda _n: self.forget_question())
        self.file = PathField(tr("File"), last_folder(context) / f"{tr('Labels')}.pdf", folder=False)
        self.file.edit.textChanged.connect(self.forget_question)
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 3)
        row.addWidget(FieldBox(trc("of labels", "Sheet"), self.sheet), 1)
        row.addWidget(FieldBox(tr("Begin with label no."), self.first))
        self.fields.addWidget(line)
        self.fields.addWidget(FieldBox(tr("File"), self.file))
        self.offer_folder()
        self._sheet_changed()
        self.forget_question()
        self.sheet.setFocus()

    def _sheet_changed(self) -> None:
        self.first.setMaximum(label_sheet(str(self.sheet.currentData())).labels)
        self.forget_question()

    def targets(self) -> Sequence[Path]:
        return (_suffixed(self.file, (".pdf",)),)

    def write(self) -> None:
        context, target, register, ids = self.context, self.file.path(), self._register, self._ids
        sheet, first = label_sheet(str(self.sheet.currentData())), self.first.value()
        workspace, project = context.workspace, context.project.id
        context.settings.put(_SHEET, sheet.key)
        self.work.run(
            tr("Writing labels"),
            lambda progress: write_labels(
                labels_of(workspace, register, project, ids), target, sheet, first=first, progress=progress
            ),
            self._written,
            self.fail,
        )

    def _written(self, sheets: int) -> None:
        self.say_written(trn("{n} sheet was written.", "{n} sheets were written.", sheets))


class FormDialog(FileDialog):
    """Writes a form of a register."""

    def __init__(self, context: Context, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            tr("Write a form"),
            tr("As a document to be signed, or as a workbook that others fill in and that comes back as changes."),
            parent,
        )
        self.form_box = QComboBox(self)
        for each in trade_forms():
            if each.register == register.key:
                self.form_box.addItem(each.label, each.key)
        self.kind = QComboBox(self)
        self.kind.addItem(tr("PDF document"), ".pdf")
        self.kind.addItem(tr("Excel workbook"), ".xlsx")
        self.language = LanguageBox(self, context.settings.get(LANGUAGE, language()))
        self.file = PathField(tr("File"), Path(), folder=False)
        self._own_name = False
        self.fields.addWidget(FieldBox(trc("of the trade", "Form"), self.form_box))
        self.fields.addWidget(FieldBox(tr("Format"), self.kind))
        self.fields.addWidget(FieldBox(tr("Language"), self.language))
        self.fields.addWidget(FieldBox(tr("File"), self.file))
        self.offer_folder()
        self.form_box.currentIndexChanged.connect(self._name)
        self.kind.currentIndexChanged.connect(self._name)
        self.language.currentIndexChanged.connect(self.forget_question)
        self.file.edit.textEdited.connect(self._named)
        self.file.edit.textChanged.connect(self.forget_question)
        self._name()
        self.form_box.setFocus()

    @property
    def chosen(self) -> TradeForm:
        """The form to be written."""
        return form_of(str(self.form_box.currentData()))

    def _named(self) -> None:
        self._own_name = True

    def _name(self) -> None:
        suffix = str(self.kind.currentData())
        if self._own_name:
            path = self.file.path().with_suffix(suffix)
        else:
            name = safe_name(f"{self.context.project.code} {self.chosen.label}{suffix}")
            path = last_folder(self.context) / name
        self.file.edit.setText(str(path))
        self.forget_question()

    def targets(self) -> Sequence[Path]:
        return (_suffixed(self.file, SUFFIXES),)

    def write(self) -> None:
        context, form, target = self.context, self.chosen, self.file.path()
        spoken = language_of(str(self.language.currentData()))
        workspace, key = context.workspace, context.project.id
        context.settings.put(LANGUAGE, self.language.currentData())

        def work(progress: object) -> int:
            project = next(each for each in workspace.projects() if each.id == key)
            return write_form(workspace, project, form, target, spoken, progress)  # type: ignore[arg-type]  # as jobs give it

        self.work.run(tr("Writing {file}", file=target.name), work, self._written, self.fail)

    def _written(self, rows: int) -> None:
        self.say_written(trn("{n} row was written.", "{n} rows were written.", rows))


def _suffixed(file: PathField, suffixes: Sequence[str]) -> Path:
    path = file.path()
    if path.suffix.lower() not in suffixes:
        raise NotValid(N_("“{name}” must end in {suffixes}."), name=path.name, suffixes=", ".join(suffixes))
    return path
