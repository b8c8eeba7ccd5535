"""The change log: who changed which field from what to what, and when; each act carries the hash of the one before."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, ForeignKey, Index, Integer, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from handover import clock
from handover.i18n import tr
from handover.jobs import Progress, step, unattended
from handover.model.base import Base, moment_text

#: What is hashed of a change, and of how many changes in one piece.
_HASHED = "%s\x1f%s\x1f%s\x1f%s\x1e"
_AT_ONCE = 1_000
#: A place in the name of an act that a value fills, and the most signs that a name has.
_PLACE = re.compile(r"\{(\w{1,40})(?:!s|:,)?\}")
_LONGEST_LABEL = 1_000
#: How many changes are written between two looks at whether the user has asked to stop.
BATCH = 5_000


class Act(Base):
    """One unit of work as it was committed; never changed afterwards.

    ``kind`` is ``edit``, ``undo``, ``redo``, ``barrier`` (which can't be undone) or ``note`` (which changed nothing and
    is passed by). ``undo_top`` and ``redo_top``
    name the acts that would be undone and redone next once this act was done, so that both stacks survive a
    restart without replaying the log; ``below`` is what lay on top of the undo stack before.
    """

    __tablename__ = "act"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    project_id: Mapped[str | None] = mapped_column(String(32), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    label: Mapped[str] = mapped_column(Text)
    label_values: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(20))
    who: Mapped[str] = mapped_column(String(100))
    at: Mapped[str] = mapped_column(String(32), index=True)
    target: Mapped[int | None]
    below: Mapped[int | None]
    redo_below: Mapped[int | None]
    undo_top: Mapped[int | None]
    redo_top: Mapped[int | None]
    hash: Mapped[str] = mapped_column(String(64))


class Change(Base):
    """What an act did to one row: all fields of a new or removed row, ``[before, after]`` of a changed one."""

    __tablename__ = "change"
    __table_args__ = (Index(None, "row_id", "act_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    act_id: Mapped[int] = mapped_column(ForeignKey("act.id"), index=True)
    table: Mapped[str] = mapped_column("tbl", String(40))
    row_id: Mapped[str] = mapped_column(String(32))
    op: Mapped[str] = mapped_column(String(6))
    fields: Mapped[str] = mapped_column(Text)


class Counter(Base):
    """The last reference number given out for a prefix in a project; never goes back, so none is reused.

    For parts that are numbered within the row that they belong to, ``project_id`` is the key of that row.
    """

    __tablename__ = "counter"

    project_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    prefix: Mapped[str] = mapped_column(String(8), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


class LogEntry(NamedTuple):
    """A change about to be logged: ``op`` is ``insert``, ``update`` or ``delete``, ``fields`` is JSON."""

    table: str
    row_id: str
    op: str
    fields: str


@dataclass(frozen=True, slots=True)
class Stacks:
    """The acts that undo and redo would take next, and the hash of the newest act."""

    undo_top: int | None
    redo_top: int | None
    hash: str


def stacks(connection: Connection) -> Stacks:
    """Where undo and redo stand."""
    row = connection.execute(
        select(Act.undo_top, Act.redo_top, Act.hash).order_by(Act.id.desc()).limit(1)
    ).one_or_none()
    return Stacks(row.undo_top, row.redo_top, row.hash) if row else Stacks(None, None, "")


def stored(value: Any) -> Any:  # Any: whatever a column holds
    """The form of a value in the file and in the log: dates as ISO text."""
    return moment_text(value) if isinstance(value, dt.date) else value


def as_json(fields: Mapping[str, Any]) -> str:  # Any: stored values
    """The text of a change's fields."""
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def act_hash(
    before: str, act: Mapping[str, Any], entries: Iterable[tuple[str, ...]]
) -> str:  # Any: the columns of an act
    """The hash that chains an act to the one before (SHA-256 over its lasting columns and its changes)."""
    head = [act[k] for k in ("project_id", "kind", "label", "label_values", "source", "who", "at", "target")]
    digest = hashlib.sha256(before.encode())
    digest.update(json.dumps(head, ensure_ascii=False).encode())
    left = iter(entries)
    while some := "".join(map(_HASHED.__mod__, islice(left, _AT_ONCE))):
        digest.update(some.encode())
    return digest.hexdigest()


@dataclass(slots=True)
class BegunAct:
    """An act whose first changes are in the log before it ends, so that nobody needs to hold all of them.

    It is part of the transaction that does the act: nobody else sees it before both are whole.
    """

    number: int
    before: Stacks
    changes: int = 0

    def take(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        """Append changes; those that were taken before come first in the log."""
        self.changes += len(entries)
        connection.exec_driver_sql(
            f"INSERT INTO change (act_id, tbl, row_id, op, fields) VALUES ({self.number}, ?, ?, ?, ?)",  # noqa: S608 - a number
            [tuple(entry) for entry in entries],  # SQLite takes plain tuples faster than named ones
        )

    def taken(self, connection: Connection) -> Iterator[tuple[str, ...]]:
        """All its changes as they stand in the log, a few at a time."""
        cursor = connection.connection.cursor()
        cursor.execute("SELECT tbl, row_id, op, fields FROM change WHERE act_id=? ORDER BY id", (self.number,))
        while some := cursor.fetchmany(_AT_ONCE):
            yield from some


def begin(connection: Connection) -> BegunAct:
    """Make room for the act that is under way; ``write`` says what it was when it ends."""
    before = stacks(connection)
    blank = {"kind": "", "label": "", "label_values": "", "source": "", "who": "", "at": "", "hash": ""}
    cursor = connection.execute(Act.__table__.insert(), blank)  # type: ignore[attr-defined]  # Table behind FromClause
    return BegunAct(cursor.lastrowid, before)


def write(
    connection: Connection,
    act: dict[str, Any],  # Any: the columns of an act
    entries: Sequence[LogEntry],
    top: Stacks,
    progress: Progress = unattended,
    begun: BegunAct | None = None,
) -> int:
    """Append an act with its changes; returns its number. ``act`` lacks only number, time, stacks and hash.

    Args:
        entries: its changes, or the last of them where it was begun.

    Raises:
        Cancelled: the user stopped it; the transaction must be rolled back.
    """
    saying = tr("Writing the change log")
    step(progress, 0, len(entries), saying)
    begun = begun or begin(connection)
    for at in range(0, len(entries), BATCH):
        step(progress, at, len(entries), saying)
        begun.take(connection, entries[at : at + BATCH])
    act = {"target": None, "below": None, "redo_below": None, **act}
    act["at"] = clock.now().isoformat(timespec="milliseconds")
    act["hash"] = act_hash(top.hash, act, entries if begun.changes == len(entries) else begun.taken(connection))
    after = {**act, **_stacks_after(act, begun.number, top)}
    connection.execute(Act.__table__.update().where(Act.id == begun.number), after)  # type: ignore[attr-defined]  # as above
    return begun.number


def _stacks_after(act: Mapping[str, Any], number: int, top: Stacks) -> dict[str, Any]:  # Any: columns of an act
    if act["kind"] == "edit":
        return {"below": top.undo_top, "undo_top": number, "redo_top": None}
    if act["kind"] == "undo":
        return {"redo_below": top.redo_top, "undo_top": act["below"], "redo_top": number, "below": None}
    if act["kind"] == "redo":
        return {"below": top.undo_top, "undo_top": number, "redo_top": act["redo_below"], "redo_below": None}
    if act["kind"] == "note":
        return {"undo_top": top.undo_top, "redo_top": top.redo_top}
    return {"undo_top": None, "redo_top": None}


def fields_of(text: str) -> dict[str, Any]:  # Any: stored values, or pairs of them
    """The fields of a change; none where its text is spoiled, which the chain of hashes tells."""
    try:
        fields = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}


def pairs_of(text: str) -> dict[str, tuple[Any, Any]]:  # Any: as above
    """What the fields of an update held before and after it; none where its text is spoiled."""
    fields = fields_of(text)
    return {k: (v[0], v[1]) for k, v in fields.items() if isinstance(v, list) and len(v) == 2}


def name_for(label: str | tuple[str, str], n: object) -> str:
    """The name of an act on ``n`` things, where it has one for a single thing and one for several."""
    return label if isinstance(label, str) else label[0] if n == 1 else label[1]


def label_of(label: str, label_values: str) -> str:
    """The name of an act in the language in force.

    It comes from a file: nothing but the names of values is filled in, whatever stands between braces.
    """
    values = fields_of(label_values)
    return _PLACE.sub(lambda place: str(values.get(place[1], place[0])), tr(label))[:_LONGEST_LABEL]
