"""The file of an open workspace: its connections, its lock, and its place, which may change under it."""

from __future__ import annotations

import contextlib
import getpass
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, Pool, QueuePool

from handover import clock
from handover.errors import HandoverError, ReadOnly
from handover.i18n import N_
from handover.model.base import Base
from handover.store import file as files
from handover.store import home, trouble, unsound
from handover.store.checkpoint import Checkpoints
from handover.store.copies import copies
from handover.store.engine import make_engine
from handover.store.files import leftovers
from handover.store.files.blobs import Blobs
from handover.store.files.blobs import folder_of as blobs_folder
from handover.store.home import Moved
from handover.store.lock import Lock
from handover.store.search.index import SearchIndex
from handover.store.worked_out import WorkedOut
from handover.values.cells import folded


class OpenFile:
    """What a workspace is without its rows; see ``Workspace``, which says what the attributes mean."""

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool,
        medium: files.Medium,
        lock: Lock | None,
        protected: HandoverError | None = None,
        checked: bool = True,
    ) -> None:
        self.read_only = read_only
        self.protected = protected
        self.checked = checked
        self.medium = medium
        self.user = user_name()
        self._lock = lock
        self._writing = threading.RLock()
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self._hearing_of_moves: list[Callable[[Moved], None]] = []
        self._closing: list[Callable[[], None]] = []
        self._closed = self._written = False
        self._settle_at(path)

    def _settle_at(self, path: Path) -> None:
        """Work on the file that lies there from now on."""
        self.path = path
        self._gone = False
        self._identity = files.hold(path)
        self._checkpoints = Checkpoints(path, self._identity)
        self.search = SearchIndex(path)
        self.blobs = Blobs(path)
        # On connections of its own: a query that waits for it holds one of the others.
        self._worked_out = WorkedOut(self._make_engine(NullPool).begin)
        self.engine = self._make_engine(QueuePool, pool_size=5)
        try:
            # Kept open as long as the workspace: whatever becomes of the name, the file can be reached through it.
            self._hold = self._connect()
            self._hold.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error as error:
            self._let_go()
            raise trouble.trouble(path, error) from error

    def _let_go(self) -> None:
        self._checkpoints.close()
        self.engine.dispose()
        self.search.close()
        if hold := getattr(self, "_hold", None):
            hold.close()
        files.let_go(self._identity)

    def _make_engine(self, pool: type[Pool], **of_pool: int) -> Engine:
        engine = make_engine(self._connect, pool, **of_pool)
        engine.update_execution_options(search=self.search)

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            writing = connection.get_execution_options().get("writing", False)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
            if writing:  # within an act, rows may name rows that come later in it
                connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")

        return engine

    def _connect(self) -> sqlite3.Connection:
        if self.read_only:
            connection = files.read_only(self.path)
        else:
            # Never makes a file where there is none any more.
            connection = unsound.connect(self.path, "rw", timeout=10, check_same_thread=False)
            journal = "WAL" if self.medium == "local" else "DELETE"
            for pragma in (
                f"journal_mode={journal}",
                "synchronous=FULL",
                "wal_autocheckpoint=0",
                "trusted_schema=OFF",
                "cell_size_check=ON",
                "mmap_size=0",
            ):
                connection.execute(f"PRAGMA {pragma}")
        connection.isolation_level = None
        # Text that another program has spoiled is read as far as it goes, and doesn't take its whole register along.
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA cache_size=-16000")
        connection.create_function("today", 0, lambda: clock.today().isoformat())
        connection.create_function("this_minute", 0, lambda: clock.minute().isoformat(" ", "minutes"))
        connection.create_function("sort_key", 1, sort_key, deterministic=True)
        connection.create_function("folded", 1, lambda t: None if t is None else folded(str(t)), deterministic=True)
        connection.create_function("worked_out", 5, self._worked_out.ask)
        return connection

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for queries that see one state of the file. Each thread takes its own.

        Raises:
            Damaged, Unreachable: what is asked for can't be read.
        """
        if self.read_only:
            self.look_around()
        try:
            with self.engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            if known := trouble.told(self.path, error):
                raise known from error
            raise

    def on_change(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Call ``listener`` with the names of the tables after each act, in the thread of the act.

        Returns a function that ends it.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def at_close(self, end: Callable[[], None]) -> None:
        """Call ``end`` before the workspace closes, while it can still be read."""
        self._closing.append(end)

    def tell(self, tables: frozenset[str]) -> None:
        """Tell the listeners that an act has changed rows of these tables."""
        self._written = True
        self._checkpoints.after_act()
        for listener in tuple(self._listeners):
            listener(tables)

    def refuse_reader(self) -> None:
        """Raises ReadOnly, with the reason where there is one, when nothing can be written."""
        if self.read_only:
            message = N_("{file} is open for reading only.")
            raise ReadOnly(message, file=self.path.name, detail=str(self.protected or ""))

    def shrink(self) -> int:
        """Give the space back to the disk that the file doesn't need any more, as after a large undo; how many bytes.

        Raises:
            ReadOnly: the workspace can't be written.
            HandoverError: there is no space for the file to be written anew, or somebody else reads it.
        """
        self.refuse_reader()
        with self._writing:
            self.look_around()
            before = self.path.stat().st_size
            try:
                self._hold.execute("VACUUM")
                if self.medium == "local":
                    self._hold.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except sqlite3.Error as error:
                raise trouble.trouble(self.path, error) from error
        return max(0, before - self.path.stat().st_size)

    @property
    def idle_bytes(self) -> int:
        """How many bytes of the file nothing needs any more."""
        with self.read() as connection:
            pages = int(connection.exec_driver_sql("PRAGMA freelist_count").scalar_one())
            return pages * int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())

    # -- its place ----------------------------------------------------------------------------------------------

    def look_around(self) -> Moved | None:
        """Notice that the file was moved, deleted or replaced; what was done is saved, and work goes on where it is.

        Done before each act, and whenever the window comes to the front.

        Raises:
            HandoverError: nothing can be saved anywhere beside it.
        """
        if self._closed or home.still_there(self.path, self._identity, numbered=self.medium != "network"):
            self._gone = False
            return None
        with self._writing:
            moved = self._read_the_other() if self.read_only else self._save_and_follow()
        if moved is not None:
            for listener in tuple(self._hearing_of_moves):
                listener(moved)
            self.tell(frozenset(Base.metadata.tables))
        return moved

    def on_move(self, listener: Callable[[Moved], None]) -> None:
        """Call ``listener`` when the file was moved, deleted or replaced while it was open."""
        self._hearing_of_moves.append(listener)

    def _read_the_other(self) -> Moved | None:
        """Read what lies at the path now; a reader has nothing of its own to save."""
        if not self.path.is_file():
            told, self._gone = self._gone, True
            return None if told else Moved("gone", self.path, self.path)
        files.inspect(self.path)
        self._let_go()
        self._settle_at(self.path)
        return Moved("replaced", self.path, self.path)

    def _save_and_follow(self) -> Moved:
        before, gone = self.path, not self.path.exists()
        try:
            if self.medium == "local":
                self._hold.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            now = home.found_again(before, self._identity)
            kind: home.Kind = "followed"
            if now is None:
                kind, now = ("put back", before) if gone else ("saved beside", home.name_beside(before))
                self._write_again(now)
        except (OSError, sqlite3.Error) as error:
            raise HandoverError(
                N_("{file} was moved or deleted while it was open, and can't be saved again. Put it back, or free some "
                   "space, and repeat the step."),
                file=before.name,
                detail=str(error),
            ) from error  # fmt: skip
        lock = self._lock if now == before else Lock(now, self.user)
        self._let_go()
        if now != before and self._lock is not None:
            if gone:
                _take_along(before, now)
            self._lock.release()
        self._lock = lock
        self.medium = files.medium_of(now)
        self._settle_at(now)
        return Moved(kind, before, now)

    def _write_again(self, target: Path) -> None:
        """Write what the open file holds under a name."""
        part = target.with_name(f".{target.name}.part")
        try:
            files.discard(part)
            with contextlib.closing(sqlite3.connect(part)) as copy:
                self._hold.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
            files.put_in_place(part, target)
        finally:
            files.discard(part)


def _take_along(before: Path, now: Path) -> None:
    """Let copies and files follow a workspace that was renamed; nothing of it is left under the name of old."""
    with contextlib.suppress(OSError):
        for left in leftovers.beside(before):
            if left.stat().st_size == 0 or left.name.endswith("-shm"):
                left.unlink()
        for folder_of in (blobs_folder, copies.folder_of):
            old, new = folder_of(before), folder_of(now)
            if before.parent == now.parent and old.is_dir() and not new.exists():
                old.rename(new)


def sort_key(text: str | None) -> bytes | None:
    """Orders Chinese by pinyin (GB 2312 level 1 is laid out so) and Latin letters without regard to case."""
    return None if text is None else str(text).casefold().encode("gb18030", "replace")


def user_name() -> str:
    """The account at the keyboard, as the change log and the lock name it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
