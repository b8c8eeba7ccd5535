"""Copies: made daily and before risky acts, thinned without losing the last, listed, and restored without loss."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.errors import Cancelled, HandoverError, NotFound, ReadOnly, UnusableFile
from handover.model import Document
from handover.registers import editing
from handover.registers.catalogue import register
from handover.registers.emptying import empty_bin
from handover.store import Workspace, copies
from handover.store import file as files
from handover.store.check import check
from handover.store.lock import InUse
from tests.domain import a_project, a_row, a_workspace, beside, contents


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed workspace with one document."""
    with a_workspace(tmp_path) as workspace:
        a_row(workspace, a_project(workspace), Document(title="Manual"))
    return workspace.path


def titles(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM document ORDER BY ref")]


def add_document(path: Path, title: str) -> None:
    with Workspace.open(path) as workspace:
        a_row(workspace, workspace.only_project().id, Document(title=title))


def spoil(path: Path) -> bytes:
    """Overwrite pages in the middle of a file; returns what it is then."""
    data = bytearray(path.read_bytes())
    data[8192:20480] = b"\xa5" * 12288
    path.write_bytes(data)
    return bytes(data)


def on(monkeypatch: pytest.MonkeyPatch, day: dt.date) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", day.isoformat())


# -- making


def test_copy_of_the_day_is_made_once_a_day(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, dt.date(2026, 2, 27))
    first = copies.daily(path)

    assert first is not None
    assert copies.daily(path) is None
    assert [c.path for c in copies.copies_of(path)] == [first]
    on(monkeypatch, dt.date(2026, 2, 28))
    assert copies.daily(path) is not None
    assert [c.made.date().day for c in copies.copies_of(path)] == [28, 27]


def test_copy_of_an_open_workspace_holds_what_was_stored_and_is_sound(path: Path) -> None:
    with Workspace.open(path) as workspace:
        a_row(workspace, workspace.only_project().id, Document(title="Drawing"))
        assert path.with_name(path.name + "-wal").exists()
        copy = copies.make(path, copies.DAILY)

    assert titles(copy) == ["Manual", "Drawing"]
    assert check(copy) == []
    assert beside(copy) == {copy.name}


def test_one_may_write_while_a_copy_is_made(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_PAGES", 1)
    with Workspace.open(path) as workspace:
        project, written = workspace.only_project().id, [0]

        def write(done: int, total: int, what: str) -> bool:
            if written[0] < 3:
                written[0] += 1
                a_row(workspace, project, Document(title=f"Meanwhile {written[0]}"))
            return True

        copy = copies.make(path, copies.DAILY, write)

        assert written == [3]
        assert titles(copy) == ["Manual"]
        assert titles(path) == ["Manual", "Meanwhile 1", "Meanwhile 2", "Meanwhile 3"]
    assert check(copy) == []


def test_stopped_copy_leaves_nothing(path: Path) -> None:
    with pytest.raises(Cancelled):
        copies.make(path, copies.DAILY, lambda done, total, what: False)

    assert list(copies.folder_of(path).iterdir()) == []


def test_copy_that_can_not_be_made_is_told(path: Path) -> None:
    copies.folder_of(path).write_text("in the way")

    with pytest.raises(HandoverError, match="can't be made"):
        copies.make(path, copies.DAILY)


def test_damaged_workspace_costs_no_good_copy(path: Path) -> None:
    good = copies.make(path, copies.DAILY)
    spoil(path)

    with pytest.raises(HandoverError):
        copies.make(path, copies.DAILY)

    assert [c.path for c in copies.copies_of(path)] == [good]
    assert beside(good) == {good.name}


def test_copy_is_opened_for_reading_only(path: Path) -> None:
    copy = copies.make(path, copies.DAILY)

    with Workspace.open(copy) as opened:
        assert opened.read_only
    with Workspace.open(Path(shutil.copy(copy, path.with_name("moved.handover")))) as moved:
        assert not moved.read_only


def test_command_copies_a_small_file_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "CHEAP_BYTES", 1000)
    copies.daily_if_cheap(path)
    assert copies.copies_of(path) == []

    monkeypatch.setattr(copies, "CHEAP_BYTES", 10_000_000)
    copies.daily_if_cheap(path)
    assert [c.reason for c in copies.copies_of(path)] == [copies.DAILY]


def test_emptying_the_bin_leaves_a_copy_with_what_was_in_it(path: Path) -> None:
    with Workspace.open(path) as workspace:
        project, documents = workspace.only_project().id, register("documents")
        with workspace.read() as connection:
            (key,) = connection.exec_driver_sql("SELECT id FROM document").scalars()
        editing.delete(workspace, documents, project, [key])
        assert empty_bin(workspace, documents, project) == 1

    (copy,) = copies.copies_of(path)
    assert (copy.reason, titles(copy.path), titles(path)) == (copies.BEFORE_EMPTYING, ["Manual"], [])


# -- thinning


def made_on(day: dt.date, hour: int = 8) -> copies.Copy:
    return copies.Copy(Path(f"{day} {hour}"), copies.DAILY, dt.datetime.combine(day, dt.time(hour)), 1)


def test_of_two_years_of_days_a_week_a_month_and_a_year_stay() -> None:
    last = dt.date(2026, 11, 21)  # a Saturday
    every_day = [made_on(last - dt.timedelta(days=n)) for n in range(730)]

    days = [c.made.date() for c in copies.kept(every_day)]

    assert days[:7] == [last - dt.timedelta(days=n) for n in range(7)]
    assert days[7:10] == [dt.date(2026, 11, 8), dt.date(2026, 11, 1), dt.date(2026, 10, 31)]
    assert days[10:] == [dt.date(2026, m, d) for m, d in ((9, 30), (8, 31), (7, 31), (6, 30), (5, 31))] + [
        dt.date(2026, 4, 30), dt.date(2026, 3, 31), dt.date(2026, 2, 28), dt.date(2026, 1, 31), dt.date(2025, 12, 31)
    ]  # fmt: skip


def test_week_53_is_one_week() -> None:
    turn = [dt.date(2026, 12, 28) + dt.timedelta(days=n) for n in range(7)]  # all of week 53 of 2026
    later = [dt.date(2027, 1, 4) + dt.timedelta(days=n) for n in range(7)]

    days = [c.made.date() for c in copies.kept(made_on(day) for day in turn + later)]

    assert days == [*reversed(later), dt.date(2027, 1, 3), dt.date(2026, 12, 31)]


@given(st.lists(st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31)), max_size=60))
def test_thinning_is_bounded_keeps_the_newest_and_changes_nothing_twice(days: list[dt.date]) -> None:
    once = copies.kept(made_on(day) for day in days)

    assert len(once) <= copies.DAYS + copies.WEEKS + copies.MONTHS
    assert bool(once) == bool(days)
    assert not days or once[0].made.date() == max(days)
    assert copies.kept(once) == once


def test_old_copies_go_when_a_new_one_is_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(40):
        on(monkeypatch, dt.date(2026, 1, 1) + dt.timedelta(days=n))
        copies.daily(path)
    strange = copies.folder_of(path) / "my own.handover"
    strange.write_bytes(b"")

    copies.make(path, copies.BEFORE_EMPTYING)

    days = [c.made.date().isoformat()[5:] for c in copies.copies_of(path) if c.reason == copies.DAILY]
    assert days == ["02-09", "02-08", "02-07", "02-06", "02-05", "02-04", "02-03", "02-01", "01-31", "01-25"]
    assert strange.exists(), "what isn't ours was removed"


def test_of_copies_before_an_act_the_last_ten_stay(path: Path) -> None:
    made = [copies.make(path, copies.BEFORE_EMPTYING) for _ in range(12)]

    assert [c.path for c in copies.copies_of(path)] == list(reversed(made))[:10]


# -- looking


def test_a_look_into_a_copy_counts_rows_and_leaves_out_the_bin(path: Path) -> None:
    with Workspace.open(path) as workspace, workspace.edit("Bin", project=workspace.only_project().id) as work:
        work.insert_many(Document, [{"title": "a"}, {"title": "b", "deleted_at": "2026-01-01"}])

    inside = copies.look_into(copies.make(path, copies.DAILY))

    assert (inside.rows["document"], inside.rows["task"]) == (2, 0)
    assert inside.last_change is not None


def test_unknown_copy_is_told(path: Path) -> None:
    copies.make(path, copies.DAILY)

    with pytest.raises(NotFound, match="no copy named nowhere"):
        copies.copy_named(path, "nowhere")


# -- restoring


def test_restored_copy_takes_the_place_after_a_copy_of_the_present(path: Path) -> None:
    copy = copies.make(path, copies.DAILY)
    then = contents(path)
    add_document(path, "Drawing")
    now = contents(path)

    before = copies.restore(path, copy, "Li Na")

    assert before is not None
    assert contents(path) == then
    assert contents(before) == now
    assert check(path) == []
    copies.restore(path, before, "Li Na")
    assert contents(path) == now


def test_workspace_that_is_open_is_not_replaced(path: Path) -> None:
    copy = copies.make(path, copies.DAILY)
    with Workspace.open(path):
        before = contents(path)
        with pytest.raises(InUse):
            copies.restore(path, copy, "Li Na")
        assert contents(path) == before


def test_damaged_workspace_is_replaced_and_kept_byte_for_byte(path: Path) -> None:
    copy = copies.make(path, copies.DAILY)
    spoiled = spoil(path)

    before = copies.restore(path, copy, "Li Na")

    assert before is not None
    assert before.read_bytes() == spoiled
    assert [c.reason for c in copies.copies_of(path)] == [copies.DAMAGED, copies.DAILY]
    assert titles(path) == ["Manual"]


def test_lost_workspace_is_restored(path: Path) -> None:
    copy = copies.make(path, copies.DAILY)
    path.unlink()

    assert copies.restore(path, copy, "Li Na") is None
    assert titles(path) == ["Manual"]


def test_damaged_copy_replaces_nothing(path: Path) -> None:
    copy = copies.make(path, copies.DAILY)
    spoil(copy)
    before = path.read_bytes()

    with pytest.raises(UnusableFile):
        copies.restore(path, copy, "Li Na")

    assert path.read_bytes() == before
    assert [c.path for c in copies.copies_of(path)] == [copy]


def test_folder_that_can_not_be_written_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = copies.make(path, copies.DAILY)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(copies, "Lock", refuse)
    with pytest.raises(ReadOnly, match="rights of its folder"):
        copies.restore(path, copy, "Li Na")


def test_restoring_on_a_full_disk_leaves_the_workspace(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = copies.make(path, copies.DAILY)
    add_document(path, "Drawing")
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target == path:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(HandoverError, match="could not be copied"):
        copies.restore(path, copy, "Li Na")

    assert titles(path) == ["Manual", "Drawing"]
    assert beside(path) == {path.name, copies.folder_of(path).name}
