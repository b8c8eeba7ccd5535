"""Matrices of every kind of value in the window."""

from pathlib import Path

from tests.apart import run_apart


def test_matrix_takes_entries_of_lists_numbers_ticks_and_texts() -> None:
    run_apart(Path(__file__).with_name("own_matrices.py"))
