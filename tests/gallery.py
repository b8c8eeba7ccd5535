"""Pictures of every page, dialog and wizard on the sample workspace: ``python tests/gallery.py OUT [NAME…]``.

Each is opened offscreen in light and dark, English and Chinese, at 1280x800 and 1920x1080, and saved as a PNG. A page
that can't be opened ends the run with its fault: none is skipped. With names, only what contains one of them is drawn.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["HANDOVER_HOME"] = tempfile.mkdtemp(prefix="handover-gallery-")

from PIL import Image
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QGridLayout, QVBoxLayout, QWidget
from reportlab.pdfgen.canvas import Canvas

from handover import clock
from handover.errors import UnusableFile
from handover.i18n import N_, tr
from handover.model.project import Project
from handover.pack.contents import outline_of
from handover.pack.issuing import issue
from handover.pack.produce import packs_in_force
from handover.registers import attachments, editing, query
from handover.registers.catalogue import paper, register, registers
from handover.registers.moving import can_move
from handover.store import Workspace, copies, copying
from tests.charts.kinds import every_kind
from ui.application import Application, release_clipboard
from ui.chapters.issued import PaperPanel
from ui.charts.view import ChartView
from ui.pages.project import ProjectDialog
from ui.pages.settings import SettingsDialog
from ui.plan.findings import REPORTS
from ui.plan.page import PlanPage
from ui.register import clipboard
from ui.register.attachments import AttachmentsPanel
from ui.register.menus import open_filter
from ui.register.parts_panel import PartsPanel
from ui.register.view import RegisterPage
from ui.shell.chapters import page_entries
from ui.shell.help import KEYS, Help
from ui.shell.jobs import Job
from ui.shell.message import Message, MessageChoice
from ui.shell.progress import ProgressPanel
from ui.theme.style import role
from ui.transfer.import_wizard import ImportWizard
from ui.window.about import About
from ui.window.begin import NewWorkspace
from ui.window.palette import Palette
from ui.window.restore import RestoreDialog
from ui.window.search import SearchDialog
from ui.window.window import MainWindow

SIZES = ((1280, 800), (1920, 1080))
LOOKS = tuple((language, theme) for language in ("en", "zh") for theme in ("light", "dark"))
SAMPLES = Path(__file__).resolve().parent.parent / "resources" / "sample"
_PATIENCE = 60.0

#: Shows something on the window; what it returns, if anything, lies over the window.
Opener = Callable[[MainWindow], QWidget | None]


def page(key: str, **state: object) -> Opener:
    """Opens a page, in a state."""

    def show(window: MainWindow) -> None:
        window.context.go(key, **state)

    return show


def _details(key: str) -> Opener:
    def show(window: MainWindow) -> None:
        context = window.context
        with context.workspace.read() as connection:
            found = next(
                query.every(connection, register(key), context.project.id, query.Query(sort=(("ref", False),)))
            )
        context.open_row(key, found.id)

    return show


def _new_workspace(window: MainWindow) -> QWidget:
    return NewWorkspace(window, tr("Tank farm"))


def _refused(window: MainWindow) -> QWidget:
    error = UnusableFile(
        N_("{file} is not a Handover workspace. Choose a file that ends in .handover."), file="plan.zip"
    )
    window.files._refused(Path("plan.zip"), error)
    assert window.files.dialog is not None
    return window.files.dialog


def _unexpected(window: MainWindow) -> QWidget:
    window._watch._show("ZeroDivisionError: division by zero")
    assert window._watch.dialog is not None
    window._watch.dialog.more.click()
    return window._watch.dialog


def _error_banner(window: MainWindow) -> None:
    window.context.go("overview")
    window.error_banner.complain(UnusableFile(N_("{file} can't be read."), file="tasks.xlsx", detail="EIO"))


def _progress(window: MainWindow) -> QWidget:
    job = Job(tr("Opening {file}", file="task-list.xlsx"), lambda _progress: None, window)
    panel = ProgressPanel(job, window)
    panel._timer.stop()
    panel._end_patience()
    job.progressed.emit(3120, 10000, tr("the first {n} of {of}", n=3120, of=10000))
    return panel


def _palette(typed: str) -> Opener:
    def show(window: MainWindow) -> QWidget:
        palette = Palette(window.context, window.all_actions(), window)
        return _typed(palette, typed)

    return show


def _search(typed: str) -> Opener:
    def show(window: MainWindow) -> QWidget:
        return _typed(SearchDialog(window.context, window.projects, window), typed)

    return show


def _typed(box: Palette | SearchDialog, typed: str) -> QWidget:
    box.open()
    box.type(typed)
    box._pause.stop()
    if typed:
        box._ask()
    return box


def _question(window: MainWindow) -> QWidget:
    return Message(
        tr("Open in another window"),
        tr(
            "{file} is already open elsewhere. It can be read here; close the other window to change it.",
            file="A.handover",
        ),
        MessageChoice(tr("Open for reading"), role="primary"),
        MessageChoice(tr("Cancel")),
        tone="warning",
        parent=window,
    )


def _properties(window: MainWindow) -> QWidget:
    return ProjectDialog(window.context, window.context.workspace.project(window.context.project.code), window)


def _import(into: str | None, file: str) -> Opener:
    def show(window: MainWindow) -> QWidget:
        from ui.transfer.import_wizard import ImportWizard

        return ImportWizard(window.context, path=SAMPLES / file if file else None, register=into)

    return show


def _export(window: MainWindow) -> QWidget:
    from ui.transfer.export_dialog import ExportDialog

    return ExportDialog(window.context)


def _pack(window: MainWindow) -> QWidget:
    from ui.transfer.export_dialog import PackDialog

    return PackDialog(window.context)


def _issue_pack(window: MainWindow) -> QWidget:
    from ui.transfer.export_dialog import PackDialog

    dialog = PackDialog(window.context)
    dialog.choose_issue(None)
    return dialog


def _issued_paper(window: MainWindow) -> None:
    """An issued pack, superseded by its next edition, and what is said when it is compared."""
    context = window.context
    project = context.workspace.project(context.project.code)
    outline = outline_of(context.workspace, project, "both", ("summary", "sign_off"))
    supersedes = None
    with context.workspace.read() as connection:
        there = packs_in_force(connection, project.id)
    for _edition in range(0 if there else 2):
        supersedes = issue(context.workspace, project.id, outline, paper("pack"), supersedes=supersedes).id
    shown = _register_page(window, "issued", view="", details=True)
    shown.table.go_to(1, 0)
    shown.detail.tabs.setCurrentIndex(1)
    panel = shown.detail.tabs.currentWidget()
    assert isinstance(panel, PaperPanel)
    panel.verify.click()
    _wait(lambda: bool(panel.verdict.text()))


def _check_pack(window: MainWindow) -> QWidget:
    from ui.transfer.verify_dialog import VerifyDialog

    return VerifyDialog(window.context)


def _reports(window: MainWindow) -> QWidget:
    from ui.transfer.reports import ReportsDialog

    return ReportsDialog(window.context)


def _import_at(step: str) -> Opener:
    """The wizard at a step, with the sample's own task list."""

    def show(window: MainWindow) -> QWidget:
        from ui.transfer.import_wizard import AGREE, MAPPING, PREVIEW, TABLE, ImportWizard

        wanted = {"table": TABLE, "columns": MAPPING, "rows": PREVIEW, "agree": AGREE}[step]
        wizard = ImportWizard(window.context, SAMPLES / _language() / "task-list.xlsx")
        _go_to(wizard, wanted)
        return wizard

    return show


def _verdicts(window: MainWindow) -> QWidget:
    """The rows of a list in which some documents are new, some changed and some in error."""
    from ui.transfer.import_wizard import PREVIEW, ImportWizard

    context = window.context
    target = register("documents")
    fields = (target["number"], target["title"])
    with context.workspace.read() as connection:
        known = list(query.every(connection, target, context.project.id, None, fields))[:12]
    lines = [["Number", "Title", "Due"]]
    for n, row in enumerate(known):
        lines.append([*map(str, row.values), "2027-02-30" if n % 5 == 2 else f"2027-03-{n + 10}"])
    lines += [[f"NEW-{n}", f"Test record {n}", "2027-04-01"] for n in range(4)]
    path = Path(os.environ["HANDOVER_HOME"]) / "documents of the contractor.csv"
    path.write_text("\n".join(",".join(f'"{c}"' for c in line) for line in lines), encoding="utf-8-sig")
    wizard = ImportWizard(context, path, "documents")
    _go_to(wizard, PREVIEW)
    wizard.preview_step.view.setCurrentIndex(wizard.preview_step.model.index(2, 1))
    return wizard


def _cobie(step: str) -> Opener:
    """The wizard at a step with a workbook of several sheets that are imported together."""

    def show(window: MainWindow) -> QWidget:
        from tests.exchange.cobie.cobie_book import cobie_workbook
        from ui.transfer.import_wizard import AGREE, PREVIEW, TABLE, ImportWizard

        wizard = ImportWizard(window.context, cobie_workbook(Path(os.environ["HANDOVER_HOME"])))
        _go_to(wizard, {"sheets": TABLE, "together": PREVIEW, "agree": AGREE}[step])
        return wizard

    return show


def _template(window: MainWindow) -> QWidget:
    from ui.transfer.template_dialog import TemplateDialog

    return TemplateDialog(window.context, "documents")


def _imported(window: MainWindow) -> QWidget:
    """The wizard's last step, with what a small list did; the import is taken back with the dialog."""
    from ui.transfer.import_wizard import DONE, ImportWizard

    path = Path(os.environ["HANDOVER_HOME"]) / "records of the contractor.csv"
    path.write_text("Number,Title\nNEW-1,Test record 1\nNEW-2,Test record 2\n", encoding="utf-8-sig")
    wizard = ImportWizard(window.context, path, "documents")
    wizard.finished.connect(lambda _result: window.context.undo())
    _go_to(wizard, DONE)
    return wizard


def _go_to(wizard: ImportWizard, step: int) -> None:
    """Go on in a wizard that has its file, as far as a step."""
    wizard.open()
    _wait(lambda: wizard.at >= step, lambda: wizard.at > 0 and not wizard.work.busy and wizard.go_on())


def _wait(reached: Callable[[], bool], help_on: Callable[[], object] = lambda: None) -> None:
    """Let the program work until a state is reached."""
    end = time.monotonic() + _PATIENCE
    while not reached():
        if time.monotonic() > end:
            raise RuntimeError("a scene was never reached")
        QApplication.processEvents()
        if not reached():
            help_on()


def _plan(window: MainWindow) -> PlanPage:
    """The page of the plan with its tasks read."""
    window.context.go("plan", tab="gantt")
    shown = window.host.current
    assert isinstance(shown, PlanPage)
    _wait(lambda: shown.chart is not None)
    return shown


def _plan_dialog(name: str) -> Opener:
    def show(window: MainWindow) -> QWidget | None:
        asking = _plan(window).asking
        getattr(asking, name)()
        return asking.dialog

    return show


def _trying(window: MainWindow) -> None:
    """A trial in the plan, with one thing tried."""
    shown = _plan(window)
    shown.acts.begin_trying()
    chart = shown.chart
    assert chart is not None
    shown.acts.shift_days([next(i for i in chart.node if can_move(chart, i))], 14)


def _register_page(window: MainWindow, key: str, **state: object) -> RegisterPage:
    """The page of a register with its first row current."""
    window.context.go(key, **state)
    shown = window.host.current
    assert isinstance(shown, RegisterPage)
    _wait(lambda: shown.model.rowCount() > 0)
    return shown


def _tab(key: str, number: int) -> Opener:
    """The detail form of a register's first row, turned to one of its tabs."""

    def show(window: MainWindow) -> None:
        shown = _register_page(window, key, view="", details=True)
        shown.table.go_to(0, 0)
        shown.detail.tabs.setCurrentIndex(number % shown.detail.tabs.count())

    return show


def _beside(key: str, tab: str) -> Opener:
    """The detail form of a register's first row, turned to one of its tabs by its key."""

    def show(window: MainWindow) -> None:
        shown = _register_page(window, key, view="", details=True)
        shown.table.go_to(0, 0)
        shown.detail.show_tab(tab)

    return show


def _in_state(window: MainWindow, key: str, state: str) -> RegisterPage:
    """The page of a register on its first row in a state, with its details."""
    shown = _register_page(window, key, view="", details=True)
    field = next(f for f in shown.register.fields if f.lifecycle is not None)
    rows = shown.model.rows(range(shown.model.rowCount()), (field,))
    place = next(n for n, row in enumerate(rows) if row.values[0] == state)
    shown.table.go_to(place, 0)
    shown.detail.tabs.setCurrentIndex(0)
    return shown


def _steps(key: str, state: str) -> Opener:
    def show(window: MainWindow) -> None:
        _in_state(window, key, state)

    return show


def _why_not(window: MainWindow) -> None:
    """A step that much stands against: the handover of a system with open documents."""
    context = window.context
    shown = _register_page(window, "systems", view="", details=True)
    custody = shown.register["custody"]
    rows = shown.model.rows(range(shown.model.rowCount()), (custody,))
    at = next((n for n, row in enumerate(rows) if row.values[0] == "care_custody"), -1)
    if at < 0:  # the sample has none that far: one is brought on
        at = next(n for n, row in enumerate(rows) if row.values[0] in ("constructor", "commissioning"))
        for state in ("commissioning", "care_custody"):
            if rows[at].values[0] != state:
                editing.change(context.workspace, shown.register, context.project.id, {rows[at].id: {"custody": state}})
    shown.table.go_to(at, 0)
    shown.detail.tabs.setCurrentIndex(0)


def _step_form(key: str, state: str, step: str, *, refused: bool = False) -> Opener:
    """What a step asks, perhaps with what was refused."""

    def show(window: MainWindow) -> QWidget:
        shown = _in_state(window, key, state)
        shown.detail.head.begin(step)
        form = shown.steps.form
        assert form is not None
        if refused:
            form.go.click()
        return form

    return show


def _new_part(window: MainWindow) -> QWidget:
    _beside("groups", "members")(window)
    shown = window.host.current
    assert isinstance(shown, RegisterPage)
    panel = shown.detail.tabs.currentWidget()
    assert isinstance(panel, PartsPanel)
    panel.more.click()
    assert panel.form is not None
    return panel.form


def _new_row(window: MainWindow) -> None:
    _register_page(window, "documents", view="").add_row()


def _filtering(key: str, field: str) -> Opener:
    def show(window: MainWindow) -> QWidget:
        shown = _register_page(window, key, view="")
        column = next(n for n, f in enumerate(shown.visible_fields()) if f.field == field)
        return open_filter(shown.table, shown.filtering, column)

    return show


def _pasting(window: MainWindow) -> QWidget:
    """A block with good and bad cells, on its way into the documents."""
    shown = _register_page(window, "documents", view="")
    typed = {"title": "Pump data sheet", "system": "nowhere", "due_on": "2027-02-30", "copies": "three"}
    row = [typed.get(f.field, "") for f in shown.visible_fields()]
    clipboard.put([row, row, row])
    shown.table.go_to(0, 0)
    shown.acts.paste()
    _wait(lambda: shown.acts.dialog is not None)
    assert shown.acts.dialog is not None
    return shown.acts.dialog


def _charts(table: bool) -> Opener:
    """A chart of each kind beside one another, as drawings or as tables."""

    def show(window: MainWindow) -> QWidget:
        dialog = QDialog(window)
        dialog.setWindowTitle(tr("Chart"))
        dialog.resize(window.width() - 60, window.height() - 60)
        grid = QGridLayout(dialog)
        for at, chart in enumerate(every_kind().values()):
            card = QFrame(dialog)
            role(card, "card")
            inner = QVBoxLayout(card)
            view = ChartView(chart, card)
            view.button.setChecked(table)
            inner.addWidget(view)
            grid.addWidget(card, at // 3, at % 3)
        return dialog

    return show


def _files(window: MainWindow) -> AttachmentsPanel:
    """The files of the first document: a PDF, a picture and one that is missing."""
    shown = _register_page(window, "documents", view="", details=True)
    shown.table.go_to(0, 0)
    panel = shown.detail.beside["files"].tab
    assert isinstance(panel, AttachmentsPanel)
    shown.detail.tabs.setCurrentWidget(panel)
    _wait(lambda: bool(panel.acts.row_id) and not window.context.jobs)
    if not panel.model.files:
        _attach_samples(window, panel.acts.row_id)
        _wait(lambda: len(panel.model.files) == 3 and not window.context.jobs)
    return panel


def _attach_samples(window: MainWindow, row: str) -> None:
    folder = Path(os.environ["HANDOVER_HOME"])
    canvas = Canvas(str(folder / "Operating manual rev C.pdf"))
    for n in range(1, 13):
        canvas.drawString(80, 740, f"Operating manual, page {n}")
        canvas.showPage()
    canvas.save()
    Image.new("RGB", (640, 480), (90, 140, 170)).save(folder / "photo-2026-11-18-1.png")
    gone = folder / "as-built.dwg"
    gone.write_bytes(b"AC1032")
    context, documents = window.context, register("documents")
    names = ("Operating manual rev C.pdf", "photo-2026-11-18-1.png")
    attachments.attach(context.workspace, documents, context.project.id, [(row, folder / n) for n in names])
    attachments.link(context.workspace, documents, context.project.id, [(row, gone)])
    gone.unlink()


def _files_tab(window: MainWindow) -> None:
    _files(window)


def _preview(window: MainWindow) -> QWidget:
    panel = _files(window)
    panel.list.setCurrentIndex(panel.model.index(0))
    panel.preview_chosen()
    assert panel.preview is not None
    _wait(lambda: not window.context.jobs)
    return panel.preview


def _file_name(window: MainWindow) -> QWidget:
    panel = _files(window)
    panel.acts.rename(panel.model.files[1])
    assert panel.acts.dialog is not None
    return panel.acts.dialog


def _file_scan(window: MainWindow) -> QWidget:
    shown = _register_page(window, "documents", view="")
    shown.find_files()
    number = shown.model.index(3, 0).data()
    folder = Path(os.environ["HANDOVER_HOME"]) / "records"
    folder.mkdir(exist_ok=True)
    for name in (f"{number} rev A.pdf", "minutes.docx"):
        (folder / name).write_bytes(b"x" * 2048)
    shown.scan.look_in(folder)
    _wait(lambda: not window.context.jobs)
    return shown.scan


def _copies(window: MainWindow) -> QWidget:
    context = window.context
    copying.make(context.workspace.path, copies.DAILY)
    return RestoreDialog(context, context.workspace.path, parent=window)


def scenes() -> Iterator[tuple[str, Opener]]:
    """Everything there is to see on the sample workspace, by name."""
    for entry in page_entries():
        yield f"page-{entry.key}", page(entry.key)
    for key in ("pick_lists", "picks"):
        yield f"page-{key}", page(key)
    for each in registers():
        if any(view.key == "overdue" for view in each.views):
            yield f"page-{each.key}-overdue", page(each.key, view="overdue")
    yield "page-documents-nothing-found", page("documents", text="zzzz")
    for key in ("documents", "tasks", "groups"):
        yield f"page-{key}-details", _details(key)
    yield "page-documents-bin", page("documents", bin=True)
    yield "page-overview-with-error", _error_banner
    yield "dialog-new-workspace", _new_workspace
    yield "dialog-new-project", lambda window: ProjectDialog(window.context, parent=window)
    yield "dialog-project-properties", _properties
    yield "dialog-not-opened", _refused
    yield "dialog-open-elsewhere", _question
    yield "dialog-unexpected-error", _unexpected
    yield "dialog-progress", _progress
    yield "dialog-settings", lambda window: SettingsDialog(window.context, window)
    yield "dialog-about", About
    yield "dialog-help", lambda window: Help(("overview",), window.all_actions(), window)
    yield "dialog-help-keys", lambda window: Help((KEYS,), window.all_actions(), window)
    yield "palette", _palette("")
    yield "palette-found", _palette("doc")
    yield "search-everything", _search("battery" if _language() == "en" else "电池")
    yield "search-everything-pinyin", _search("dc")
    yield "search-everything-empty", _search("")
    yield "search-everything-nothing", _search("zeppelin")
    yield "wizard-import", _import(None, "")
    yield "wizard-import-tasks", _import("tasks", f"{_language()}/task-list.xlsx")
    for step in ("table", "columns", "rows", "agree"):
        yield f"wizard-import-{step}", _import_at(step)
    yield "wizard-import-verdicts", _verdicts
    for step in ("sheets", "together", "agree"):
        yield f"wizard-import-cobie-{step}", _cobie(step)
    yield "dialog-export", _export
    yield "dialog-pack", _pack
    yield "dialog-pack-issue", _issue_pack
    yield "dialog-template", _template
    yield "dialog-check-pack", _check_pack
    yield "dialog-import-reports", _reports
    for tab in REPORTS:
        yield f"plan-{tab}", page("plan", tab=tab)
    yield "plan-dialog-calendars", _plan_dialog("show_calendars")
    yield "plan-dialog-options", _plan_dialog("show_options")
    yield "plan-dialog-baseline", _plan_dialog("take_baseline")
    yield "plan-trying", _trying
    yield "wizard-import-done", _imported
    yield "register-related", _tab("documents", -2)
    yield "register-history", _tab("documents", -1)
    yield "register-parts", _beside("groups", "members")
    yield "register-new-part", _new_part
    yield "register-steps", _steps("documents", "issued")
    yield "register-steps-in-menu", _steps("documents", "in_review")
    yield "register-locked", _steps("documents", "accepted")
    yield "register-step-form", _step_form("knowledge", "demonstrated", "verify")
    yield "register-step-form-refused", _step_form("knowledge", "identified", "accept_gap", refused=True)
    yield "register-step-why-not", _why_not
    yield "register-new-row", _new_row
    yield "register-filter-state", _filtering("documents", "status")
    yield "register-filter-date", _filtering("documents", "due_on")
    yield "register-paste", _pasting
    yield "dialog-copies", _copies
    yield "charts", _charts(False)
    yield "charts-as-tables", _charts(True)
    yield "register-files", _files_tab
    yield "dialog-preview", _preview
    yield "dialog-file-name", _file_name
    yield "dialog-find-files", _file_scan
    yield "register-issued-paper", _issued_paper
    yield "page-settings-numbers", page("settings")


def _language() -> str:
    from handover import i18n

    return i18n.language()


class Gallery:
    """Opens each scene and saves its picture."""

    def __init__(self, app: QApplication, out: Path, wanted: list[str]) -> None:
        self._app, self._out, self._wanted = app, out, wanted
        self.drawn = 0
        self._faults: list[str] = []
        sys.excepthook = self._fault
        self.program = Application(app)
        self.window = self.program.window
        self.context = self.program.context
        self.context.complained.connect(lambda error: self._fault(type(error), error, error.__traceback__))

    def run(self) -> None:
        """Draw everything; raises RuntimeError at the first scene with a fault."""
        self._out.mkdir(parents=True, exist_ok=True)
        self.window.show()
        for language, theme in LOOKS:
            self.context.choose_language(language)
            self.context.choose_theme(theme)
            for width, height in SIZES:
                self.window.resize(width, height)
                look = f"{language}-{theme}-{width}x{height}"
                self._draw("welcome", look, lambda _window: self.context.take_workspace(None))
                self.context.take_workspace(self._sample(language))
                self._settle()
                project = self.context.project.id
                for name, show in scenes():
                    self._draw(name, look, show)
                self.context.take_workspace(self._nothing())
                for entry in page_entries():
                    self._draw(f"empty-{entry.key}", look, page(entry.key))
                self.window.files._remember([str(self.context.workspace.path)])
                self._draw("welcome-again", look, lambda _window: self.context.take_workspace(None))
                self.context.take_workspace(None)
                self.context.settings.put("recent", None)
                # The next look begins with pages as they are at a first start.
                self.context.settings.put(f"project/{project}/pages", None)

    def _sample(self, language: str) -> Workspace:
        from handover.sample import build

        path = Path(os.environ["HANDOVER_HOME"]) / f"Linjiang {language}.handover"
        if not path.exists():
            build(path, language)
        return Workspace.open(path)

    def _nothing(self) -> Workspace:
        """A workspace with a project that holds nothing yet."""
        path = Path(os.environ["HANDOVER_HOME"]) / "Tank farm.handover"
        if path.exists():
            return Workspace.open(path)
        made = Workspace.create(path)
        with made.edit("Add project") as work:
            work.add(Project(code="TF", name="Tank farm", planned_handover=clock.today() + dt.timedelta(days=120)))
        return made

    def _draw(self, name: str, look: str, show: Opener) -> None:
        if self._wanted and not any(part in name for part in self._wanted):
            return
        above = show(self.window)
        if isinstance(above, QDialog) and not above.isVisible():
            above.open()
        self._settle()
        picture = self.window.grab()
        if above is not None:
            _lay_over(picture, self.window, above)
        if self._faults:
            raise RuntimeError(f"{name} ({look}): {self._faults[0]}")
        if not picture.save(str(self._out / f"{name}-{look}.png")):
            raise RuntimeError(f"{name} could not be saved in {self._out}")
        self.drawn += 1
        if above is not None:
            above.close()
            above.deleteLater()
        self.window.error_banner.hide()
        shown = self.window.host.current
        if isinstance(shown, PlanPage):
            shown.acts.drop_tried()
        self._settle()

    def _settle(self) -> None:
        """Wait until nothing is being read any more and everything is painted."""
        end = time.monotonic() + _PATIENCE
        quiet = 0
        while quiet < 3:
            self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self._app.processEvents()
            quiet = 0 if self.context.jobs else quiet + 1
            if time.monotonic() > end:
                raise RuntimeError(f"still working: {[job.title for job in self.context.jobs]}")
            if self.context.jobs:
                time.sleep(0.01)

    def _fault(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error or kind(), trace)
        self._faults.append(f"{kind.__name__}: {error}")


def _lay_over(picture: QPixmap, window: MainWindow, above: QWidget) -> None:
    """Paint a dialog over the picture of the window, where it stands or in its middle."""
    painter = QPainter(picture)
    painter.fillRect(picture.rect(), QColor(0, 0, 0, 60))
    box = above.rect()
    box.moveCenter(window.rect().center())
    if isinstance(above, Palette):
        box.moveTop(max(48, window.height() // 8))
    painter.drawPixmap(box.topLeft(), above.grab())
    painter.setPen(QColor(128, 128, 128))
    painter.drawRect(box.adjusted(-1, -1, 0, 0))
    painter.end()


def main(arguments: list[str]) -> int:
    """Draw into the folder that is named first."""
    if not arguments:
        print(__doc__)
        return 2
    app = QApplication([sys.argv[0]])
    gallery = Gallery(app, Path(arguments[0]), arguments[1:])
    gallery.run()
    print(f"{gallery.drawn} pictures in {arguments[0]}")
    gallery.window.close()
    release_clipboard()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
