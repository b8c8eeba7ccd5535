"""Random acts, undone and redone at random: what lies in the file is always what the log says."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from handover.errors import NotLawful
from handover.model import Base, Document, KnowledgeItem, Member, Person, Project, Row, System, Task, WorkingGroup
from handover.model.documents.states import DOCUMENT_STATUS
from handover.store import Workspace, redo, redo_label, undo, undo_label
from handover.store.checking.check import check
from tests.domain import Contents, a_workspace, contents

TEXTS = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
DATES = st.one_of(st.none(), st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
MOMENTS = st.one_of(st.none(), st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2090, 1, 1)))
SHARES = st.one_of(st.none(), st.floats(0, 1))
COUNTS = st.one_of(st.none(), st.integers(0, 10**6))
FLAGS = st.one_of(st.none(), st.booleans())
TITLES = st.text(st.characters(exclude_categories=["Cs", "Z", "C"]), min_size=1, max_size=12)


class ChangeLog(RuleBasedStateMachine):
    """A workspace, and the states through which undo and redo must lead."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.workspace = a_workspace(self.folder)
        self.states: list[Contents] = [contents(self.workspace.path)]
        self.at = 0
        with self.workspace.edit("New project") as work:
            self.project = work.add(Project(code="P", name="P")).id
        self.acted()

    def acted(self) -> None:
        """Note a new act: what could be redone is gone. An act that changed nothing is none."""
        now = contents(self.workspace.path)
        if now != self.states[self.at]:
            self.states[self.at + 1 :] = [now]
            self.at += 1

    def keys(self, model: type[Base]) -> list[str]:
        with self.workspace.read() as connection:
            return list(connection.exec_driver_sql(f'SELECT id FROM "{model.__tablename__}" ORDER BY id').scalars())

    def some(self, data: st.DataObject, model: type[Base]) -> str | None:
        return data.draw(st.sampled_from([None, *self.keys(model)]))

    @precondition(lambda self: self.at)
    @rule(data=st.data(), title=TITLES, number=TEXTS, due=DATES, mandatory=FLAGS, copies=COUNTS)
    def add_document(self, data: st.DataObject, title: str, **values: Any) -> None:
        row = Document(
            title=title, number=values["number"], due_on=values["due"], mandatory=values["mandatory"],
            copies=values["copies"], system_id=self.some(data, System),
        )  # fmt: skip
        self.add(row)

    @precondition(lambda self: self.at)
    @rule(data=st.data(), name=TITLES, percent=SHARES, start=MOMENTS, kind=st.sampled_from(["task", "summary", None]))
    def add_task(self, data: st.DataObject, name: str, **values: Any) -> None:
        self.add(Task(name=name, parent_id=self.some(data, Task), **values))

    @precondition(lambda self: self.at)
    @rule(name=TITLES, code=TITLES)
    def add_system(self, name: str, code: str) -> None:
        self.add(System(name=name, code=code))

    @precondition(lambda self: self.at)
    @rule(name=TITLES, title=TITLES)
    def add_group_with_member(self, name: str, title: str) -> None:
        with self.workspace.edit("Add {name}", project=self.project, name=name) as work:
            group, person = work.add(WorkingGroup(name=name)), work.add(Person(name=name))
            work.add(Member(group_id=group.id, person_id=person.id))
            work.add(KnowledgeItem(title=title, holder_id=person.id))
        self.acted()

    def add(self, row: Row) -> None:
        with self.workspace.edit("Add", project=self.project) as work:
            work.add(row)
        self.acted()

    @precondition(lambda self: self.at)
    @rule(
        rows=st.lists(st.fixed_dictionaries({"title": TITLES}, optional={"notes": TEXTS, "due_on": DATES}), max_size=5)
    )
    def import_documents(self, rows: list[dict[str, Any]]) -> None:
        with self.workspace.edit("Import {n} rows", project=self.project, source="import", n=len(rows)) as work:
            work.insert_many(Document, rows)
        self.acted()

    @precondition(lambda self: self.at)
    @rule(data=st.data(), number=TEXTS, copies=COUNTS)
    def set_many(self, data: st.DataObject, number: str | None, copies: int | None) -> None:
        keys = data.draw(st.lists(st.sampled_from([*self.keys(Document), "gone"]), unique=True))
        with self.workspace.edit("Set", project=self.project) as work:
            work.update_many(Document, {key: {"number": number, "copies": copies} for key in keys})
        self.acted()

    @precondition(lambda self: self.at)
    @rule(data=st.data(), title=TITLES, copies=COUNTS)
    def edit_document(self, data: st.DataObject, title: str, copies: int | None) -> None:
        if key := self.some(data, Document):
            with self.workspace.edit("Edit", project=self.project) as work:
                row = work.get(Document, key)
                row.title = title
                work.update_many(Document, {key: {"copies": copies}})
            self.acted()

    @precondition(lambda self: self.at)
    @rule(data=st.data())
    def take_a_lawful_step(self, data: st.DataObject) -> None:
        if key := self.some(data, Document):
            with self.workspace.edit("Step", project=self.project) as work:
                row = work.get(Document, key)
                if steps := [o.code for o in DOCUMENT_STATUS.next_states(row.status)]:
                    row.status = data.draw(st.sampled_from(steps))
            self.acted()

    @precondition(lambda self: self.at)
    @rule(data=st.data(), model=st.sampled_from([Document, Task, System, WorkingGroup]))
    def delete_or_restore(self, data: st.DataObject, model: type[Row]) -> None:
        if key := self.some(data, model):
            with self.workspace.edit("Bin", project=self.project) as work:
                row = work.get(model, key)
                if row.deleted_at is None:
                    work.delete(row)
                elif all(owner.deleted_at is None for owner in work._belonging.owners(row)):
                    work.restore(row)
            self.acted()

    @precondition(lambda self: self.at)
    @rule(data=st.data())
    def remove_documents(self, data: st.DataObject) -> None:
        keys = data.draw(st.lists(st.sampled_from([*self.keys(Document), "gone"]), unique=True))
        with self.workspace.read() as connection:
            revised = set(connection.exec_driver_sql("SELECT document_id FROM revision").scalars())
        try:
            with self.workspace.edit("Empty the bin", project=self.project) as work:
                work.remove(Document, keys)
        except NotLawful:
            assert revised.intersection(keys)  # what has revisions goes after them; nothing was removed
        else:
            assert not revised.intersection(keys)
        self.acted()

    @precondition(lambda self: self.at)
    @rule()
    def fail_in_the_middle(self) -> None:
        try:
            with self.workspace.edit("Fail", project=self.project) as work:
                work.insert_many(Document, [{"title": "Never"}])
                work.add(Task(name="Never"))
                raise RuntimeError
        except RuntimeError:
            pass

    @precondition(lambda self: self.at > 0)
    @rule()
    def take_back(self) -> None:
        undo(self.workspace)
        self.at -= 1

    @precondition(lambda self: self.at < len(self.states) - 1)
    @rule()
    def do_again(self) -> None:
        redo(self.workspace)
        self.at += 1

    @rule()
    def reopen(self) -> None:
        self.workspace.close()
        self.workspace = Workspace.open(self.workspace.path)

    @invariant()
    def file_holds_what_it_should(self) -> None:
        assert contents(self.workspace.path) == self.states[self.at]
        assert (undo_label(self.workspace) is None) == (self.at == 0)
        assert (redo_label(self.workspace) is None) == (self.at == len(self.states) - 1)

    def teardown(self) -> None:
        """Undo everything, redo everything, and prove the log."""
        while self.at > 0:
            self.take_back()
            assert contents(self.workspace.path) == self.states[self.at]
        while self.at < len(self.states) - 1:
            self.do_again()
            assert contents(self.workspace.path) == self.states[self.at]
        assert check(self.workspace.path) == []
        self.workspace.close()
        shutil.rmtree(self.folder)


TestChangeLog = ChangeLog.TestCase
TestChangeLog.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
