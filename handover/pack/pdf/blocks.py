"""Sets what stands in the text of a pack beside its tables: headings, paragraphs, notes, facts, numbers and bars."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from handover.i18n import N_
from handover.pack.outline import (
    Bar,
    Bars,
    Fact,
    Facts,
    Footnotes,
    KeyNumber,
    KeyNumbers,
    Note,
    Paragraph,
    PictureBlock,
)
from handover.pack.pdf.cell import draw_items, items_of
from handover.pack.pdf.fonts import faces
from handover.pack.pdf.lines import lines_of
from handover.pack.pdf.page import Press
from handover.pack.pdf.style import (
    ACCENT,
    FAINT,
    HEADINGS,
    INK,
    LEFT,
    LINE,
    MUTED,
    SHADES,
    SMALL,
    SMALL_LEADING,
    TEXT,
    TEXT_LEADING,
    leading,
)
from handover.pack.values import number
from handover.wording import Words, said


def heading(press: Press, key: str, count: str, title: str, level: int, below: float) -> None:
    """A numbered heading, kept on one page with ``below`` points of what follows it; the target ``key``.

    Args:
        title: in both languages its second line is set smaller.
    """
    size = HEADINGS.get(level, HEADINGS[3])
    chinese, _, english = title.partition("\n") if press.language == "both" else (title.replace("\n", " "), "", "")
    before = 0.0 if press.fresh else {1: 20.0, 2: 16.0}.get(level, 10.0)
    indent = faces()[1].width(count, size) + size * 0.7
    lines = lines_of(chinese, press.breadth - indent, size, True)
    under = size * 0.56 + 3
    height = len(lines) * size * 1.45 + (under * 1.4 if english else 0) + (12 if level == 1 else 5)
    press.need(before + height + below)
    if not press.fresh:
        press.down(before)
    press.mark(key, f"{count}  {title}", level - 1)
    pen, top = press.pen, press.y
    pen.text(LEFT, top + size * 0.225, count, size, ACCENT, True)
    top += pen.lines(LEFT + indent, top, lines, size, size * 1.45, INK, True)
    if english:
        pen.text(LEFT + indent, top, press.cut(english, press.breadth - indent, under), under, MUTED)
    press.down(height)
    if level == 1:
        pen.rule(LEFT, press.right, press.y - 8, ACCENT, 1.2)
        press.down(4)


def paragraph(press: Press, block: Paragraph) -> None:
    """Running text, divided between pages with at least two lines on either, with its bold and its italic words."""
    text = press.show(block.text)
    # As wide as if all of it were bold, so that what is bold finds its room.
    lines = lines_of(text, min(press.breadth, 520), TEXT, bool(block.strong))
    places = _places(text, lines) if block.strong or block.slanted else []

    def draw(top: float, first: int, some: Sequence[str]) -> float:
        if not places:
            return press.pen.lines(LEFT, top, some, TEXT, TEXT_LEADING)
        for at, line in enumerate(some):
            x = LEFT
            for words, strong, slanted in _pieces(line, places[first + at], block):
                write = press.pen.slanted if slanted else press.pen.text
                write(x, top + at * TEXT_LEADING + (TEXT_LEADING - TEXT) / 2, words, TEXT, INK, strong)
                x += press.pen.width(words, TEXT, strong)
        return len(some) * TEXT_LEADING

    _running(press, lines, TEXT_LEADING, draw)
    press.down(6)


def _places(text: str, lines: Sequence[str]) -> list[int]:
    """Where each line begins in its text; nothing where one isn't found there as it stands."""
    found, at = [], 0
    for line in lines:
        at = text.find(line, at)
        if at < 0:
            return []
        found.append(at)
        at += len(line)
    return found


def _pieces(line: str, start: int, block: Paragraph) -> Iterator[tuple[str, bool, bool]]:
    """A line in pieces, and whether each is bold and whether it is italic."""

    def look(n: int) -> tuple[bool, bool]:
        strong, slanted = (any(a <= start + n < b for a, b in each) for each in (block.strong, block.slanted))
        return strong, slanted

    for (strong, slanted), run in groupby(range(len(line)), key=look):
        places = list(run)
        yield line[places[0] : places[-1] + 1], strong, slanted


#: A picture is printed with so many pixels an inch, no wider than a page and no higher than two thirds of one.
_PIXELS_AN_INCH, _HIGHEST_SHARE = 150, 0.66


def shown_by(press: Press, block: PictureBlock) -> str:
    """What a picture shows, for those who don't see it."""
    return press.show(block.caption, " / ") or press.show(said(N_("Picture")), " / ")


def picture(press: Press, block: PictureBlock) -> None:
    """A picture with its caption under it, kept on one page."""
    caption = lines_of(press.show(block.caption, "  "), press.breadth, SMALL) if block.caption else []
    under = len(caption) * SMALL_LEADING + 10
    most = press.breadth / block.width, press.whole_room * _HIGHEST_SHARE / block.height
    scale = min(72 / _PIXELS_AN_INCH, *most)
    width, height = block.width * scale, block.height * scale
    press.need(height + under)
    press.pen.picture(LEFT, press.y, width, height, b64decode(block.content))
    press.down(height + 4)
    if caption:
        press.down(press.pen.lines(LEFT, press.y, caption, SMALL, SMALL_LEADING, MUTED))
    press.down(6)


def _running(
    press: Press, lines: Sequence[str], pitch: float, draw: Callable[[float, int, Sequence[str]], float]
) -> None:
    """Lines page by page; ``draw`` is given where they begin, the number of the first and the lines."""
    first = 0
    while lines:
        press.need(min(len(lines), 2) * pitch)
        n = min(len(lines), max(1, int(press.room / pitch + 0.01)))
        if len(lines) - n == 1 and n > 2:
            n -= 1
        press.down(draw(press.y, first, lines[:n]))
        lines, first = lines[n:], first + n


def note(press: Press, block: Note) -> None:
    """A remark on a tinted ground with the mark of its tone."""
    shade = SHADES[block.tone]
    lines = lines_of(press.show(block.text), press.breadth - 40, TEXT - 0.5)
    pitch = TEXT_LEADING - 1
    while lines:
        n = min(len(lines), max(1, int((press.whole_room - 20) / pitch)))
        height = n * pitch + 14
        press.need(height)
        press.pen.box(LEFT, press.y, press.breadth, height, fill=shade.ground, radius=3)
        press.pen.mark(block.tone, LEFT + 11, press.y + 7 + (pitch - 7) / 2, 7)
        press.pen.lines(LEFT + 28, press.y + 7, lines[:n], TEXT - 0.5, pitch)
        press.down(height)
        lines = lines[n:]
    press.down(9)


def note_height(press: Press, text: Words) -> float:
    """The room that a remark or a paragraph takes, with what is left free below it."""
    return len(lines_of(press.show(text), press.breadth - 40, TEXT)) * TEXT_LEADING + 24


def footnotes(press: Press, block: Footnotes) -> None:
    """What words above mean: each in bold with its explanation behind it, in small type."""
    press.down(2)
    told = [(press.show(word, "  "), press.show(explained, "  ")) for word, explained in block.lines]
    widest = max((press.pen.width(name, SMALL, True) for name, _ in told), default=0.0)
    indent = min(widest + 10, press.breadth * 0.34)  # explanations stand under each other
    for name, meaning in told:
        names = lines_of(name, indent - 6, SMALL, True)
        lines = lines_of(meaning, press.breadth - indent, SMALL)
        height = max(len(names), len(lines)) * SMALL_LEADING
        press.need(height)
        press.pen.lines(LEFT, press.y, names, SMALL, SMALL_LEADING, INK, True)
        press.pen.lines(LEFT + indent, press.y, lines, SMALL, SMALL_LEADING, MUTED)
        press.down(height)
    press.down(8)


def facts(press: Press, block: Facts) -> None:
    """Labels and values in one or two columns, a hairline under each line of the grid."""
    columns = block.columns
    gap = 22.0
    width = (press.breadth - gap * (columns - 1)) / columns
    label_width = min(width * 0.36, 118.0)
    for at in range(0, len(block.facts), columns):
        line = block.facts[at : at + columns]
        height = max(_fact_height(press, fact, width, label_width) for fact in line)
        press.need(height)
        for i, fact in enumerate(line):
            with press.piece("P"):
                _fact(press, fact, LEFT + i * (width + gap), width, label_width)
            x = LEFT + i * (width + gap)
            press.pen.rule(x, x + width, press.y + height, FAINT)
        press.down(height)
    press.down(10)


_FACT_PITCH = 13.5


def _fact_lines(press: Press, fact: Fact, label_width: float) -> tuple[str, ...]:
    return lines_of(press.show(fact.label), label_width - 8, SMALL)


def _fact_height(press: Press, fact: Fact, width: float, label_width: float) -> float:
    items = items_of(fact.value, None, width - label_width, TEXT - 0.5, press)
    label = len(_fact_lines(press, fact, label_width)) * SMALL_LEADING
    return max(label, len(items) * _FACT_PITCH, _FACT_PITCH) + 7


def _fact(press: Press, fact: Fact, x: float, width: float, label_width: float) -> None:
    top = press.y + 3.5
    lines = _fact_lines(press, fact, label_width)
    press.pen.lines(x, top + (_FACT_PITCH - SMALL_LEADING) / 2, lines, SMALL, SMALL_LEADING, MUTED)
    items = items_of(fact.value, None, width - label_width, TEXT - 0.5, press)
    draw_items(press.pen, items, None, x + label_width, top, width - label_width, _FACT_PITCH)


def key_numbers(press: Press, block: KeyNumbers) -> None:
    """Numbers in large type, up to five in a line."""
    for at in range(0, len(block.numbers), 5):
        line = block.numbers[at : at + 5]
        gap = 12.0
        columns = len(line) if len(block.numbers) <= 5 else 5
        width = (press.breadth - gap * (columns - 1)) / columns
        labels = [lines_of(press.show(n.label), width - 4, SMALL) for n in line]
        remarks = [lines_of(press.show(n.remark, " "), width - 4, SMALL - 0.5) for n in line]
        most = max(len(a) + len(b) for a, b in zip(labels, remarks, strict=True))
        height = 36 + most * SMALL_LEADING
        press.need(height + 4)
        press.down(4)
        for i, (figure, label, remark) in enumerate(zip(line, labels, remarks, strict=True)):
            with press.piece("P"):
                _key_number(press, figure, label, remark, LEFT + i * (width + gap), width)
        press.down(height + 10)


def _key_number(
    press: Press, figure: KeyNumber, label: Sequence[str], remark: Sequence[str], x: float, width: float
) -> None:
    pen, top = press.pen, press.y
    ink = SHADES[figure.tone].ink if figure.tone != "neutral" else INK
    pen.rule(x, x + width, top, ink if figure.tone != "neutral" else LINE, 1.6)
    value = press.show(figure.value if isinstance(figure.value, str) else number(figure.value))
    size = 21.0
    while size > 10 and faces()[1].width(value, size) > width - 12:
        size -= 1
    pen.text(x, top + 8, press.cut(value, width - 12, size, True), size, ink, True)
    if figure.tone != "neutral":
        pen.mark(figure.tone, x + width - 9, top + 9, 7)
    below = top + 34
    below += pen.lines(x, below, label, SMALL, SMALL_LEADING, INK)
    pen.lines(x, below, remark, SMALL - 0.5, SMALL_LEADING, MUTED)


def bars(press: Press, block: Bars) -> None:
    """Horizontal bars with their labels before and their numbers behind them."""
    caption = press.show(block.caption, "  ")
    if caption:
        lines = lines_of(caption, press.breadth, SMALL)
        press.need(len(lines) * SMALL_LEADING + 40)
        with press.piece("P"):
            press.down(press.pen.lines(LEFT, press.y, lines, SMALL, SMALL_LEADING, MUTED) + 3)
    size = TEXT - 1
    regular = faces()[0]
    names = [press.show(bar.label, " ") for bar in block.bars]
    behind = [_behind(press, bar) for bar in block.bars]
    left = min(max((regular.width(n, size) for n in names), default=0) + 12, press.breadth * 0.36)
    right = min(max((regular.width(b, SMALL) for b in behind), default=0) + 12, press.breadth * 0.36)
    longest = max((bar.whole for bar in block.bars), default=1.0)
    for bar, name, words in zip(block.bars, names, behind, strict=True):
        lines = lines_of(name, left - 10, size)
        height = max(17.0, len(lines) * leading(size) + 5)
        press.need(height)
        with press.piece("P"):
            press.pen.lines(LEFT, press.y + (height - len(lines) * leading(size)) / 2, lines, size, leading(size))
            _bar(press, bar, LEFT + left, press.breadth - left - right, height, longest if block.common else bar.whole)
            press.pen.text(
                press.right, press.y + (height - SMALL) / 2, press.cut(words, right, SMALL), SMALL, MUTED, anchor="end"
            )
        press.down(height)
    press.down(10)


def _behind(press: Press, bar: Bar) -> str:
    """What stands behind a bar: "124 / 200 · 62%" and its remark."""
    parts = [f"{number(bar.value)} / {number(bar.whole)}"]
    if bar.whole:
        parts.append(f"{number(100 * bar.value / bar.whole, 0)}%")
    if bar.remark:
        parts.append(press.show(bar.remark, " "))
    return " · ".join(parts)


def _bar(press: Press, bar: Bar, x: float, width: float, height: float, longest: float) -> None:
    thick = 7.0
    y = press.y + (height - thick) / 2
    scale = width / longest if longest > 0 else 0.0
    ink = SHADES[bar.tone].ink if bar.tone != "neutral" else ACCENT
    whole = min(max(bar.whole, 0.0), longest) * scale
    press.pen.box(x, y, whole if whole > 0 else width, thick, fill=FAINT, radius=2)
    part = min(max(bar.value, 0.0) * scale, width)
    if part > 0.3:
        press.pen.box(x, y, part, thick, fill=ink, radius=min(2.0, part / 2))
