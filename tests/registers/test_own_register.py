"""A register of its own, in a process of its own: a model once declared stays in the metadata of its process."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("declaration", ["own_register.py", "own_parts.py", "own_kind.py"])
def test_declaring_a_register_is_all_that_it_takes(declaration: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", str(Path(__file__).with_name(declaration))],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
