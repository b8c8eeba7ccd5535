"""Salvage: what is left of a damaged file comes over, what is lost is counted, and the new file is sound."""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
import struct
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from handover.errors import Cancelled, NotFound, UnusableFile
from handover.model import Document, Member, Person, System, Task, WorkingGroup
from handover.model.issued import Issued
from handover.replacing import TargetHeld
from handover.store import Workspace, undo
from handover.store import file as files
from handover.store.checking.check import check, logged_tables
from handover.store.checking.salvage import salvage
from tests.domain import a_project, a_row, a_workspace, beside
from tests.store.test_migrate import an_older_workspace, with_a_project

ROWS = 1200
PAGE = files.PAGE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed workspace of some hundred pages with rows that name one another."""
    path = tmp_path / "plant.handover"
    path.write_bytes(_made_once())
    return path


@cache
def _made_once() -> bytes:
    with tempfile.TemporaryDirectory() as folder, a_workspace(Path(folder)) as workspace:
        project = a_project(workspace)
        system = a_row(workspace, project, System(code="10", name="Pumps"))
        with workspace.edit("Import", project=project) as work:
            work.insert_many(Document, [{"title": f"Manual {n}", "system_id": system.id} for n in range(ROWS)])
        with workspace.edit("Import", project=project) as work:
            work.insert_many(Task, [{"name": f"Task {n}"} for n in range(300)])
        group = a_row(workspace, project, WorkingGroup(name="Start-up"))
        person = a_row(workspace, project, Person(name="Li Na", side="operations"))
        a_row(workspace, project, Member(group_id=group.id, person_id=person.id))
        workspace.close()
        return workspace.path.read_bytes()


def pages_of(path: Path, table: str, *, inner: bool = False) -> list[int]:
    """The numbers of the leaves (or inner pages) of a table's tree, read as SQLite's file format says."""
    data = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name=?", (table,)).fetchone()
    leaves, inners, rest = [], [], [root]
    while rest:
        number = rest.pop()
        page = data[(number - 1) * PAGE : number * PAGE]
        if page[0] == 0x0D:
            leaves.append(number)
            continue
        assert page[0] == 0x05
        inners.append(number)
        (cells,) = struct.unpack_from(">H", page, 3)
        pointers = struct.unpack_from(f">{cells}H", page, 12)
        rest += [struct.unpack_from(">I", page, at)[0] for at in pointers] + [struct.unpack_from(">I", page, 8)[0]]
    return sorted(inners if inner else leaves)


def spoil(path: Path, *pages: int, with_: bytes = b"\xa5") -> None:
    data = bytearray(path.read_bytes())
    for number in pages:
        data[(number - 1) * PAGE : number * PAGE] = with_ * PAGE
    path.write_bytes(data)


def rows(path: Path) -> dict[str, list[dict[str, object]]]:
    """All rows of all tables that the change log follows, whatever the order of their columns."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return {t: [dict(r) for r in connection.execute(f'SELECT * FROM "{t}" ORDER BY id')] for t in logged_tables()}


def count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def works(path: Path) -> None:
    """The new file is sound and can be worked in."""
    assert check(path) == []
    with Workspace.open(path) as workspace:
        assert not workspace.read_only
        a_row(workspace, workspace.projects()[0].id, Document(title="Afterwards"))
        undo(workspace)
    assert check(path) == []


def test_sound_file_comes_over_as_it_is(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()

    outcome = salvage(path, tmp_path / "new.handover", "Li Na")

    assert outcome.sentences() == [f"{outcome.rows:,} rows were saved in new.handover.", "Everything could be read."]
    assert rows(outcome.target) == rows(path)
    assert count(outcome.target, "act") == count(path, "act")
    assert path.read_bytes() == before
    assert beside(path) == {path.name, "new.handover"}
    works(outcome.target)


def test_rows_of_a_damaged_page_are_put_together_from_the_log(path: Path, tmp_path: Path) -> None:
    before = rows(path)
    spoil(path, *pages_of(path, "document")[2:4])
    damaged = path.read_bytes()
    assert check(path)[0].kind == "damaged"

    outcome = salvage(path, tmp_path / "new.handover", "Li Na")

    (loss,) = outcome.losses
    assert (loss.table, loss.lost, outcome.history_lost) == ("document", 0, False)
    assert loss.from_log > 10
    assert rows(outcome.target) == before
    assert path.read_bytes() == damaged
    works(outcome.target)


def test_damaged_log_costs_the_history_alone(path: Path, tmp_path: Path) -> None:
    before = rows(path)
    spoil(path, pages_of(path, "change")[3])

    outcome = salvage(path, tmp_path / "new.handover", "Li Na")

    assert [loss.table for loss in outcome.losses] == ["change"]
    assert outcome.losses[0].lost > 0
    assert outcome.history_lost
    assert rows(outcome.target) == before
    works(outcome.target)


def test_rows_lost_in_table_and_log_are_counted(path: Path, tmp_path: Path) -> None:
    spoil(path, *pages_of(path, "document")[5:7], *pages_of(path, "change"))

    outcome = salvage(path, tmp_path / "new.handover", "Li Na")

    loss = next(loss for loss in outcome.losses if loss.table == "document")
    assert 0 < loss.lost < 200
    assert count(outcome.target, "document") == ROWS - loss.lost
    assert f"Table “document”: up to {loss.lost} rows could not be read." in outcome.sentences()
    assert outcome.history_lost
    works(outcome.target)


def test_lost_inner_page_of_a_table_costs_nothing_the_log_knows(path: Path, tmp_path: Path) -> None:
    before = rows(path)
    spoil(path, *pages_of(path, "document", inner=True))

    outcome = salvage(path, tmp_path / "new.handover", "Li Na")

    assert rows(outcome.target) == before
    works(outcome.target)


def test_page_that_leads_back_is_not_read_for_ever(path: Path, tmp_path: Path) -> None:
    before = rows(path)
    data = bytearray(path.read_bytes())
    (inner,) = pages_of(path, "document", inner=True)
    start = (inner - 1) * PAGE
    (cells,) = struct.unpack_from(">H", data, start + 3)
    first, *_, last = struct.unpack_from(f">{cells}H", data, start + 12)
    data[start + last : start + last + 4] = data[start + first : start + first + 4]
    path.write_bytes(data)

    outcome = salvage(path, tmp_path / "new.handover", "Li Na")

    assert rows(outcome.target) == before
    works(outcome.target)


def test_reference_to_a_lost_row_is_cut(path: Path, tmp_path: Path) -> None:
    spoil(path, *pages_of(path, "system"), *pages_of(path, "working_group"), *pages_of(path, "change"))

    outcome = salvage(path, tmp_path / "new.handover", "Li Na")

    losses = {loss.table: loss for loss in outcome.losses}
    assert losses["document"].cut == ROWS
    assert losses["member"].lost == 1  # it can't be without its group
    assert count(outcome.target, "person") == 1
    works(outcome.target)


def test_lost_project_does_not_take_its_rows_along(path: Path, tmp_path: Path) -> None:
    spoil(path, *pages_of(path, "project"), *pages_of(path, "change"))

    outcome = salvage(path, tmp_path / "new.handover", "Li Na")

    assert count(outcome.target, "document") == ROWS
    with Workspace.open(outcome.target) as workspace:
        assert [p.code for p in workspace.projects()] == ["SALVAGED-1"]
    works(outcome.target)


def test_file_cut_short_keeps_what_is_left(path: Path, tmp_path: Path) -> None:
    with a_workspace(tmp_path, "empty") as workspace:
        a_project(workspace)
    empty, whole = (each.stat().st_size for each in (tmp_path / "empty.handover", path))
    path.write_bytes(path.read_bytes()[: empty + (whole - empty) * 2 // 3])

    outcome = salvage(path, tmp_path / "new.handover", "Li Na")

    assert outcome.losses
    assert count(outcome.target, "document") > 0
    works(outcome.target)


def test_what_a_crash_left_in_the_write_ahead_log_comes_over(path: Path, tmp_path: Path) -> None:
    with Workspace.open(path) as workspace:
        a_row(workspace, workspace.only_project().id, Document(title="Stored last"))
        torn = tmp_path / "torn.handover"
        for suffix in ("", "-wal"):
            torn.with_name(torn.name + suffix).write_bytes(path.with_name(path.name + suffix).read_bytes())
    around = {name: (tmp_path / name).read_bytes() for name in beside(torn) if name.startswith("torn")}

    outcome = salvage(torn, tmp_path / "new.handover", "Li Na")

    assert count(outcome.target, "document") == ROWS + 1
    assert {name: (tmp_path / name).read_bytes() for name in around} == around
    assert {name for name in beside(torn) if name.startswith("torn")} == set(around)


def test_older_file_is_brought_to_the_present(tmp_path: Path) -> None:
    old = with_a_project(an_older_workspace(tmp_path / "old", 1))

    outcome = salvage(old, tmp_path / "new.handover", "Li Na")

    assert files.inspect(outcome.target).version == files.SCHEMA_VERSION
    assert files.inspect(old).version == 1
    works(outcome.target)


@pytest.mark.parametrize("seed", range(12))
def test_any_damage_gives_a_sound_file_or_a_plain_refusal(path: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(100, len(data))
        length = chance.choice((1, 16, 512, 4096, 40960))
        data[at : at + length] = chance.randbytes(len(data[at : at + length]))
    path.write_bytes(data)

    try:
        outcome = salvage(path, tmp_path / "new.handover", "Li Na")
    except UnusableFile:
        assert beside(path) == {path.name}
        return
    assert check(outcome.target) == []
    assert path.read_bytes() == data


def test_file_of_which_no_page_is_left_is_refused(path: Path, tmp_path: Path) -> None:
    spoil(path, *range(1, path.stat().st_size // PAGE + 1))

    with pytest.raises(UnusableFile, match="Nothing could be read"):
        salvage(path, tmp_path / "new.handover", "Li Na")
    assert beside(path) == {path.name}


def test_file_that_is_no_workspace_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE photo (id)")

    with pytest.raises(UnusableFile, match="no workspace"):
        salvage(tmp_path / "other.db", tmp_path / "new.handover", "Li Na")
    with pytest.raises(NotFound):
        salvage(tmp_path / "nowhere", tmp_path / "new.handover", "Li Na")


def test_nothing_is_replaced_and_stopping_leaves_nothing(path: Path, tmp_path: Path) -> None:
    with pytest.raises(TargetHeld, match=r"is there already. Write “plant \(1\).handover” instead"):
        salvage(path, path, "Li Na")

    steps = iter(range(100))
    with pytest.raises(Cancelled):
        salvage(path, tmp_path / "new.handover", "Li Na", lambda *_: next(steps) < 8)
    assert beside(path) == {path.name}


def test_counts_of_number_series_are_set_to_what_was_issued(tmp_path: Path) -> None:
    with a_workspace(tmp_path, "papers") as workspace:
        project = a_project(workspace)
        for number, edition in (("P1-HP-007", 1), ("P1-HP-007", 2), ("P1-HP-003", 1)):
            row = Issued(
                kind="pack", number=number, edition=edition, title="Pack", issued_on=dt.date(2026, 3, 1), language="en",
                outline_version=1, outline="{}", pdf_sha256="0" * 64,
            )  # fmt: skip
            a_row(workspace, project, row)

    outcome = salvage(workspace.path, tmp_path / "new.handover", "Li Na")

    with closing(sqlite3.connect(outcome.target)) as connection:
        counts = dict(connection.execute("SELECT key || '/' || year, last FROM series_count"))
    assert counts == {"pack/0": 7, "pack/2026": 7, "pack/P1-HP-007/0": 2, "pack/P1-HP-003/0": 1}
