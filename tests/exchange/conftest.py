"""A workspace with one project, and mappings remembered nowhere but in the test's own folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from handover.store import Workspace
from tests.domain import a_project, a_workspace


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("HANDOVER_HOME", str(tmp_path / "home"))
    with a_workspace(tmp_path) as opened:
        a_project(opened)
        yield opened
