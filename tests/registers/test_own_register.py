"""Registers of their own, in a process of its own: a model once declared stays in the metadata of its process."""

import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]


def run_apart(declaration: Path) -> None:
    """Run the tests of a declaration, which pytest doesn't find by itself."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", str(declaration)],
        cwd=TESTS.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_declaring_a_chapter_is_all_that_it_takes() -> None:
    run_apart(TESTS / "chapter" / "own_chapter.py")


def test_parts_follow_from_what_their_model_says() -> None:
    run_apart(TESTS / "registers" / "own_parts.py")


def test_column_of_a_list_goes_every_way_in_and_out() -> None:
    run_apart(TESTS / "registers" / "own_picks.py")


def test_kind_declared_is_all_that_it_takes() -> None:
    run_apart(TESTS / "registers" / "own_kind.py")
