"""The main window: navigation, page, menus, toolbar, messages and status line, put together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from handover import i18n
from handover.errors import HandoverError
from handover.i18n import tr
from handover.values.cells import folded
from ui.shell import chapters
from ui.shell.banner import Banner
from ui.shell.jobs import Job
from ui.shell.keyboard import FocusKeeper, next_pane, press_focused
from ui.shell.page import Context, Page
from ui.shell.progress import ProgressPanel
from ui.theme import tokens
from ui.window.alarm_banner import AlarmBanner
from ui.window.bars import WindowBars
from ui.window.files import Files
from ui.window.host import PageHost
from ui.window.middle import Middle
from ui.window.navigation import Navigation
from ui.window.overlays import Overlays
from ui.window.places import Places
from ui.window.projects import Projects
from ui.window.status import StatusLine
from ui.window.stock import Stock
from ui.window.unexpected import Watch
from ui.window.window_commands import CommandedWindow, make_commands, section_command

#: Below this width the navigation shows icons alone.
NARROW_BELOW = 1100


class MainWindow(CommandedWindow):
    """The one window of the program.

    Args:
        make_page: makes the page of a key.
        watch: where faults that nobody foresaw are shown.
    """

    def __init__(self, context: Context, make_page: Callable[[str, Context], Page], watch: Watch) -> None:
        super().__init__()
        self.context = context
        self._watch = watch
        self.setAcceptDrops(True)
        self.setMinimumSize(QSize(720, 480))
        self.files = Files(context, self)
        self.projects = Projects(context, self)
        self.host = PageHost(make_page, context, self)
        self.status = StatusLine(self)
        self.setStatusBar(self.status)
        self.error_banner = Banner("danger", self)
        self.read_only_banner = Banner("info", self, lasting=True)
        self.alarm_banner = AlarmBanner(context, self)
        self.overlays = Overlays(context, self.projects, self.host, self.all_actions, self)
        commands = make_commands(self)
        foot = (chapters.SETTINGS, commands["import"], chapters.BIN)
        self.navigation = Navigation(context, chapters.sections, foot, self)
        self._make_number_keys()
        self.bars = WindowBars(self, commands, self.files, self.host, context)
        self._middle = Middle(context, self.host, self.files, self.projects, self)
        self._lay_out()
        self.keyboard = FocusKeeper(self, self._in_view)
        self._connect()
        self.stock = Stock(context, self.status, self.bars.name_undo, self.navigation.show_counts, self)
        self.stock.unsaved = lambda: self.host.current.unsaved() if self.host.current is not None else ""
        self._places = Places(context.settings, self.host)
        self._places.restore_window(self)
        self.host.clear()
        self._show_workspace()

    def _make_number_keys(self) -> None:
        """Ctrl+1 to Ctrl+9, which the navigation tells."""
        for number in range(1, 10):
            action = QAction(self)
            self.context.shortcuts.follow(section_command(number), action, self.navigation.retranslate)
            action.triggered.connect(lambda _=False, n=number: self.visit_number(n))
            self.addAction(action)

    def _lay_out(self) -> None:
        body = QWidget(self)
        across = QHBoxLayout(body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.navigation)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for each in (self.bars.toolbar, self.read_only_banner, self.alarm_banner, self.error_banner):
            column.addWidget(each)
        column.addWidget(self._middle, 1)
        across.addLayout(column, 1)
        self.setCentralWidget(body)

    def _connect(self) -> None:
        context = self.context
        context.workspace_changed.connect(self._show_workspace)
        context.project_changed.connect(self._show_project)
        context.language_changed.connect(self.retranslate)
        context.theme_changed.connect(self.update)
        context.wanted.connect(self._go)
        context.changed.connect(self._changed)
        context.told.connect(self.status.say)
        context.complained.connect(self._complained)
        context.complaint_over.connect(self.error_banner.hide)
        context.job_started.connect(self._job_started)
        self.navigation.wanted.connect(self._visit)
        self.navigation.project_wanted.connect(self.projects.choose)
        self.navigation.new_project_wanted.connect(self.projects.new)
        self.navigation.properties_wanted.connect(self.projects.show_properties)
        self.projects.leaving.connect(self._keep_places)
        self.host.shown.connect(self._page_shown)
        self.host.moved.connect(self._update_commands)
        self.status.undo_wanted.connect(context.undo)
        self.files.recent_changed.connect(self.bars.show_recent)

    # -- workspace and project ----------------------------------------------------------------------------------

    @Slot()
    def _show_workspace(self) -> None:
        """Another workspace is open, or none: show its project, or the welcome page."""
        self._places.keep()
        self.host.clear()
        if self.context.has_workspace:
            projects = self.projects.all()
            last = self.context.settings.get(f"last/{self.context.workspace.path}", "")
            self.context.take_project(next((p for p in projects if p.id == last), projects[0] if projects else None))
        else:
            self.context.take_project(None)

    @Slot()
    def _show_project(self) -> None:
        """Another project is in hand: make its pages anew and go where it was left."""
        context = self.context
        self._places.leave()
        self.error_banner.hide()
        self.navigation.setVisible(context.has_workspace)
        self.bars.toolbar.setVisible(context.has_project)
        self._middle.show_what_is_open()
        if context.has_project:
            context.settings.put(f"last/{context.workspace.path}", context.project.id)
            page = self._places.enter(context.project)
            self.host.visit(page if chapters.page_entry(page) else "overview")
            self.keyboard.to_page()
        self.navigation.show_projects(self.projects.all())
        self._show_read_only()
        self._title()
        self._update_commands()
        self.stock.take()

    @Slot()
    def _keep_places(self) -> None:
        self._places.keep()

    def _show_read_only(self) -> None:
        shown = self.context.has_workspace and self.context.read_only
        if shown:
            name = self.context.workspace.path.name
            why = self.context.workspace.protected
            self.read_only_banner.say(
                str(why) if why else tr("{file} is open for reading. Nothing can be changed.", file=name)
            )
        self.read_only_banner.setVisible(shown)

    # -- pages --------------------------------------------------------------------------------------------------

    @Slot(str)
    def _visit(self, key: str) -> None:
        self._go(key, {})
        self.keyboard.to_page()

    def _in_view(self) -> QWidget | None:
        return self._middle.currentWidget() if not self.context.has_project else self.host.current

    @Slot(str, object)
    def _go(self, key: str, state: object) -> None:
        if self.context.has_project:
            self.host.visit(key, dict(state) if isinstance(state, dict) else None)

    @Slot(object)
    def _page_shown(self, page: Page) -> None:
        self.navigation.show_current(chapters.entry_of(page.key))
        self.status.sum_up("")
        page.summary_changed.connect(self._sum_up, Qt.ConnectionType.UniqueConnection)
        page.unsaved_changed.connect(self.stock.start, Qt.ConnectionType.UniqueConnection)
        page.actions_changed.connect(self.bars.show_page_actions, Qt.ConnectionType.UniqueConnection)
        self.bars.show_page_actions()
        self._title()
        self._update_commands()

    @Slot(str)
    def _sum_up(self, sentence: str) -> None:
        self.status.sum_up(sentence)

    def visit_number(self, number: int) -> None:
        """Show the page of a section that was visited last; nothing where a section has no page yet."""
        if page := self.navigation.page_of(number):
            self._visit(page)

    def all_actions(self) -> list[QAction]:
        """Every action: those of the window, then those of the page in view."""
        page = self.host.current
        return [*self.bars.commands, *(page.page_actions() if page is not None and self.context.has_project else [])]

    @Slot()
    def find_here(self) -> None:
        """Ctrl+F."""
        if self.host.current is not None:
            self.host.current.find_here()

    @Slot()
    def switch_theme(self) -> None:
        """From light to dark or back, and stay there."""
        self.context.choose_theme(tokens.OTHER_GROUND[tokens.theme()])

    @Slot()
    def switch_language(self) -> None:
        """From English to Chinese or back, and stay there."""
        self.context.choose_language("en" if i18n.language() == "zh" else "zh")

    @Slot()
    def next_pane(self) -> None:
        """F6: from the navigation through the parts of the page to the toolbar, and round again."""
        next_pane(self._panes())

    @Slot()
    def pane_before(self) -> None:
        """Shift+F6: the other way round."""
        next_pane(self._panes(), back=True)

    def _panes(self) -> list[QWidget]:
        page = self.host.current if self.context.has_project else None
        of_page = page.panes() if page is not None else [self._middle]
        return [self.navigation.tree, *of_page, self.error_banner, self.bars.toolbar]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_focused(event):
            super().keyPressEvent(event)

    @Slot()
    def refresh(self) -> None:
        """F5: read everything again."""
        if page := self.host.current:
            page.outdated.emit()

    # -- changes ------------------------------------------------------------------------------------------------

    @Slot(object)
    def _changed(self, tables: frozenset[str]) -> None:
        if "project" in tables:
            self._project_changed()
        if self.context.has_project:
            self.host.refresh(tables)
        self.stock.start()

    def _project_changed(self) -> None:
        """A project was added, changed or taken back: the switcher and the title follow."""
        projects = self.projects.all()
        here = self.context.project.id if self.context.has_project else ""
        now = next((p for p in projects if p.id == here), None)
        if now is None:
            self.context.take_project(projects[0] if projects else None)
        else:
            self.context.rename_project(now)
            self.navigation.show_projects(projects)
            self._title()

    @Slot(object)
    def _complained(self, error: BaseException) -> None:
        if isinstance(error, HandoverError):
            self.error_banner.complain(error)
        else:
            self._watch.report(error)

    @Slot(object, bool)
    def _job_started(self, job: Job, background: bool) -> None:
        if not background:
            ProgressPanel(job, QApplication.activeModalWidget() or self)

    # -- looks --------------------------------------------------------------------------------------------------

    @Slot()
    def retranslate(self) -> None:
        """The language changed: say everything in it."""
        self.bars.retranslate()
        self.navigation.retranslate()
        self.host.retranslate()
        self.status.lapse()  # what was said last was said in the other language
        self._middle.show_what_is_open()
        self._show_read_only()
        self._title()
        self.stock.take()
        self._update_commands()

    def _title(self) -> None:
        self.setWindowFilePath("")
        if not self.context.has_workspace:
            self.setWindowTitle("Handover")
            return
        file = self.context.workspace.path.stem
        page = self.host.current
        entry = chapters.page_entry(page.key) if page is not None and self.context.has_project else None
        if entry is None:
            self.setWindowTitle(tr("{file} – Handover", file=file))
        else:
            project = self.context.project.name
            names = {"project": project, "page": entry.label}
            alike = folded(file) in folded(project) or folded(project) in folded(file)
            self.setWindowTitle(
                tr("{project} – {page}", **names) if alike else tr("{project} – {page} – {file}", file=file, **names)
            )

    def _update_commands(self) -> None:
        self.bars.update_enabled(self.host.can_go_back, self.host.can_go_forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW_BELOW
        if narrow != self.navigation.narrow:
            self.navigation.set_narrow(narrow)

    # -- files dropped, memory, end -----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = self._dropped(event)
        if path is not None:
            event.acceptProposedAction()
            # After the drop has ended: a dialog within it would block the program that it came from.
            QTimer.singleShot(0, self, lambda: self.files.drop(path))

    def _dropped(self, event: QDropEvent) -> Path | None:
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            path = Path(urls[0].toLocalFile())
            if path.is_file() and self.files.takes(path):
                return path
        return None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowTitleChange:
            self.setAccessibleName(self.windowTitle())

    def closeEvent(self, event: QCloseEvent) -> None:
        for job in self.context.jobs:
            job.cancel()
        if any(not job.wait(2.0) for job in self.context.jobs):
            event.ignore()
            self.context.tell(tr("Something is still being finished. Close the window again in a moment."))
            return
        self._places.keep()
        self._places.keep_window(self)
        self._places.leave()
        self.hide()  # closing copies what was done: nobody needs to look on
        self.context.take_workspace(None)
        super().closeEvent(event)
