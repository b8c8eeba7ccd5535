"""A workspace: one file that holds several projects, opened for reading or for writing."""

from __future__ import annotations

import contextlib
import getpass
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from handover import clock
from handover.errors import HandoverError, NotFound, NotLawful, NotValid, ReadOnly
from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.model.base import Base
from handover.model.project import Project
from handover.store import attached, copies, log
from handover.store import file as files
from handover.store.attached import Carried
from handover.store.blobs import Blobs
from handover.store.checkpoint import Checkpoints
from handover.store.lock import Lock
from handover.store.odd_dates import take_odd_dates
from handover.store.search_index import SearchIndex
from handover.store.work import UnitOfWork
from handover.values.cells import folded

Mode = Literal["read", "write"]


class Workspace:
    """An open workspace. Use ``Workspace.create`` or ``Workspace.open``; close it when done.

    Attributes:
        path: the file.
        read_only: nothing can be written through this object.
        medium: where the file lies; on a share or in a synced folder WAL is not used.
        user: who is named in the change log.
        blobs: the folder of the attached files.
        search: the index of its texts, beside it in the user's cache.
        blobs: the folder of the attached files.
    """

    def __init__(self, path: Path, *, read_only: bool, medium: files.Medium, lock: Lock | None) -> None:
        self.path = path
        self.read_only = read_only
        self.medium = medium
        self.user = user_name()
        self._lock = lock
        self._writing = threading.RLock()
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self._closing: list[Callable[[], None]] = []
        self._checkpoints = Checkpoints(path)
        self.search = SearchIndex(path)
        self.blobs = Blobs(path)
        self.engine = self._make_engine()

    # -- opening and closing ------------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path) -> Workspace:
        """Make a new, empty workspace.

        Raises:
            HandoverError: there is such a file already, or the folder can't be written.
        """
        if path.exists():
            raise HandoverError(N_("{file} already exists. Choose another name."), file=str(path))
        part = path.with_name(f".{path.name}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            _make_schema(part)
            part.replace(path)
        except (OSError, sqlite3.Error, DBAPIError) as error:
            files.discard(part)
            raise HandoverError(
                N_("{file} can't be created. Check the space and the rights of its folder."),
                file=str(path),
                detail=str(error),
            ) from error
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, mode: Mode = "write") -> Workspace:
        """Open a workspace; an older one is backed up beside itself and migrated first.

        A file or folder that can't be written opens read-only whatever the mode.

        Raises:
            NotFound, UnusableFile, Damaged: see ``files.inspect``; the file is as it was.
            InUse: it is open for writing elsewhere; open it with mode ``read`` instead.
        """
        path = path.absolute()
        facts = files.inspect(path)
        read_only = mode == "read" or not facts.writable
        lock = None if read_only else Lock(path, user_name())
        try:
            if facts.version < files.SCHEMA_VERSION:
                _upgrade(path, read_only)
            return cls(path, read_only=read_only, medium=facts.medium, lock=lock)
        except BaseException:
            if lock:
                lock.release()
            raise

    def close(self) -> None:
        """Close all connections and let go of the lock; safe to call twice."""
        while self._closing:
            self._closing.pop()()
        self._checkpoints.close()
        self.engine.dispose()
        self.search.close()
        if self.read_only:
            files.tidy(self.path)
        if self._lock:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _make_engine(self) -> Engine:
        engine = create_engine(
            "sqlite://",
            creator=self._connect,
            poolclass=QueuePool,
            pool_size=5,
            execution_options={"search": self.search},
        )
        take_odd_dates(engine)

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
            connection = sqlite3.connect(self.path, timeout=10, check_same_thread=False)
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
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA cache_size=-16000")
        connection.create_function("today", 0, lambda: clock.today().isoformat())
        connection.create_function("sort_key", 1, sort_key, deterministic=True)
        connection.create_function("folded", 1, lambda t: None if t is None else folded(str(t)), deterministic=True)
        return connection

    # -- reading ------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for queries that see one state of the file. Each thread takes its own."""
        with self.engine.begin() as connection:
            yield connection

    def project(self, code: str) -> Project:
        """The project of a code, detached. Raises NotFound, naming those that there are."""
        found = {p.code: p for p in self.projects()}
        if code not in found:
            raise NotFound(
                N_("There is no project {code} in {file}. It has: {codes}."),
                code=code,
                file=self.path.name,
                codes=", ".join(found) or "–",
            )
        return found[code]

    def contents(self) -> dict[str, int]:
        """The stored contents that attached files of all projects mention: hashes with their sizes."""
        with self.read() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            return attached.mentioned_in(raw)

    def only_project(self) -> Project:
        """The project of a workspace that has just one. Raises NotFound, naming those that there are."""
        found = self.projects()
        if len(found) != 1:
            raise NotFound(
                N_("{file} has {n} projects. Name one of them: {codes}."),
                file=self.path.name,
                n=len(found),
                codes=", ".join(p.code for p in found) or "–",
            )
        return found[0]

    def projects(self) -> list[Project]:
        """All projects, detached, by code."""
        with Session(self.engine, expire_on_commit=False) as session:
            found = list(session.scalars(select(Project).where(Project.deleted_at.is_(None)).order_by(Project.code)))
            session.expunge_all()
            return found

    # -- writing ------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def edit(
        self,
        label: str,
        /,
        *,
        project: str | None = None,
        source: str = "hand",
        kind: str = "edit",
        progress: Progress = unattended,
        **values: object,
    ) -> Iterator[UnitOfWork]:
        """The only way to write: what happens in the block is one act, logged, undone by one step, or leaves nothing.

        Args:
            label: the name of the act as the user reads it, a catalogue key with ``{placeholders}``.
            project: the key of the project in which it happens.
            source: ``hand``, ``paste``, ``import`` or ``cli``.
            kind: ``edit``, or ``barrier`` for an act that can't be undone.
            progress: hears of the writing of the log, at the end of the block.
            values: what fills the placeholders.

        Raises:
            ReadOnly: the workspace can't be written.
            NotValid, NotLawful: a rule forbids the outcome; nothing was written.
            HandoverError: the disk is full or gone; nothing was written.
            Cancelled: the user stopped it; nothing was written.
        """
        if self.read_only:
            raise ReadOnly(N_("{file} is open for reading only."), file=self.path.name)
        with self._writing:
            tables: frozenset[str] = frozenset()
            try:
                with (
                    Session(
                        self.engine.execution_options(writing=True), autoflush=False, expire_on_commit=False
                    ) as session,
                    session.begin(),
                ):
                    work = UnitOfWork(session, project, self.user, history=source == "import")
                    yield work
                    entries = work.finish()
                    if entries:
                        act = {
                            "project_id": project,
                            "kind": kind,
                            "label": label,
                            "label_values": log.as_json({k: log.stored(v) for k, v in {**values, **work.told}.items()}),
                            "source": source,
                            "who": self.user,
                        }
                        connection = session.connection()
                        log.write(connection, act, entries, log.stacks(connection), progress)
                        tables = frozenset(work.tables)
            except DBAPIError as error:
                raise not_written(self.path, error) from error
        if tables:
            self.tell(tables)

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
        self._checkpoints.after_act()
        for listener in tuple(self._listeners):
            listener(tables)

    def save_copy(self, target: Path, progress: Progress = unattended, *, with_files: bool = True) -> Carried:
        """Write a whole copy of the workspace; an existing file there is replaced only when the copy is complete.

        Args:
            with_files: take the attached files along, in a folder beside the copy; else its rows tell that they lack.

        Returns:
            The attached files that came along, and how many were missing here already.

        Raises:
            InUse: the target is a workspace that is open.
            HandoverError: the target is this workspace, or can't be written.
            Cancelled: the user stopped it; what stood there is untouched.
        """
        wanted = self.contents() if with_files else {}
        if not target.exists():
            with attached.carried(self.path, target, wanted, progress) as files_too:
                files.copy_to(self.path, target, progress)
            return files_too
        if target.samefile(self.path):
            raise HandoverError(
                N_("{file} is the workspace itself. Choose another name for the copy."), file=str(target)
            )
        lock = Lock(target, self.user)
        try:
            with attached.carried(self.path, target, wanted, progress) as files_too:
                files.copy_to(self.path, target, progress)
            return files_too
        finally:
            lock.release()


def sort_key(text: str | None) -> bytes | None:
    """Orders Chinese by pinyin (GB 2312 level 1 is laid out so) and Latin letters without regard to case."""
    return None if text is None else str(text).casefold().encode("gb18030", "replace")


def user_name() -> str:
    """The account at the keyboard, as the change log and the lock name it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def _make_schema(path: Path) -> None:
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(path))
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA page_size={files.PAGE}")
            Base.metadata.create_all(connection)
        with contextlib.closing(sqlite3.connect(path)) as raw:
            raw.execute(f"PRAGMA application_id={files.APPLICATION_ID}")
            raw.execute(f"PRAGMA user_version={files.SCHEMA_VERSION}")
    finally:
        engine.dispose()


def _upgrade(path: Path, read_only: bool) -> None:
    if read_only:
        raise ReadOnly(
            N_(
                "{file} was written by an older Handover and must be upgraded, but it can't be written here. "
                "Copy it to a folder of yours."
            ),
            file=path.name,
        )
    from handover.store.migrate import upgrade

    copies.make(path, copies.BEFORE_UPGRADE)
    upgrade(path)


def not_written(path: Path, error: DBAPIError) -> HandoverError:
    """What to tell the user when the database refuses an act; it has left nothing."""
    cause = str(error.orig)
    if isinstance(error, IntegrityError) and "UNIQUE" in cause:
        field = cause.rpartition(".")[2]
        return NotValid(N_("Another row has this value already; it must be unique."), field=field, detail=cause)
    if isinstance(error, IntegrityError) and "FOREIGN KEY" in cause:
        return NotLawful(N_("Other rows still refer to what was to be removed. Remove them first."), detail=cause)
    if "full" in cause:
        message = N_("The disk is full. Nothing of this step was stored in {file}; free some space and repeat it.")
    elif "locked" in cause:
        message = N_("{file} is busy in another program. Nothing of this step was stored; try again.")
    else:
        message = N_("{file} could not be written. Nothing of this step was stored.")
    return HandoverError(message, file=path.name, detail=cause)
