"""The sample in both languages, open for reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from handover.model import Base, Project
from handover.store import Workspace
from tests.sample.once import DAYS, a_sample


@dataclass(frozen=True)
class Sample:
    """A built sample, open for reading."""

    workspace: Workspace
    language: str
    day: str

    @property
    def project(self) -> Project:
        (project,) = self.workspace.projects()
        return project

    def rows(self, model: type[Base]) -> list[dict[str, Any]]:
        """The rows of a model, in the order in which they came in."""
        with self.workspace.read() as connection:
            found = connection.execute(select(model.__table__).order_by(model.__table__.c.id))
            return [dict(row) for row in found.mappings()]


@pytest.fixture(scope="session")
def built() -> dict[tuple[str, str], Path]:
    return {}


@pytest.fixture(params=[("en", DAYS[1]), ("zh", DAYS[1])], ids=lambda p: p[0])
def plant(request: pytest.FixtureRequest, built: dict[tuple[str, str], Path], tmp_path_factory: Any,
          monkeypatch: pytest.MonkeyPatch) -> Iterator[Sample]:  # fmt: skip
    """The sample in a language on a day; parametrize it indirectly for other days."""
    language, day = request.param
    monkeypatch.setenv("HANDOVER_TODAY", day)
    if request.param not in built:
        built[request.param] = a_sample(tmp_path_factory, language, day)
    with Workspace.open(built[request.param], "read") as workspace:
        yield Sample(workspace, language, day)
