"""The declaration of a matrix: whose rows are its cells, what stands down and across, and what its rules find."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection

from handover.errors import Reason
from handover.i18n import N_, tr
from handover.model.vocabulary import Tone
from handover.registers.declare import Field, Register

Axis = Literal["down", "across"]
#: What a workbook has in the place of a reference before the numbers below its columns.
BELOW = "Σ"


class MatrixHead(NamedTuple):
    """A row of one of the two registers that a matrix ties together, as the head of a line.

    Attributes:
        mark, tone: the word of the field that marks heads, such as a side, and how it is coloured.
        facts: the fields that the rules look at, and those that are told of a head.
        held: why nothing in its line can be changed; None where it can.
    """

    id: str
    ref: str
    name: str
    mark: str = ""
    tone: Tone | None = None
    facts: Mapping[str, Any] = {}  # Any: what fields hold
    held: Reason | None = None


class MatrixLine(NamedTuple):
    """A row or a column of a matrix: its head, and the values of its filled cells by the key of the other head."""

    axis: Axis
    head: MatrixHead
    cells: Mapping[str, tuple[Any, ...]]  # Any: what the value field holds

    def holders(self, value: Any) -> list[str]:  # Any: as above
        """The other heads at which a value stands."""
        return [key for key, values in self.cells.items() if value in values]


@dataclass(frozen=True, slots=True)
class MatrixFinding:
    """What a rule finds wrong with a line.

    Args:
        short: in a few words, a catalogue key; ``reason`` has the whole sentence.
        cells: the other heads at whose cells it is.
    """

    short: str
    reason: Reason
    tone: Tone = "danger"
    cells: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """In a few words, in the language in force."""
        return tr(self.short, **self.reason.values)


Rules = Callable[[MatrixLine], Iterator[MatrixFinding]]


@dataclass(frozen=True, slots=True)
class LineCount:
    """A number that stands at a line, with its tone and what it says as a sentence."""

    text: str
    tone: Tone | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class LineCounts:
    """Numbers that stand at the lines of a matrix besides its cells.

    Args:
        name: what is counted, a catalogue key.
        read: the counts of a project by the key of the head.
        internal_tone: their tones tell what is internal: papers and workbooks have the numbers without them.
    """

    name: str
    read: Callable[[Connection, str], Mapping[str, LineCount]]
    internal_tone: bool = False

    @property
    def label(self) -> str:
        """What is counted, in the language in force."""
        return tr(self.name)


@dataclass(frozen=True)
class Matrix:
    """A register with two links and a value, seen as a table of one link against the other.

    Args:
        key: as on the command line; its page goes by ``page``.
        name: the title in English.
        register: whose rows are the cells.
        down, across: its links (or picks of a list): what stands in the first column and in the first row.
        value: its field that is filled in; the values of a vocabulary or a list are typed by single keys.
        several: a cell may hold several values, a row of the register each.
        letters: what a value is written as, where its code doesn't say, by code.
        rules: what is wrong with a line, found anew whenever one of its cells changes.
        totals: how often each value stands in a line is counted.
        mark: a vocabulary's field of the rows that stand across; it orders them and marks their heads.
        facts: further fields of either side that the rules look at.
        icon: a name of ``ui.theme.icons``.
        corner: what stands in the corner over both heads, in English; empty for the names of the two fields.
        in_pack: the pack has it behind the registers of its chapter.
        follows: the tables besides its own from which its value follows, where that is computed, or its counts.
        narrowed: fields of the rows that stand down or across by which these can be narrowed.
        judged: the sides whose lines have rules.
        below, beside: numbers that stand in a row below the columns, and in a column to the right of the rows.
        one_with: the key of the matrix of its chapter with which it has one entry; their pages lead to each other.
    """

    key: str
    name: str
    register: Register
    down: str
    across: str
    value: str
    several: bool = False
    letters: tuple[tuple[str, str], ...] = ()
    rules: Rules | None = None
    totals: bool = False
    mark: str = ""
    facts: tuple[str, ...] = ()
    icon: str = "table"
    in_pack: bool = True
    follows: tuple[str, ...] = ()
    narrowed: tuple[tuple[Axis, str], ...] = ()
    judged: tuple[Axis, ...] = ("down", "across")
    below: LineCounts | None = None
    beside: LineCounts | None = None
    one_with: str = ""

    @property
    def filled_in(self) -> bool:
        """Whether people fill its cells in; where its value is computed, it only shows how things stand."""
        return self.register.by_hand and not self.value_field.computed

    @property
    def label(self) -> str:
        """The title in the language in force."""
        return tr(self.name)

    @property
    def page(self) -> str:
        """The key of its page."""
        return f"{self.key}_matrix"

    @property
    def down_field(self) -> Field:
        """The link to what stands in the first column."""
        return self.register[self.down]

    @property
    def across_field(self) -> Field:
        """The link to what stands in the first row."""
        return self.register[self.across]

    @property
    def value_field(self) -> Field:
        """The field that is filled in."""
        return self.register[self.value]

    def findings(self, line: MatrixLine) -> list[MatrixFinding]:
        """What the rules find wrong with a line."""
        return list(self.rules(line)) if self.rules is not None else []


NO_MATRIX = N_("There is no matrix {name}. There are: {keys}.")
