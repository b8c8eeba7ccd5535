"""Links: one row of another register, one entry of a list that the site edits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Connection, or_, select

from handover.i18n import N_, language, tr
from handover.model.dialect import Expression, holds, pinyin_order
from handover.model.picks.templates import FIRST, pick_template, pick_templates
from handover.registers.kinds.choosing import CellChoice
from handover.registers.kinds.kind import FieldKind, KindField, LinkTarget, NamesByKey, Operator, ProjectNames
from handover.registers.linked import Linked
from handover.values import print_forms
from handover.values.cells import Cell, ColumnReading, as_text, folded, normal, number_in, read_column

#: What the example of a template names, by table.
_NAMES = {"person": N_("Zhang San"), "organisation": N_("Commissioning Ltd."), "system": "S01", "document": "D-001"}
#: Tables whose rows are called by a name: a number is none.
_CALLED = ("person", "organisation")


class LinkKind(FieldKind):
    """A row of another register, by its key."""

    key = "link"
    width = 18
    names_a_row = True
    looks_up = True
    operators: ClassVar[tuple[Operator, ...]] = ("is", "is_not", "contains", "empty", "filled")
    cell_format = "@"

    def read(self, field: KindField, text: str, names: ProjectNames) -> str:
        return names.row(field.target, text)

    def imported(self, field: KindField, cells: Sequence[Cell], heading: str) -> ColumnReading[str]:
        return read_column(cells, lambda cell: normal(as_text(cell)) or None)

    def fits(self, field: KindField, cells: Sequence[Cell], heading: str) -> float:
        return sum(map(_may_be_name, cells)) / len(cells) if field.target in _CALLED else 1.0

    def text(self, field: KindField, value: Any) -> str:
        return (value.name or value.ref) if isinstance(value, Linked) else str(value)

    def chooses(self, field: KindField) -> bool:
        return True

    def choices(self, field: KindField, text: str, names: ProjectNames, now: Any = None) -> Sequence[CellChoice]:
        return [CellChoice(row.name or row.ref, row.ref, row) for row in names.rows_like(field.target, text)]

    def order(
        self, field: KindField, column: ColumnElement[Any], row_id: Expression, target: LinkTarget | None
    ) -> ColumnElement[Any]:
        if target is None:
            return column
        return select(pinyin_order(target.named[0])).where(target.id == column).scalar_subquery()

    def mentions(
        self,
        field: KindField,
        column: ColumnElement[Any],
        row_id: Expression,
        word: str,
        target: LinkTarget | None,
    ) -> ColumnElement[bool]:
        if target is None:
            return column.is_(None) & column.is_not(None)
        inside = or_(*(holds(name, word) for name in target.searched), target.short == word)
        return column.in_(select(target.id).where(inside))

    def resolved(
        self, connection: Connection, field: KindField, ids: Sequence[str], values: Sequence[Any], names: NamesByKey
    ) -> Sequence[Any]:
        known = names(field.target, values)
        return [known.get(value) for value in values]

    def example(self, field: KindField) -> str | None:
        return tr(_NAMES[field.target]) if field.target in _NAMES and field.shown else None

    def meaning(self, field: KindField) -> str:
        return tr("A name or number out of another register.")


class PickKind(LinkKind):
    """An entry of a list that the site edits; what hangs on it is its meaning, never its word."""

    key = "pick"
    width = 16
    worded = True
    operators: ClassVar[tuple[Operator, ...]] = ("is", "is_not", "empty", "filled")
    printed = print_forms.STATUS

    def read(self, field: KindField, text: str, names: ProjectNames) -> str:
        return names.entry(field.pick, text)

    def fits(self, field: KindField, cells: Sequence[Cell], heading: str) -> float:
        """The share of the cells that are entries of the lists that are shipped, where something hangs on each."""
        known = _entries(field.pick)
        return sum(folded(as_text(cell)) in known for cell in cells) / len(cells) if known else 1.0

    def options(self, field: KindField) -> tuple[CellChoice, ...]:
        """Those that a new project begins with: a workbook to fill in is for any project."""
        spoken = language()
        entries = (each for each in pick_template(FIRST).entries if each.list == field.pick)
        return tuple(CellChoice(getattr(each, spoken), "", None) for each in entries)

    def choices(self, field: KindField, text: str, names: ProjectNames, now: Any = None) -> Sequence[CellChoice]:
        return [CellChoice(entry.name, entry.ref, entry) for entry in names.entries_like(field.pick, text)]

    def ticked(self, field: KindField, names: ProjectNames) -> Sequence[CellChoice]:
        return [CellChoice(entry.name, entry.ref, entry.id) for entry in names.entries_of(field.pick)]

    def order(
        self, field: KindField, column: ColumnElement[Any], row_id: Expression, target: LinkTarget | None
    ) -> ColumnElement[Any]:
        if target is None:
            return column
        return select(target.order).where(target.id == column).scalar_subquery()

    def example(self, field: KindField) -> str | None:
        return next((choice.label for choice in self.options(field)), None)

    def meaning(self, field: KindField) -> str:
        return ""


@cache
def _entries(pick: str) -> frozenset[str]:
    """What the entries of a shipped list are called, whatever the industry; none where some of them mean nothing."""
    entries = [each for template in pick_templates() for each in template.entries if each.list == pick]
    if not all(each.meaning for each in entries):
        return frozenset()  # a site calls its kinds of documents what it likes
    said = (word for each in entries for word in (each.en, each.zh, each.code, *(each.also or "").split(";")))
    return frozenset(folded(word.strip()) for word in said if word.strip())


def _may_be_name(cell: Cell) -> bool:
    return isinstance(cell, str) and number_in(cell) is None and len(cell) <= 200


LINK = LinkKind()
PICK = PickKind()
