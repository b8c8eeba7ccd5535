"""What blocks the handover: per system, every open thing in its way, one click from the row itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import Connection

from handover.i18n import tr, trn
from handover.model.system import CUSTODY, System
from handover.registers.blockers import Blocked, blocked, standing
from handover.registers.catalogue import of_table
from handover.registers.things import OpenItem
from handover.values.cells import folded
from ui.pages.items import DUE, HEADING, OWNER, REGISTER, TARGET, TONE, WHAT, ItemTree, due_text
from ui.shell.page import Context, Page
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

Place = tuple[Blocked, list[OpenItem]]
_WHOLE = "project"
_ID = Qt.ItemDataRole.UserRole + 3


class BlockersPage(Page):
    """The tree of systems and what stands in their way."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._places: list[Place] = []
        self._open: set[str] | None = None
        self._filtering = False
        self._scroll = 0
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 4)
        whole.setSpacing(SPACE * 3)
        head = QHBoxLayout()
        title = QLabel(tr("What blocks the handover"), self)
        role(title, "title")
        head.addWidget(title)
        head.addStretch(1)
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(tr("Filter by words or owner"))
        self.filter.setAccessibleName(tr("Filter by words or owner"))
        self.filter.addAction(icon("search", "secondary"), QLineEdit.ActionPosition.LeadingPosition)
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(280)
        self.filter.textChanged.connect(self._narrow)
        head.addWidget(self.filter)
        whole.addLayout(head)
        self.sum = QLabel(" ", self)  # its line is there from the start, so that nothing moves when rows come
        role(self.sum, "secondary")
        whole.addWidget(self.sum)
        self.tree = ItemTree(self)
        self.tree.setAccessibleName(tr("What blocks the handover"))
        self.tree.wanted.connect(context.open_row)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self._nothing())
        whole.addWidget(self._stack, 1)
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("What blocks the handover")

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        return {
            "filter": self.filter.text(),
            "open": sorted(self._unfolded()) if self._places or self._open is not None else None,
            "scroll": self.tree.verticalScrollBar().value(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        self.filter.setText(state.get("filter", ""))
        if state.get("open") is not None:
            self._open = set(state["open"])
        self._scroll = int(state.get("scroll", 0))
        if self._places:
            self._fill()

    def refresh(self, tables: frozenset[str]) -> None:
        project = self.context.project.id

        def places(connection: Connection) -> list[Place]:
            return [
                (b, standing(connection, project, b.system.id if b.system else None) if b.total else [])
                for b in blocked(connection, project)
            ]

        self.read(places, self._show)

    def find_here(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()

    def _show(self, places: list[Place]) -> None:
        if self._places:
            self._open, self._scroll = self._unfolded(), self.tree.verticalScrollBar().value()
        self._places = places
        self._fill()

    def _fill(self) -> None:
        places = self._places
        things = sum(b.total for b, _ in places)
        late = sum(b.overdue for b, _ in places)
        systems = [b for b, _ in places if b.system is not None]
        held = sum(1 for b in systems if b.total)
        self.sum.setText(
            tr(
                "{open} open, {late} of them overdue. {held} of {systems} systems are held up.",
                open=things,
                late=late,
                held=held,
                systems=len(systems),
            )
        )
        self.sum.setVisible(bool(places))
        self._stack.setCurrentIndex(0 if places else 1)
        self.tree.setUpdatesEnabled(False)
        self.tree.clear()
        self._filtering = True  # what is open now is no choice of the user's
        for place, items in sorted(places, key=lambda p: (not p[0].total, p[0].system is None)):
            heading = self._heading(place)
            self.tree.addTopLevelItem(heading)
            heading.setFirstColumnSpanned(False)
            self.tree.add(items, heading)
        self.tree.fit()
        self._narrow(self.filter.text())
        self.tree.setUpdatesEnabled(True)
        self.tree.verticalScrollBar().setValue(self._scroll)

    def _heading(self, place: Blocked) -> QTreeWidgetItem:
        name = place.system.name if place.system else tr("The project as a whole")
        if place.overdue:
            said = tr("{open} open, {late} overdue", open=place.total, late=place.overdue)
        elif place.total:
            said = trn("{n} open", "{n} open", place.total)
        else:
            said = tr("Nothing in the way")
        row = QTreeWidgetItem([name, place.system.ref if place.system else "", said, "", ""])
        row.setData(WHAT, HEADING, True)
        row.setData(WHAT, _ID, place.system.id if place.system else _WHOLE)
        row.setData(REGISTER, TONE, "danger" if place.overdue else "warning" if place.total else "ok")
        row.setIcon(WHAT, icon("boxes" if place.system else "flag", "accent"))
        row.setToolTip(WHAT, name)
        if place.system:
            row.setText(OWNER, CUSTODY.label(place.custody))
            row.setText(DUE, due_text(place.due))
            if not place.total:
                row.setData(WHAT, TARGET, (_systems(), place.system.id))
        return row

    def _opened(self) -> set[str]:
        tops = (self.tree.topLevelItem(i) for i in range(self.tree.topLevelItemCount()))
        return {top.data(WHAT, _ID) for top in tops if top is not None and top.isExpanded()}

    def _unfolded(self) -> set[str]:
        """The systems that were open before a filter opened what it found."""
        return self._open or set() if self._filtering or not self._places else self._opened()

    def _narrow(self, text: str) -> None:
        words = [folded(w) for w in text.split()]
        if words and not self._filtering:
            self._open = self._opened()
        self._filtering = bool(words)
        for at in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(at)
            if top is None:
                continue
            own = all(w in folded(top.text(WHAT)) for w in words)
            found = 0
            children = (top.child(i) for i in range(top.childCount()))
            for child in filter(None, children):
                line = folded(" ".join(child.text(c) for c in range(self.tree.columnCount())))
                hidden = not own and not all(w in line for w in words)
                child.setHidden(hidden)
                found += not hidden
            top.setHidden(bool(words) and not own and not found)
            top.setExpanded(bool(found) if words else self._open is None or top.data(WHAT, _ID) in self._open)

    def _nothing(self) -> QWidget:
        empty = QWidget(self)
        column = QVBoxLayout(empty)
        column.addStretch(1)
        words = QLabel(
            tr("Nothing stands in the way, as far as is known. Add systems and documents, or import a task list."),
            empty,
        )
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        role(words, "secondary")
        column.addWidget(words)
        button = QPushButton(tr("Go to the systems"), empty)
        button.clicked.connect(lambda: self.context.go(_systems()))
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return empty


def _systems() -> str:
    """The key of the register of systems."""
    register = of_table(System.__tablename__)
    assert register is not None
    return register.key
