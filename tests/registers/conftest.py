"""A small project that the tests of the registers share."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from handover.model import Document, KnowledgeItem, Organisation, Person, Project, System, Task
from handover.store.workspace import Workspace

TODAY = dt.date(2026, 11, 18)  # a Wednesday


@dataclass
class Site:
    workspace: Workspace
    project: str
    ids: dict[str, str]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site of the test's own."""
    with a_site(tmp_path) as made:
        yield made


@contextmanager
def a_site(folder: Path) -> Iterator[Site]:
    """Two systems, three people, four documents, two knowledge items and three tasks."""
    with Workspace.create(folder / "site.handover") as workspace:
        with workspace.edit("Project") as work:
            project = work.add(Project(code="P-01", name="Plant", planned_handover=dt.date(2026, 12, 1)))
        with workspace.edit("Rows", project=project.id) as work:
            firm = work.add(Organisation(name="Nordlicht GmbH", side="project"))
            zhang = work.add(Person(name="张三", organisation_id=firm.id, side="project"))
            anna = work.add(Person(name="Anna Berg", organisation_id=firm.id, side="operations"))
            zhou = work.add(Person(name="周文", side="operations", leaves_on=dt.date(2026, 12, 10)))
            weld = work.add(System(code="S-10", name="Body welding", planned_rfo=dt.date(2026, 11, 1)))
            pack = work.add(System(code="S-20", name="电池包装配"))
            late = work.add(
                Document(title="Welding manual", number="D-1", system_id=weld.id, holder_id=zhang.id,
                         due_on=dt.date(2026, 11, 8))
            )  # fmt: skip
            work.add(Document(title="Robot backup", number="D-2", system_id=weld.id, due_on=dt.date(2026, 11, 20)))
            work.add(Document(title="电气图", number="D-10", system_id=pack.id, mandatory=False))
            work.add(Document(title="100% load_test", number="D-3", status="accepted"))
            work.add(KnowledgeItem(title="Weld tip dressing", criticality="5", system_id=weld.id))
            work.add(KnowledgeItem(title="Leak test", criticality="2"))
            first = work.add(Task(name="Power on", duration=480, start=dt.datetime(2026, 11, 16), position=1.0))
            second = work.add(Task(name="Dry run", duration=960, position=2.0))
            work.add(Task(name="Ready", kind="milestone", position=3.0))
        yield Site(
            workspace,
            project.id,
            {"zhang": zhang.id, "anna": anna.id, "zhou": zhou.id, "weld": weld.id, "pack": pack.id, "late": late.id,
             "first": first.id, "second": second.id},
        )  # fmt: skip
