"""The words in which a register is declared: columns, views and the register itself.

A column says only what the model can't: its label and its width. Its kind, its vocabulary and the register that it
points to follow from the model; the other words that workbooks use for it stand in ``resources/headings``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, func
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from handover.errors import NotFound, NotValid
from handover.i18n import LANGUAGES, N_, in_language, language, tr
from handover.model.base import Row
from handover.model.lifecycle import Lifecycle
from handover.model.vocabulary import Vocabulary
from handover.registers.heading_words import heading_words
from handover.registers.kinds import Kind, of_column_type
from handover.registers.kinds.kind import FieldKind


@dataclass(frozen=True)
class Column:
    """One column of a register, as declared.

    Args:
        field: the key, as in ``list --json``; the model's attribute, without ``_id`` for a link.
        label: the heading in English; found in the catalogue, ``NC_("punch", "Location")`` where one English word
            has several Chinese ones.
        width: in characters, 0 for what suits the kind.
        shown: in the table without being asked for.
        kind: only where the model doesn't tell: a share, a duration, something computed.
        words: the vocabulary of something computed.
        by_program: the program fills it in; it can't be typed or imported.
        copied: a copy of a row takes it over; not so for what happened to the original, and for what names it alone.
        internal: about a person and not for others: in no pack and no export that doesn't ask for it by name.
        group: the section of the form in which it stands, in English; that of the column before where it is empty.
            Marked by ``NC_("form", "Dates")``.
    """

    field: str
    label: str
    width: int = 0
    shown: bool = True
    kind: FieldKind | None = None
    words: Vocabulary | None = None
    by_program: bool = False
    copied: bool = True
    group: str = ""
    internal: bool = False


#: What a register whose rows have files shows of them on wish.
OF_FILES = (
    Column("files", N_("Attached files"), 8, False),
    Column("file_names", N_("Names of attached files"), 30, False, kind=Kind.LONG),
)


@dataclass(frozen=True)
class View:
    """A named filter; ``key`` is the method of the model that says which rows."""

    key: str
    name: str

    @property
    def label(self) -> str:
        """The name in the language in force."""
        return tr(self.name)


@dataclass(frozen=True)
class Field:
    """A column bound to its model.

    Attributes:
        attr: the model's attribute; the field itself, or with ``_id`` for a link.
        target: the table that a link points to.
        computed: follows from other fields, or is filled in by the program; it can't be typed or imported.
        required: a row can't be without it.
        pick: the key of the list from which a pick comes.
        register: the key of the register that shows it.
    """

    column: Column
    field: str
    attr: str
    kind: FieldKind
    width: int
    words: Vocabulary | None
    target: str
    computed: bool
    required: bool
    limit: int  # the longest text that fits, 0 without limit
    model: type[Row] = Row
    pick: str = ""
    #: What is asked of other rows, as a query.
    asked: ColumnElement[Any] | None = dataclasses.field(default=None, compare=False)
    counts: str = ""  # the key of the register whose rows it counts
    register: str = ""
    group: str = ""  # the section of the form, in English

    @property
    def links(self) -> bool:
        """Whether it names a row of another table: one that people enter there, or an entry of a list."""
        return self.kind.names_a_row

    @property
    def copied(self) -> bool:
        """Whether a copy of a row takes it over."""
        return self.column.copied and self.kind.copied

    @property
    def internal(self) -> bool:
        """Whether it is left out of packs and exports that don't ask for it by name."""
        return self.column.internal

    @property
    def names_rows(self) -> bool:
        """Whether rows may be called by it: a text of one line."""
        return self.kind.wordy and not self.kind.roomy

    @property
    def of_model(self) -> ColumnElement[Any]:  # Any: whatever the column holds
        """What the field holds, as queries name it; where nobody has filled it in, what the model says it is then."""
        return self.asked if self.asked is not None else _of_model(self.model, self.field, self.attr, language())

    @property
    def at_first(self) -> Any:  # Any: what the field holds
        """What its model says of a row of which nothing is known; None for nothing."""
        column = self.model.__table__.columns.get(self.attr)
        default = column.default if column is not None else None
        return default.arg if isinstance(default, ScalarElementColumnDefault) else None

    @property
    def label(self) -> str:
        """The heading in the language in force."""
        return tr(self.column.label)

    @property
    def shown(self) -> bool:
        """In the table without being asked for."""
        return self.column.shown

    @property
    def lifecycle(self) -> Lifecycle | None:
        """The lifecycle of a state, else None."""
        return self.words if isinstance(self.words, Lifecycle) else None

    @property
    def numeric(self) -> bool:
        """Whether values are aligned right and can be summed."""
        return self.kind.numeric

    def why_not_typed(self) -> NotValid | None:
        """Why nobody but the program says what the field holds; None where people type it."""
        if self.column.by_program:
            message = N_("{label} is filled in by the program; it can't be typed.")
        elif self.computed:
            message = N_("{label} follows from other fields and can't be typed.")
        else:
            return None
        return NotValid(message, field=self.field, label=self.label)

    def require_typed(self) -> None:
        """Raises NotValid where nobody but the program says what the field holds."""
        if (reason := self.why_not_typed()) is not None:
            raise reason

    def headings(self) -> list[str]:
        """Everything that a workbook may call it: the key, the label in both languages and the words of workbooks."""
        found = [self.field.replace("_", " ")]
        for code in LANGUAGES:
            with in_language(code):
                found.append(self.label)
        return [*dict.fromkeys([*found, *heading_words(self.register).get(self.field, ())])]


@dataclass(frozen=True)
class Register:
    """A list of rows of one model.

    Args:
        key: as on the command line.
        name: the title in English.
        columns: in the order in which they are shown and filled in.
        display: the attributes that name a row where another row points to it.
        match: which fields, together, say that a row of a file is a row that we have; tried in order after ``ref``.
        views: named filters, offered as chips and counted on the overview.
        empty: the sentence of the empty page: what belongs there and what to do first.
        aliases: other names of the register on the command line.
        order: the attribute that orders rows when the user hasn't sorted them.
        due: the field that says until when something is to be done.
        owner: the field that says by whom.
        files: rows may have files attached; how many, and their names, are columns to be shown on wish.
        versions: the register of parts to which files go, and the field by which a file tells its part: revisions and
            their code. Empty where files go to the rows themselves.
        on_label: the fields that the label of a row says: what it is called by, which its QR code holds, too, its
            name, and what stands below in small print; empty where rows have no labels.
        icon: a name of ``ui.theme.icons``.
        listed: parts of other rows have an entry of their own in the navigation; all other registers have one anyhow.
        in_matrix: but those whose rows are the cells of a matrix, where they are seen and filled in.
        named: the attribute that names a row where another points to it, where ``display`` doesn't.
        code: the attribute of ``display`` by which people number rows; where rows of many registers stand together, a
            row's name comes before it.
        short: the attribute that stands for a row in its shortest form.
        tone: the attribute that says how a row is coloured where another points to it.
        by_hand: people add its rows, by typing, pasting and importing; else only the program does.
        brought: an import that names a row which isn't there yet makes it.
        when_told: a list is taken for one of it where somebody, its name or its title says so; by its headings alone
            it isn't, and they make no heading of the others less telling.
    """

    key: str
    model: type[Row]
    name: str
    columns: tuple[Column, ...]
    display: tuple[str, ...]
    match: tuple[tuple[str, ...], ...]
    views: tuple[View, ...] = ()
    empty: str = N_("Nothing here yet. Add the first row or import a workbook.")
    aliases: tuple[str, ...] = ()
    order: str = "id"
    due: str = ""
    owner: str = ""
    files: bool = False
    versions: tuple[str, str] | tuple[()] = ()
    on_label: tuple[str, ...] = ()
    icon: str = "table"
    listed: bool = False
    in_matrix: bool = False
    named: str = ""
    code: str = ""
    short: str = "ref"
    tone: str = ""
    by_hand: bool = True
    brought: bool = False
    when_told: bool = False
    _fields: dict[str, Field] = field(default_factory=dict, compare=False)

    def __repr__(self) -> str:
        return f"Register({self.key!r})"

    def __post_init__(self) -> None:
        self.show_counts(())

    def show_counts(self, counts: Iterable[Field]) -> None:
        """Have, besides the columns that are declared, these that count the parts of a row."""
        columns = (*self.columns, *(OF_FILES if self.files else ()))
        self._fields.clear()
        group = ""
        for column in columns:
            group = column.group or group
            self._fields[column.field] = dataclasses.replace(bound(self.model, column, self.key), group=group)
        self._fields.update({each.field: each for each in counts if each.field not in self._fields})

    @property
    def label(self) -> str:
        """The title in the language in force."""
        return tr(self.name)

    @property
    def table(self) -> Table:
        """The table behind the register."""
        return cast(Table, self.model.__table__)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The columns, bound to the model."""
        return tuple(self._fields.values())

    @property
    def part_of(self) -> Field | None:
        """The field that names the row that a row is a part of, None where rows stand for themselves."""
        attr = self.model.part_of
        return next((f for f in self._fields.values() if f.attr == attr), None) if attr else None

    @property
    def numbered(self) -> bool:
        """Whether rows are parts that are numbered within the row that they belong to."""
        return bool(self.model.part_of) and "number" in self.table.columns

    @property
    def in_navigation(self) -> bool:
        """Whether the register has an entry of its own in the navigation."""
        return self.listed or (self.part_of is None and not self.in_matrix)

    @cached_property
    def entered(self) -> tuple[Field, ...]:
        """The columns that somebody can fill in."""
        return tuple(f for f in self.fields if not f.computed)

    @cached_property
    def outline(self) -> bool:
        """Whether the rows form a tree in which each has its place: ``parent``, ``position`` and ``depth``."""
        return {"parent_id", "position", "depth"} <= set(self.table.columns.keys())

    @cached_property
    def links(self) -> str:
        """The table of the links that lead from row to row of the register, empty where there are none."""
        if all(f.kind.stored for f in self.fields):
            return ""
        tables = self.table.metadata.tables.values()
        links = (t.name for t in tables if sum(fk.column.table is self.table for fk in t.foreign_keys) == 2)
        return next(links, "")

    def __getitem__(self, key: str) -> Field:
        """The column of a key. Raises NotFound, naming those that there are."""
        if key not in self._fields:
            raise NotFound(
                N_("{register} has no column {field}. It has: {fields}."),
                register=self.label,
                field=key,
                fields=", ".join(self._fields),
            )
        return self._fields[key]

    def __contains__(self, key: object) -> bool:
        return key in self._fields

    @property
    def naming(self) -> tuple[str, ...]:
        """The attributes that make up the name of a row where another points to it."""
        return (self.named,) if self.named else self.display

    def view(self, key: str) -> View:
        """The view of a key. Raises NotFound."""
        for view in self.views:
            if view.key == key:
                return view
        raise NotFound(N_("{register} has no view {view}."), register=self.label, view=key)

    def condition(self, view: str) -> ColumnElement[bool]:
        """The rows of a view, as a condition on the model."""
        return _of_view(self.model, self.view(view).key)


@cache
def _of_model(model: type[Row], field: str, attr: str, _language: str) -> ColumnElement[Any]:  # Any: as above
    """What a field holds. What is computed of many tables takes longer to put into words than to be asked.

    Args:
        _language: the one in force, in which entries of lists say what they are called.
    """
    column: ColumnElement[Any] = getattr(model, attr)
    default = getattr(model, f"default_{field}", None)
    return column if default is None else func.coalesce(column, default())


@cache
def _of_view(model: type[Row], view: str) -> ColumnElement[bool]:
    """The rows of a view: the same on every day, as the day is asked for by the query itself."""
    chosen: ColumnElement[bool] = getattr(model, view)()
    return chosen


def bound(model: type[Row], column: Column, register: str = "") -> Field:
    """A column of a register with what its model says of it."""
    table = model.__table__
    attr = column.field if column.field in table.columns else f"{column.field}_id"
    stored = table.columns.get(attr)
    if stored is None:
        kind = column.kind or Kind.INTEGER
        return Field(column, column.field, column.field, kind, column.width or kind.width, column.words, "",
                     kind.stored, False, 0, model, register=register)  # fmt: skip
    words: Vocabulary | None = stored.info.get("words")
    target = next((fk.column.table.name for fk in stored.foreign_keys), "")
    kind = column.kind or (Kind.PICK if stored.info.get("pick") else _kind(stored.type, words, target))
    required = not stored.nullable and stored.default is None
    pick = stored.info.get("pick", "")
    limit = getattr(stored.type, "length", None) or stored.info.get("limit", 0) if kind.wordy else 0
    computed = column.by_program
    return Field(column, column.field, attr, kind, column.width or kind.width, words, target, computed, required,
                 limit, model, pick, register=register)  # fmt: skip


def _kind(type_: Any, words: Vocabulary | None, target: str) -> FieldKind:  # Any: a type engine of any value
    if words is not None:
        return Kind.STATE if isinstance(words, Lifecycle) else Kind.CHOICE
    return Kind.LINK if target else of_column_type(type_)
