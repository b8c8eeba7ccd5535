"""A workspace with one project, open for writing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from handover.store import Workspace
from tests.domain import a_project, a_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        yield opened


@pytest.fixture
def project(workspace: Workspace) -> str:
    return a_project(workspace)
