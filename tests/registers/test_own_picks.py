"""A column of a list, in a process of its own: a model once declared stays in the metadata of its process."""

import subprocess
import sys
from pathlib import Path


def test_column_of_a_list_goes_every_way_in_and_out() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", str(Path(__file__).with_name("own_picks.py"))],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
