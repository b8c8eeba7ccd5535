"""The gallery draws what it is asked for, and says so when something can't be drawn."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sources import ROOT


def draw(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.gallery", *arguments]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment)


@pytest.mark.slow
def test_it_draws_every_look_of_a_page(tmp_path: Path) -> None:
    done = draw(str(tmp_path), "page-settings-numbers")

    assert done.returncode == 0, done.stderr
    looks = {(e, t, s) for e in ("en", "zh") for t in ("light", "dark") for s in ("1280x800", "1920x1080")}
    assert {p.stem for p in tmp_path.glob("*.png")} == {f"page-settings-numbers-{e}-{t}-{s}" for e, t, s in looks}
    assert len({p.read_bytes() for p in tmp_path.glob("*.png")}) == len(looks)


def test_it_asks_for_a_folder() -> None:
    done = draw()

    assert done.returncode == 2
    assert "tests.gallery OUT" in done.stdout
