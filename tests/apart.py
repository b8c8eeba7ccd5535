"""Tests in a process of their own: a model once declared stays in the metadata of its process."""

import subprocess
import sys
from pathlib import Path


def run_apart(declaration: Path) -> None:
    """Run the tests of a declaration, which pytest doesn't find by itself."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", str(declaration)],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
