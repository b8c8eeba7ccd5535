"""Trouble of the disk is not called damage, damage is found in files of any size, and foreign tables are refused."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from handover.errors import Cancelled, HandoverError, ReadOnly, UnusableFile
from handover.model import Document
from handover.store import Workspace
from handover.store import file as files
from handover.store.lock import InUse
from handover.store.trouble import Damaged, DiskFull, Unreachable, trouble
from tests.domain import a_project, a_row, a_workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with a_workspace(tmp_path) as workspace:
        a_row(workspace, a_project(workspace), Document(title="Manual"))
    return workspace.path


def an_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("the words of SQLite")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_CORRUPT, Damaged),
        (sqlite3.SQLITE_NOTADB, Damaged),
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_BUSY, Unreachable),
        (sqlite3.SQLITE_READONLY, Unreachable),
        (sqlite3.SQLITE_CANTOPEN, Unreachable),
        (sqlite3.SQLITE_IOERR_WRITE, Unreachable),
        (sqlite3.SQLITE_IOERR_SHMSIZE, Unreachable),
        (sqlite3.SQLITE_NOMEM, Unreachable),
        (sqlite3.SQLITE_ERROR, UnusableFile),
    ],
)
def test_only_damage_is_called_damage(path: Path, code: int, kind: type[UnusableFile]) -> None:
    said = trouble(path, an_error(code))

    assert type(said) is kind
    assert ("damaged" in str(said)) == (kind is Damaged)


def test_names_of_tables_that_are_no_text_are_damage(path: Path) -> None:
    """SQLite's own message quotes them, and isn't text then either."""
    data = path.read_bytes()
    at = data.index(b"indexix_")
    path.write_bytes(data[: at + 5] + b"\xf6\xff" + data[at + 7 :].replace(b"CREATE INDEX", b"CREATE INXED", 1))

    with pytest.raises(Damaged):
        files.inspect(path)
    with pytest.raises(Damaged):
        files.check_pages(path)
    with pytest.raises(Damaged):
        Workspace.open(path)
    with pytest.raises(Damaged):
        Workspace.open_damaged(path)


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_CANTOPEN])
def test_opening_that_the_disk_refuses_leaves_file_and_lock_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    before = path.read_bytes()

    def refuse(_self: Workspace) -> sqlite3.Connection:
        raise an_error(code)

    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "_connect", refuse)
        with pytest.raises(Unreachable):
            Workspace.open(path)
    assert path.read_bytes() == before
    with Workspace.open(path) as opened:
        assert not opened.read_only


@pytest.mark.skipif(sys.platform != "linux" or not hasattr(os, "mkfifo"), reason="as Linux has it")
def test_lock_follows_no_link(path: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("the work of years")
    path.with_name(path.name + ".lock").symlink_to(precious)

    with Workspace.open(path) as opened:
        assert opened.read_only
        assert "no lock of Handover" in str(opened.protected)
        with pytest.raises(ReadOnly), opened.edit("Edit"):
            pass
    assert precious.read_text() == "the work of years"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders")
@pytest.mark.parametrize("kind", ["folder", "pipe", "hard link"])
def test_what_is_no_lock_is_told_and_the_file_can_be_read(path: Path, tmp_path: Path, kind: str) -> None:
    lock = path.with_name(path.name + ".lock")
    if kind == "folder":
        lock.mkdir()
    elif kind == "pipe":
        os.mkfifo(lock)
    else:
        (tmp_path / "precious.txt").write_text("the work of years")
        os.link(tmp_path / "precious.txt", lock)

    with Workspace.open(path) as opened:
        assert opened.read_only
        assert lock.name in str(opened.protected)
    assert lock.exists()


def test_lock_of_another_account_names_its_holder(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = path.with_name(path.name + ".lock")
    lock.write_text('{"host": "site-3", "user": "Li Na", "pid": 1, "since": "2026-01-01"}')
    opened = os.open

    def guarded(name: os.PathLike[str], flags: int, *rest: int) -> int:
        if Path(name) == lock and flags & os.O_RDWR:
            raise PermissionError(13, "Permission denied")
        return opened(name, flags, *rest)

    monkeypatch.setattr(os, "open", guarded)
    with pytest.raises(InUse, match="site-3 by Li Na"):
        Workspace.open(path)
    lock.write_text("\x1b[2J")
    with Workspace.open(path) as reader:
        assert "can't be written" in str(reader.protected)


@pytest.mark.skipif(sys.platform == "win32", reason="no limit can be set on the size of files")
def test_on_a_full_disk_a_sound_file_is_read_and_not_called_damaged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.with_name(path.name + "-wal").touch()  # what an attempt to open it left
    connect = sqlite3.connect

    def full(name: str, *args: object, **kw: object) -> sqlite3.Connection:
        if "immutable" in str(name):
            return connect(name, *args, **kw)  # type: ignore[call-overload, no-any-return]  # passed on as it came

        class Full(sqlite3.Connection):
            def execute(self, sql: str, *rest: object) -> sqlite3.Cursor:
                if "trusted_schema" in sql or "cell_size" in sql or "mmap" in sql:
                    return super().execute(sql)
                raise an_error(sqlite3.SQLITE_IOERR_SHMSIZE)

        return connect(name, *args, **{**kw, "factory": Full})  # type: ignore[call-overload, no-any-return]  # as above

    monkeypatch.setattr(sqlite3, "connect", full)
    with monkeypatch.context() as patch:
        patch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 0}))
        with pytest.raises(DiskFull):
            Workspace.open(path)
    with Workspace.open(path, "read") as opened:
        assert [p.code for p in opened.projects()] == ["P1"]


# -- damage of large files


def spoil(path: Path) -> None:
    """Overwrite the pages of a table behind its first ones."""
    data = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name='document'").fetchone()[0]
    data[(page - 1) * files.PAGE : page * files.PAGE] = b"\xa5" * files.PAGE
    path.write_bytes(data)


def test_damage_of_a_large_file_is_found_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "QUICK_CHECK_BYTES", 1000)
    spoil(path)

    with Workspace.open(path) as opened:
        assert not opened.checked
        with pytest.raises(Damaged):
            files.check_pages(path)
        with pytest.raises(Damaged), opened.read() as connection:
            connection.exec_driver_sql("SELECT * FROM document").all()


def test_check_of_pages_can_be_stopped(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_INSTRUCTIONS", 1)

    with pytest.raises(Cancelled):
        files.check_pages(path, lambda done, total, what: False)
    files.check_pages(path)


def test_damaged_file_opens_for_reading_at_most(path: Path) -> None:
    spoil(path)
    before = path.read_bytes()
    for mode in ("write", "read"):
        with pytest.raises(Damaged):
            Workspace.open(path, mode)  # type: ignore[arg-type]  # one of the two

    with Workspace.open_damaged(path) as opened:
        assert opened.read_only
        assert [p.code for p in opened.projects()] == ["P1"]
        with pytest.raises(HandoverError), opened.read() as connection:
            connection.exec_driver_sql("SELECT * FROM document").all()
    assert path.read_bytes() == before


# -- tables that aren't ours


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("ALTER TABLE task DROP COLUMN notes", "task.notes"),
        ("ALTER TABLE task ADD COLUMN extra TEXT", "task.extra"),
        ("ALTER TABLE task ADD COLUMN extra AS (printf('%.*c', 100000000, 'x'))", "task"),
        ("CREATE INDEX evil ON task (upper(name))", "evil"),
        ("CREATE UNIQUE INDEX evil ON task (name)", "task.name"),
        ("DROP TABLE knowledge_item", "knowledge_item"),
        ("CREATE TABLE mine (x)", "mine"),
        ("CREATE VIEW evil AS SELECT 1", "evil"),
        ("CREATE VIRTUAL TABLE evil USING fts5(x)", "evil"),
    ],
)
def test_tables_that_are_not_ours_are_refused(path: Path, statement: str, name: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(statement)
        connection.commit()
    before = path.read_bytes()

    with pytest.raises(UnusableFile, match=rf"\({name}\)"):
        Workspace.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "inserted",
    ["CHECK(0)", "CHECK /* ' */ (0)", "/* ' */ CHECK(0) /* ' */", "-- '\n CHECK(0) -- '\n", "CHECK(printf('('))"],
)
def test_condition_in_a_table_is_refused_however_it_is_written(path: Path, inserted: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        done = connection.execute(
            "UPDATE sqlite_master SET sql = substr(sql, 1, length(sql) - 1) || ', ' || ? || ')' WHERE name = 'counter'",
            (inserted,),
        )
        assert done.rowcount == 1

    with pytest.raises(UnusableFile, match=r"\(counter\)"):
        Workspace.open(path)


def test_statistics_of_sqlite_are_no_foreign_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ANALYZE")
        connection.commit()

    with Workspace.open(path) as opened:
        assert not opened.read_only
