"""What blocks the handover: per system, every open thing in its way, one click from the row itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
from handover.registers.catalogue import of_table
from handover.registers.declare import Register
from handover.registers.figures.blockers import Blocked, blocked, standing
from handover.registers.figures.things import OpenItem
from handover.values.cells import folded
from ui.pages.items import DUE, HEADING, OWNER, REF, REGISTER, TARGET, TONE, WHAT, ItemTree, due_text
from ui.shell.page import Context, Page, kept_place
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

Place = tuple[Blocked, list[OpenItem]]
_WHOLE = "project"
_NOBODY = "nobody"
_ID = Qt.ItemDataRole.UserRole + 3
#: On the line of a group: how many things are open in it, and how many of them late.
_COUNTS = Qt.ItemDataRole.UserRole + 4


class BlockersPage(Page):
    """The tree of systems and what stands in their way."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._places: list[Place] = []
        self._open: set[str] | None = None
        self._filtering = False
        self._scroll = 0
        self._current: tuple[str, str] | None = None
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
        self.by_owner = QPushButton(tr("By owner"), self)
        self.by_owner.setCheckable(True)
        role(self.by_owner, "view")
        self.by_owner.setToolTip(tr("What each owner has open, instead of what blocks each system"))
        self.by_owner.toggled.connect(self._regroup)
        head.addWidget(self.by_owner)
        head.addWidget(self.filter)
        whole.addLayout(head)
        self.sum = QLabel(" ", self)  # its line is there from the start, so that nothing moves when rows come
        role(self.sum, "secondary")
        self.sum.setToolTip(tr("Only what is needed before the handover; other open rows aren't counted here."))
        whole.addWidget(self.sum)
        self.tree = ItemTree(self)
        self.tree.setAccessibleName(tr("What blocks the handover"))
        self.tree.wanted.connect(context.open_row)
        self.tree.ordered.connect(self._reorder)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self._nothing())
        whole.addWidget(self._stack, 1)
        self.setFocusProxy(self.tree)
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("What blocks the handover")

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        return {
            "filter": self.filter.text(),
            "open": sorted(self._unfolded()) if self._places or self._open is not None else None,
            "scroll": self.tree.verticalScrollBar().value(),
            "owners": self.by_owner.isChecked(),
            "order": list(self.tree.order),
            "current": list(self.tree.target() or ()),
        }

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        self.by_owner.blockSignals(True)
        self.by_owner.setChecked(bool(state.get("owners")))
        self.by_owner.blockSignals(False)
        column, from_end = state.get("order") or (-1, False)
        self.tree.order = (kept_place(column), bool(from_end))
        current = list(state.get("current") or [])
        self._current = (str(current[0]), str(current[1])) if len(current) == 2 else None
        self.filter.setText(state.get("filter", ""))
        if state.get("open") is not None:
            self._open = set(state["open"])
        self._scroll = kept_place(state.get("scroll", 0))
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
            self._note()
        self._places = places
        self._fill()

    def _note(self) -> None:
        """Note where the user stands, before the lines are made anew."""
        self._open, self._scroll = self._unfolded(), self.tree.verticalScrollBar().value()
        self._current = self.tree.target()

    def _reorder(self) -> None:
        self._note()
        self._fill()

    def _regroup(self) -> None:
        self._open = None
        self._current = self.tree.target()
        self._fill()

    def _fill(self) -> None:
        places = self._places
        self._sum_up(*self._all())
        self.sum.setVisible(bool(places))
        self._stack.setCurrentIndex(0 if places else 1)
        self.tree.setUpdatesEnabled(False)
        self.tree.clear()
        self._filtering = True  # what is open now is no choice of the user's
        for heading, items in self._owners() if self.by_owner.isChecked() else self._systems_held():
            self.tree.addTopLevelItem(heading)
            heading.setFirstColumnSpanned(False)
            self.tree.add(self.tree.in_order(items), heading)
        self.tree.fit()
        self._narrow(self.filter.text())
        self.tree.setUpdatesEnabled(True)
        self.tree.go_to(self._current)
        self.tree.verticalScrollBar().setValue(self._scroll)

    def _all(self) -> tuple[int, int, int]:
        """How many things stand in the way, how many of them are overdue, and how many systems they hold up."""
        blocked_by = [b for b, _ in self._places]
        held = sum(1 for b in blocked_by if b.system is not None and b.total)
        return sum(b.total for b in blocked_by), sum(b.overdue for b in blocked_by), held

    def _sum_up(self, things: int, late: int, held: int) -> None:
        systems = sum(1 for b, _ in self._places if b.system is not None)
        self.sum.setText(
            tr(
                "{n} in the way, {late} of them overdue. {held} of {systems} systems are held up.",
                n=things,
                late=late,
                held=held,
                systems=systems,
            )
        )

    def _systems_held(self) -> Iterator[tuple[QTreeWidgetItem, list[OpenItem]]]:
        """The systems, those that are held up first, then what blocks the project as a whole."""
        for place, items in sorted(self._places, key=lambda p: (not p[0].total, p[0].system is None)):
            yield self._heading(place), items

    def _owners(self) -> Iterator[tuple[QTreeWidgetItem, list[OpenItem]]]:
        """The owners with what each has open, whoever has most first, then what nobody has."""
        once = {(i.register.key, i.row.id): i for _, items in self._places for i in items}
        groups: dict[str, list[OpenItem]] = {}
        for item in once.values():
            groups.setdefault(item.owner.id if item.owner else "", []).append(item)
        for key, items in sorted(groups.items(), key=lambda group: (not group[0], -len(group[1]))):
            owner = items[0].owner
            name = owner.name if owner else tr("Nobody")
            late = sum(bool(item.overdue_days) for item in items)
            yield _line(name, key or _NOBODY, "user", len(items), late), items

    def _heading(self, place: Blocked) -> QTreeWidgetItem:
        name = place.system.name if place.system else tr("The project as a whole")
        picture = _systems().icon if place.system else "flag"
        row = _line(name, place.system.id if place.system else _WHOLE, picture, place.total, place.overdue)
        row.setText(REF, place.system.ref if place.system else "")
        if place.system:
            row.setText(OWNER, CUSTODY.label(place.custody))
            row.setText(DUE, due_text(place.due))
            if not place.total:
                row.setData(WHAT, TARGET, (_systems().key, place.system.id))
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
        seen = late = held = 0
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
            overdue = sum(bool(c.data(DUE, TONE)) for c in _children(top) if not c.isHidden())
            seen, late = seen + found, late + overdue
            held += bool(found and top.data(WHAT, _ID) != _WHOLE)
            total, late_of_all = top.data(WHAT, _COUNTS)
            top.setText(REGISTER, _said(found, overdue) if words else _said(total, late_of_all))
            top.setExpanded(bool(found) if words else self._open is None or top.data(WHAT, _ID) in self._open)
        if self.by_owner.isChecked():
            held = self._all()[2]
        self._sum_up(*((seen, late, held) if words else self._all()))

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
        button.clicked.connect(lambda: self.context.go(_systems().key))
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return empty


def _children(top: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for n in range(top.childCount()) if (child := top.child(n)) is not None]


def _line(name: str, key: str, picture: str, total: int, late: int) -> QTreeWidgetItem:
    """The line of a group with how much is open in it."""
    row = QTreeWidgetItem([name, "", _said(total, late), "", ""])
    row.setData(WHAT, HEADING, True)
    row.setData(WHAT, _ID, key)
    row.setData(WHAT, _COUNTS, (total, late))
    row.setData(REGISTER, TONE, "danger" if late else "warning" if total else "ok")
    row.setIcon(WHAT, icon(picture, "accent"))
    row.setToolTip(WHAT, name)
    return row


def _said(total: int, overdue: int) -> str:
    """How much stands in the way."""
    if overdue:
        return tr("{n} in the way, {late} overdue", n=total, late=overdue)
    return trn("{n} in the way", "{n} in the way", total) if total else tr("Nothing in the way")


def _systems() -> Register:
    """The register of systems."""
    register = of_table(System.__tablename__)
    assert register is not None
    return register
