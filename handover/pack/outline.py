"""The outline of a pack: what it says and in which order, free of any file format and of the store.

Every label is a `Text` that holds both languages, so that one outline can be written in English, in Chinese or in
both; what users have entered is a plain ``str`` and is shown as it is. All values are frozen; `TableBlock.rows` alone
may be read lazily, as often as a writer needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeAlias

from handover.charts.data import AnyChart
from handover.charts.drawing import Drawing
from handover.i18n import N_
from handover.pack.blocks.later import LATER
from handover.pack.blocks.matrix import MatrixBlock
from handover.pack.blocks.signing import Party, SignOff
from handover.pack.blocks.tone import Tone
from handover.pack.drawing import DrawingPages
from handover.pack.packs.controlled import NOT_CONTROLLED, Control, FileMark
from handover.values import print_forms
from handover.values.print_forms import PrintForm
from handover.wording import Language, Text, Words, said

#: From and up to a character of a text.
Stretch: TypeAlias = tuple[int, int]


# Cells -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Status:
    """A status as its word and the tone in which it is shown: a coloured pill with a shape, never colour alone."""

    label: Words
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class Indented:
    """A text at a level of an outline (0 is the top); a summary line is strong."""

    text: str
    level: int = 0
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A value that calls for attention, such as an overdue date, with a remark under it ("12 days late")."""

    value: str | date | datetime | int | float | Decimal
    tone: Tone
    remark: Words = ""


#: A percentage is a fraction: 0.4 is shown as 40%. None is an empty cell.
Cell: TypeAlias = str | Text | int | float | Decimal | date | datetime | Status | Indented | Marked | None
Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that are read afresh each time somebody walks through them, such as a query of the store."""

    read: Callable[[], Iterable[Row]]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.read())


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table.

    Args:
        key: the stable key of the field; the importer recognises an exported column by it in any language.
        kind: how the values are shown, aligned and stored in a workbook.
        weight: its share of the width left over in print, relative to the other columns.
        choices: what a cell may hold, as the validated list of the workbook; statuses bring their tones.
        decimals: digits after the point of numbers and percentages; None shows what there is.
        in_print: False leaves the column to the workbook.
        fixed: the program fills it in; in a workbook it is grey, and locked where the sheet is protected.
        offered: names that the workbook offers for its cells and doesn't insist on, such as those of people.
        rank: 1 for what a row can't be without on paper: its reference, its name, its status, its day and who has it.
        web: its values are references: of the rows of this table, or of rows that stand elsewhere. A mention leads to
            its row, and the row back to the first mention.
    """

    key: str
    label: Words
    kind: PrintForm = print_forms.TEXT
    weight: float = 1.0
    choices: tuple[Status | Text | str, ...] = ()
    decimals: int | None = None
    in_print: bool = True
    fixed: bool = False
    offered: tuple[str, ...] = ()
    rank: int = 2
    web: Literal["", "row", "mention"] = ""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A register or another table; in the workbook it has a sheet of its own.

    Args:
        key: the register's key, stable and unique in the outline.
        title: names its sheet, and the table in messages.
        columns: in order; each row has one cell for each of them.
        rows: a sequence, or `Rows` that read afresh at each walk.
        count: how many rows there are where it is known, for progress.
        group_by: key of a column by which the rows are already ordered; in print its value becomes a line over
            each group and the column itself is left out, in the workbook a line is drawn where a group begins.
        coloured_by: key of a column of statuses that say in words why a row stands out; in the workbook the whole
            row takes the colour of its status.
        caption: a sentence over the table in print.
        filter: in words, what chose these rows; empty when they are all.
        left_out: rows of the register that the filter left out.
        frozen: columns that stay in place when the sheet scrolls sideways.
        empty: what is said when there are no rows.
        place: where it stands: in print and in the workbook, or in one of them alone. Of a long register the print has
            what is open and the workbook all of it.
    """

    key: str
    title: Words
    columns: tuple[TableColumn, ...]
    rows: Iterable[Row]
    count: int | None = None
    group_by: str = ""
    coloured_by: str = ""
    caption: Words = ""
    filter: Words = ""
    left_out: int = 0
    frozen: int = 1
    empty: Words = ""
    place: Literal["both", "print", "workbook"] = "both"


# Other blocks ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; line ends within it are kept.

    Args:
        strong: the stretches of a text of one language that are bold, each from and up to a character.
        slanted: those that are italic.
    """

    text: Words
    strong: tuple[Stretch, ...] = ()
    slanted: tuple[Stretch, ...] = field(default=(), metadata=LATER)


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A picture in running text, kept in the paper: a PNG or JPEG as Base64, its size in pixels, what it shows."""

    content: str
    width: int
    height: int
    caption: Words = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A remark set apart, with a tone."""

    text: Words
    tone: Tone = "info"


@dataclass(frozen=True, slots=True)
class Footnotes:
    """What words in the text above mean, in small type; each has what it explains and the explanation."""

    lines: tuple[tuple[Words, Words], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; the value is any cell."""

    label: Words
    value: Cell


@dataclass(frozen=True, slots=True)
class Facts:
    """A grid of labels and values, in one or two columns."""

    facts: tuple[Fact, ...]
    columns: Literal[1, 2] = 2


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """A number that a reader looks for first, with what it counts."""

    label: Words
    value: str | int | float | Decimal
    tone: Tone = "neutral"
    remark: Words = ""


@dataclass(frozen=True, slots=True)
class KeyNumbers:
    """A strip of key numbers, up to five in a line."""

    numbers: tuple[KeyNumber, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a whole, such as 124 of 200 documents received."""

    label: Words
    value: float
    whole: float
    tone: Tone = "neutral"
    remark: Words = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars under one caption, drawn on one scale where ``common`` is True, else each on its own whole."""

    bars: tuple[Bar, ...]
    caption: Words = ""
    common: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: in print a drawing, in the workbook a sheet with its values and Excel's own chart of them.

    Args:
        key: stable and unique in the outline.
        height: in print, in points; it is as broad as the text.
    """

    key: str
    chart: AnyChart
    height: float = 200.0
    caption: Words = ""


Block: TypeAlias = (
    Paragraph
    | PictureBlock
    | Note
    | Footnotes
    | Facts
    | KeyNumbers
    | Bars
    | TableBlock
    | SignOff
    | Figure
    | Drawing
    | DrawingPages
    | MatrixBlock
)


# The whole ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter (level 1, begins on a new page unless all of it fits under the last) or a section in it (2 or 3).

    Args:
        key: stable and unique in the outline; the target of links and bookmarks.
        annex: it stands behind the signatures, and is counted by letters.
    """

    key: str
    title: Words
    blocks: tuple[Block, ...] = ()
    level: int = 1
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says of the project.

    Args:
        parties: the two sides with their organisations.
        facts: further lines, such as site, systems, planned handover date.
    """

    project: str
    code: str
    parties: tuple[Party, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class PackOutline:
    """A whole pack.

    Args:
        title: what kind of document it is, such as "Handover pack".
        cover: the project's side of it.
        number: the document number, such as "NEV-HP-003".
        edition: counts from 1; an issued edition is superseded, never changed.
        made_at: when its contents were read, with the zone of that clock; the only time that the files state.
        source: the name of the workspace's file, without its folder.
        draft: it isn't issued and says so; its number is none of a series.
        front: whether the print has a cover and contents; a single register or chart goes without.
        control: who answers for it, what it is for and who gets it.
        embeds: the files that stand in the PDF itself.
        tagged: the PDF tells what is a heading, a paragraph and a cell, for those who have it read to them.
        origin: what the importer has to know again when the workbook comes back: names and values, such as the key of
            the project and the position in the change log at which the rows were read. Stands in the workbook only.
    """

    title: Words
    cover: Cover
    number: str
    made_at: datetime
    language: Language
    sections: tuple[Section, ...]
    subtitle: Words = ""
    edition: int = 1
    source: str = ""
    front: bool = True
    origin: tuple[tuple[str, str], ...] = ()
    draft: bool = False
    control: Control = NOT_CONTROLLED
    embeds: tuple[FileMark, ...] = ()
    tagged: bool = False

    def of_print(self) -> PackOutline:
        """What of it is printed: all but the tables that the workbook alone holds."""
        return self._placed("workbook")

    def of_workbook(self) -> PackOutline:
        """What of it stands in the workbook: all but the tables that are printed alone."""
        return self._placed("print")

    def _placed(self, elsewhere: str) -> PackOutline:
        if all(table.place != elsewhere for table in self.tables()):
            return self
        sections = []
        for section in self.sections:
            blocks = tuple(b for b in section.blocks if not isinstance(b, TableBlock) or b.place != elsewhere)
            if blocks or not section.blocks:
                sections.append(replace(section, blocks=blocks))
        return replace(self, sections=tuple(sections))

    def tables(self) -> Iterator[TableBlock]:
        """Its tables in order."""
        return (block for section in self.sections for block in section.blocks if isinstance(block, TableBlock))

    def figures(self) -> Iterator[Figure]:
        """Its charts in order."""
        return (block for section in self.sections for block in section.blocks if isinstance(block, Figure))

    def matrices(self) -> Iterator[MatrixBlock]:
        """Its matrices in order."""
        return (block for section in self.sections for block in section.blocks if isinstance(block, MatrixBlock))


def numbered(outline: PackOutline) -> Words:
    """The number of a document, as its cover says it."""
    return said(N_("None: a draft that wasn't issued")) if outline.draft else outline.number


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """What a writer made of a table: rows written, and texts that had to be cut or characters that had to go."""

    table: str
    rows: int
    left_out: int = 0
    shortened: int = 0
    columns_left_out: tuple[str, ...] = ()
