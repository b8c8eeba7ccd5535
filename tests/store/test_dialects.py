"""What is asked above the store is SQL of no one database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import ClauseElement, Connection, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex

import handover
from handover.model import Document, Pick, Task
from handover.model.dialect import day, days_after, greater, holds, today_
from handover.store import Workspace
from handover.store.row_numbers import numbers, row_number
from tests.domain import a_project, a_row

ROOMS = ("model", "registers", "exchange", "pack", "plan", "cli", "values", "charts")
#: SQL that SQLite alone understands, and how it could be written with SQLAlchemy.
OF_SQLITE = (
    r"\browid\b",
    r"group_concat|json_each|json_extract",
    r"func\.(date|datetime|strftime|julianday|instr|substr|ifnull|iif|total|sort_key|folded|printf)\b",
    r"func\.(max|min)\([^()]*,",
    r"\"[+-]\d+ days\"|f\"[+-]\{\w+\} days\"",
    r"exec_driver_sql|literal_column|[^\w.]text\(\s*f?\"(SELECT|INSERT|UPDATE|DELETE)",
    r"(VALUES ?\(|= ?|IN ?\()\?",
    r"PRAGMA|sqlite_master|sqlite3|\.contains\([^)]*autoescape",
)


def files() -> Iterator[Path]:
    root = Path(handover.__file__).parent
    for room in ROOMS:
        yield from (path for path in (root / room).rglob("*.py") if path != root / "model" / "dialect.py")


@pytest.mark.parametrize("pattern", OF_SQLITE)
def test_no_sql_of_one_database_stands_above_the_store(pattern: str) -> None:
    found = [
        f"{path.name}:{n}: {line.strip()}"
        for path in files()
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]

    assert found == []


def said(clause: ClauseElement, dialect: object) -> str:
    return str(clause.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


@pytest.mark.parametrize(
    ("clause", "sqlite_says", "postgresql_says"),
    [
        (day(Task.finish) < today_(), "substr(task.finish, 1, 10) < (SELECT today())",
         "CAST(substr(CAST(task.finish AS VARCHAR), 1, 10) AS DATE) < CURRENT_DATE"),
        (days_after(today_(), 14), "date((SELECT today()), 14 || ' days')", "(CURRENT_DATE + CAST(14 AS INTEGER))"),
        (greater(0, Task.duration - Task.remaining), "max(0, (task.duration - task.remaining))",
         "greatest(0, (task.duration - task.remaining))"),
        (holds(Document.title, "5%"), "(document.title LIKE '%5/%%' ESCAPE '/')",
         "(document.title ILIKE '%%5/%%%%' ESCAPE '/')"),
        (row_number(Document.__table__), "document.rowid", "hashtextextended(document.id, 0)"),
    ],
)  # fmt: skip
def test_each_database_hears_its_own_words(clause: ClauseElement, sqlite_says: str, postgresql_says: str) -> None:
    assert said(clause, sqlite.dialect()) == sqlite_says
    assert said(clause, postgresql.dialect()) == postgresql_says


def test_an_index_of_some_rows_is_one_of_some_rows_on_each_database() -> None:
    (index,) = (each for each in Pick.__table__.indexes if each.unique)

    for dialect in (sqlite.dialect(), postgresql.dialect()):
        assert str(CreateIndex(index).compile(dialect=dialect)).endswith("WHERE deleted_at IS NULL")


class Elsewhere:
    """A connection that is told to be to another database."""

    dialect = postgresql.dialect()

    def __init__(self, connection: Connection) -> None:
        self.execute = connection.execute


def test_row_numbers_come_in_order_either_way(workspace: Workspace, project: str) -> None:
    for title in ("b", "c", "a"):
        a_row(workspace, project, Document(title=title))
    query = select(row_number(Document.__table__)).order_by(Document.title)
    with workspace.read() as connection:
        assert list(numbers(connection, query)) == list(numbers(Elsewhere(connection), query)) == [3, 1, 2]
        assert list(numbers(connection, query.where(Document.title == "z"))) == []


def test_the_words_of_dates_mean_what_they_say(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", "2026-12-20")
    project = a_project(workspace, "P2")
    for title, due in (
        ("past", "2026-12-19"),
        ("today", "2026-12-20"),
        ("last", "2027-01-03"),
        ("after", "2027-01-04"),
    ):
        with workspace.edit("Add", project=project) as work:
            work.insert_many(Document, [{"title": title, "due_on": due}])
    with workspace.read() as connection:
        query = select(Document.title).where(Document.due_soon()).order_by(Document.due_on)
        assert list(connection.execute(query).scalars()) == ["today", "last"]
