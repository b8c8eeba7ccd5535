"""Copies: made daily and before risky acts, thinned without losing the last, listed, and restored without loss."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.errors import Cancelled, HandoverError, NotFound, ReadOnly, UnusableFile
from handover.model import Document
from handover.registers.acts import editing
from handover.registers.acts.emptying import empty_bin
from handover.registers.catalogue import register
from handover.registers.files import attachments
from handover.store import Workspace
from handover.store import file as files
from handover.store.checking.check import check
from handover.store.copies import copies, copying, restoring, thinning
from handover.store.copies import settings as copy_settings
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
    first = copying.daily(path)

    assert first is not None
    assert copying.daily(path) is None
    assert [c.path for c in copies.copies_of(path)] == [first]
    on(monkeypatch, dt.date(2026, 2, 28))
    assert copying.daily(path) is not None
    assert [c.made.date().day for c in copies.copies_of(path)] == [28, 27]


def test_copy_of_an_open_workspace_holds_what_was_stored_and_is_sound(path: Path) -> None:
    with Workspace.open(path) as workspace:
        a_row(workspace, workspace.only_project().id, Document(title="Drawing"))
        assert path.with_name(path.name + "-wal").exists()
        copy = copying.make(path, copies.DAILY)

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

        copy = copying.make(path, copies.DAILY, write)

        assert written == [3]
        assert titles(copy) == ["Manual"]
        assert titles(path) == ["Manual", "Meanwhile 1", "Meanwhile 2", "Meanwhile 3"]
    assert check(copy) == []


def test_stopped_copy_leaves_nothing(path: Path) -> None:
    with pytest.raises(Cancelled):
        copying.make(path, copies.DAILY, lambda done, total, what: False)

    assert list(copies.folder_of(path).iterdir()) == []


def test_copy_that_can_not_be_made_is_told(path: Path) -> None:
    copies.folder_of(path).write_text("in the way")

    with pytest.raises(HandoverError, match="can't be made"):
        copying.make(path, copies.DAILY)


def test_damaged_workspace_costs_no_good_copy(path: Path) -> None:
    good = copying.make(path, copies.DAILY)
    spoil(path)

    with pytest.raises(HandoverError):
        copying.make(path, copies.DAILY)

    assert [c.path for c in copies.copies_of(path)] == [good]
    assert beside(good) == {good.name}


def test_copy_is_opened_for_reading_only(path: Path) -> None:
    copy = copying.make(path, copies.DAILY)

    with Workspace.open(copy) as opened:
        assert opened.read_only
    with Workspace.open(Path(shutil.copy(copy, path.with_name("moved.handover")))) as moved:
        assert not moved.read_only


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


def test_of_two_years_of_days_two_weeks_eight_weeks_and_a_year_stay() -> None:
    last = dt.date(2026, 11, 21)  # a Saturday
    every_day = [made_on(last - dt.timedelta(days=n), hour) for n in range(730) for hour in (8, 12, 18)]

    made = [c.made for c in thinning.kept(every_day)]

    two_days = [dt.datetime.combine(last - dt.timedelta(days=n), dt.time(h)) for n in (0, 1) for h in (18, 12, 8)]
    assert made[:6] == two_days
    days = [moment.date() for moment in made[6:]]
    assert days[:12] == [last - dt.timedelta(days=n) for n in range(2, 14)]
    assert days[12:20] == [
        *(dt.date(2026, 11, d) for d in (1,)), dt.date(2026, 10, 31), *(dt.date(2026, 10, d) for d in (25, 18, 11, 4)),
        dt.date(2026, 9, 30), dt.date(2026, 8, 31),
    ]  # fmt: skip
    assert days[20:] == [
        dt.date(2026, 7, 31), dt.date(2026, 6, 30), dt.date(2026, 5, 31), dt.date(2026, 4, 30), dt.date(2026, 3, 31),
        dt.date(2026, 2, 28), dt.date(2026, 1, 31), dt.date(2025, 12, 31),
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", [dt.date(2099, 1, 1), dt.date(1971, 1, 1)])
def test_clock_that_was_wrong_once_costs_no_good_copy(
    path: Path, monkeypatch: pytest.MonkeyPatch, wrong: dt.date
) -> None:
    right = [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(20)]
    for day in right:
        on(monkeypatch, day)
        copying.daily(path)
    before = {c.path for c in copies.copies_of(path)}
    on(monkeypatch, wrong)
    odd = [copying.make(path, copies.DAILY) for _ in range(3)]
    assert all(each.exists() for each in odd), "the copy just made was let go"
    on(monkeypatch, right[-1])
    new = copying.make(path, copies.TIMED)

    assert new.exists()
    lost = before - {c.path for c in copies.copies_of(path)}
    assert len(lost) <= 1, "a day that never was has the place of one day at most"


def test_copy_of_a_day_to_come_stops_no_new_ones(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, dt.date(2099, 1, 1))
    copying.make(path, copies.TIMED)
    on(monkeypatch, dt.date(2026, 1, 1))
    add_document(path, "Drawing")

    assert copying.timed(path) is not None


def test_week_53_is_one_week() -> None:
    turn = [dt.date(2026, 12, 28) + dt.timedelta(days=n) for n in range(7)]  # all of week 53 of 2026
    later = [dt.date(2027, 1, 4) + dt.timedelta(days=n) for n in range(7)]

    still_later = [dt.date(2027, 1, 11) + dt.timedelta(days=n) for n in range(7)]
    days = [c.made.date() for c in thinning.kept(made_on(day) for day in turn + later + still_later)]

    assert days == [*reversed(later + still_later), dt.date(2027, 1, 3), dt.date(2026, 12, 31)]


@given(st.lists(st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31)), max_size=60))
def test_thinning_is_bounded_keeps_the_newest_and_changes_nothing_twice(days: list[dt.date]) -> None:
    once = thinning.kept(made_on(day) for day in days)

    days_kept = {c.made.date() for c in once}
    assert len(days_kept) <= thinning.DAYS + thinning.WEEKS + thinning.MONTHS
    assert bool(once) == bool(days)
    assert not days or once[0].made.date() == max(days)
    assert thinning.kept(once) == once


def test_old_copies_go_when_a_new_one_is_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(40):
        on(monkeypatch, dt.date(2026, 1, 1) + dt.timedelta(days=n))
        copying.daily(path)
    strange = copies.folder_of(path) / "my own.handover"
    strange.write_bytes(b"")

    copying.make(path, copies.BEFORE_EMPTYING)

    days = [c.made.date().isoformat()[5:] for c in copies.copies_of(path) if c.reason == copies.DAILY]
    assert days == [f"02-0{n}" for n in range(9, 0, -1)] + [f"01-{n}" for n in (31, 30, 29, 28, 27, 25, 18, 11, "04")]
    assert strange.exists(), "what isn't ours was removed"


def test_of_copies_before_an_act_the_last_ten_stay(path: Path) -> None:
    made = [copying.make(path, copies.BEFORE_EMPTYING) for _ in range(12)]

    assert [c.path for c in copies.copies_of(path)] == list(reversed(made))[:10]


# -- while one works


def at_time(monkeypatch: pytest.MonkeyPatch, moment: dt.datetime) -> None:
    """Let the clock stand at a moment."""

    class Standing(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]  # as the clock does
            return moment if tz is None else moment.replace(tzinfo=tz)

    on(monkeypatch, moment.date())
    monkeypatch.setattr(dt, "datetime", Standing)


def test_copy_is_made_each_half_hour_in_which_something_changed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start = dt.datetime(2026, 3, 2, 9, 0)
    made = []
    for minutes, title in ((0, ""), (10, "a"), (29, "b"), (31, ""), (45, ""), (65, ""), (70, "c"), (71, "")):
        if title:
            add_document(path, title)
        with monkeypatch.context() as patch:
            at_time(patch, start + dt.timedelta(minutes=minutes))
            made.append(copying.timed(path) is not None)

    assert made == [True, False, False, True, False, False, True, False]


def test_copy_that_holds_every_act_is_not_made_again(path: Path) -> None:
    assert copying.ensure(path, copies.ON_CLOSE) is not None
    assert copying.ensure(path, copies.BEFORE_IMPORT) is None
    add_document(path, "Drawing")
    assert copying.ensure(path, copies.BEFORE_IMPORT) is not None


def test_copy_that_can_not_be_read_holds_nothing(path: Path) -> None:
    copy = copying.make(path, copies.ON_CLOSE)
    spoil(copy)

    assert copying.ensure(path, copies.BEFORE_IMPORT) is not None


def test_many_rows_are_deleted_after_a_copy_only(path: Path) -> None:
    with Workspace.open(path) as workspace:
        project, documents = workspace.only_project().id, register("documents")
        with workspace.edit("Add", project=project) as work:
            work.insert_many(Document, [{"title": str(n)} for n in range(150)])
        with workspace.read() as connection:
            keys = list(connection.exec_driver_sql("SELECT id FROM document").scalars())
        editing.delete(workspace, documents, project, keys[:100])
        assert copies.copies_of(path) == []
        editing.delete(workspace, documents, project, keys[:101][-1:] + keys[101:])
        assert copies.copies_of(path) == []
        editing.restore(workspace, documents, project, keys)
        editing.delete(workspace, documents, project, keys)

    (copy,) = copies.copies_of(path)
    assert (copy.reason, copies.look_into(copy.path).rows["document"]) == (copies.BEFORE_DELETING, 151)


def test_half_made_copies_of_a_killed_program_are_swept(path: Path) -> None:
    folder = copies.folder_of(path)
    folder.mkdir()
    left = [folder / ".plant.daily-20260101-080000-000.part", folder / ".plant.daily-20260101-080000-000.part-journal"]
    for each in left:
        each.write_bytes(b"half")

    copying.make(path, copies.DAILY)

    assert not any(each.exists() for each in left)


def test_pipe_with_the_name_of_a_copy_is_no_copy(path: Path) -> None:
    copies.folder_of(path).mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(copies.folder_of(path) / "plant.daily-20260101-080000-000.handover")

    assert copies.copies_of(path) == []


# -- the second folder


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "stick"
    folder.mkdir()
    copy_settings.save(copy_settings.CopySettings(second=str(folder)))
    yield folder
    copy_settings.save(copy_settings.CopySettings())


def test_second_folder_gets_every_copy_and_can_be_restored_from(path: Path, second: Path, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8 a photo")
    with Workspace.open(path) as workspace:
        project = workspace.only_project().id
        with workspace.read() as connection:
            (key,) = connection.exec_driver_sql("SELECT id FROM document").scalars()
        attachments.attach(workspace, register("documents"), project, [(key, tmp_path / "photo.jpg")])
        copying.make(path, copies.DAILY)
    there = copies.second_place(path, str(second))
    then = contents(path)

    (copy,) = copies.copies_of(there)
    assert copies.look_into(copy.path).rows["document"] == 1
    restoring.restore(there, copy.path, "Li Na")
    assert contents(there) == then
    assert check(there) == [], "the attached files came along"


def test_second_folder_that_is_gone_costs_no_copy_and_is_told_until_it_works(path: Path, second: Path) -> None:
    away = second.rename(second.with_name("unplugged"))

    assert copying.make(path, copies.DAILY).exists()
    assert str(second) in copying.second_trouble()
    assert not second.exists(), "a disk that isn't plugged in is no folder to be made"
    away.rename(second)
    copying.make(path, copies.DAILY)
    assert copying.second_trouble() == ""


# -- looking


def test_a_look_into_a_copy_counts_rows_and_leaves_out_the_bin(path: Path) -> None:
    with Workspace.open(path) as workspace, workspace.edit("Bin", project=workspace.only_project().id) as work:
        work.insert_many(Document, [{"title": "a"}, {"title": "b", "deleted_at": "2026-01-01"}])

    inside = copies.look_into(copying.make(path, copies.DAILY))

    assert (inside.rows["document"], inside.rows["task"]) == (2, 0)
    assert inside.last_change is not None


def test_unknown_copy_is_told(path: Path) -> None:
    copying.make(path, copies.DAILY)

    with pytest.raises(NotFound, match="no copy named nowhere"):
        copies.copy_named(path, "nowhere")


# -- restoring


def test_restored_copy_takes_the_place_after_a_copy_of_the_present(path: Path) -> None:
    copy = copying.make(path, copies.DAILY)
    then = contents(path)
    add_document(path, "Drawing")
    now = contents(path)

    before = restoring.restore(path, copy, "Li Na")

    assert before is not None
    assert contents(path) == then
    assert contents(before) == now
    assert check(path) == []
    restoring.restore(path, before, "Li Na")
    assert contents(path) == now


def test_workspace_that_is_open_is_not_replaced(path: Path) -> None:
    copy = copying.make(path, copies.DAILY)
    with Workspace.open(path):
        before = contents(path)
        with pytest.raises(InUse):
            restoring.restore(path, copy, "Li Na")
        assert contents(path) == before


def test_damaged_workspace_is_replaced_and_kept_byte_for_byte(path: Path) -> None:
    copy = copying.make(path, copies.DAILY)
    spoiled = spoil(path)

    before = restoring.restore(path, copy, "Li Na")

    assert before is not None
    assert before.read_bytes() == spoiled
    assert [c.reason for c in copies.copies_of(path)] == [copies.DAMAGED, copies.DAILY]
    assert titles(path) == ["Manual"]


def test_lost_workspace_is_restored(path: Path) -> None:
    copy = copying.make(path, copies.DAILY)
    path.unlink()

    assert restoring.restore(path, copy, "Li Na") is None
    assert titles(path) == ["Manual"]


def test_damaged_copy_replaces_nothing(path: Path) -> None:
    copy = copying.make(path, copies.DAILY)
    spoil(copy)
    before = path.read_bytes()

    with pytest.raises(UnusableFile):
        restoring.restore(path, copy, "Li Na")

    assert path.read_bytes() == before
    assert [c.path for c in copies.copies_of(path)] == [copy]


def test_folder_that_can_not_be_written_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = copying.make(path, copies.DAILY)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(restoring, "Lock", refuse)
    with pytest.raises(ReadOnly, match="rights of its folder"):
        restoring.restore(path, copy, "Li Na")


def test_restoring_on_a_full_disk_leaves_the_workspace(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = copying.make(path, copies.DAILY)
    add_document(path, "Drawing")
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target == path:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(HandoverError, match="could not be copied"):
        restoring.restore(path, copy, "Li Na")

    assert titles(path) == ["Manual", "Drawing"]
    assert beside(path) == {path.name, copies.folder_of(path).name}
