"""Why PySide6-Essentials is pinned: a newer one loses a reference to None at every call that returns None."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import version

from tests.sources import ROOT

PIN = "6.11.3"
CALLS = 300_000

#: 6.12.0 on CPython 3.11 aborts after some 100,000 calls, when the references to None run out.
PROGRAM = f"""
import sys
from PySide6.QtWidgets import QApplication, QLabel

application = QApplication(["pin"])
label = QLabel()
before = sys.getrefcount(None)
for n in range({CALLS}):
    label.setText("x")
print("lost", before - sys.getrefcount(None))
"""


def test_a_window_survives_three_hundred_thousand_calls() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)

    assert done.returncode == 0, f"Qt for Python died: {done.stderr[-2000:]}"
    lost = int(done.stdout.split()[-1])
    assert lost < CALLS // 100, f"{lost} references to None were lost in {CALLS} calls"


def test_the_pin_stands_in_the_project_the_lock_and_the_environment() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    locked = (ROOT / "installer" / "requirements.txt").read_text(encoding="utf-8")

    assert f"PySide6-Essentials=={PIN}" in settings["project"]["dependencies"]
    assert f"pyside6-essentials=={PIN} " in locked
    assert version("PySide6-Essentials") == PIN
