"""The command line as its tests call it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handover.cli.__main__ import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; its exit code and what it wrote to standard output and standard error."""

    def call(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([str(w) for w in words])
        out = capsys.readouterr()
        return int(left.value.code or 0), out.out, out.err

    return call
