"""The gallery draws what it is asked for, and says so when something can't be drawn."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sources import ROOT


def draw(out: Path, *names: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tests" / "gallery.py"), str(out), *names]
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})


@pytest.mark.slow
def test_it_draws_every_look_of_a_page(tmp_path: Path) -> None:
    done = draw(tmp_path, "page-settings")

    assert done.returncode == 0, done.stderr
    looks = {(e, t, s) for e in ("en", "zh") for t in ("light", "dark") for s in ("1024x700", "1280x800", "1920x1080")}
    assert {p.stem for p in tmp_path.glob("*.png")} == {f"page-settings-{e}-{t}-{s}" for e, t, s in looks}
    assert len({p.read_bytes() for p in tmp_path.glob("*.png")}) == len(looks)


def test_it_asks_for_a_folder() -> None:
    command = [sys.executable, str(ROOT / "tests" / "gallery.py")]
    done = subprocess.run(command, capture_output=True, text=True)

    assert done.returncode == 2
    assert "gallery.py OUT" in done.stdout
