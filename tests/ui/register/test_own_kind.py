"""A kind of the test's own in the window; a model once declared stays in the metadata of its process."""

import subprocess
import sys
from pathlib import Path


def test_kind_with_an_editor_of_its_own_needs_no_general_code() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", str(Path(__file__).with_name("own_kind_editor.py"))],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
