"""What a kind of field says of itself; the table, the form, files and queries ask it in place of knowing kinds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol

from sqlalchemy import ColumnElement, Connection, String, cast

from handover.i18n import tr
from handover.model.base import Row
from handover.model.dialect import Expression, holds
from handover.model.vocabulary import Vocabulary
from handover.registers.kinds.choosing import CellChoice, fitting
from handover.registers.linked import Linked
from handover.store.work import UnitOfWork
from handover.values import print_forms
from handover.values.cells import Cell, ColumnReading
from handover.values.print_forms import PrintForm

Operator = Literal["is", "is_not", "contains", "before", "after", "empty", "filled"]
#: What rows of a table are called, by key.
NamesByKey = Callable[[str, Iterable[str | None]], Mapping[str, Linked]]


class KindField(Protocol):
    """What a kind needs to know of a field."""

    @property
    def field(self) -> str: ...
    @property
    def attr(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def words(self) -> Vocabulary | None: ...
    @property
    def target(self) -> str: ...
    @property
    def pick(self) -> str: ...
    @property
    def limit(self) -> int: ...
    @property
    def required(self) -> bool: ...
    @property
    def shown(self) -> bool: ...


class ProjectNames(Protocol):
    """The rows and the entries of lists of a project, by what people call them."""

    def row(self, table: str, text: str) -> str:
        """The key of the one row that a text names. Raises NotValid."""

    def entry(self, key: str, text: str) -> str:
        """The key of the entry of a list that a text means. Raises NotValid."""

    def rows_like(self, table: str, text: str) -> Sequence[Linked]:
        """The rows whose names fit what is typed, best first."""

    def entries_like(self, key: str, text: str) -> Sequence[Linked]:
        """The offered entries of a list that fit what is typed, best first."""

    def entries_of(self, key: str) -> Sequence[Linked]:
        """All entries of a list, in their order."""


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """The table that a link points to, as queries name it: aliased, so that rows may point into their own table.

    Attributes:
        named: the columns that make up a row's name, the first the one by which rows are sorted.
        searched: those of them that are texts of the row itself.
    """

    id: Expression
    short: Expression
    order: Expression
    named: tuple[Expression, ...]
    searched: tuple[Expression, ...]


class FieldKind:
    """A kind of field. What stands here holds of a plain value that is stored in a column of the row.

    One module of this folder has the kinds of one subject; it is found by itself. A declaration names a kind where the
    model can't tell it: ``Column("price", N_("Price"), kind=MONEY)``.

    Attributes:
        key: its name in files of settings and in the search index; never changes.
        width: of a column, in characters, where the declaration doesn't say.
        column_types: the column types of the model that are of this kind without being declared.
        editor: the name of its editor; ``ui.register.grid.kind_editors`` knows them.
        numeric: values stand on the right and can be summed.
        summable: the sum of several means something, not their average alone.
        wordy: a text that people write; nothing and an empty text are the same.
        roomy: a text of several lines, which wants the whole width of a form.
        digits: what is shown holds digits alone; a word without any isn't looked for in it.
        dated: a day or a moment: dates of a block are read together, and one that has passed is overdue.
        names_a_row: a row of another table, or an entry of a list, by its key.
        stored: the value lies in a column of the row.
        looks_up: what rows show of it is looked up elsewhere, by ``resolved``.
        never_empty: a row always has a value.
        copied: a copy of a row takes it over.
        worded: an export writes it in words of a language.
        as_words: a workbook and a paper hold it as words too, not as the value.
        strict: an import takes only a column for it whose cells can be read as it.
        prepared: a template of somebody's may hold it in rows that nobody has filled in yet.
        operators: what a filter can ask.
        yes_or_no: nothing but these two; a cell of a matrix is ticked.
        printed: how a column of it stands on paper and in a workbook.
        cell_format: of the cells of a workbook that is to be filled in, empty for Excel's own.
    """

    key: ClassVar[str]
    width: ClassVar[int] = 18
    column_types: ClassVar[tuple[type, ...]] = ()
    editor: ClassVar[str] = "line"
    numeric: ClassVar[bool] = False
    summable: ClassVar[bool] = True
    wordy: ClassVar[bool] = False
    roomy: ClassVar[bool] = False
    digits: ClassVar[bool] = False
    dated: ClassVar[bool] = False
    names_a_row: ClassVar[bool] = False
    stored: ClassVar[bool] = True
    looks_up: ClassVar[bool] = False
    never_empty: ClassVar[bool] = False
    copied: ClassVar[bool] = True
    worded: ClassVar[bool] = False
    as_words: ClassVar[bool] = False
    strict: ClassVar[bool] = False
    prepared: ClassVar[bool] = True
    operators: ClassVar[tuple[Operator, ...]] = ("contains", "is", "is_not", "empty", "filled")
    yes_or_no: ClassVar[bool] = False
    printed: ClassVar[PrintForm] = print_forms.TEXT
    cell_format: ClassVar[str] = ""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.key!r})"

    # -- reading ------------------------------------------------------------------------------------------------------

    @property
    def nothing(self) -> Any:  # Any: what a field holds
        """The value of a field in which nothing stands."""
        return None

    def read(self, field: KindField, text: str, names: ProjectNames) -> Any:  # Any: what the field holds
        """The value of what was typed, or pasted alone. Raises NotValid, saying what fits."""
        raise NotImplementedError

    def pasted(self, field: KindField, cells: Sequence[Cell]) -> ColumnReading[Any] | None:
        """A pasted column read as a whole; None where a cell means what it means alone."""
        return None

    def imported(self, field: KindField, cells: Sequence[Cell], heading: str) -> ColumnReading[Any]:
        """The column of a file; the name of a row stays text until the rows of the file are known."""
        reading = self.pasted(field, cells)
        assert reading is not None
        return reading

    def beside(self, field: KindField, cells: Sequence[Cell], heading: str) -> Mapping[str, list[Any]]:
        """What the column of a file tells of other attributes of the row, by attribute."""
        return {}

    def fits(self, field: KindField, cells: Sequence[Cell], heading: str) -> float:
        """The share of a sample of cells that the field could hold, 0 to 1."""
        return 1.0

    def settled(self, value: Any) -> Any:  # Any: a day or moment as read, and as the field holds it
        """A date as the field holds it; of dated kinds alone."""
        return value

    # -- showing ------------------------------------------------------------------------------------------------------

    def text(self, field: KindField, value: Any) -> str:  # Any: what the field holds, which is something
        """A value as people read it, in the language in force."""
        return str(value)

    def mean(self, field: KindField, value: float) -> str:
        """An average of values as people read it."""
        return self.text(field, value)

    def from_log(self, raw: Any) -> Any:  # Any: what JSON holds, and what the field holds
        """A value as the change log and files of settings keep it."""
        return raw

    def moved(self, value: Any, by: dt.timedelta) -> Any:  # Any: what the field holds
        """A value as it is when all days are moved by some time; what is no day stays."""
        return value + by if isinstance(value, dt.date) else value

    # -- choosing -----------------------------------------------------------------------------------------------------

    def options(self, field: KindField) -> tuple[CellChoice, ...]:
        """The values that there are, where the kind itself knows them all."""
        return ()

    def chooses(self, field: KindField) -> bool:
        """Whether something can be picked for it."""
        return bool(self.options(field))

    def choices(
        self, field: KindField, text: str, names: ProjectNames, now: Any = None
    ) -> Sequence[CellChoice]:  # Any: what the field holds
        """What can be picked and fits a typed text, best first.

        Args:
            now: what stands in it; a state offers only what may follow.
        """
        return fitting(self.options(field), text)

    def ticked(self, field: KindField, names: ProjectNames) -> Sequence[CellChoice]:
        """The values to tick in a filter; none where one is typed."""
        return self.options(field)

    # -- queries ------------------------------------------------------------------------------------------------------

    def order(
        self, field: KindField, column: ColumnElement[Any], row_id: Expression, target: LinkTarget | None
    ) -> ColumnElement[Any]:
        """What rows are sorted by, as an expression of a query."""
        return column

    def blank(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """Whether nothing stands in it."""
        return column.is_(None)

    def mentions(
        self,
        field: KindField,
        column: ColumnElement[Any],
        row_id: Expression,
        word: str,
        target: LinkTarget | None,
    ) -> ColumnElement[bool]:
        """Whether it shows a word: words of vocabularies and names of rows are found as they are read."""
        return holds(cast(column, String), word)

    def indexed(self, field: KindField, value: Any) -> str:  # Any: what the field holds, which is something
        """What the search index holds of it: where ``mentions`` finds a word, the word must stand here, too."""
        return str(value)

    def resolved(
        self, connection: Connection, field: KindField, ids: Sequence[str], values: Sequence[Any], names: NamesByKey
    ) -> Sequence[Any]:
        """The values as rows show them, of rows by key.

        Args:
            values: as they are stored.
            names: gives what rows of a table are called.
        """
        return values

    # -- writing ------------------------------------------------------------------------------------------------------

    def write(self, work: UnitOfWork, row: Row, field: KindField, value: Any) -> None:  # Any: what the field holds
        """Set it in a row. Raises NotValid."""
        setattr(row, field.attr, value)

    # -- the workbook to fill in --------------------------------------------------------------------------------------

    def example(self, field: KindField) -> Any:  # Any: a value of a cell
        """What the example row of a template says; None for nothing."""
        return next((choice.label for choice in self.options(field)), None)

    def meaning(self, field: KindField) -> str:
        """What can be written into a cell, in a sentence; empty where it needs none."""
        return tr("Text of at most {n} characters.", n=field.limit) if field.limit else ""
