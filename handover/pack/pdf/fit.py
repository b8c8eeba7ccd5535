"""Fits the columns of a table to a page: their widths, the size of the type, and whether the page is turned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handover.pack.outline import Row, TableBlock, TableColumn
from handover.pack.pdf.fonts import faces, legible
from handover.pack.pdf.lines import widest_word
from handover.pack.pdf.style import A4, LEFT, RIGHT, TABLE_SIZES, UPRIGHT_SIZES
from handover.pack.values import reading
from handover.wording import Language, shown

#: Blank on either side of a cell's text, and what a pill needs beside its word, in points.
PAD = 4.0
PILL = 17.0
#: One level of an outline, in ems.
INDENT = 1.1

_SAMPLE = 3000
#: Of short texts and of sentences, in ems: the width at which it reads well, up to which it may grow so that most cells
#: take three lines, and beyond which more width helps no more.
_SHORT, _SENTENCES = (10.0, 24.0, 30.0), (18.0, 30.0, 60.0)
#: The weight beyond which a column has titles, which read like sentences.
_TITLES = 2.2
#: In ems: the width that a title keeps where columns have to go.
_TITLED = 13.0
#: A code, such as a document number, is torn only where it is wider than this, in ems.
_CODE = 14.0
#: In ems: the words of a status that are wider than this may take several lines.
_PILL_WORDS = 8.0
#: Where columns can't be comfortable, how near they must come to it for larger type: titles of five lines read worse
#: than smaller type.
_SHARES = (0.5, 0.25)
#: In ems: the width of the code of a status, and of words that are torn for want of room.
_CODED, _TORN = 2.2, 4.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What a column would like, in ems of the type's size, without its padding.

    Args:
        hard: narrower than this words are torn.
        comfort: most cells take at most three lines.
        full: (nearly) every cell takes one line.
        fixed: in points, whatever the size.
    """

    hard: float
    comfort: float
    full: float
    fixed: float


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table is set.

    Args:
        columns: indices of the columns that are printed.
        left_out: those for which there was no room.
        coded: columns of statuses that are set as numbers with a legend, for want of room.
    """

    size: float
    landscape: bool
    columns: tuple[int, ...]
    widths: tuple[float, ...]
    left_out: tuple[int, ...] = ()
    coded: tuple[int, ...] = ()


def breadth(landscape: bool) -> float:
    """The width between the margins in points."""
    return (A4[1] if landscape else A4[0]) - LEFT - RIGHT


def fit(table: TableBlock, rows: Sequence[Row], language: Language, turned: bool = False) -> Fit:
    """The largest type at which the table reads well, upright if possible; columns that fit no page are left out.

    Args:
        turned: the page lies on its side already.
    """
    shown_columns = [i for i, c in enumerate(table.columns) if c.in_print and c.key != table.group_by]
    wishes = {i: _wish(table.columns[i], i, rows, language) for i in shown_columns}
    ways = [] if turned else [(size, False) for size in UPRIGHT_SIZES]
    ways += [(size, True) for size in TABLE_SIZES]
    for size, landscape in ways:
        if _sum(wishes, shown_columns, size, "comfort") <= breadth(landscape):
            return _set(table, wishes, shown_columns, size, landscape)
    for share in _SHARES:
        for size in TABLE_SIZES:
            hard, comfort = (_sum(wishes, shown_columns, size, which) for which in ("hard", "comfort"))
            if hard + share * (comfort - hard) <= breadth(True):
                return _set(table, wishes, shown_columns, size, True)
    if _sum(wishes, shown_columns, TABLE_SIZES[-1], "hard") <= breadth(True):
        return _set(table, wishes, shown_columns, TABLE_SIZES[-1], True)
    return _crowded(table, wishes, shown_columns)


def _crowded(table: TableBlock, wishes: dict[int, Wish], columns: Sequence[int]) -> Fit:
    """A table that is wider than a page at the smallest type: what goes first is what a reader misses least.

    Statuses shrink to their code, then columns of the second rank go to the workbook, the last first; what a row can't
    be without stays, and its words are torn before it goes.
    """
    size, room = TABLE_SIZES[-1], breadth(True)
    kept, coded = list(columns), []
    for i in columns:
        if table.columns[i].rank == 1 and table.columns[i].weight > _TITLES:
            hard = max(wishes[i].hard, min(wishes[i].comfort, _TITLED))
            wishes[i] = Wish(hard, max(hard, wishes[i].comfort), max(hard, wishes[i].full), wishes[i].fixed)
    for i in reversed(columns):
        if _sum(wishes, kept, size, "hard") <= room:
            break
        if table.columns[i].kind.pill:
            coded.append(i)
            wishes[i] = Wish(_CODED, _CODED, _CODED, PILL)
    for i in reversed(columns):
        if _sum(wishes, kept, size, "hard") <= room:
            break
        if table.columns[i].rank > 1 and len(kept) > 1:
            kept.remove(i)
    for i in kept:
        if _sum(wishes, kept, size, "hard") <= room:
            break
        if not table.columns[i].kind.unbroken:
            least = min(wishes[i].hard, _TORN)
            wishes[i] = Wish(least, least, wishes[i].full, wishes[i].fixed)
    left_out = tuple(i for i in columns if i not in kept)
    fitted = _set(table, wishes, kept, size, True, left_out)
    return replace(fitted, coded=tuple(i for i in kept if i in coded))


def _wish(column: TableColumn, index: int, rows: Sequence[Row], language: Language) -> Wish:
    regular, bold = faces()
    label = legible(shown(column.label, language))[0]
    # four Chinese characters stay together; one under the other they are hard to read
    heading = max(widest_word(label, 1.0, True), min(max(bold.width(x, 1.0) for x in label.split("\n")), 4.0))
    widths: list[float] = []
    thirds: list[float] = []
    words = fixed = 0.0
    for row in rows[:: max(1, len(rows) // _SAMPLE)]:
        cell = row[index]
        if cell is None or cell == "":
            continue
        said = reading(cell, column, language)
        face = bold if said.strong else regular
        indent = said.level * INDENT
        if said.pill or said.tone:
            fixed = PILL
        parts = said.text.split("\n") + ([said.remark] if said.remark else [])
        wide = max(face.width(part, 1.0) for part in parts)
        widths.append(indent + wide)
        thirds.append(indent + wide / 3)
        words = max(words, indent + max(widest_word(part, 1.0, said.strong) for part in parts))
    most, widest = _most(widths), max(widths, default=0.0)
    if column.kind.pill and widest > _PILL_WORDS:
        hard = max(min(words, _CODE), heading, min(_most(thirds) * 1.5, _PILL_WORDS))
        return Wish(hard, max(hard, min(widest, _PILL_WORDS + 2)), max(hard, widest), fixed)
    if column.kind.unbroken:
        hard = max(min(widest, _CODE), heading)
        return Wish(hard, hard, max(hard, min(bold.width(label.split("\n")[0], 1.0), hard * 1.5)), fixed)
    comfortable, in_three, most_useful = _SENTENCES if column.kind.roomy or column.weight > _TITLES else _SHORT
    hard = max(min(words, _CODE), heading, 3.0)
    comfort = max(hard, min(most, comfortable), min(_most(thirds), in_three))
    return Wish(hard, comfort, max(comfort, min(widest, most_useful)), fixed)


def _most(widths: list[float]) -> float:
    """The width that suffices for all but the longest twelfth."""
    return sorted(widths)[int(len(widths) * 0.92)] if widths else 0.0


def _sum(wishes: dict[int, Wish], columns: Sequence[int], size: float, which: str) -> float:
    return sum(_points(wishes[i], size, which) for i in columns)


def _points(wish: Wish, size: float, which: str) -> float:
    ems: float = getattr(wish, which)
    return ems * size + wish.fixed + 2 * PAD + 0.5


def _set(
    table: TableBlock,
    wishes: dict[int, Wish],
    columns: Sequence[int],
    size: float,
    landscape: bool,
    left_out: tuple[int, ...] = (),
) -> Fit:
    """Share out the page: hard needs first, then comfort, then one-line widths, what is left to the texts."""
    whole = breadth(landscape)
    widths = [_points(wishes[i], size, "hard") for i in columns]
    if sum(widths) > whole:  # a single column wider than the page
        widths = [width * whole / sum(widths) for width in widths]
    for which in ("comfort", "full"):
        wanted = [max(0.0, _points(wishes[i], size, which) - width) for i, width in zip(columns, widths, strict=True)]
        weights = [table.columns[i].weight for i in columns]
        widths = _grown(widths, wanted, weights, whole - sum(widths))
    spare = whole - sum(widths)
    takers = [table.columns[i].weight * width for i, width in zip(columns, widths, strict=True)]
    if not all(table.columns[i].kind.unbroken for i in columns):
        takers = [t * 0.25 if table.columns[i].kind.unbroken else t for i, t in zip(columns, takers, strict=True)]
    share = spare / (sum(takers) or 1.0)
    widths = [width + share * taker for width, taker in zip(widths, takers, strict=True)]
    return Fit(size, landscape, tuple(columns), tuple(widths), left_out)


def _grown(widths: list[float], wanted: list[float], weights: list[float], spare: float) -> list[float]:
    """Widths grown toward what each wants, by weight, until ``spare`` is used up."""
    if sum(wanted) <= spare:
        return [width + more for width, more in zip(widths, wanted, strict=True)]
    pull = [more * weight for more, weight in zip(wanted, weights, strict=True)]
    for _round in range(8):  # a column that has what it wants leaves its share to the others
        total = sum(pull)
        if spare <= 0.01 or total <= 0:
            break
        gain = [min(more, spare * p / total) for more, p in zip(wanted, pull, strict=True)]
        widths = [width + g for width, g in zip(widths, gain, strict=True)]
        wanted = [more - g for more, g in zip(wanted, gain, strict=True)]
        pull = [p if more > 0.01 else 0.0 for more, p in zip(wanted, pull, strict=True)]
        spare -= sum(gain)
    return widths
