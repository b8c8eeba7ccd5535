"""Sets a matrix: turned heads over narrow columns on each page, as many bands of columns as its breadth needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from handover.i18n import N_
from handover.pack.blocks.matrix import LineHead, MatrixBlock
from handover.pack.blocks.tone import Tone
from handover.pack.meter import Meter
from handover.pack.pdf.fit import breadth
from handover.pack.pdf.fonts import faces, legible
from handover.pack.pdf.lines import lines_of
from handover.pack.pdf.page import Press
from handover.pack.pdf.style import ACCENT, FAINT, HEADINGS, INK, LEFT, LINE, MUTED, PALE, SHADES, SMALL, SMALL_LEADING
from handover.wording import Language, Words, said, said_of, shown

_SIZE, _PITCH = 8.0, 11.0
_HEAD_SIZE, _HEAD_PITCH = 7.5, 8.0
_NARROWEST, _TALLEST = 17.0, 150.0
_PAD = 3.5
#: Names are broken into lines down to this breadth before the page is turned, or its columns divided.
_READABLE = 130.0
_MARK = 6.0


class _BandColumn(NamedTuple):
    """A column of a band: a head of the matrix by its place, the total of a letter, or the numbers of the rows."""

    name: Words
    width: float
    place: int = -1
    total: int = -1
    beside: bool = False


def is_wide(block: MatrixBlock, language: Language) -> bool:
    """Whether a matrix wants a page on its side."""
    whole = breadth(landscape=False)
    names = min(_names_width(block, language, whole), _READABLE)
    return names + sum(c.width for c in _columns(block)) > whole


#: Cells of a matrix that are told in words.
_TOLD = 2_000


def matrix(press: Press, block: MatrixBlock, meter: Meter, titled: bool = False) -> None:
    """A matrix from where the press stands.

    Args:
        titled: its title stands over it, because its heading is that of several blocks.
    """
    _MatrixSetter(press, block).draw(meter, titled)


def told(press: Press, block: MatrixBlock) -> str:
    """What a matrix says, row by row, for those who have it read to them; a long one only what it is about."""
    lines = [press.show(block.title, " / ")]
    if len(block.down) * len(block.across) <= _TOLD:
        across = [press.show(head.name, " ") for head in block.across]
        for head, cells in zip(block.down, block.cells, strict=True):
            said_of_it = "; ".join(f"{name}: {text}" for name, text in zip(across, cells, strict=True) if text)
            lines.append(f"{press.show(head.name, ' ')}: {said_of_it or '–'}")
    return "\n".join(lines)


def _columns(block: MatrixBlock) -> list[_BandColumn]:
    widest = max((_width(text, _SIZE) for row in block.cells for text in row if text), default=0.0)
    each = max(_NARROWEST, widest + 2 * _PAD)
    columns = [_BandColumn(head.name, each, place=n) for n, head in enumerate(block.across)]
    if block.totals and block.down:
        words = [letter.letter for letter in block.letters] or ["Σ"]
        columns += [
            _BandColumn(f"Σ {word}" if word != "Σ" else word, _NARROWEST, total=n) for n, word in enumerate(words)
        ]
    if block.beside and block.down:
        columns.append(_BandColumn(block.beside, _NARROWEST + 4, beside=True))
    return columns


def _names_width(block: MatrixBlock, language: Language, whole: float) -> float:
    """How broad the first column is: the names on one line, within reason."""
    heads = [*(shown(head.name, language, " ") for head in block.down), shown(block.corner, language, " ")]
    widest = max((_width(f"{name}", _SIZE) for name in heads), default=60.0)
    return min(max(widest + 2 * _PAD + 2, 90.0), whole * 0.42)


def _width(text: str, size: float, strong: bool = False) -> float:
    return faces()[strong].width(legible(text)[0], size)


class _MatrixSetter:
    def __init__(self, press: Press, block: MatrixBlock) -> None:
        self.press = press
        self.block = block
        self.tones: dict[str, Tone | None] = {each.letter: each.tone for each in block.letters}
        left = press.breadth - sum(c.width for c in _columns(block))
        self.names = min(_names_width(block, press.language, press.breadth), max(left, _READABLE))
        self.lines = [self._lines(head) for head in block.down]

    def draw(self, meter: Meter, titled: bool) -> None:
        press, block = self.press, self.block
        self._legend(titled)
        if not block.down or not block.across:
            text = press.show(block.empty or said(N_("There are no entries.")), " · ")
            press.need(34)
            press.pen.box(LEFT, press.y, press.breadth, 26, fill=PALE, radius=3)
            press.pen.text(LEFT + 10, press.y + 9, press.cut(text, press.breadth - 20, SMALL), SMALL, MUTED)
            press.down(34)
            return
        for band in self._bands():
            self._band(band, meter)
        self._remarks()

    def _lines(self, head: LineHead) -> tuple[str, ...]:
        return self.press.at_most(4, self.press.show(head.name, " "), self.names - 2 * _PAD, _SIZE)

    # Over the columns

    def _legend(self, titled: bool) -> None:
        """What the letters stand for, and the marks of the heads."""
        press, size = self.press, HEADINGS[3]
        if titled:
            press.need(size * 1.5 + 120)
            press.pen.text(LEFT, press.y + 4, press.show(self.block.title, "  "), size, INK, True)
            press.down(size * 1.5 + 4)
        keys: list[tuple[str, str, Tone | None]] = [
            (each.letter, press.show(each.word, " "), each.tone) for each in self.block.letters
        ]
        marks = dict.fromkeys((press.show(head.mark, " "), head.tone) for head in self.block.across if head.mark)
        keys += [("", word, tone) for word, tone in marks]
        x = LEFT
        press.need(SMALL_LEADING + 80)
        for letter, word, tone in keys:
            before = (_width(letter, SMALL, True) if letter else _MARK) + 4
            wide = before + _width(word, SMALL) + 16
            if x + wide > press.right and x > LEFT:
                press.down(SMALL_LEADING)
                x = LEFT
            if letter:
                press.pen.text(x, press.y, letter, SMALL, SHADES[tone].ink if tone else INK, True)
            elif tone:
                press.pen.mark(tone, x, press.y + 1.5, _MARK)
            press.pen.text(x + before, press.y, word, SMALL, MUTED)
            x += wide
        press.down(SMALL_LEADING + 4)

    def _bands(self) -> Iterator[list[_BandColumn]]:
        """The columns that stand side by side, as many as the page is broad."""
        room = self.press.breadth - self.names
        band: list[_BandColumn] = []
        for column in _columns(self.block):
            if band and sum(c.width for c in band) + column.width > room:
                yield band
                band = []
            band.append(column)
        if band:
            yield band

    def _head_height(self, band: Sequence[_BandColumn]) -> float:
        longest = max(_width(self.press.show(c.name, " "), _HEAD_SIZE, True) for c in band)
        return min(longest, _TALLEST) + _MARK + 4.5 * _PAD

    def _head(self, band: Sequence[_BandColumn], height: float) -> None:
        press, pen = self.press, self.press.pen
        whole = self.names + sum(c.width for c in band)
        top, bottom = press.y, press.y + height
        pen.box(LEFT, top, whole, height, fill=PALE)
        pen.rule(LEFT, LEFT + whole, top, ACCENT, 1.0)
        corner = lines_of(press.show(self.block.corner, " "), self.names - 2 * _PAD, _SIZE, True)
        pen.lines(LEFT + _PAD, bottom - _PAD - len(corner) * _PITCH, corner, _SIZE, _PITCH, INK, True)
        x = LEFT + self.names
        for column in band:
            head = self.block.across[column.place] if column.place >= 0 else None
            if head is not None and head.tone:
                pen.box(x, bottom - _MARK - 2 * _PAD + 1, column.width, _MARK + 2 * _PAD - 1, SHADES[head.tone].ground)
                pen.mark(head.tone, x + (column.width - _MARK) / 2, bottom - _MARK - _PAD + 0.5, _MARK)
            ink = MUTED if head is None else SHADES["danger"].ink if head.found else INK
            lines = press.at_most(2, press.show(column.name, " "), _TALLEST, _HEAD_SIZE, True)
            middle = x + column.width / 2 + _HEAD_SIZE * 0.35 - (len(lines) - 1) * _HEAD_PITCH / 2
            for n, line in enumerate(lines):
                pen.upward(middle + n * _HEAD_PITCH, bottom - _MARK - 2.6 * _PAD, line, _HEAD_SIZE, ink, True)
            x += column.width
        press.down(height)
        pen.rule(LEFT, LEFT + whole, press.y, ACCENT, 0.5)

    # Rows

    def _band(self, band: Sequence[_BandColumn], meter: Meter) -> None:
        press, height = self.press, self._head_height(band)
        press.need(height + self._height(0) + 10)
        self._head(band, height)
        for n in range(len(self.block.down)):
            meter.tick(0)
            if press.room < self._height(n):
                press.turn()
                self._head(band, height)
            self._row(band, n)
        if self.block.totals:
            self._foot(band, height)
        if self.block.below:
            self._below(band, height)
        press.down(12)

    def _height(self, n: int) -> float:
        return max(len(self.lines[n]), 1) * _PITCH + 5.0

    def _row(self, band: Sequence[_BandColumn], n: int) -> None:
        press, pen, head = self.press, self.press.pen, self.block.down[n]
        height = self._height(n)
        ink = SHADES["danger"].ink if head.found else INK
        pen.lines(LEFT + _PAD, press.y + 2.5, self.lines[n], _SIZE, _PITCH, ink)
        x = LEFT + self.names
        for column in band:
            if column.place >= 0:
                self._cell(self.block.cells[n][column.place], x, column.width, height)
            elif column.beside:
                self._count(head, x, column.width, height)
            else:
                pen.box(x, press.y, column.width, height, fill=PALE)
                text = str(head.totals[column.total])
                pen.text(x + column.width / 2, press.y + (height - _SIZE) / 2, text, _SIZE, MUTED, anchor="middle")
            x += column.width
            pen.path(((x, press.y), (x, press.y + height)), FAINT, 0.4)
        press.down(height)
        pen.rule(LEFT, x, press.y, LINE, 0.4)

    def _cell(self, text: str, x: float, width: float, height: float) -> None:
        if not text:
            return
        pen, top = self.press.pen, self.press.y
        tone = self.tones.get(text.partition("/")[0])
        shade = SHADES[tone] if tone else None
        if shade is not None:
            pen.box(x + 1, top + 1.5, width - 2, height - 3, fill=shade.ground, radius=2)
        said_here = self.press.show(text)
        pen.text(
            x + width / 2, top + (height - _SIZE) / 2, said_here, _SIZE, shade.ink if shade else INK, True, "middle"
        )

    def _count(self, head: LineHead, x: float, width: float, height: float) -> None:
        """A number that stands at a line besides its cells."""
        if not head.count:
            return
        pen, top = self.press.pen, self.press.y
        shade = SHADES[head.count_tone] if head.count_tone else None
        if shade is not None:
            pen.box(x + 1, top + 1.5, width - 2, height - 3, fill=shade.ground, radius=2)
        middle = top + (height - _SIZE) / 2
        pen.text(x + width / 2, middle, head.count, _SIZE, shade.ink if shade else INK, True, "middle")

    def _below(self, band: Sequence[_BandColumn], head_height: float) -> None:
        """The numbers of the columns."""
        press, height = self.press, _PITCH + 5
        if press.room < height:
            press.turn()
            self._head(band, head_height)
        name = press.cut(press.show(self.block.below, " "), self.names - 2 * _PAD, _SIZE, True)
        press.pen.text(LEFT + _PAD, press.y + (height - _SIZE) / 2, name, _SIZE, INK, True)
        x = LEFT + self.names
        for column in band:
            if column.place >= 0:
                self._count(self.block.across[column.place], x, column.width, height)
            x += column.width
        press.down(height)
        press.pen.rule(LEFT, x, press.y, LINE, 0.4)

    def _foot(self, band: Sequence[_BandColumn], head_height: float) -> None:
        """How often each letter stands in each column."""
        press, pen = self.press, self.press.pen
        words = [each.letter for each in self.block.letters] or ["Σ"]
        height = len(words) * _PITCH + 5
        if press.room < height:
            press.turn()
            self._head(band, head_height)
        whole = self.names + sum(c.width for c in band)
        pen.box(LEFT, press.y, whole, height, fill=PALE)
        for at, word in enumerate(words):
            top = press.y + 2.5 + at * _PITCH + (_PITCH - _SIZE) / 2
            text = f"Σ {word}" if word != "Σ" else word
            pen.text(LEFT + self.names - _PAD, top, text, _SIZE, MUTED, anchor="end")
            x = LEFT + self.names
            for column in band:
                if column.place >= 0:
                    number = str(self.block.across[column.place].totals[at])
                    pen.text(x + column.width / 2, top, number, _SIZE, MUTED, anchor="middle")
                x += column.width
        press.down(height)

    # Under it

    def _remarks(self) -> None:
        press, remarks = self.press, self.block.remarks
        if not remarks:
            return
        words: Words = said_of("{n} line needs a decision:", "{n} lines need a decision:", len(remarks))
        press.need(3 * SMALL_LEADING)
        press.pen.text(LEFT, press.y, press.show(words, " · "), SMALL, INK, True)
        press.down(SMALL_LEADING + 2)
        for remark in remarks:
            lines = lines_of(press.show(remark.text, " · "), press.breadth - 14, SMALL)
            press.need(len(lines) * SMALL_LEADING)
            press.pen.mark(remark.tone, LEFT, press.y + 3, _MARK)
            press.down(press.pen.lines(LEFT + 14, press.y, lines, SMALL, SMALL_LEADING, INK))
        press.down(6)
