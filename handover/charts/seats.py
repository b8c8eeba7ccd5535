"""Lays out who sits where: boxes of people in columns by side, those above them in a row of their own."""

from __future__ import annotations

import math
from collections.abc import Sequence

from handover.charts.board import Board
from handover.charts.data import Seat, SeatChart, SeatColumn, colour_of
from handover.charts.drawing import Line, Rect, Target

#: How wide a box may be and must be, in times of the usual text.
_WIDEST, _NARROWEST = 17.0, 8.0
#: What of a place a box fills.
_FILLED = 0.86


def lay_seats(board: Board, chart: SeatChart) -> None:
    """Those above, a bar, and under it the columns with their boxes; every box is reached by pointing and by keys."""
    em = board.em
    columns = [(at, column) for at, column in enumerate(chart.columns) if column.seats]
    top, bottom = board.top + em * 0.3, board.height - em * 0.4
    full = board.type.line * 2 + em * 1.1
    left, wide = em * 0.4, board.width - em * 0.8
    if chart.above:
        high = min(full, (bottom - top) / 4)
        _above(board, chart.above, (left, top, wide, high))
        top += high + em * 0.2
    if not columns:
        return
    slot = wide / len(columns)
    middles = [left + (number + 0.5) * slot for number in range(len(columns))]
    if chart.above:
        bar = top + em * 0.5
        board.add(Line(((board.width / 2, top - em * 0.2), (board.width / 2, bar)), "border", board.hair * 1.5))
        board.add(Line(((middles[0], bar), (middles[-1], bar)), "border", board.hair * 1.5))
        top = bar + em * 0.3
    for number, (at, column) in enumerate(columns):
        area = (left + number * slot + em * 0.3, top, slot - em * 0.6, bottom - top)
        _column(board, column, colour_of(column.colour, at), area, number)


Area = tuple[float, float, float, float]


def _above(board: Board, seats: Sequence[Seat], area: Area) -> None:
    left, top, wide, high = area
    slot = wide / len(seats)
    width = min(slot * _FILLED, board.em * _WIDEST)
    for at, seat in enumerate(seats):
        x = left + (at + 0.5) * slot - width / 2
        _box(board, seat, "accent", (x, top, width, high), (0, at))


def _column(board: Board, column: SeatColumn, colour: str, area: Area, number: int) -> None:
    """The name of a column, then its boxes below each other, in several rows beside each other where they are many."""
    left, top, wide, high = area
    em, type_ = board.em, board.type
    name = type_.cut(type_.say(column.name), wide, True)
    if name and high > type_.line * 2:
        board.text(left + wide / 2, top + em * 1.1, name, "text", "middle", strong=True)
        top, high = top + type_.line * 1.2, high - type_.line * 1.2
    many = len(column.seats)
    full = type_.line * 2 + em * 1.1
    most = max(int(high / full), 1)
    beside = max(1, min(-(-many // most), int(wide / (em * _NARROWEST)) or 1))
    rows = math.ceil(many / beside)
    step = min(high / rows, full)
    slot = wide / beside
    width = min(slot * (_FILLED if beside > 1 else 0.94), em * _WIDEST)
    for at, seat in enumerate(column.seats):
        across, down = at % beside, at // beside
        x = left + (across + 0.5) * slot - width / 2
        place = (x, top + down * step, width, step * _FILLED)
        _box(board, seat, colour, place, (down + 1, number * 100 + across))


def _box(board: Board, seat: Seat, colour: str, area: Area, place: tuple[int, int]) -> None:
    """A box with a name and a role; that of a lead has a strong edge and a coloured ground."""
    x, y, wide, high = area
    em, type_ = board.em, board.type
    said = (seat.name, seat.role, seat.note)
    tip = " · ".join(part for words in said if (part := " ".join(type_.say(words).split()))) or "–"
    fill, edge = (f"{colour}/20", board.hair * 3) if seat.lead else ("raised", board.hair)
    board.add(
        Rect(x, y, max(wide, 0.5), max(high, 0.5), fill, colour, radius=min(4.0, high / 4), line_width=edge,
             target=Target(seat.key, tip or "–", *place))
    )  # fmt: skip
    inner = wide - em * 0.8
    name = type_.cut(type_.say(seat.name), inner, True)
    role = type_.cut(type_.say(seat.role), inner)
    if not name or high < type_.line:
        return
    two = bool(role) and high >= type_.line * 2
    first = y + (high - (type_.line if two else 0)) / 2 + em * 0.35
    board.text(x + wide / 2, first, name, "text", "middle", strong=True)
    if two:
        board.text(x + wide / 2, first + type_.line, role, "secondary", "middle")
