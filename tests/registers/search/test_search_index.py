"""The search index is derived data: whatever befalls it, a search finds what the workspace holds."""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from handover.errors import Cancelled
from handover.model import Document
from handover.registers.search.filling import catch_up
from handover.registers.search.finding import search
from handover.store import Workspace
from handover.store.copies import copies, copying, restoring
from handover.store.search import filling as search_filling
from handover.store.search import place as search_place
from tests.domain import a_project, a_row, a_workspace


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HANDOVER_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "search"


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as workspace:
        a_row(workspace, a_project(workspace), Document(title="Pump manual"))
        yield workspace


def finds(workspace: Workspace, text: str) -> list[str]:
    return [hit.row.name for group in search(workspace, text) for hit in group.hits]


def test_it_lies_in_the_cache_where_only_its_user_reads_it(plant: Workspace, cache: Path) -> None:
    assert finds(plant, "pump") == ["Pump manual"]

    (index,) = cache.glob("*.search")
    assert not list(plant.path.parent.glob("*.search"))
    if sys.platform != "win32":
        assert index.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("harm", ["garbage", "emptied", "deleted", "torn"])
def test_a_damaged_index_is_filled_anew_without_a_word(plant: Workspace, harm: str) -> None:
    assert finds(plant, "pump")
    path = plant.search.path
    plant.search.close()
    for aside in ("-wal", "-shm"):
        path.with_name(path.name + aside).unlink(missing_ok=True)
    if harm == "garbage":
        path.write_bytes(b"no database at all " * 500)
    elif harm == "emptied":
        path.write_bytes(b"")
    elif harm == "deleted":
        path.unlink()
    else:
        data = bytearray(path.read_bytes())
        data[4096:] = os.urandom(len(data) - 4096)
        path.write_bytes(bytes(data))

    assert finds(plant, "pump") == ["Pump manual"]


def test_an_index_thrown_away_while_it_is_open_is_noticed(plant: Workspace) -> None:
    assert finds(plant, "pump")
    search_place.discard(plant.search.path)
    a_row(plant, plant.only_project().id, Document(title="Pump drawing"))

    assert set(finds(plant, "pump")) == {"Pump manual", "Pump drawing"}


def test_a_restored_copy_is_another_history(plant: Workspace) -> None:
    project = plant.only_project().id
    copy = copying.make(plant.path, copies.DAILY)
    a_row(plant, project, Document(title="Valve list"))
    assert finds(plant, "valve")
    plant.close()
    restoring.restore(plant.path, copy, "tester")

    with Workspace.open(plant.path) as restored:
        assert finds(restored, "valve") == []
        a_row(restored, project, Document(title="Valve plan"))  # an act of the same number as that which is gone
        assert finds(restored, "valve") == ["Valve plan"]


def test_a_workspace_that_can_only_be_read_is_searched_too(plant: Workspace) -> None:
    plant.close()
    with Workspace.open(plant.path, "read") as looked_at:
        assert finds(looked_at, "pump") == ["Pump manual"]


def test_where_the_cache_can_not_be_written_the_index_lies_in_memory(plant: Workspace, cache: Path) -> None:
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.write_text("a file where the folder should be")

    assert finds(plant, "pump") == ["Pump manual"]
    a_row(plant, plant.only_project().id, Document(title="Pump drawing"))
    assert set(finds(plant, "pump")) == {"Pump manual", "Pump drawing"}


def test_while_another_program_fills_it_what_is_there_is_used(
    plant: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert finds(plant, "pump")
    a_row(plant, plant.only_project().id, Document(title="Pump drawing"))
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **{**k, "timeout": 0}))
    with closing(connect(plant.search.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not catch_up(plant)
        assert finds(plant, "pump") == ["Pump manual"]
        other.execute("ROLLBACK")

    assert len(finds(plant, "pump")) == 2


def test_two_threads_that_want_it_at_once_fill_it_once(plant: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    filled: list[int] = []
    put = search_filling.Filling.put
    monkeypatch.setattr(search_filling.Filling, "put", lambda self, entries: (filled.append(1), put(self, entries))[1])
    answers: list[list[str]] = []
    threads = [threading.Thread(target=lambda: answers.append(finds(plant, "pump"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [["Pump manual"]] * 4
    assert len(filled) == 1


def test_a_stopped_filling_leaves_it_as_it_was(plant: Workspace) -> None:
    assert catch_up(plant)
    before = plant.search.held()
    a_row(plant, plant.only_project().id, Document(title="Pump drawing"))
    with pytest.raises(Cancelled):
        catch_up(plant, lambda _done, _total, _what: False)

    assert plant.search.held() == before


def test_when_most_of_it_is_dead_it_is_filled_anew(plant: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_filling, "_MANY_DEAD", 5)
    project = plant.only_project().id
    row = a_row(plant, project, Document(title="Start"))
    emptied: list[int] = []
    empty = search_filling.Filling.empty
    monkeypatch.setattr(search_filling.Filling, "empty", lambda self: (emptied.append(1), empty(self))[1])
    for n in range(9):
        with plant.edit("Rename", project=project) as work:
            work.get(Document, row.id).title = f"Title {n}"
        assert catch_up(plant)

    assert len(emptied) == 2  # the first filling, and one since
    assert finds(plant, "title") == ["Title 8"]


def test_the_index_of_a_workspace_that_is_gone_goes(plant: Workspace, tmp_path: Path, cache: Path) -> None:
    with a_workspace(tmp_path, "other") as other:
        a_row(other, a_project(other), Document(title="Pump"))
        assert finds(other, "pump")
    assert finds(plant, "pump")
    assert len(list(cache.glob("*.search"))) == 2
    other.path.unlink()
    search_place.tidy(plant.search.path)

    assert list(cache.glob("*.search")) == [plant.search.path]


def test_the_index_of_a_disk_that_is_not_there_stays_for_a_while(plant: Workspace, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    with a_workspace(tmp_path / "disk", "far") as far:
        a_row(far, a_project(far), Document(title="Pump"))
        assert finds(far, "pump")
    (tmp_path / "disk").rename(tmp_path / "unplugged")
    search_place.tidy(plant.search.path)
    assert far.search.path.exists()
    os.utime(far.search.path, (0, 0))
    search_place.tidy(plant.search.path)

    assert not far.search.path.exists()


def test_where_all_take_too_much_the_one_that_rested_longest_goes(plant: Workspace, tmp_path: Path) -> None:
    rested = []
    for n, name in enumerate(("first", "second")):
        with a_workspace(tmp_path, name) as other:
            a_row(other, a_project(other), Document(title="Pump"))
            assert finds(other, "pump")
        os.utime(other.search.path, (n + 1, n + 1))
        rested.append(other.search.path)
    assert finds(plant, "pump")
    search_place.tidy(plant.search.path, plant.search.path.stat().st_size + rested[1].stat().st_size)

    assert [path.exists() for path in rested] == [False, True]
    assert plant.search.path.exists()
