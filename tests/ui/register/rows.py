"""Registers full of rows for the tests and pictures of their pages."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from handover.clock import today
from handover.model import Document, Member, Organisation, Person, System, Task, WorkingGroup
from handover.model.picks.pick import Pick
from handover.store import Workspace
from handover.store.work import UnitOfWork
from tests.domain import a_project, a_workspace

PEOPLE = ("张三", "李四", "王小明", "Anna Keller", "Bob Stone", "赵六", "陈建国", "Maria Rossi")
SYSTEMS = ("循环水", "仪表空气", "Steam", "Nitrogen", "合成气压缩机", "Cooling water", "Flare")
KINDS = ("Operating manual", "P&ID", "操作规程", "Data sheet", "仪表回路图", "Test record")
DISCIPLINES = ("Process", "仪表", "Electrical", "Mechanical")
STATES = ("placeholder", "submitted", "received", "in_review", "approved", "issued", "accepted", "returned")


def a_plant(folder: Path, documents: int = 200, tasks: int = 60) -> tuple[Workspace, str]:
    """A workspace with a project of people, systems, documents, tasks and a group; its key."""
    file, project = _filled(documents, tasks, today())
    path = folder / "plant.handover"
    path.write_bytes(file)
    return Workspace.open(path), project


@cache
def _filled(documents: int, tasks: int, _day: dt.date) -> tuple[bytes, str]:
    """The file of such a workspace, filled once on a day as it takes longer than a test, and its project's key."""
    with tempfile.TemporaryDirectory() as folder:
        workspace, project = _a_filled_plant(Path(folder), documents, tasks)
        workspace.close()
        return workspace.path.read_bytes(), project


def _a_filled_plant(folder: Path, documents: int, tasks: int) -> tuple[Workspace, str]:
    workspace = a_workspace(folder)
    project = a_project(workspace, "NH3", name="Ammonia 二期")
    with workspace.edit("Fill", project=project) as work:
        house = work.add(Organisation(name="Ammonia Operations", short_name="AO", side="operations"))
        people = [work.add(Person(name=name, organisation_id=house.id, side="project")) for name in PEOPLE]
        systems = [work.add(System(code=f"S-{n:02}", name=name)) for n, name in enumerate(SYSTEMS)]
        disciplines = _entries(work, "discipline", (*DISCIPLINES, "Piping", "Civil"))
        kinds = _entries(work, "document_type", KINDS)
        work.session.flush()
        for n in range(documents):
            document = _document(n, systems[n % 7].id, people[n % 8].id, people[(n + 3) % 8].id)
            document.discipline_id, document.doc_type_id = disciplines[n % 4], kinds[n % 6]
            work.add(document)
        for n in range(tasks):
            work.add(_task(n, people[n % 8].id, systems[n % 7].id))
        group = work.add(WorkingGroup(name="Joint group 合成", scope="Synthesis", started_on=today()))
        for n, person in enumerate(people[:3]):
            work.add(Member(group_id=group.id, person_id=person.id, side="project", allocation=0.25 * (n + 1)))
    return workspace, project


def _entries(work: UnitOfWork, list_: str, words: Sequence[str]) -> list[str]:
    """Entries of a list, each called alike in both languages."""
    made = (Pick(list=list_, code=word, en=word, zh=word, position=n) for n, word in enumerate(words, 1))
    return [work.add(entry).id for entry in made]


def _document(n: int, system: str, holder: str, receiver: str) -> Document:
    kind = KINDS[n % 6]
    values: dict[str, Any] = {
        "number": f"{n % 7:02}-{kind[:2].upper()}-{n:04}",
        "title": f"{kind} {SYSTEMS[n % 7]} unit {n // 7 + 1}",
        "revision": "ABC"[n % 3],
        "copies": n % 5,
        "due_on": today() + dt.timedelta(n % 60 - 20),
    }
    return Document(system_id=system, holder_id=holder, receiver_id=receiver, status=STATES[n % 8], **values)


def _task(n: int, owner: str, system: str) -> Task:
    start = dt.datetime.combine(today() + dt.timedelta(n - 30), dt.time())
    head = n % 10 == 0
    return Task(
        wbs=f"{n // 10 + 1}" if head else f"{n // 10 + 1}.{n % 10}",
        name=f"Stage {n // 10 + 1}" if head else f"Commission loop {n} 单体试车",
        kind="summary" if head else "task",
        depth=0 if head else 1,
        position=float(n),
        duration=480 * 5,
        start=start,
        finish=start + dt.timedelta(7),
        percent=None if n % 3 else 0.4,
        owner_id=owner,
        system_id=system,
    )
