"""The face of the run clock: big digits that can be read across a control room."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from handover import clock
from handover.i18n import tr, trn
from handover.model.vocabulary import Tone
from handover.registers.running.run_board import RunBoard
from handover.registers.running.run_words import result_tone, result_words
from handover.running.instants import shown_instant, stamp
from ui.theme import tokens
from ui.theme.marks import paint_mark
from ui.theme.tokens import SPACE

#: Of the height of the face: its head, its digits, its bar; the figures below have the rest.
_HEAD, _DIGITS, _BAR = 0.14, 0.5, 0.05


class ClockFace(QWidget):
    """Paints the clock of a run as it was read, and counts on by itself while it ticks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board: RunBoard | None = None
        self._shown = ""
        self.setMinimumSize(QSize(360, 220))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Run clock"))

    def show_board(self, board: RunBoard | None) -> None:
        """Show a run, or nothing."""
        self._board = board
        self._shown = ""
        self.tick()
        self.update()

    @Slot()
    def tick(self) -> None:
        """Show the second that it is now; nothing is painted where it says what it said before."""
        words = self.words()
        if words != self._shown:
            self._shown = words
            self.setAccessibleDescription(words)
            self.update()

    def words(self) -> str:
        """What the face says, in a sentence."""
        if self._board is None:
            return ""
        done, left = self._seconds()
        values = {"state": result_words(self._board.clock), "done": digits(done), "left": digits(left)}
        return tr("{state}: {done} on the clock, {left} left", **values)

    def _seconds(self) -> tuple[int, int]:
        assert self._board is not None
        return self._board.clock.at(clock.now())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(SPACE * 2, SPACE, -SPACE * 2, -SPACE)
        if self._board is None:
            painter.setPen(tokens.colour("secondary"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, tr("Choose a run."))
            return
        head = QRectF(area.left(), area.top(), area.width(), area.height() * _HEAD)
        big = QRectF(area.left(), head.bottom(), area.width(), area.height() * _DIGITS)
        bar = QRectF(area.left(), big.bottom(), area.width(), area.height() * _BAR)
        foot = QRectF(area.left(), bar.bottom() + SPACE * 2, area.width(), area.bottom() - bar.bottom() - SPACE * 2)
        self._head(painter, head)
        done, left = self._seconds()
        tone = tokens.colour("text" if self._board.clock.result == "running" else result_tone(self._board.clock))
        size = _size(painter, big, digits(done), strong=True)
        _say(painter, big, digits(done), tone, size, strong=True, side=Qt.AlignmentFlag.AlignHCenter)
        self._progress(painter, bar, done)
        self._figures(painter, foot, left)

    def _head(self, painter: QPainter, area: QRectF) -> None:
        assert self._board is not None
        reading = self._board.clock
        tone: Tone = result_tone(reading)
        state = result_words(reading)
        font = _font(painter, min(area.height() * 0.62, 40), strong=True)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        wide = metrics.horizontalAdvance(state)
        side = font.pixelSize() * 0.6
        paint_mark(painter, QPointF(area.right() - wide - side * 1.2, area.center().y()), tone, side)
        painter.setPen(tokens.colour(tone))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, right, state)
        painter.setPen(tokens.colour("text"))
        name = f"{self._board.run.system}  {self._board.run.name}".strip()
        room = area.width() - wide - side * 3
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                         metrics.elidedText(name, Qt.TextElideMode.ElideRight, room))  # fmt: skip

    def _progress(self, painter: QPainter, area: QRectF, done: int) -> None:
        """A bar for each phase, as long as it is."""
        assert self._board is not None
        phases = self._board.clock.phases
        whole = sum(minutes for minutes, _ in phases) or 1
        gap = SPACE
        room = area.width() - gap * (len(phases) - 1)
        x, left = area.left(), done / 60
        painter.setPen(Qt.PenStyle.NoPen)
        for minutes, _ in phases:
            wide = room * minutes / whole
            painter.setBrush(tokens.colour("line"))
            painter.drawRoundedRect(QRectF(x, area.top(), wide, area.height()), 3, 3)
            share = max(0.0, min(1.0, left / minutes if minutes else 0))
            painter.setBrush(tokens.colour("accent"))
            if share:
                painter.drawRoundedRect(QRectF(x, area.top(), max(wide * share, 4.0), area.height()), 3, 3)
            left -= minutes
            x += wide + gap

    def _figures(self, painter: QPainter, area: QRectF, left: int) -> None:
        assert self._board is not None
        reading = self._board.clock
        end = shown_instant(stamp(reading.earliest_end)) if reading.earliest_end is not None else "–"
        told = (
            (tr("still to run"), digits(left)),
            (tr("hours to run"), f"{reading.required // 60}:{reading.required % 60:02d}"),
            (tr("through at") if reading.result == "passed" else tr("earliest end"), end),
            (trn("time begun anew", "times begun anew", reading.resets), str(reading.resets)),
        )
        shares = (0.22, 0.16, 0.44, 0.18)
        columns = []
        x = area.left()
        for share in shares:
            columns.append(QRectF(x, area.top(), area.width() * share - SPACE * 6, area.height()))
            x += area.width() * share
        upper = [QRectF(c.left(), c.top(), c.width(), c.height() * 0.62) for c in columns]
        lower = [QRectF(c.left(), c.top() + c.height() * 0.62, c.width(), c.height() * 0.38) for c in columns]
        values, labels = [value for _, value in told], [label for label, _ in told]
        large = min(_size(painter, *each, strong=True, most=0.8) for each in zip(upper, values, strict=True))
        small = min(_size(painter, *each, most=0.7) for each in zip(lower, labels, strict=True))
        for place, value in zip(upper, values, strict=True):
            _say(painter, place, value, tokens.colour("text"), large, strong=True)
        for place, label in zip(lower, labels, strict=True):
            _say(painter, place, label, tokens.colour("secondary"), min(small, large * 0.6))


class ClockScreen(QWidget):
    """The face alone on a whole screen; Esc and F11 leave it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("Run clock"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.face = ClockFace(self)
        column = QVBoxLayout(self)
        column.addWidget(self.face)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
            self.close()
            return
        super().keyPressEvent(event)


def digits(seconds: int) -> str:
    """Seconds as a clock of hours shows them, such as ``36:05:09``."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


def _font(painter: QPainter, size: float, *, strong: bool = False) -> QFont:
    font = QFont(painter.font())
    font.setPixelSize(max(8, round(size)))
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)  # digits of one width: what ticks doesn't tremble
    return font


def _size(painter: QPainter, area: QRectF, text: str, *, strong: bool = False, most: float = 0.95) -> float:
    """How large a text can be in its place."""
    size = area.height() * most
    wide = QFontMetricsF(_font(painter, size, strong=strong)).horizontalAdvance(text) * 1.02
    return size * area.width() / wide if wide > area.width() > 0 else size


def _say(
    painter: QPainter,
    area: QRectF,
    text: str,
    colour: QColor,
    size: float,
    *,
    strong: bool = False,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setFont(_font(painter, size, strong=strong))
    painter.setPen(colour)
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, text)
