"""Salvage: what can still be read of a damaged workspace goes into a new file, with a list of what can't.

The damaged file is only copied, never opened: SQLite works on that image. Each table is read row by row, around the
pages that refuse. What is lost there but told by the change log is put together from it. References that point nowhere
are cut. Where the log itself has gaps, a new one begins with one act that holds every row, since a log with gaps would
undo wrongly and could prove nothing.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handover.errors import HandoverError, NotFound, UnusableFile
from handover.i18n import N_, tr, trn
from handover.jobs import Progress, step, unattended
from handover.plain_file import is_plain, open_plain
from handover.replacing import TargetHeld
from handover.store import file as files
from handover.store import unsound
from handover.store.blank import write_blank
from handover.store.checking import anchors, check, lost_schema
from handover.store.checking.salvage_mending import Loss, begin_log, columns_of, mend
from handover.store.files import attached

_BLOCK = 4096
_CHUNK = 500
#: So many rows in a row that can't be read end a table whose own end is unknown.
_GIVE_UP = 5_000


@dataclass(slots=True)
class Salvaged:
    """The outcome of a salvage.

    Attributes:
        target: the new workspace.
        losses: one for each table that isn't as it was.
        rows: how many rows of registers the new file has.
        history_lost: the change log had gaps and begins anew.
        files_missing: how many attached files are not beside the new workspace, since they aren't beside the old one.
    """

    target: Path
    losses: list[Loss] = field(default_factory=list)
    rows: int = 0
    history_lost: bool = False
    files_missing: int = 0

    @property
    def whole(self) -> bool:
        """Whether everything came over."""
        return not self.losses and not self.history_lost and not self.files_missing

    def sentences(self) -> list[str]:
        """What came over and what couldn't be read, in plain words."""
        said = [trn("{n} row was saved in {file}.", "{n} rows were saved in {file}.", self.rows, file=self.target.name)]
        for loss in self.losses:
            if loss.lost:
                said.append(
                    trn(
                        "Table “{table}”: {n} row could not be read.",
                        "Table “{table}”: up to {n} rows could not be read.",
                        loss.lost,
                        table=loss.table,
                    )
                )
            elif not loss.whole:
                said.append(tr("Table “{table}” could not be read to its end.", table=loss.table))
            if loss.recognised:
                said.append(
                    tr(
                        "Table “{table}”: nothing said any more where it lies. Its rows were recognised by what they "
                        "hold: look through them.",
                        table=loss.table,
                    )
                )
            if loss.from_log:
                said.append(
                    trn(
                        "Table “{table}”: {n} row was put together from the change log.",
                        "Table “{table}”: {n} rows were put together from the change log.",
                        loss.from_log,
                        table=loss.table,
                    )
                )
            if loss.cut:
                said.append(
                    trn(
                        "Table “{table}”: {n} row lost a reference to a row that isn't there any more.",
                        "Table “{table}”: {n} rows lost a reference to a row that isn't there any more.",
                        loss.cut,
                        table=loss.table,
                    )
                )
        if self.files_missing:
            said.append(trn("{n} attached file is missing.", "{n} attached files are missing.", self.files_missing))
        if self.history_lost:
            said.append(tr("The history could not be kept whole. It begins anew; the damaged file has what is left."))
        if self.whole:
            said.append(tr("Everything could be read."))
        return said


def salvage(path: Path, target: Path, user: str, progress: Progress = unattended) -> Salvaged:
    """Write what can be read of a workspace, also of a sound one, as a new workspace; the old file isn't touched.

    Args:
        user: who is named in the new log, where one must begin.

    Raises:
        NotFound, UnusableFile: there is no such file, it isn't ours, or its beginning is lost, too.
        TargetHeld: the target is there already; another name is offered.
        HandoverError: the target can't be written.
        Cancelled: the user stopped it; no new file is left.
    """
    if target.exists() or target.is_symlink():
        raise TargetHeld(target, message=N_("“{name}” is there already. Write “{other}” instead."))
    part = target.with_name(f".{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(prefix=".salvage-", dir=target.parent) as scratch:
            image = Path(scratch) / "image"
            _take_image(path, image, progress)
            source, recognised = _opened(path, image)
            with contextlib.closing(source):
                part.unlink(missing_ok=True)
                found = _rebuild(path, source, part, user, recognised, progress)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        with attached.carried(path, target, attached.mentioned(part), progress) as files_too:
            files.put_in_place(part, target)
            anchors.accept(target)  # what was seen under this name was another file
        found.files_missing = files_too.missing
    except (OSError, sqlite3.Error) as error:
        raise HandoverError(
            N_("{file} can't be created. Check the space and the rights of its folder."),
            file=str(target),
            detail=str(error),
        ) from error
    finally:
        files.discard(part)
    found.target = target
    return found


# -- the image ----------------------------------------------------------------------------------------------------


def _take_image(path: Path, image: Path, progress: Progress) -> None:
    """Copy the file and what a crash left beside it; blocks that the disk refuses become zeros."""
    if not path.is_file():
        raise NotFound(N_("There is no file {file}."), file=str(path))
    for suffix in ("", "-wal", "-journal"):
        beside = path.with_name(path.name + suffix)
        if not is_plain(beside):
            continue
        size = beside.stat().st_size
        with open_plain(beside) as source, image.with_name(image.name + suffix).open("wb") as copy:
            for at in range(0, size, _BLOCK):
                if at % (_BLOCK * 1024) == 0:
                    step(progress, at, size, tr("Reading {file}", file=path.name))
                source.seek(at)
                try:
                    block = source.read(min(_BLOCK, size - at))
                except OSError:
                    block = bytes(min(_BLOCK, size - at))  # counted as lost where its rows are missed
                copy.write(block)


def _opened(path: Path, image: Path) -> tuple[sqlite3.Connection, frozenset[str]]:
    """The image open for reading, and which of its tables were recognised by their rows alone."""
    with contextlib.suppress(UnusableFile):  # kept no longer than that: it would hold the file, too
        return _readable_image(path, image), frozenset()
    # When SQLite closed the image, it brought in what a crash had left beside it.
    recognised = lost_schema.write_anew(image, lambda version: _empty(image.with_name("empty"), version))
    return _readable_image(path, image), recognised or frozenset()


def _empty(path: Path, version: int) -> Path:
    """An empty workspace as that version made it."""
    if version == files.SCHEMA_VERSION:
        write_blank(path)
    else:
        from handover.store import migrate  # Alembic is loaded only where it is needed

        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA application_id={files.APPLICATION_ID}")
        migrate.upgrade(path, version)
    return path


def _readable_image(path: Path, image: Path) -> sqlite3.Connection:
    connection = unsound.connect(image, "rw", timeout=5, isolation_level=None, check_same_thread=False)
    try:
        # Lets SQLite go on where a schema entry is malformed or the file is shorter than its header says.
        connection.execute("PRAGMA writable_schema=ON")
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"):
            connection.execute(f"PRAGMA {pragma}")
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    except sqlite3.DatabaseError as error:
        connection.close()
        raise _hopeless(path, str(error)) from error
    if not tables & {"project", "change"}:
        connection.close()
        raise _hopeless(path, "no table “project”")
    return connection


def _hopeless(path: Path, detail: str) -> UnusableFile:
    return UnusableFile(
        N_("Nothing could be read of {file}: its beginning is lost or it is no workspace. Restore a copy of it."),
        file=path.name,
        detail=detail,
    )


# -- the new file -------------------------------------------------------------------------------------------------


def _rebuild(
    path: Path, source: sqlite3.Connection, part: Path, user: str, recognised: frozenset[str], progress: Progress
) -> Salvaged:
    version = int(source.execute("PRAGMA user_version").fetchone()[0])
    _empty(part, version if 0 < version < files.SCHEMA_VERSION else files.SCHEMA_VERSION)
    losses = {}
    with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as target:
        target.execute("PRAGMA foreign_keys=OFF")
        target.execute("PRAGMA synchronous=OFF")  # flushed at the end, before it takes its name
        target.execute("BEGIN")
        tables = _tables(target)
        for done, table in enumerate(tables):
            step(progress, done, len(tables), tr("Saving what can be read of “{table}”", table=table))
            losses[table] = _copy_table(source, target, table, progress)
            losses[table].recognised = table in recognised and losses[table].read > 0
        target.execute("COMMIT")
    if version < files.SCHEMA_VERSION:
        from handover.store import migrate  # as above

        migrate.upgrade(part)
    found = Salvaged(part)
    with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as target:
        target.execute("BEGIN")
        step(progress, len(tables), len(tables), tr("Putting together what is missing"))
        mend(target, losses)
        target.execute("COMMIT")
        found.history_lost = bool(check.altered_log(target) or check.changed_rows(target))
        found.rows = sum(
            int(target.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608 - names are ours
            for table in check.row_tables()
        )
    if found.history_lost:
        begin_log(part, path.name, user)
    found.losses = [loss for loss in losses.values() if not loss.clean]
    return found


def _tables(connection: sqlite3.Connection) -> list[str]:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'")
    return [name for (name,) in names if name != "alembic_version"]


def _copy_table(source: sqlite3.Connection, target: sqlite3.Connection, table: str, progress: Progress) -> Loss:
    loss = Loss(table)
    try:
        there = set(columns_of(source, table))
    except sqlite3.DatabaseError:
        there = set()
    columns = [c for c in columns_of(target, table) if c in there]
    if not columns:
        loss.whole = False
        return loss
    names = ",".join(f'"{c}"' for c in columns)
    insert = f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({",".join("?" * len(columns))})'  # noqa: S608 - names are ours
    taken = 0
    for row in _readable(source, table, names, loss, progress):
        loss.read += 1
        taken += target.execute(insert, row).rowcount  # a row that breaks a rule of the table is garbage
    loss.lost += loss.read - taken
    loss.read = taken
    return loss


def _readable(
    source: sqlite3.Connection, table: str, names: str, loss: Loss, progress: Progress
) -> Iterator[tuple[Any, ...]]:  # Any: stored values
    """The rows of a table around the pages that can't be read: a span that refuses is halved until it doesn't."""
    query = f'SELECT rowid, {names} FROM "{table}" NOT INDEXED WHERE rowid BETWEEN ? AND ? ORDER BY rowid'  # noqa: S608 - names are ours
    indexed = _by_index(source, table)
    end = max(indexed, default=0) if indexed is not None else _last_rowid(source, table)
    if end > _size(source):
        end = 0  # a number that garbage gave
    spans = [(1, end or 2**40)]
    unread, in_a_row = 0, 0
    while spans:
        first, last = spans.pop()
        try:
            for row in source.execute(query, (first, last)):
                if row[0] < first:  # a page that leads back to where it came from would be read for ever
                    raise sqlite3.DatabaseError("rows out of order")
                first = row[0] + 1
                in_a_row = 0
                if indexed is not None:
                    indexed.discard(row[0])
                yield row[1:]
        except sqlite3.DatabaseError:
            loss.whole = False
            if first > last:
                continue
            if first < last:
                middle = (first + last) // 2
                spans += [(middle + 1, last), (first, middle)]
                continue
            unread += 1
            in_a_row += 1
            if unread % 250 == 0:
                step(progress, 0, 0, tr("Saving what can be read of “{table}”", table=table))
            if not end and in_a_row > _GIVE_UP:
                break
    loss.lost += len(indexed) if indexed is not None else unread if end else 0


def _by_index(source: sqlite3.Connection, table: str) -> set[int] | None:
    """The numbers of all rows as an index has them; None where no index can be read."""
    with contextlib.suppress(sqlite3.DatabaseError):
        for _, name, *_ in source.execute(f'PRAGMA index_list("{table}")').fetchall():
            with contextlib.suppress(sqlite3.DatabaseError):
                return {n for (n,) in source.execute(f'SELECT rowid FROM "{table}" INDEXED BY "{name}"')}  # noqa: S608 - as above
    return None


def _size(source: sqlite3.Connection) -> int:
    """The bytes of the file: no table has as many rows."""
    return int(source.execute("PRAGMA page_count").fetchone()[0] * source.execute("PRAGMA page_size").fetchone()[0])


def _last_rowid(source: sqlite3.Connection, table: str) -> int:
    """The number of the last row, 0 where it can't be read."""
    with contextlib.suppress(sqlite3.DatabaseError):
        return int(source.execute(f'SELECT max(rowid) FROM "{table}" NOT INDEXED').fetchone()[0] or 1)  # noqa: S608 - as above
    return 0
