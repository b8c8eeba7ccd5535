"""Writes an outline as a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from handover.charts.drawing import Drawing
from handover.i18n import tr
from handover.jobs import Progress, unattended
from handover.pack.blocks.matrix import MatrixBlock
from handover.pack.blocks.signing import SignOff
from handover.pack.drawing import DrawingPages
from handover.pack.meter import Meter
from handover.pack.outline import (
    Bars,
    Block,
    Facts,
    Figure,
    Footnotes,
    KeyNumbers,
    Note,
    PackOutline,
    Paragraph,
    PictureBlock,
    Row,
    TableBlock,
    WrittenTable,
)
from handover.pack.pdf import blocks as pdf_blocks
from handover.pack.pdf import draw as pdf_draw
from handover.pack.pdf import losses as pdf_losses
from handover.pack.pdf import matrix as pdf_matrix
from handover.pack.pdf import sign as pdf_sign
from handover.pack.pdf.embedded import EmbeddedFile
from handover.pack.pdf.fit import Fit, fit
from handover.pack.pdf.front import ContentsLine, contents, controlled, cover, entries_of
from handover.pack.pdf.page import PagesEnough, Press
from handover.pack.pdf.table import TableSetter
from handover.pack.pdf.tags import text_entry
from handover.replacing import replacing
from handover.wording import Language

#: A table of at most so many rows may stand under another chapter; the room of a heading with what is around it.
_FEW_ROWS, _HEADING = 14, 70.0


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of an outline in print.

    Args:
        pages: how many pages it has.
        lacking: characters for which no typeface has a shape; they are shown as an empty square.
        tables: what was printed of each table.
        shortened: texts that had to be cut, in full.
        goes_on: there would be more pages than were asked for.
    """

    pages: int
    lacking: str
    tables: tuple[WrittenTable, ...]
    shortened: tuple[str, ...] = ()
    goes_on: bool = False


def write_pdf(
    outline: PackOutline,
    path: Path,
    language: Language | None = None,
    progress: Progress = unattended,
    files: Sequence[EmbeddedFile] = (),
    most: int = 0,
) -> Printed:
    """Write the outline to ``path``, whole or not at all; the same outline gives the same bytes.

    Args:
        language: instead of the outline's own.
        files: that stand in the PDF; it is then one of PDF/A-3.
        most: so many pages are enough, to look at; 0 for all.

    Raises:
        Cancelled: ``progress`` asked to stop; what stood at ``path`` is as it was.
        HandoverError: the folder can't be written, the disk is full, or the file is open elsewhere.
    """
    outline = outline.of_print()
    if language:
        outline = replace(outline, language=language)
    with replacing(path) as part:
        setter = _Setter(outline, progress, tuple(files), most)
        part.write_bytes(setter.all())
    press = setter.press
    return Printed(
        press.page, "".join(sorted(press.lacking)), tuple(setter.tables), tuple(press.shortened), setter.goes_on
    )


class _Setter:
    """Sets the blocks of an outline one after another."""

    def __init__(
        self, outline: PackOutline, progress: Progress, files: tuple[EmbeddedFile, ...] = (), most: int = 0
    ) -> None:
        self.outline = outline
        self.press = Press(outline, files, most)
        self.goes_on = False
        self.tables: list[WrittenTable] = []
        # each row is met twice: when its table is measured and when it is drawn
        known = [table.count for table in outline.tables()]
        total = 0 if None in known else 2 * sum(n or 0 for n in known)
        self.meter = Meter(progress, total, tr("Writing the PDF"))
        self._fitted: dict[int, tuple[Sequence[Row], Fit]] = {}
        self._chapters_set = False

    def all(self) -> bytes:
        """The whole file, or as many pages of it as are asked for."""
        try:
            self._pages()
        except PagesEnough:
            self.goes_on = True
        self.meter.tell(tr("Finishing the PDF"))
        return self.press.finish()

    def _pages(self) -> None:
        entries = entries_of(self.outline)
        self.meter.tell(tr("Writing the PDF"))
        if self.outline.front:
            cover(self.press)
            contents(self.press, entries)
            controlled(self.press)
        for chapter in _chapters(entries):
            self._chapter(chapter)
        with self.press.piece("P"):
            pdf_losses.losses(self.press)

    def _chapter(self, entries: Sequence[ContentsLine]) -> None:
        """A chapter on new pages; they lie on their side where its tables need that."""
        self._fitted = {}
        blocks = [block for entry in entries for block in entry.section.blocks]
        wide = self._is_wide(blocks)
        if not self._goes_on(entries, wide):
            self.press.turn(landscape=wide)
        for entry in entries:
            section = entry.section
            title = self.press.show(section.title)
            if section.blocks and isinstance(section.blocks[0], DrawingPages) and not self.press.landscape:
                self.press.turn(landscape=True)
            below = self._least(section.blocks[0]) if section.blocks else 60.0
            with self.press.piece(f"H{min(max(section.level, 1), 3)}"):
                pdf_blocks.heading(self.press, section.key, entry.count, title, section.level, below)
            several = sum(isinstance(block, TableBlock | MatrixBlock) for block in section.blocks) > 1
            for block in section.blocks:
                if isinstance(block, TableBlock):
                    self._table(block, several)
                elif isinstance(block, MatrixBlock):
                    self._matrix(block, several)
                else:
                    self._block(block)
        self._chapters_set = True

    def _goes_on(self, entries: Sequence[ContentsLine], wide: bool) -> bool:
        """Whether a chapter goes on under the one before it: all of it fits there, as of a few notes and rows."""
        press = self.press
        if not self._chapters_set or press.fresh or (wide and not press.landscape):
            return False
        needed = _HEADING * len(entries)
        for block in (block for entry in entries for block in entry.section.blocks):
            height = self._height(block)
            if height is None or (needed := needed + height) > press.room:
                return False
        return True

    def _height(self, block: Block) -> float | None:
        """The height of what takes little room; None of what may take much."""
        if isinstance(block, Note | Paragraph):
            return pdf_blocks.note_height(self.press, block.text)
        if isinstance(block, TableBlock):
            rows, way = self._fit(block)
            if len(rows) > _FEW_ROWS:
                return None
            if self.press.landscape and not way.landscape:
                way = fit(block, rows, self.press.language, turned=True)
            return TableSetter(self.press, block, rows, way, True).height
        return None

    def _is_wide(self, blocks: Sequence[Block]) -> bool:
        """Whether the pages of a chapter lie on their side: its first table of some length asks so."""
        for block in blocks:
            if isinstance(block, DrawingPages):
                return True
            if isinstance(block, TableBlock):
                rows, way = self._fit(block)
                if way.landscape or len(rows) > _FEW_ROWS:
                    return way.landscape
            if isinstance(block, MatrixBlock):
                return pdf_matrix.is_wide(block, self.press.language)
        return False

    def _fit(self, table: TableBlock) -> tuple[Sequence[Row], Fit]:
        if id(table) not in self._fitted:
            rows = list(_thinned(table, self.meter.passing(table.rows)))
            self._fitted[id(table)] = rows, fit(table, rows, self.press.language)
        return self._fitted[id(table)]

    def _least(self, block: Block) -> float:
        """How much of a block has to follow its heading on the same page, in points."""
        if isinstance(block, SignOff):
            return pdf_sign.height_of(self.press, block)
        if isinstance(block, Drawing):
            return pdf_draw.height_of(self.press, block)
        if isinstance(block, DrawingPages):
            first = next(iter(block.drawings), None)
            return 0.9 * pdf_draw.height_of(self.press, first) if first is not None else 46.0
        if isinstance(block, Figure):
            return pdf_draw.height_of(self.press, pdf_draw.figure_drawing(self.press, block))
        return 90.0 if isinstance(block, TableBlock) else 200.0 if isinstance(block, MatrixBlock) else 46.0

    def _block(
        self,
        block: Paragraph
        | PictureBlock
        | Note
        | Footnotes
        | Facts
        | KeyNumbers
        | Bars
        | SignOff
        | Figure
        | Drawing
        | DrawingPages,
    ) -> None:
        press = self.press
        if isinstance(block, Facts | KeyNumbers | Bars):
            self._told_apart(block)
        elif isinstance(block, Figure | Drawing):
            with press.piece("Figure", text_entry("Alt", pdf_draw.told(press, block))):
                if isinstance(block, Figure):
                    pdf_draw.figure(press, block)
                else:
                    pdf_draw.drawing(press, block)
        elif isinstance(block, PictureBlock):
            with press.piece("Figure", text_entry("Alt", pdf_blocks.shown_by(press, block))):
                pdf_blocks.picture(press, block)
        elif isinstance(block, DrawingPages):
            self._drawing_pages(block)
        else:
            if isinstance(block, SignOff) and press.landscape:
                press.turn(landscape=False)
            with press.piece("P"):
                self._running(block)

    def _running(self, block: Paragraph | Note | Footnotes | SignOff) -> None:
        if isinstance(block, Paragraph):
            pdf_blocks.paragraph(self.press, block)
        elif isinstance(block, Note):
            pdf_blocks.note(self.press, block)
        elif isinstance(block, Footnotes):
            pdf_blocks.footnotes(self.press, block)
        else:
            pdf_sign.sign_off(self.press, block)

    def _told_apart(self, block: Facts | KeyNumbers | Bars) -> None:
        """Blocks whose parts are elements of their own."""
        if isinstance(block, Facts):
            pdf_blocks.facts(self.press, block)
        elif isinstance(block, KeyNumbers):
            pdf_blocks.key_numbers(self.press, block)
        else:
            pdf_blocks.bars(self.press, block)

    def _table(self, table: TableBlock, titled: bool) -> None:
        rows, way = self._fit(table)
        if way.landscape and not self.press.landscape:
            self.press.turn(landscape=True)
        elif self.press.landscape and not way.landscape:  # it follows a wide one: a page of its own would be waste
            way = fit(table, rows, self.press.language, turned=True)
        TableSetter(self.press, table, rows, way, titled).draw(self.meter)
        left_out = tuple(table.columns[i].key for i in way.left_out)
        self.tables.append(WrittenTable(table.key, len(rows), table.left_out, columns_left_out=left_out))
        del self._fitted[id(table)]

    def _matrix(self, block: MatrixBlock, titled: bool) -> None:
        if pdf_matrix.is_wide(block, self.press.language) and not self.press.landscape:
            self.press.turn(landscape=True)
        with self.press.piece("Figure", text_entry("Alt", pdf_matrix.told(self.press, block))):
            pdf_matrix.matrix(self.press, block, self.meter, titled)

    def _drawing_pages(self, block: DrawingPages) -> None:
        """A landscape page each; the first stays under its heading where it shrinks only a little for it."""
        press = self.press
        for n, picture in enumerate(block.drawings):
            self.meter.tick(0)
            here = n == 0 and press.landscape and press.room > 0.8 * pdf_draw.height_of(press, picture)
            if not here and not (press.fresh and press.landscape):
                press.turn(landscape=True)
            with press.piece(
                "Figure", text_entry("Alt", pdf_draw.told(press, picture) or press.show(block.title, " "))
            ):
                pdf_draw.drawing(press, picture, here)


def _thinned(table: TableBlock, rows: Iterable[Row]) -> Iterator[Row]:
    """Rows without what stands in the workbook alone: all of a table is held until its columns are fitted."""
    kept = [column.in_print or column.key == table.group_by for column in table.columns]
    return (tuple(cell if keep else None for cell, keep in zip(row, kept, strict=True)) for row in rows)


def _chapters(entries: Sequence[ContentsLine]) -> list[list[ContentsLine]]:
    chapters: list[list[ContentsLine]] = []
    for entry in entries:
        if entry.section.level <= 1 or not chapters:
            chapters.append([])
        chapters[-1].append(entry)
    return chapters
