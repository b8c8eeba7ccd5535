"""Saving the report of a gate as PDF or workbook, where the user says."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from handover.file_names import safe_name
from handover.i18n import language, tr
from handover.jobs import Progress
from handover.pack.chapters.gates import write_gate_report
from handover.wording import Language
from ui.shell.page import Context


def save_gate_report(context: Context, gate_id: str, name: str, over: QWidget) -> None:
    """Ask where, and write the report in the language of the program."""
    dialog = QFileDialog(over, tr("Save the report of the gate"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(["PDF (*.pdf)", "Excel (*.xlsx)"])
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(safe_name(f"{tr('Gate')} {name}".strip(), "gate") + ".pdf")
    dialog.fileSelected.connect(lambda path: write_report(context, gate_id, Path(path)))
    dialog.open()


def write_report(context: Context, gate_id: str, path: Path) -> None:
    """Write the report to a file, as a job."""
    workspace, project = context.workspace, context.project.id
    written_in: Language = "zh" if language() == "zh" else "en"

    def work(_progress: Progress) -> None:
        write_gate_report(workspace, project, gate_id, path, written_in)

    context.run_job(tr("Writing the report"), work,
                    done=lambda _: context.tell(tr("Wrote {file}.", file=path.name)))  # fmt: skip
