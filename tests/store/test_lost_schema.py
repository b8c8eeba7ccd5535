"""Salvage where the list of tables in a file is damaged: SQLite reads nothing of it, and yet the rows are there."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from handover.errors import UnusableFile
from handover.store import file as files
from handover.store.checking import check
from handover.store.checking.salvage import Salvaged, salvage
from tests.store.test_migrate import an_older_workspace, with_a_project
from tests.store.test_salvage import PAGE, ROWS, count, pages_of, path, rows, spoil, works

__all__ = ["path"]  # a fixture


def leaves_of_the_list(path: Path) -> list[int]:
    """The pages on which SQLite keeps where each table begins."""
    data = path.read_bytes()
    (many,) = (int.from_bytes(data[103:105], "big"),)
    pointers = [int.from_bytes(data[112 + 2 * n : 114 + 2 * n], "big") for n in range(many)]
    children = [int.from_bytes(data[at : at + 4], "big") for at in pointers] + [int.from_bytes(data[108:112], "big")]
    found = []
    for child in children:
        page = data[(child - 1) * PAGE : child * PAGE]
        if page[0] == 0x0D:
            found.append(child)
            continue
        inner = [int.from_bytes(page[12 + 2 * n : 14 + 2 * n], "big") for n in range(int.from_bytes(page[3:5], "big"))]
        found += [int.from_bytes(page[at : at + 4], "big") for at in inner] + [int.from_bytes(page[8:12], "big")]
    return sorted(found)


def listing(path: Path, table: str) -> int:
    """The page that lists a table."""
    data = path.read_bytes()
    (page,) = (
        n for n in leaves_of_the_list(path) if f"CREATE TABLE {table} (".encode() in data[(n - 1) * PAGE : n * PAGE]
    )
    return page


def recognised(outcome: Salvaged) -> set[str]:
    return {loss.table for loss in outcome.losses if loss.recognised}


@pytest.mark.parametrize("table", ["project", "change", "task"])
def test_rows_of_a_table_that_is_listed_no_more_come_over_and_it_is_said(
    path: Path, tmp_path: Path, table: str
) -> None:
    before = rows(path)
    spoil(path, listing(path, table))
    damaged = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.DatabaseError):
        connection.execute("SELECT count(*) FROM project")

    outcome = salvage(path, tmp_path / "new.handover", "Li Na")

    assert rows(outcome.target) == before
    assert table in recognised(outcome)
    told = f"Table “{table}”: nothing said any more where it lies. Its rows were recognised by what they hold"
    assert any(sentence.startswith(told) for sentence in outcome.sentences())
    assert not outcome.whole
    assert path.read_bytes() == damaged
    works(outcome.target)


def test_a_statement_in_the_list_that_makes_no_table_is_not_carried_out(path: Path, tmp_path: Path) -> None:
    lost, made = listing(path, "project"), tmp_path / "made.db"
    data = path.read_bytes()
    there = b"CREATE TABLE meeting ("
    statement = f"ATTACH DATABASE '{made}' AS made /*".encode()
    at = data.index(there)
    assert lost != at // PAGE + 1
    path.write_bytes(data[:at] + statement + data[at + len(statement) :])
    spoil(path, lost)

    with suppress(UnusableFile):  # a plain refusal will do, too
        salvage(path, tmp_path / "new.handover", "Li Na")

    assert not made.exists()


def test_whole_list_is_lost_and_the_log_gives_the_rows_back(path: Path, tmp_path: Path) -> None:
    before = rows(path)
    spoil(path, *leaves_of_the_list(path))

    outcome = salvage(path, tmp_path / "new.handover", "Li Na")

    assert {"act", "change"} <= recognised(outcome)
    assert rows(outcome.target) == before
    works(outcome.target)


def test_first_page_is_lost(path: Path, tmp_path: Path) -> None:
    before = rows(path)
    spoil(path, 1)

    outcome = salvage(path, tmp_path / "new.handover", "Li Na")

    assert rows(outcome.target) == before
    works(outcome.target)


def test_without_the_log_a_table_is_recognised_by_its_rows_alone(path: Path, tmp_path: Path) -> None:
    spoil(path, listing(path, "document"), *pages_of_both_logs(path))

    outcome = salvage(path, tmp_path / "new.handover", "Li Na")

    assert "document" in recognised(outcome)
    assert count(outcome.target, "document") == ROWS
    assert outcome.history_lost
    works(outcome.target)


def pages_of_both_logs(path: Path) -> list[int]:
    return [*pages_of(path, "act"), *pages_of(path, "change")]


def test_what_a_crash_left_in_the_write_ahead_log_counts_though_the_list_is_lost(path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("UPDATE project SET name='Renamed last'")
        connection.commit()
        torn = tmp_path / "torn.handover"
        for suffix in ("", "-wal"):
            torn.with_name(torn.name + suffix).write_bytes(path.with_name(path.name + suffix).read_bytes())
    spoil(torn, listing(torn, "spare_part"))

    outcome = salvage(torn, tmp_path / "new.handover", "Li Na")

    assert count(outcome.target, "document") == ROWS
    assert check.check(outcome.target) == []


def test_older_file_whose_list_is_damaged_is_brought_to_the_present(tmp_path: Path) -> None:
    old = with_a_project(an_older_workspace(tmp_path / "old", 1))
    spoil(old, listing(old, "document"))

    outcome = salvage(old, tmp_path / "new.handover", "Li Na")

    assert count(outcome.target, "project") == 1
    assert files.inspect(outcome.target).version == files.SCHEMA_VERSION
    works(outcome.target)


def test_columns_that_may_stand_in_another_order_are_not_guessed(path: Path, tmp_path: Path) -> None:
    """A table that is listed differs from ours, as after an upgrade: two texts could be taken for each other."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(
            "UPDATE sqlite_master SET sql=replace(sql, 'ended_on', 'stopped_on') WHERE name='secondment'"
        )
        changed = connection.execute("UPDATE sqlite_master SET sql=replace(sql, 'notes TEXT', 'remarks TEXT')")
        assert changed.rowcount
        connection.commit()
    before = rows_of(path, "document")
    spoil(path, listing(path, "document"))

    outcome = salvage(path, tmp_path / "new.handover", "Li Na")

    assert "document" not in recognised(outcome)
    assert rows_of(outcome.target, "document") == before  # the log names its columns
    assert check.check(outcome.target) == []


def rows_of(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT id, ref, title FROM {table} ORDER BY id").fetchall()


@pytest.mark.parametrize("seed", range(4))
def test_garbage_in_the_list_gives_a_sound_file_or_a_plain_refusal(path: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(path.read_bytes())
    for number in [1, *chance.sample(leaves_of_the_list(path), 3)]:
        at = (number - 1) * PAGE + chance.randrange(PAGE - 64)
        data[at : at + 64] = chance.randbytes(64)
    path.write_bytes(data)

    try:
        outcome = salvage(path, tmp_path / "new.handover", "Li Na")
    except UnusableFile:
        return
    assert check.check(outcome.target) == []
    assert path.read_bytes() == data
