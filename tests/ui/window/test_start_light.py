"""What the program doesn't load before its first page is painted, so that it starts quickly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.sources import ROOT

#: What reads lists, draws PDFs, brings old files up to date or saves damaged ones: loaded where it is wanted.
_LATER = (
    "alembic", "defusedxml", "handover.exchange.dry_run", "handover.exchange.reading", "handover.pack",
    "handover.preview", "handover.store.checking.check", "handover.store.checking.salvage", "msgpack", "openpyxl",
    "rapidfuzz", "reportlab", "sqlalchemy.dialects.postgresql", "ui.plan", "ui.register.view", "ui.transfer",
)  # fmt: skip
_START = """
import sys
from PySide6.QtCore import QTimer
from ui.settings import Settings
from ui import application
from PySide6.QtWidgets import QApplication
from pathlib import Path
app = QApplication([])
program = application.Application(app, Settings(Path(sys.argv[1])))
program.window.show()
program.window.files.open_path(Path(sys.argv[2]))
timer = QTimer()
timer.timeout.connect(lambda: program.context.has_project and not program.context.jobs and app.quit())
timer.start(5)
app.exec()
print(*sorted(sys.modules))
"""


def test_first_page_is_shown_without_what_is_wanted_later(a_workspace, tmp_path: Path) -> None:
    words = [sys.executable, "-c", _START, str(tmp_path / "window.ini"), str(a_workspace())]
    here = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HANDOVER_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, env=here, cwd=ROOT, capture_output=True, text=True, timeout=120)
    loaded = set(done.stdout.split())

    assert "ui.pages.overview" in loaded, done.stderr
    assert loaded.isdisjoint(_LATER), sorted(loaded & set(_LATER))


def test_core_is_loaded_ahead_of_the_toolkit_that_looks_through_what_comes_after_it() -> None:
    words = [sys.executable, "-c", "import sys, ui.__main__ as m; m.load_core(); print(*sys.modules)"]
    loaded = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True).stdout.split()

    assert {"sqlalchemy.orm", "handover.store.workspace", "handover.registers.chapters.plan"} <= set(loaded)
    assert "PySide6" not in loaded
