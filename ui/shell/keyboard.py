"""Keeps the keyboard with the user: lost focus goes back to the page, Enter presses what has it, Ctrl+Z passes on.

Qt hands the focus of what is hidden, switched off or deleted to whatever comes next, or to nobody.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QToolBar,
    QWidget,
)
from shiboken6 import isValid

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_within(widget: QWidget | None, above: QWidget) -> bool:
    """Whether a widget is another or lies in it, be it in a popup that belongs to it."""
    while widget is not None:
        if widget is above:
            return True
        widget = widget.parentWidget()
    return False


def press_focused(event: QKeyEvent) -> bool:
    """Let Enter press the button that has the focus; whether it did."""
    focus = QApplication.focusWidget()
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() in ENTER and plain and isinstance(focus, QAbstractButton) and focus.isEnabled():
        focus.click()
        return True
    return False


def passes_on(editor: QLineEdit | QPlainTextEdit | QTextEdit, event: QEvent) -> bool:
    """Whether undo and redo are for the window, as the field in which they are pressed has nothing of the kind to do.

    To be asked in ``event``; the event must then be left alone.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    of_text = editor if isinstance(editor, QLineEdit) else editor.document()
    undo = event.matches(QKeySequence.StandardKey.Undo) and not of_text.isUndoAvailable()
    redo = event.matches(QKeySequence.StandardKey.Redo) and not of_text.isRedoAvailable()
    if undo or redo:
        event.ignore()
    return undo or redo


def first_focus(within: QWidget) -> QWidget | None:
    """The first widget in something that takes the keyboard, lists and fields before buttons."""
    proxy = within.focusProxy()
    if proxy is not None and proxy.isVisible() and proxy.isEnabled():
        return proxy
    takers = [each for each in within.findChildren(QWidget) if takes_keys(each)]
    if takes_keys(within):
        takers.insert(0, within)
    inner = [each for each in takers if isinstance(each, QAbstractItemView | QLineEdit | QPlainTextEdit)]
    return next(iter(inner or takers), None)


def takes_keys(widget: QWidget) -> bool:
    """Whether Tab leads to a widget."""
    return bool(
        widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget, QTabBar)
        and not isinstance(widget.parentWidget(), QToolBar)
    )


class FocusKeeper(QObject):
    """Gives the keyboard back to the page in view when who had it goes.

    Args:
        window: the one window.
        page: gives what stands in its middle.
    """

    def __init__(self, window: QWidget, page: Callable[[], QWidget | None]) -> None:
        super().__init__(window)
        self._window = window
        self._page = page
        self._last: Callable[[], QWidget | None] = lambda: None
        #: Whom Qt gave the keyboard that somebody else lost.
        self._landed: Callable[[], QWidget | None] = lambda: None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(0)
        self._pause.timeout.connect(self.settle)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)

    def to_page(self) -> None:
        """Give the keyboard to the page in view."""
        page = self._page()
        target = first_focus(page) if page is not None else None
        if target is not None:
            target.setFocus()

    @Slot("QWidget*", "QWidget*")
    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if not isValid(self._window):
            return
        page = self._page()
        if new is not None and page is not None and is_within(new, page) and not isinstance(new, QAbstractButton):
            self._last = weakref.ref(new)
        if new is None or self._gone(old):
            self._landed = weakref.ref(new) if new is not None else lambda: None
            self._pause.start()

    def _gone(self, widget: QWidget | None) -> bool:
        """Whether a widget of the window was hidden or switched off while it had the keyboard."""
        if widget is None or not isValid(widget) or not is_within(widget, self._window):
            return False
        return not (widget.isVisible() and widget.isEnabled())

    @Slot()
    def settle(self) -> None:
        """Where nobody of the window has the keyboard, or somebody who never asked for it, the page gets it."""
        app = QApplication
        if app.activePopupWidget() is not None or app.activeModalWidget() is not None:
            return
        if app.activeWindow() is not None and app.activeWindow() is not self._window:
            return
        focus = app.focusWidget()
        if focus is not None and focus is not self._landed():
            return  # somebody has asked for it meanwhile
        page, last = self._page(), self._last()
        if page is None or not self._window.isVisible():
            return
        if last is not None and isValid(last) and is_within(last, page) and last.isVisible() and last.isEnabled():
            last.setFocus()
        else:
            self.to_page()


def next_pane(panes: Sequence[QWidget], *, back: bool = False) -> None:
    """Give the keyboard to the pane after (or before) that which has it; panes out of sight are passed over."""
    takers = [(pane, taker) for pane in panes if pane.isVisible() and (taker := _taker(pane)) is not None]
    if not takers:
        return
    focus = QApplication.focusWidget()
    # The innermost counts where one pane lies in another.
    inside = [n for n, (pane, _) in enumerate(takers) if is_within(focus, pane)]
    here = inside[-1] if inside else -1 if not back else 0
    takers[(here + (-1 if back else 1)) % len(takers)][1].setFocus(
        Qt.FocusReason.BacktabFocusReason if back else Qt.FocusReason.TabFocusReason
    )


def _taker(pane: QWidget) -> QWidget | None:
    if isinstance(pane, QToolBar):
        buttons = (pane.widgetForAction(action) for action in pane.actions())
        return next((b for b in buttons if b is not None and b.isVisible() and b.isEnabled() and b.focusPolicy()), None)
    return first_focus(pane)
