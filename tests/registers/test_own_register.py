"""Registers of the test's own: what a declaration says is all that it takes."""

from pathlib import Path

from tests.apart import run_apart

TESTS = Path(__file__).parents[1]


def test_declaring_a_chapter_is_all_that_it_takes() -> None:
    run_apart(TESTS / "chapter" / "own_chapter.py")


def test_parts_follow_from_what_their_model_says() -> None:
    run_apart(TESTS / "registers" / "own_parts.py")


def test_column_of_a_list_goes_every_way_in_and_out() -> None:
    run_apart(TESTS / "registers" / "own_picks.py")


def test_kind_declared_is_all_that_it_takes() -> None:
    run_apart(TESTS / "registers" / "own_kind.py")
