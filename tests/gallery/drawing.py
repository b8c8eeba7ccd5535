"""Opening each scene in every look and saving its picture."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from handover import clock
from handover.model.project import Project
from handover.sample import build
from handover.store import Workspace
from tests.gallery.opening import PATIENCE, Opener, page
from tests.gallery.scenes import every_scene
from ui.application import Application, release_clipboard
from ui.plan.page import PlanPage
from ui.shell.chapters import page_entries
from ui.window.palette import Palette
from ui.window.window import MainWindow

SIZES = ((1280, 800), (1920, 1080))
LOOKS = tuple((language, theme) for language in ("en", "zh") for theme in ("light", "dark"))


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
                for name, show in every_scene():
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
        end = time.monotonic() + PATIENCE
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


def draw(out: Path, wanted: list[str]) -> int:
    """Draw the scenes whose names hold one of those wanted, all without any; returns how many pictures there are."""
    app = QApplication([sys.argv[0]])
    gallery = Gallery(app, out, wanted)
    gallery.run()
    gallery.window.close()
    release_clipboard()
    return gallery.drawn
