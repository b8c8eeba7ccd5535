"""What of a window or a dialog doesn't fit a screen of 1024x700, which 1920x1080 at 150 % leaves."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QPushButton, QStatusBar, QToolBar, QWidget

SCREEN = QSize(1024, 700)
#: What a window manager puts around a window.
FRAME = QSize(8, 36)
#: The name that Qt gives the button behind which a toolbar keeps what has no room.
_MORE = "qt_toolbar_ext_button"


def too_large(top: QWidget, room: QSize = SCREEN - FRAME) -> list[str]:
    """What of a window or dialog, laid out in so much room, is out of sight; empty where all is well."""
    return [*_size(top, room), *_buttons(top), *_toolbars(top), *_foot(top)]


def _size(top: QWidget, room: QSize) -> Iterator[str]:
    if top.width() > room.width() or top.height() > room.height():
        yield f"{top.windowTitle()}: {top.width()}x{top.height()} in {room.width()}x{room.height()}"


def _buttons(top: QWidget) -> Iterator[str]:
    for button in top.findChildren(QPushButton):
        if button.window() is top and button.isVisible() and not _scrolled(button, top) and not _inside(button, top):
            yield f"{top.windowTitle()}: “{button.text()}” is out of sight"


def _toolbars(top: QWidget) -> Iterator[str]:
    for bar in top.findChildren(QToolBar):
        if not bar.isVisible():
            continue
        more = bar.findChild(QAbstractButton, _MORE)
        kept = more is not None and more.isVisible() and _inside(more, bar)
        for action in bar.actions():
            button = bar.widgetForAction(action)
            if isinstance(button, QAbstractButton) and not (button.isVisible() and _inside(button, bar)) and not kept:
                yield f"{action.text()} has fallen off the toolbar"


def _foot(top: QWidget) -> Iterator[str]:
    for line in top.findChildren(QStatusBar):
        if line.isVisible() and not _inside(line, top):
            yield "the status line is out of sight"


def _scrolled(widget: QWidget, top: QWidget) -> bool:
    """Whether one can scroll to a widget."""
    above = widget.parentWidget()
    while above is not None and above is not top:
        if isinstance(above, QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return False


def _inside(widget: QWidget, top: QWidget) -> bool:
    place = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())
    return top.rect().contains(place)
