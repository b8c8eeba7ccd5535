"""A kind of the test's own in the window."""

from pathlib import Path

from tests.apart import run_apart


def test_kind_with_an_editor_of_its_own_needs_no_general_code() -> None:
    run_apart(Path(__file__).with_name("own_kind_editor.py"))
