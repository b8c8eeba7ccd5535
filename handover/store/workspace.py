"""A workspace: one file that holds several projects, opened for reading or for writing."""

from __future__ import annotations

import contextlib
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from handover.errors import HandoverError, NotFound, NotLawful, NotValid, ReadOnly, UnusableFile
from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.model.project import Project
from handover.replacing import TargetHeld, refuse_odd_target
from handover.store import file as files
from handover.store import log, trouble
from handover.store.blank import write_blank
from handover.store.checking import anchors
from handover.store.copies import copies, copying
from handover.store.files import attached, leftovers
from handover.store.files.attached import Carried
from handover.store.lock import InUse, Lock, LockRefused
from handover.store.open_file import OpenFile, user_name
from handover.store.work import UnitOfWork

Mode = Literal["read", "write"]


class Workspace(OpenFile):
    """An open workspace. Use ``Workspace.create`` or ``Workspace.open``; close it when done.

    Attributes:
        path: the file.
        read_only: nothing can be written through this object.
        protected: why not, where it isn't because somebody asked to read only.
        checked: every page was looked at when it was opened; else a larger file may yet prove to be damaged.
        medium: where the file lies; on a share or in a synced folder WAL is not used.
        user: who is named in the change log.
        blobs: the folder of the attached files.
        search: the index of its texts, beside it in the user's cache.
    """

    # -- opening and closing ------------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path) -> Workspace:
        """Make a new, empty workspace.

        What a killed program left under its name is moved aside.

        Raises:
            HandoverError: there is such a file already, or the folder can't be written.
        """
        if path.exists() or path.is_symlink():
            raise HandoverError(N_("{file} already exists. Choose another name."), file=str(path))
        part = path.with_name(f".{path.name}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            leftovers.move_aside(part)
            write_blank(part)
            files.put_in_place(part, path)
            anchors.accept(path)  # what was seen under this name was another file
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

        A file, folder or lock that can't be written opens read-only whatever the mode; ``protected`` says why. A path
        that is a link leads to the one file that it names.

        Raises:
            NotFound, UnusableFile, Damaged, Unreachable: see ``files.inspect``; the file is as it was.
            InUse: it is open for writing elsewhere; open it with mode ``read`` instead.
        """
        path = path.resolve()
        facts = files.inspect(path)
        protected, lock = facts.protected, None
        if mode == "write" and protected is None:
            try:
                lock = Lock(path, user_name())
            except LockRefused as error:
                protected = error
        try:
            if facts.version < files.SCHEMA_VERSION:
                _upgrade(path, read_only=lock is None)
                files.refuse_other_tables(path)
            return cls(
                path, read_only=lock is None, medium=facts.medium, lock=lock, protected=protected, checked=facts.checked
            )
        except BaseException:
            if lock:
                lock.release()
            raise

    @classmethod
    def open_damaged(cls, path: Path) -> Workspace:
        """Open a workspace for reading whose pages don't hold together; some of it may refuse to be read.

        Raises:
            NotFound, UnusableFile: it isn't ours, of another version, or its tables can't be read.
        """
        path = path.resolve()
        if files.version_of(path) < files.SCHEMA_VERSION:
            raise UnusableFile(
                N_("{file} is damaged and of an older Handover. Restore a copy of it, or save what can be read."),
                file=path.name,
            )
        files.refuse_other_tables(path)
        return cls(
            path,
            read_only=True,
            medium=files.medium_of(path),
            lock=None,
            protected=trouble.damaged(path, ""),
            checked=True,
        )

    def close(self) -> None:
        """Close all connections and let go of the lock; safe to call twice."""
        if self._closed:
            return
        while self._closing:
            self._closing.pop()()
        if not self.read_only:
            with contextlib.suppress(HandoverError):  # what can't be saved any more was told at the last act
                self.look_around()
        self._closed = True
        if self._written:
            anchors.remember(self.path, self._hold)
        self._let_go()
        if self.read_only:
            files.tidy(self.path)
        if self._lock:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- reading ------------------------------------------------------------------------------------------------

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
        label: str | tuple[str, str],
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
            label: the name of the act as the user reads it, a catalogue key with ``{placeholders}``; or two, for one
                thing and for several, of which ``n`` among the values chooses.
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
        self.refuse_reader()
        with self._writing:
            self.look_around()
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
                    if entries or work.begun:
                        act = {
                            "project_id": project,
                            "kind": kind,
                            "label": log.name_for(label, values.get("n")),
                            "label_values": log.as_json({k: log.stored(v) for k, v in {**values, **work.told}.items()}),
                            "source": source,
                            "who": self.user,
                        }
                        connection = session.connection()
                        top = work.begun.before if work.begun else log.stacks(connection)
                        log.write(connection, act, entries, top, progress, work.begun)
                        tables = frozenset(work.tables)
            except DBAPIError as error:
                raise not_written(self.path, error) from error
        if tables:
            self.tell(tables)

    def save_copy(self, target: Path, progress: Progress = unattended, *, with_files: bool = True) -> Carried:
        """Write a whole copy of the workspace; an existing file there is replaced only when the copy is complete.

        Args:
            with_files: take the attached files along, in a folder beside the copy; else its rows tell that they lack.

        Returns:
            The attached files that came along, and how many were missing here already.

        Raises:
            TargetHeld: the target is a workspace that is open, this one for instance, protected, or no file; another
                name is offered.
            HandoverError: the target can't be written.
            Cancelled: the user stopped it; what stood there is untouched.
        """
        wanted = self.contents() if with_files else {}
        target = target.resolve()  # a link is another name of what it leads to
        if not target.exists():
            with attached.carried(self.path, target, wanted, progress) as files_too:
                files.copy_to(self.path, target, progress)
            anchors.accept(target)
            return files_too
        if target.samefile(self.path):
            raise TargetHeld(target, message=N_("“{name}” is the workspace itself. Copy it to “{other}” instead."))
        refuse_odd_target(target)
        if not target.stat().st_mode & stat.S_IWUSR:  # a renaming asks nobody, and the owner has said what he wants
            raise TargetHeld(target)
        try:
            lock = Lock(target, self.user)
        except (InUse, LockRefused) as error:
            raise TargetHeld(target, detail=str(error)) from error
        try:
            with attached.carried(self.path, target, wanted, progress) as files_too:
                files.copy_to(self.path, target, progress)
            anchors.accept(target)
            return files_too
        finally:
            lock.release()


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

    copying.make(path, copies.BEFORE_UPGRADE)
    upgrade(path)


def not_written(path: Path, error: DBAPIError) -> HandoverError:
    """What to tell the user when the database refuses an act; it has left nothing."""
    cause = str(error.orig)
    if isinstance(error, IntegrityError) and "UNIQUE" in cause:
        field = cause.rpartition(".")[2]
        return NotValid(N_("Another row has this value already; it must be unique."), field=field, detail=cause)
    if isinstance(error, IntegrityError) and "FOREIGN KEY" in cause:
        return NotLawful(N_("Other rows still refer to what was to be removed. Remove them first."), detail=cause)
    if error.orig and trouble.code_of(error.orig) == sqlite3.SQLITE_FULL:
        message = N_("The disk is full. Nothing of this step was stored in {file}; free some space and repeat it.")
    elif error.orig and trouble.is_busy(error.orig):
        message = N_("{file} is busy in another program. Nothing of this step was stored; try again.")
    else:
        message = N_("{file} could not be written. Nothing of this step was stored.")
    return HandoverError(message, file=path.name, detail=cause)
