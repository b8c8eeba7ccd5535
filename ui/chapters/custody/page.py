"""The page of custody: the tree of systems, who has each, and the certificates by which it passed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget
from sqlalchemy import Connection

from handover.i18n import tr, trc, trn
from handover.model.custody.certificate import CERTIFICATE_STATUS
from handover.registers.custody.tree import HeldSystem, Passage, custody_tree
from handover.values.shown import moment
from ui.chapters.custody.drawing import DrawUpDialog
from ui.shell.page import Context, Page
from ui.theme.icons import icon
from ui.theme.marks import TONE_ICONS
from ui.theme.style import role
from ui.theme.tokens import SPACE

_TARGET = Qt.ItemDataRole.UserRole
_SYSTEM, _CUSTODY, _PROOF, _SINCE, _LEFT = range(5)


class CustodyPage(Page):
    """Systems with their certificates below them; each line opens its row."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._closed: set[str] = set()
        title = QLabel(tr("Custody"), self)
        role(title, "title")
        self.sum = QLabel(" ", self)
        role(self.sum, "secondary")
        self.draw_up = QAction(icon("stamp"), tr("Draw up certificates…"), self)
        self.draw_up.triggered.connect(self._draw_up)
        self.draw_up.setEnabled(not context.read_only)
        self.tree = QTreeWidget(self)
        self.tree.setHeaderLabels([tr("System"), tr("Custody"), tr("Custody as of"),
                                   trc("certificate", "In force since"), tr("Exceptions open")])  # fmt: skip
        self.tree.setAccessibleName(tr("Custody of systems"))
        self.tree.setUniformRowHeights(True)
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.itemActivated.connect(self._open)
        head = self.tree.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(_SYSTEM, QHeaderView.ResizeMode.Stretch)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 4)
        whole.setSpacing(SPACE * 3)
        line = QHBoxLayout()
        line.addWidget(title)
        line.addStretch(1)
        whole.addLayout(line)
        whole.addWidget(self.sum)
        self.empty = QLabel(tr("No systems yet. List them first: custody passes system by system."), self)
        role(self.empty, "secondary")
        self.empty.hide()
        whole.addWidget(self.empty)
        whole.addWidget(self.tree, 1)
        self.setFocusProxy(self.tree)
        self.dialog: DrawUpDialog | None = None
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("Custody")

    def help_key(self) -> str:
        return "custody"

    def page_actions(self) -> list[QAction]:
        return [self.draw_up]

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        return {"closed": sorted(self._folded())}

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        self._closed = {str(key) for key in state.get("closed") or ()}
        self._fold()

    def refresh(self, tables: frozenset[str]) -> None:
        project = self.context.project.id

        def look(connection: Connection) -> list[HeldSystem]:
            return custody_tree(connection, project)

        self.read(look, self._show)

    def _show(self, places: list[HeldSystem]) -> None:
        self._closed = self._folded() or self._closed
        current = self._current()
        self.tree.clear()
        above: list[QTreeWidgetItem] = []
        for place in places:
            line = _line_of(place)
            del above[place.depth :]
            if above:
                above[-1].addChild(line)
            else:
                self.tree.addTopLevelItem(line)
            above.append(line)
            for passage in place.passages:
                line.addChild(_line_of_passage(passage))
        for column in (_CUSTODY, _PROOF, _SINCE, _LEFT):
            self.tree.resizeColumnToContents(column)
            self.tree.setColumnWidth(column, self.tree.columnWidth(column) + 12)
        self._fold()
        self._go_to(current)
        self.tree.setVisible(bool(places))
        self.empty.setVisible(not places)
        with_operations = sum(place.held.code in ("care_custody", "operations") for place in places)
        out = {p.id for place in places for p in place.passages if p.status == "issued"}
        self.sum.setText(
            tr("{n} of {of} systems are with operations.", n=with_operations, of=len(places))
            + (" " + trn("{n} certificate is out for signature.", "{n} certificates are out for signature.", len(out))
               if out else "")
        )  # fmt: skip

    def _lines(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        waiting = [self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount())]
        while waiting:
            line = waiting.pop(0)
            if line is not None:
                found.append(line)
                waiting += [line.child(n) for n in range(line.childCount())]
        return found

    def _folded(self) -> set[str]:
        """The systems whose lines are closed."""
        return {line.data(_SYSTEM, _TARGET)[1] for line in self._lines() if line.childCount() and not line.isExpanded()}

    def _fold(self) -> None:
        for line in self._lines():
            line.setExpanded(line.data(_SYSTEM, _TARGET)[1] not in self._closed)

    def _current(self) -> tuple[str, str] | None:
        item = self.tree.currentItem()
        return item.data(_SYSTEM, _TARGET) if item is not None else None

    def _go_to(self, target: tuple[str, str] | None) -> None:
        for line in self._lines() if target is not None else ():
            if line.data(_SYSTEM, _TARGET) == target:
                self.tree.setCurrentItem(line)
                return

    def _open(self, line: QTreeWidgetItem) -> None:
        self.context.open_row(*line.data(_SYSTEM, _TARGET))

    def _draw_up(self) -> None:
        target = self._current()
        systems = [target[1]] if target is not None and target[0] == "systems" else []
        self.dialog = DrawUpDialog(self.context, systems, self.window())
        self.dialog.open()


def _line_of(place: HeldSystem) -> QTreeWidgetItem:
    last = place.last
    proof = last.number or last.ref if last is not None else place.proof.label if place.proof is not None else ""
    since = moment(last.on) if last is not None and last.on is not None else ""
    left = sum(p.left for p in place.passages if p.status == "in_force")
    line = QTreeWidgetItem([place.system.name, place.held.label, proof, since, str(left) if left else ""])
    line.setData(_SYSTEM, _TARGET, ("systems", place.system.id))
    line.setIcon(_SYSTEM, icon("boxes", "secondary"))
    line.setIcon(_CUSTODY, icon(TONE_ICONS[place.held.tone], place.held.tone))
    line.setToolTip(_SYSTEM, place.system.name)
    return line


def _line_of_passage(passage: Passage) -> QTreeWidgetItem:
    state = CERTIFICATE_STATUS[passage.status]
    name = f"{passage.number or passage.ref}  {passage.kind}"
    on = moment(passage.on) if passage.on is not None else ""
    left = str(passage.left) if passage.left and passage.status == "in_force" else ""
    line = QTreeWidgetItem([name, "", state.label, on, left])
    line.setData(_SYSTEM, _TARGET, ("certificates", passage.id))
    line.setIcon(_SYSTEM, icon("stamp", "secondary"))
    line.setIcon(_PROOF, icon(TONE_ICONS[state.tone], state.tone))
    line.setToolTip(_SYSTEM, name)
    return line
