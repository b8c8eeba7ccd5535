"""Finds which rows a table shows: small registers at once, large ones in a thread, always the last wish."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from handover.i18n import tr
from handover.registers import query
from handover.registers.declare import Field, Register
from handover.registers.grouping import GroupedLines, GroupPath, RowGroup, laid_out, row_groups
from handover.registers.query import Query
from handover.store import Workspace
from ui.shell.page import Context

#: Up to so many rows a question is answered before the next key can be pressed.
SMALL = 3_000
_FIRST = 200


@dataclass(frozen=True, slots=True)
class FoundRows:
    """The rows of a query: row numbers in order, in which groups, and how many rows there are without filters.

    Attributes:
        lines: rows and heads as a table shows them, those groups being folded that were when it was asked.
    """

    query: Query
    keys: array[int]
    total: int
    lines: GroupedLines
    whole: bool = True
    groups: tuple[RowGroup, ...] = ()


class Loader(QObject):
    """Answers queries; while one is being answered, only the last one asked waits.

    Signals:
        found: a ``FoundRows``; for a large table first its first rows, then all.
    """

    found = Signal(object)

    def __init__(self, context: Context, register: Register, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._register = register
        self._waiting: Query | None = None
        self._added_up: Sequence[Field] = ()
        self._folded: frozenset[GroupPath] = frozenset()
        self._asked: Query | None = None
        self._total = -1
        self._last: Query | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is on its way."""
        return self._asked is not None

    def ask(self, wanted: Query, added_up: Sequence[Field] = (), folded: frozenset[GroupPath] = frozenset()) -> None:
        """Find the rows of a query; ``found`` brings them.

        Args:
            added_up: the fields of which groups tell the sum, where they are of numbers.
            folded: the groups that show their heads alone.
        """
        self._added_up, self._folded = added_up, folded
        if self.busy:
            self._waiting = wanted
            return
        workspace, project = self._context.workspace, self._context.project.id
        if self._total < 0:
            with workspace.read() as connection:
                self._total = query.count(connection, self._register, project, Query(bin=wanted.bin))
        if self._total <= SMALL:
            found = self._find(workspace, project, wanted)
            self._total, self._last = found.total, wanted
            self.found.emit(found)
            return
        plain = not (wanted.text or wanted.where or wanted.view or wanted.sort or wanted.groups)
        if plain and wanted != self._last:  # rows that are read again stay in view until all are there
            with workspace.read() as connection:
                first = query.keys(connection, self._register, project, wanted, _FIRST)
            self.found.emit(FoundRows(wanted, first, self._total, GroupedLines(first), whole=False))
        self._asked = wanted
        self._context.run_job(
            tr("Finding rows"),
            lambda _progress: self._find(workspace, project, wanted),
            done=self._answer,
            failed=self._fail,
            background=True,
        )

    @Slot(object)
    def _answer(self, found: FoundRows) -> None:
        self._asked, waiting, self._waiting = None, self._waiting, None
        self._total, self._last = found.total, found.query
        if waiting is None or waiting == found.query:
            self.found.emit(found)
        if waiting is not None:
            self.ask(waiting, self._added_up, self._folded)

    @Slot(object)
    def _fail(self, error: Any) -> None:  # Any: an exception, as Qt passes it
        self._asked = self._waiting = None
        self._context.complain(error)

    def _find(self, workspace: Workspace, project: str, wanted: Query) -> FoundRows:
        with workspace.read() as connection:
            keys = query.keys(connection, self._register, project, wanted)
            total = query.count(connection, self._register, project, Query(bin=wanted.bin))
            groups = row_groups(connection, self._register, project, wanted, self._added_up)
        lines = laid_out(keys, groups, self._folded) if groups else GroupedLines(keys)
        return FoundRows(wanted, keys, total, lines, groups=groups)
