"""The import wizard at each of its steps."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
from PySide6.QtWidgets import QWidget

from handover.pack.produce import export_register
from handover.registers import query
from handover.registers.catalogue import register
from tests.exchange.cobie.cobie_book import cobie_workbook
from tests.gallery.opening import SAMPLES, Opener, Scenes, language, wait
from ui.transfer.wizard.import_wizard import AGREE, DONE, MAPPING, PREVIEW, TABLE, ImportWizard
from ui.window.window import MainWindow


def _import(into: str | None, file: str) -> Opener:
    def show(window: MainWindow) -> QWidget:
        return ImportWizard(window.context, path=SAMPLES / file if file else None, register=into, parent=window)

    return show


def _import_at(step: str) -> Opener:
    """The wizard at a step, with the sample's own task list."""

    def show(window: MainWindow) -> QWidget:
        wanted = {"table": TABLE, "columns": MAPPING, "rows": PREVIEW, "agree": AGREE}[step]
        wizard = ImportWizard(window.context, SAMPLES / language() / "task-list.xlsx", parent=window)
        _go_to(wizard, wanted)
        return wizard

    return show


def _verdicts(window: MainWindow) -> QWidget:
    """The rows of a list in which some documents are new, some changed, and some accepted and no more to be changed."""
    context = window.context
    target = register("documents")
    fields = (target["number"], target["title"])
    with context.workspace.read() as connection:
        known = [
            row
            for view, count in (("open", 10), ("", 2))
            for row in list(query.every(connection, target, context.project.id, query.Query(view=view), fields))[:count]
        ]
    lines = [["Number", "Title", "Due"]]
    for n, row in enumerate(known):
        lines.append([*map(str, row.values), "2027-02-30" if n % 5 == 2 else f"2027-03-{n + 10}"])
    lines += [[f"NEW-{n}", f"Test record {n}", "2027-04-01"] for n in range(4)]
    path = Path(os.environ["HANDOVER_HOME"]) / "documents of the contractor.csv"
    path.write_text("\n".join(",".join(f'"{c}"' for c in line) for line in lines), encoding="utf-8-sig")
    wizard = ImportWizard(context, path, "documents", window)
    _go_to(wizard, PREVIEW)
    wizard.preview_step.view.setCurrentIndex(wizard.preview_step.model.index(10, 1))
    return wizard


def _cobie(step: str) -> Opener:
    """The wizard at a step with a workbook of several sheets that are imported together."""

    def show(window: MainWindow) -> QWidget:
        wizard = ImportWizard(window.context, cobie_workbook(Path(os.environ["HANDOVER_HOME"])), parent=window)
        _go_to(wizard, {"sheets": TABLE, "together": PREVIEW, "agree": AGREE}[step])
        return wizard

    return show


def _asked(step: int) -> Opener:
    """The wizard at a step where it asks: into which register and of a filter, or what durations count."""

    def show(window: MainWindow) -> QWidget:
        path = Path(os.environ["HANDOVER_HOME"]) / f"list of the contractor, {step}.xlsx"
        book = openpyxl.Workbook()
        page = book.worksheets[0]
        page.append(("Risk", "Probability", "Impact") if step == TABLE else ("Task", "Duration", "Owner"))
        for n in range(12):
            page.append((f"Crane {n}", "High", "Low") if step == TABLE else (f"Flush line {n}", 8 * (n % 5 + 1), "Ann"))
        if step == TABLE:
            page.auto_filter.ref = "A1:C13"
            page.auto_filter.add_filter_column(0, ["Crane 11"])
            for row in range(2, 13):
                page.row_dimensions[row].hidden = True
        book.save(path)
        wizard = ImportWizard(window.context, path, None if step == TABLE else "tasks", window)
        _go_to(wizard, step)
        return wizard

    return show


def _come_home(window: MainWindow) -> QWidget:
    """The rows of a workbook of ours in which somebody emptied cells."""
    context = window.context
    path = Path(os.environ["HANDOVER_HOME"]) / "documents that come home.xlsx"
    export_register(context.workspace, context.workspace.project(context.project.code), register("documents"), path)
    book = openpyxl.load_workbook(path)
    page = book.worksheets[1]
    for row in range(3, 6):
        page.cell(row, 4).value = None
    book.save(path)
    wizard = ImportWizard(context, path, parent=window)
    _go_to(wizard, PREVIEW)
    return wizard


def _imported(window: MainWindow) -> QWidget:
    """The wizard's last step, with what a small list did; the import is taken back with the dialog."""
    path = Path(os.environ["HANDOVER_HOME"]) / "records of the contractor.csv"
    path.write_text("Number,Title\nNEW-1,Test record 1\nNEW-2,Test record 2\n", encoding="utf-8-sig")
    wizard = ImportWizard(window.context, path, "documents", window)
    wizard.finished.connect(lambda _result: window.context.undo())
    _go_to(wizard, DONE)
    return wizard


def _go_to(wizard: ImportWizard, step: int) -> None:
    """Go on in a wizard that has its file, as far as a step."""
    wizard.open()
    wait(lambda: wizard.at >= step, lambda: wizard.at > 0 and not wizard.work.busy and wizard.go_on())


def scenes() -> Scenes:
    """The wizard from the choice of a file to what was done."""
    yield "wizard-import", _import(None, "")
    yield "wizard-import-tasks", _import("tasks", f"{language()}/task-list.xlsx")
    for step in ("table", "columns", "rows", "agree"):
        yield f"wizard-import-{step}", _import_at(step)
    yield "wizard-import-verdicts", _verdicts
    for step in ("sheets", "together", "agree"):
        yield f"wizard-import-cobie-{step}", _cobie(step)
    yield "wizard-asked-list", _asked(TABLE)
    yield "wizard-asked-unit", _asked(MAPPING)
    yield "wizard-asked-emptied", _come_home
    yield "wizard-import-done", _imported
