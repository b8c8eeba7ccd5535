"""The lines of the search: a register with its count, its hits with the words marked, and the way to all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from handover.i18n import tr
from handover.registers.search.finding import Group, Hit
from handover.registers.search.marks import marks
from ui.theme import tokens
from ui.theme.icons import icon

HEAD, ONE, TWO = 30, 32, 50


@dataclass(frozen=True, slots=True)
class SearchLine:
    """One line of the list.

    Attributes:
        text: the name of a register, of a row, or what Enter does.
        marked: from where to where the words that were searched for stand in it.
        below: where in the row they stand otherwise, with its own marks.
        side: what stands quietly at the right.
        run: what Enter does; None for a heading.
        stays: the list stays open then.
    """

    text: str
    icon: str
    marked: Sequence[tuple[int, int]] = ()
    below: str = ""
    below_marked: Sequence[tuple[int, int]] = ()
    side: str = ""
    run: Callable[[], object] | None = None
    stays: bool = False

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(filter(None, (self.text, self.below, self.side)))


def heading(group: Group) -> SearchLine:
    """The name of a register and how many of its rows were found."""
    if group.many:
        side = tr("{n} or more", n=group.total)
    elif group.total > len(group.hits):
        side = tr("{n} of {total}", n=len(group.hits), total=group.total)
    else:
        side = str(group.total)
    return SearchLine(group.register.label, group.register.icon, side=side)


def of_hit(hit: Hit, asked: str, side: str, run: Callable[[], object]) -> SearchLine:
    """A row that was found."""
    text = f"{hit.row.ref}  {hit.row.name}"
    below = why(hit)
    return SearchLine(text, "", marks(text, asked), below, marks(below, asked), side, run)


def why(hit: Hit) -> str:
    """Where in a row that was found stands what was searched for; empty where its name shows it."""
    if hit.excerpt is None:
        return ""
    if hit.excerpt.text:
        return tr("{field}: {text}", field=hit.excerpt.label, text=hit.excerpt.text)
    return tr("In {place}", place=hit.excerpt.label)


def to_more(group: Group, run: Callable[[], object]) -> SearchLine:
    """The way to more rows of a register."""
    name = tr("Show more of {register}", register=group.register.label)
    return SearchLine(name, "chevron-down", run=run, stays=True)


class SearchLines(QStyledItemDelegate):
    """Paints the lines of a search."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line: SearchLine = index.data(Qt.ItemDataRole.UserRole)
        return QSize(0, HEAD if line.run is None else TWO if line.below else ONE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line: SearchLine = index.data(Qt.ItemDataRole.UserRole)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and line.run is not None
        rect: QRect = option.rect.adjusted(4, 1, -4, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.colour("selection"))
            painter.drawRoundedRect(rect, tokens.RADIUS, tokens.RADIUS)
        if line.icon:
            icon(line.icon, "secondary").paint(painter, QRect(rect.left() + 8, rect.center().y() - 8, 17, 17))
        words = rect.adjusted(36, 0, -12, 0)
        quiet = "on_selection" if chosen else "secondary"
        painter.setPen(tokens.colour(quiet))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, line.side)
        room = words.width() - painter.fontMetrics().horizontalAdvance(line.side) - (16 if line.side else 0)
        upper = QRect(words.left(), words.top(), room, words.height() // 2 if line.below else words.height())
        ink = "on_selection" if chosen else "accent" if line.icon and line.run else "text"
        _write(painter, upper, line.text, line.marked, ink, bold=line.run is None)
        if line.below:
            _write(painter, upper.translated(0, upper.height() - 2), line.below, line.below_marked, quiet)
        painter.restore()


def _write(
    painter: QPainter, rect: QRect, text: str, marked: Sequence[tuple[int, int]], ink: str, *, bold: bool = False
) -> None:
    """Write one line, cut to its room, with the marked parts on a ground of their own and underlined."""
    font = QFont(painter.font())
    font.setBold(bold)
    painter.setFont(font)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    kept = len(shown) if shown == text else len(shown) - 1
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats([_format(start, min(end, kept)) for start, end in marked if start < kept])
    layout.beginLayout()
    row = layout.createLine()
    row.setLineWidth(max(rect.width(), 1))
    layout.endLayout()
    painter.setPen(tokens.colour(ink))
    layout.draw(painter, QPointF(rect.left(), rect.top() + (rect.height() - row.height()) / 2))


def _format(start: int, end: int) -> QTextLayout.FormatRange:
    marked = QTextLayout.FormatRange()
    marked.start, marked.length = start, end - start
    look = QTextCharFormat()
    look.setBackground(tokens.colour("warning_soft"))
    look.setForeground(tokens.colour("text"))
    look.setFontUnderline(True)
    marked.format = look
    return marked
