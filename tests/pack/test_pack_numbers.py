"""Numbers of a pack: each counts what its label says, recomputed here from the bare rows."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from handover.model import Document, Milestone, Organisation, Person, Pick, Project, Signatory, System, Task
from handover.model.punch import Punch
from handover.pack.blocks.signing import SignOff
from handover.pack.contents import outline_of
from handover.pack.outline import Bars, Footnotes, KeyNumbers, Note, PackOutline, TableBlock
from handover.store import Workspace
from tests.domain import a_project, a_row, a_workspace

TODAY = dt.date(2026, 3, 2)
BEFORE = dt.date(2026, 2, 1)


@dataclass
class Site:
    """A project whose pack is read."""

    workspace: Workspace
    project: str

    def pack(self, *chosen: str) -> PackOutline:
        return outline_of(self.workspace, self.workspace.only_project(), "en", chosen)

    def numbers(self) -> dict[str, tuple[object, str]]:
        blocks = self.pack("summary").sections[0].blocks
        strip = next(block for block in blocks if isinstance(block, KeyNumbers))
        return {n.label.en: (n.value, n.remark.en) for n in strip.numbers}  # type: ignore[union-attr]  # the program's own

    def bars(self) -> dict[str, tuple[float, float]]:
        blocks = self.pack("summary").sections[0].blocks
        bars = next(block for block in blocks if isinstance(block, Bars)).bars
        return {bar.label.en: (bar.value, bar.whole) for bar in bars}  # type: ignore[union-attr]  # as above

    def count(self, table: str, where: str) -> int:
        """So many living rows, asked in plain SQL of the file."""
        with closing(sqlite3.connect(self.workspace.path)) as connection:
            query = f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL AND ({where})"
            return int(connection.execute(query).fetchone()[0])


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())
    with a_workspace(tmp_path) as workspace:
        key = a_project(workspace, "P-01", name="Plant", planned_handover=dt.date(2026, 6, 1))
        with workspace.edit("Fill", project=key) as work:
            for n, status in enumerate(
                [
                    "placeholder",
                    "submitted",
                    "approved",
                    "accepted",
                    "accepted",
                    "superseded",
                    "superseded",
                    "cancelled",
                ]
            ):
                work.add(Document(title=f"D{n}", status=status, due_on=BEFORE))
            for n, custody in enumerate(["constructor", "commissioning", "care_custody", "operations"]):
                work.add(System(code=f"S{n}", name=f"S{n}", custody=custody))
            for n, status in enumerate(["open", "cleared", "verified", "verified", "void"]):
                work.add(Punch(description=f"P{n}", status=status, due_on=BEFORE))
            whole = work.add(Task(name="Whole", kind="summary", percent=1.0))
            for n, (percent, idle) in enumerate([(1.0, None), (0.5, None), (0.0, None), (1.0, True)]):
                work.add(Task(name=f"T{n}", percent=percent, inactive=idle, finish=dt.datetime(2026, 2, 1, 17),
                              parent_id=whole.id, depth=1, position=float(n + 1)))  # fmt: skip
        yield Site(workspace, key)


def test_bars_count_what_their_labels_say(site: Site) -> None:
    wanted = "status NOT IN ('superseded', 'cancelled')"
    work = "coalesce(kind, 'task') <> 'summary' AND coalesce(inactive, 0) = 0"

    assert site.bars() == {
        "Documents accepted by operations": (
            site.count("document", "status = 'accepted'"), site.count("document", wanted),
        ),
        "Punch items verified": (site.count("punch", "status = 'verified'"), site.count("punch", "status <> 'void'")),
        "Tasks done": (site.count("task", f"percent = 1 AND {work}"), site.count("task", work)),
        "Systems in the custody of operations": (
            site.count("system", "custody IN ('care_custody', 'operations')"), site.count("system", "1"),
        ),
    }  # fmt: skip
    assert site.bars()["Documents accepted by operations"] == (2, 5)
    assert site.bars()["Systems in the custody of operations"] == (2, 4)
    assert site.bars()["Tasks done"] == (1, 3)


def test_headlines_count_among_what_is_wanted(site: Site) -> None:
    numbers = site.numbers()

    assert numbers["Documents overdue"] == (3, "of 5")
    assert numbers["Documents missing"] == (1, "of 5")
    assert numbers["Punch items overdue"] == (2, "of 4")
    assert numbers["Tasks overdue"] == (2, "of 3")


def test_every_number_says_what_it_counts(site: Site) -> None:
    blocks = site.pack("summary").sections[0].blocks
    notes = next(block for block in blocks if isinstance(block, Footnotes))
    named = {word.en: said.en for word, said in notes.lines}  # type: ignore[union-attr]  # the program's own words

    labels = {*site.bars(), *(label for label in site.numbers() if "handover" not in label)}
    assert labels <= set(named)
    assert all(named[label] for label in labels)


def test_two_bars_of_one_register_have_their_own_numbers(site: Site) -> None:
    from handover.registers.figures.overview import progress

    with site.workspace.read() as connection:
        told = {each.advance.name: (each.done, each.of) for each in progress(connection, site.project)}
    assert told["Documents accepted by operations"] == (2, 5)
    assert "Documents held as required" not in told


def test_blockers_are_listed_with_owner_and_day_and_add_up(site: Site) -> None:
    anna = a_row(site.workspace, site.project, Person(name="Anna")).id
    a_row(site.workspace, site.project, Punch(description="Leak", action_by_id=anna, due_on=BEFORE))
    tables = {table.key: table for table in site.pack("blockers").tables()}
    by_system, every = tables["blockers"], tables["blocking-things"]

    rows = list(every.rows)
    total = [column.key for column in by_system.columns].index("total")
    assert list(by_system.rows)[-1][total] == len(rows) == every.count
    keys = [column.key for column in every.columns]
    leak = next(row for row in rows if row[keys.index("name")] == "Leak")
    assert leak[keys.index("owner")] == "Anna"
    assert leak[keys.index("due")].value == BEFORE  # type: ignore[union-attr]  # it is overdue, and so marked


def test_countdown_says_to_which_date_and_dates_that_differ_are_both_said(site: Site) -> None:
    assert site.numbers()["days to handover"] == (91, "to the planned date, 1 Jun 2026")
    task = a_row(site.workspace, site.project, Task(name="Handover", kind="milestone",
                                                    start=dt.datetime(2026, 6, 15, 8))).id  # fmt: skip
    handover = a_row(site.workspace, site.project, Pick(list="milestone_kind", code="X", meaning="handover")).id
    a_row(site.workspace, site.project, Milestone(name="Handover", kind_id=handover, task_id=task))

    notes = [b.text.en for b in site.pack("summary").sections[0].blocks if isinstance(b, Note)]  # type: ignore[union-attr]
    assert any("entered for 1 Jun 2026" in note and "15 Jun 2026" in note for note in notes)


# -- who signs --------------------------------------------------------------------------------------------------------


def sign_off(site: Site) -> tuple[SignOff, list[str]]:
    blocks = site.pack("sign_off").sections[0].blocks
    notes = [block.text.en for block in blocks if isinstance(block, Note)]  # type: ignore[union-attr]  # as above
    return next(block for block in blocks if isinstance(block, SignOff)), notes


def test_a_party_is_the_organisation_of_who_signs_for_it(site: Site) -> None:
    rows = {}
    with site.workspace.edit("Fill", project=site.project) as work:
        for name, side, role in (
            ("Builder", "project", "contractor"), ("Owner Ltd", "project", "owner"),
            ("Plant Ltd", "operations", "operator"), ("Watch", "third", "supervisor"),
        ):  # fmt: skip
            rows[name] = work.add(Organisation(name=name, side=side, role=role)).id
            person = work.add(Person(name=f"Head of {name}", organisation_id=rows[name], side=side, post="Head")).id
            work.add(Signatory(signs_for="pack", person_id=person, sign_seq=len(rows)))

    block, notes = sign_off(site)

    parties = [(party.side.en, party.organisation) for party in block.parties]  # type: ignore[union-attr]  # as above
    assert parties == [
        ("Party handing over", "Builder"), ("Party taking over", "Plant Ltd"),
        ("Supervision", "Watch"), ("Project owner", "Owner Ltd"),
    ]  # fmt: skip
    assert block.parties[0].signatories[0].name == "Head of Builder"
    assert notes == []


def test_a_party_is_blank_where_nobody_is_known_and_warned_of_where_they_differ(site: Site) -> None:
    block, _ = sign_off(site)
    assert [party.organisation for party in block.parties] == ["", ""]

    with site.workspace.edit("Fill", project=site.project) as work:
        for n, name in enumerate(("One", "Two"), 1):
            company = work.add(Organisation(name=name, side="project", role="contractor")).id
            person = work.add(Person(name=f"Mr {name}", organisation_id=company, side="project")).id
            work.add(Signatory(signs_for="pack", person_id=person, sign_seq=n))
    block, notes = sign_off(site)

    assert block.parties[0].organisation == "One / Two"
    assert [line.organisation for line in block.parties[0].signatories] == ["One", "Two"]
    assert any("several organisations: One · Two" in note for note in notes)


def test_project_of_which_nothing_is_known_makes_a_short_pack(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        with workspace.edit("New") as work:
            work.add(Project(code="E", name="Empty"))
        outline = outline_of(workspace, workspace.only_project(), "both")

    assert [section.key for section in outline.sections] == ["summary", "blockers", "sign_off"]
    assert not list(outline.tables())


def test_full_registers_stand_behind_the_signatures_and_what_is_open_before_them(site: Site) -> None:
    outline = site.pack()

    keys = [section.key for section in outline.sections]
    assert keys.index("documents") < keys.index("sign_off") < keys.index("annex-documents")
    tables = {table.key: table for table in outline.tables()}
    assert (tables["open-documents"].count, tables["documents"].count) == (3, 8)
    assert "open-documents" not in {table.key for table in outline.of_workbook().tables()}
    assert all(isinstance(table, TableBlock) for table in outline.tables())
