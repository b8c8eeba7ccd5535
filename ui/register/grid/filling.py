"""Filling cells from others: copies of the first row or column, and series that go on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from handover.i18n import tr
from handover.jobs import Progress
from handover.registers.acts import taking
from handover.registers.acts.chosen_states import WaitingStep, one_step, set_apart
from handover.registers.declare import Field
from handover.registers.linked import Linked
from handover.values.series import continued
from ui.register.grid import cells
from ui.register.grid.model import RegisterModel
from ui.register.grid.typed import stored
from ui.shell.jobs import Work
from ui.shell.page import Context

Changes = dict[str, dict[str, Any]]  # Any: what the fields hold


class CellWriter(Protocol):
    """Carries out what is written into a table."""

    def may_write(self) -> bool:
        """Whether anything can be written; said where nothing can."""

    def do(self, title: str, work: Work, done: Callable[[Any], object], rows: int) -> None:  # Any: the work's result
        """Few rows at once, many in a job with its progress."""

    def put(self, block: list[list[str]], top: int, left: int) -> None:
        """Put a block at a cell; what would be refused is shown before."""

    def ask_first(self, waiting: list[WaitingStep]) -> None:
        """Pass on the steps that ask something before rows can take them."""


class CellFilling:
    """What Ctrl+D, Ctrl+R and the fill handle do; each is one act.

    Args:
        acts: carry out what is written, few rows at once and many in a job.
    """

    def __init__(self, context: Context, model: RegisterModel, acts: CellWriter) -> None:
        self._context, self._model, self._acts = context, model, acts

    def down(self, rows: Sequence[int], columns: Sequence[int]) -> None:
        """Give cells below the first row its values; a single row takes those of the row above."""
        rows = self._model.true_rows(rows)
        if len(rows) == 1 and rows[0] > 0:
            rows = [*self._model.true_rows([rows[0] - 1]), rows[0]]
        self._down(rows, 1, self._fields(columns), copied=True)

    def series_down(self, rows: Sequence[int], columns: Sequence[int]) -> None:
        """Continue down what stands in the first rows of a block, up to the first empty cell of its first column."""
        rows, fields = self._model.true_rows(rows), self._fields(columns)
        if not rows or not fields:
            return
        held = [row.values[0] for row in self._model.rows(rows, fields[:1])]
        known = next((n for n, value in enumerate(held) if value in (None, "")), 1) or 1
        self._down(rows, known, fields, copied=False)

    def handle(self, block: tuple[int, int, int, int], down: int, right: int, copied: bool) -> None:
        """Fill by so many rows below, or columns right of, a block: its top, left, bottom and right."""
        top, left, bottom, rightmost = block
        if down:
            given = self._model.true_rows(range(top, bottom + 1))
            more = self._model.true_rows(range(bottom + 1, bottom + down + 1))
            self._down([*given, *more], len(given), self._fields(range(left, rightmost + 1)), copied=copied)
        elif right:
            self.right(self._model.true_rows(range(top, bottom + 1)), range(left, rightmost + 1), right, copied=copied)

    def right(self, rows: Sequence[int], given: Sequence[int], more: int, *, copied: bool) -> None:
        """Give the columns right of some the values of these; what a column can't take is shown before."""
        if not rows or not given or more < 1 or not self._acts.may_write():
            return
        fields = [self._model.fields[c] for c in given]
        block = []
        for row in self._model.rows(rows, fields):
            after = continued(row.values, more, copied=copied or any(map(_repeats, fields)))
            block.append([_typed(fields[n % len(fields)], value) for n, value in enumerate(after)])
        if len(set(rows)) == len(block):
            self._acts.put(block, rows[0], given[-1] + 1)

    def _fields(self, columns: Sequence[int]) -> list[Field]:
        return [f for f in (self._model.fields[c] for c in columns) if not f.computed]

    def _down(self, rows: Sequence[int], given: int, fields: Sequence[Field], *, copied: bool) -> None:
        if len(rows) <= given or not fields or not self._acts.may_write():
            return
        numbers = self._model.numbers(rows)
        state = [f for f in fields if f.lifecycle is not None]

        def fill(_progress: Progress) -> list[WaitingStep]:
            first = self._model.fetch(numbers[:given], fields)
            below = self._model.fetch(numbers[given:], state)
            changes: Changes = {row.id: {} for row in below}
            for place, field in enumerate(fields):
                values = [row.values[place] for row in first]
                after = continued(values, len(below), copied=copied or _repeats(field))
                for row, value in zip(below, after, strict=True):
                    changes[row.id][field.field] = self._as_stored(field, value)
            return self._write(changes, {row.id: row.values[0] for row in below if state})

        self._acts.do(tr("Changing cells"), fill, self._acts.ask_first, len(rows))

    def _write(self, changes: Changes, states: Mapping[str, str | None]) -> list[WaitingStep]:
        """Write what can be written at once; what rows must be asked before comes back."""
        apart = set_apart(self._model.register, changes, states)
        step = one_step(self._model.register, apart.changes, states)
        if step is not None:
            workspace, project = self._context.workspace, self._context.project.id
            taking.take(workspace, self._model.register, project, list(apart.changes), step, {})
        elif apart.changes:
            self._model.change(apart.changes)
        return list(apart.waiting)

    def _as_stored(self, field: Field, value: Any) -> Any:  # Any: as shown, and as stored
        if isinstance(value, Linked):
            return value.id
        if not field.kind.stored:
            return stored(self._context, field, str(value or ""))
        return value


def _repeats(field: Field) -> bool:
    """Whether values are taken over as they are: what is chosen from words has no next one."""
    return field.words is not None or field.kind.yes_or_no


def _typed(field: Field, value: Any) -> str:  # Any: as above
    """A value as it is typed: a day so that nobody can take it for another."""
    return value.isoformat() if hasattr(value, "isoformat") else cells.copied(field, value)
