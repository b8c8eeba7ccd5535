"""What the plan's page asks in dialogs: a baseline's name, calendars, how it is scheduled, where the chart goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from handover.i18n import language, tr
from handover.jobs import Progress
from handover.pack.single.gantt_file import write_gantt
from handover.registers.scheduling.baselines import remove
from handover.replacing import replacing
from handover.wording import Language
from ui.plan.acts import PlanActs
from ui.plan.calendars import CalendarDialog
from ui.plan.dialogs import ScheduleOptions, TakeBaseline
from ui.plan.gantt import GanttView
from ui.plan.picture import as_png, picture_of
from ui.shell.another_name import write_file
from ui.shell.page import Context


class PlanDialogs(QObject):
    """Opens the dialogs of the plan's page and does what is decided in them.

    Attributes:
        dialog: the one that was opened last.

    Signals:
        baseline_taken: key of a baseline that was just taken.
    """

    baseline_taken = Signal(str)

    def __init__(self, context: Context, acts: PlanActs, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._acts = acts
        self._page = page
        self.dialog: QDialog | None = None

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def take_baseline(self) -> None:
        """Ask for a name and keep the plan as it is under it."""
        chart = self._acts.chart
        dialog = TakeBaseline(self._context, len(chart.baselines) if chart else 0, self._page)
        dialog.accepted.connect(lambda: self.baseline_taken.emit(dialog.taken))
        self._open(dialog)

    def drop_baseline(self) -> None:
        """Put the baseline that is shown into the bin."""
        chart, project = self._acts.chart, self._context.project.id
        if chart is not None and chart.baseline_id:
            self._context.act(lambda: remove(self._context.workspace, project, chart.baseline_id))

    def show_calendars(self) -> None:
        """Show the working calendars."""
        self._open(CalendarDialog(self._context, self._page))

    def show_options(self) -> None:
        """Show how the plan is scheduled."""
        self._open(ScheduleOptions(self._context, self._page))

    def write_chart(self) -> None:
        """Ask where to, and write the chart as a PDF."""
        name = f"{self._context.project.code}-GANTT.pdf"
        folder = Path(self._context.settings.get("packs", "") or Path.home())
        chooser = QFileDialog(self._page, tr("Chart as PDF"), str(folder / name), tr("PDF files (*.pdf)"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("pdf")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(lambda path: self.write_chart_to(Path(path)))
        self._open(chooser)

    def write_chart_to(self, path: Path) -> None:
        """Write the chart to a file, in the language in force, with the baseline that is shown."""
        workspace, code = self._acts.workspace, self._context.project.code
        baseline = self._acts.chart.baseline_id if self._acts.chart else ""
        spoken: Language = "zh" if language() == "zh" else "en"

        def work(target: Path, progress: Progress) -> None:
            project = workspace.project(code)
            write_gantt(workspace, project, target, language=spoken, baseline_id=baseline, progress=progress)

        write_file(self._context, self._page, path, work, self._written)

    def write_picture(self, view: GanttView) -> None:
        """Ask where to, and write the chart as one picture."""
        image = self._context.act(lambda: picture_of(self._context, view))
        if image is None:
            return
        name = f"{self._context.project.code}-GANTT.png"
        folder = Path(self._context.settings.get("packs", "") or Path.home())
        chooser = QFileDialog(self._page, tr("Chart as a picture"), str(folder / name), tr("PNG pictures (*.png)"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("png")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(lambda path: self.write_picture_to(Path(path), image))
        self._open(chooser)

    def write_picture_to(self, path: Path, image: QImage) -> None:
        """Write a picture of the chart to a file."""

        def work(target: Path, _progress: Progress) -> None:
            with replacing(target) as new:
                new.write_bytes(as_png(image))

        write_file(self._context, self._page, path, work, self._written)

    def _written(self, path: Path, _none: None) -> None:
        self._context.tell(tr("{file} was written.", file=path.name))
