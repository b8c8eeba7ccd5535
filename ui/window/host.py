"""Holds the pages: makes each when it is first wanted, keeps where it stands, goes back and forward through them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.shell.chapters import PageEntry, page_entry
from ui.shell.page import Context, Page

_LONGEST = 100

State = dict[str, Any]  # Any: what JSON can hold

#: What a page stumbles with over a state that no page of ours has written: the file of settings may hold anything.
_NO_STATE = (TypeError, ValueError, LookupError, AttributeError, OverflowError)


@dataclass(slots=True)
class _Visit:
    key: str
    state: State


class PageHost(QStackedWidget):
    """The pages of one project.

    Args:
        make: makes the page of a key.

    Signals:
        shown: another page is in view.
        moved: back and forward lead elsewhere than before.
    """

    shown = Signal(object)
    moved = Signal()

    def __init__(self, make: Callable[[str, Context], Page], context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make_page = make
        self._context = context
        self._pages: dict[str, Page] = {}
        self._stale: dict[str, frozenset[str]] = {}
        self._remembered: dict[str, State] = {}
        self._visits: list[_Visit] = []
        self._at = -1

    @property
    def current(self) -> Page | None:
        """The page in view."""
        page = self.currentWidget()
        return page if isinstance(page, Page) else None

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages that have been made."""
        return tuple(self._pages.values())

    def visit(self, key: str, state: State | None = None) -> Page | None:
        """Show a page, one step further in the history; ``state`` tells it where to go."""
        self._note()
        page = self._show(key, state or {})
        if page is None:
            return None
        del self._visits[self._at + 1 :]
        if not self._visits or self._visits[-1].key != key or state:
            self._visits.append(_Visit(key, page.state()))
        del self._visits[:-_LONGEST]
        self._at = len(self._visits) - 1
        self.moved.emit()
        return page

    @property
    def can_go_back(self) -> bool:
        """Whether a page was visited before this one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether somebody went back from a page."""
        return self._at < len(self._visits) - 1

    @Slot()
    def back(self) -> None:
        """Show the page before, as it was left."""
        self._travel(-1)

    @Slot()
    def forward(self) -> None:
        """Show the page from which somebody went back, as it was left."""
        self._travel(1)

    def refresh(self, tables: frozenset[str]) -> None:
        """Tell the page in view at once that rows changed, the others when they are next seen."""
        current = self.current
        for key, page in self._pages.items():
            if page is not current:
                self._stale[key] = self._stale.get(key, frozenset()) | tables
        if current is not None:
            current.refresh(tables)

    def states(self) -> dict[str, State]:
        """Where every page stands, by key, to be kept for the next start."""
        return {key: page.state() for key, page in self._pages.items()}

    def clear(self, remembered: dict[str, State] | None = None) -> None:
        """Let all pages and the history go; pages made from now on begin where ``remembered`` says."""
        for page in self._pages.values():
            self.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._stale.clear()
        self._visits.clear()
        self._at = -1
        self._remembered = dict(remembered or {})
        self.moved.emit()

    def retranslate(self) -> None:
        """The language changed: pages make themselves anew, those out of view when they are next seen."""
        current = self.current
        for key, page in list(self._pages.items()):
            if page is current:
                page.retranslate()
            else:
                self._remembered[key] = page.state()
                self._drop(key)

    def _note(self) -> None:
        page = self.current
        if page is not None and 0 <= self._at < len(self._visits) and self._visits[self._at].key == page.key:
            self._visits[self._at].state = page.state()

    def _travel(self, step: int) -> None:
        if not 0 <= self._at + step < len(self._visits):
            return
        self._note()
        self._at += step
        visit = self._visits[self._at]
        self._show(visit.key, visit.state)
        self.moved.emit()

    def _show(self, key: str, state: State) -> Page | None:
        page = self._pages.get(key) or self._make(key)
        if page is None:
            return None
        if tables := self._stale.pop(key, None):
            page.refresh(tables)
        if state:
            page.restore(state)
        self.setCurrentWidget(page)
        self.shown.emit(page)
        return page

    def _make(self, key: str) -> Page | None:
        entry = page_entry(key)
        if entry is None:
            return None
        page = self._made(key, entry)
        if remembered := self._remembered.pop(key, None):
            try:
                page.restore(remembered)
            except _NO_STATE:
                self._drop(key)
                page = self._made(key, entry)
        return page

    def _made(self, key: str, entry: PageEntry) -> Page:
        page = self._make_page(key, self._context)
        page.key, page.icon = key, entry.icon
        page.setAccessibleName(entry.label)
        page.outdated.connect(lambda: self._renew(key))
        self._pages[key] = page
        self.addWidget(page)
        return page

    def _renew(self, key: str) -> None:
        """Make a page anew where it stands, such as in another language."""
        old = self._pages[key]
        in_view = old is self.current
        self._remembered[key] = old.state()
        self._drop(key)
        if in_view:
            self._show(key, {})

    def _drop(self, key: str) -> None:
        page = self._pages.pop(key)
        self._stale.pop(key, None)
        self.removeWidget(page)
        page.deleteLater()
