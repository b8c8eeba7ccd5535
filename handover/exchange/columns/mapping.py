"""Which column of a table goes into which field of a register, how surely, and what the user changes about it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from handover.errors import NotFound
from handover.exchange.columns.headings import LEVEL, PHASE, REF, Lexicon
from handover.exchange.columns.reason_column import says_what_is_wrong
from handover.exchange.evidence import Evidence
from handover.exchange.notice import Notice
from handover.exchange.question import Question
from handover.exchange.reading.grid import column_letters
from handover.exchange.tables.heading_text import plain
from handover.i18n import N_, tr
from handover.registers.declare import Register
from handover.values.cells import Cell


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a table as the mapping sees it.

    Attributes:
        column: its place in the sheet, counted from 0.
        parts: the texts of its heading from the top down; empty without a heading.
        cells: the cells of the rows that count.
    """

    column: int
    parts: tuple[str, ...]
    cells: Sequence[Cell]

    @property
    def heading(self) -> str:
        """The heading as it is shown; the column's letters where it has none."""
        return " / ".join(dict.fromkeys(p.strip() for p in self.parts if p.strip())) or column_letters(self.column)


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """What becomes of one column.

    Attributes:
        field: the key of the register's field, ``ref``, ``level`` or ``phase``; empty when the column isn't taken.
        confidence: how sure it is beside the next best reading, from 0 to 1; 1 when the user said so.
        samples: up to three values as text.
        why: ``heading``, ``similar``, ``content``, ``remembered`` or ``user``; empty when the column isn't taken.
        strength: how telling the column is of the register, from 0 to 1.
        signs: what speaks for the field and against it.
    """

    column: int
    heading: str
    field: str
    confidence: float
    samples: tuple[str, ...]
    why: str = ""
    strength: float = 0.0
    signs: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The columns of a table with the fields that they fill."""

    register: str
    columns: tuple[MappedColumn, ...]
    #: About columns that were left out for a reason.
    notices: tuple[Notice, ...] = ()
    #: What must be answered about the columns before anything is stored.
    asked: tuple[Question, ...] = ()
    by_field: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_field", {m.field: m.column for m in reversed(self.columns) if m.field})

    def of(self, column: int) -> MappedColumn:
        """What becomes of a column of the sheet. Raises NotFound."""
        for mapped in self.columns:
            if mapped.column == column:
                return mapped
        raise NotFound(N_("The table has no column {column}."), column=column_letters(column))

    def columns_of(self, field_key: str) -> list[MappedColumn]:
        """The columns that fill a field, from left to right; several only for ``phase``."""
        return [m for m in self.columns if m.field == field_key]

    def changed(self, column: int, field_key: str, why: str = "user") -> ColumnMapping:
        """The mapping with a column given to a field (or to none); another column loses a field given away."""
        heading = self.of(column).heading
        columns = []
        for mapped in self.columns:
            if mapped.column == column:
                sure = 1.0 if field_key else 0.0
                mapped = replace(mapped, field=field_key, confidence=sure, why=why, strength=sure, signs=())
            elif field_key and field_key != PHASE and mapped.field == field_key:
                mapped = replace(mapped, field="", confidence=0.0, why="", strength=0.0, signs=())
            columns.append(mapped)
        about_others = tuple(n for n in self.notices if n.values.get("heading") != heading)
        unanswered = tuple(q for q in self.asked if heading not in (q.values.get("heading"), q.values.get("other")))
        return replace(self, columns=tuple(columns), notices=about_others, asked=unanswered)

    def headed(self, register: Register, maps: Mapping[str, str]) -> ColumnMapping:
        """The mapping with headings given to fields by name, as on the command line.

        Args:
            maps: heading (or the column's letters) to field; ``-`` or an empty text for a column that isn't taken.

        Raises:
            NotFound: there is no such heading or no such field.
        """
        result = self
        for heading, wanted in maps.items():
            result = result.changed(result._find(heading), _field_key(register, wanted))
        return result

    def _find(self, heading: str) -> int:
        wanted = plain(heading)
        ways = (
            {plain(m.heading): m.column for m in reversed(self.columns)},
            {plain(p): m.column for m in reversed(self.columns) for p in m.heading.split(" / ")},
            {column_letters(m.column).lower(): m.column for m in self.columns},
        )
        for columns in ways:
            if wanted in columns:
                return columns[wanted]
        raise NotFound(
            N_("The table has no heading “{heading}”. It has: {headings}."),
            heading=heading,
            headings=", ".join(m.heading for m in self.columns),
        )


_lexicons: dict[int, tuple[Register, Lexicon]] = {}


def lexicon_of(register: Register) -> Lexicon:
    """The headings of a register, made ready once."""
    found = _lexicons.get(id(register))
    if found is None or found[0] is not register:
        found = _lexicons[id(register)] = (register, Lexicon(register))
    return found[1]


def field_choices(register: Register) -> list[tuple[str, str]]:
    """What a column can be mapped to: keys with their labels in the language in force."""
    choices = [(REF, tr("Reference"))]
    if register.outline:
        choices += [(LEVEL, tr("Outline level")), (PHASE, tr("Phase (becomes a summary task)"))]
    return choices + [(f.field, f.label) for f in register.entered]


def _field_key(register: Register, wanted: str) -> str:
    if wanted.strip() in ("", "-"):
        return ""
    if wanted in (REF, LEVEL, PHASE):
        return wanted
    key = wanted.strip()
    if key in register and not register[key].computed:
        return key
    for each in register.entered:
        if plain(key) in {plain(h) for h in each.headings()[:3]}:
            return each.field
    raise NotFound(
        N_("{register} has no field {field} that can be imported. It has: {fields}."),
        register=register.label,
        field=wanted,
        fields=", ".join(f.field for f in register.entered),
    )


def fingerprint(mapping: ColumnMapping) -> str:
    """What tells the headings of a file from those of others."""
    return fingerprint_of(mapping.register, [m.heading for m in mapping.columns])


def fingerprint_of(register: str, headings: Sequence[str]) -> str:
    """The same for headings without a mapping; their order doesn't matter, nor what is said of rejected rows."""
    text = "\x1f".join([register, *sorted(plain(h) for h in headings if not says_what_is_wrong(h))])
    return hashlib.sha256(text.encode()).hexdigest()[:32]
