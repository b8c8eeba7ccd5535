"""A day for the tests of acceptance, and their site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.domain import a_workspace
from tests.model.acceptance.site import TODAY, AcceptanceSite


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())


@pytest.fixture
def site(tmp_path: Path) -> Iterator[AcceptanceSite]:
    with a_workspace(tmp_path) as opened:
        yield AcceptanceSite(opened)
