"""The page of what may be lost: who leaves, and the items ranked by their risk, each with what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, QSize, Qt, Slot
from PySide6.QtGui import QAction, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import Connection

from handover.i18n import tr, trn
from handover.pack.knowing.loss_paper import METHOD_NAMES
from handover.registers.knowing.loss_risks import (
    LOSS_REASON,
    METHODS,
    ItemAtRisk,
    Leaving,
    LossRisks,
    Method,
    loss_risks,
    risk_scales,
)
from handover.registers.knowing.next_acts import NextAct
from handover.registers.picks import PickEntry
from handover.values.shown import moment
from ui.chapters.knowing.forms import PlanSessionForm, VerificationForm, retention_form
from ui.chapters.knowing.loss_dialog import LossPaperDialog
from ui.chapters.knowing.papers import ask_paper, guide_paper
from ui.chapters.knowing.scales import ScalesDialog
from ui.register.actions import ActionMaker
from ui.shell.page import Context, Page
from ui.theme import tokens
from ui.theme.icons import icon
from ui.theme.marks import Pill
from ui.theme.style import role
from ui.theme.tokens import SPACE

_ROW = Qt.ItemDataRole.UserRole
_WHAT, _SCORE, _DAYS, _WHO, _WHY, _NEXT = range(6)
_TABLES = frozenset(
    {"knowledge_item", "knowledge_holder", "knowledge_receiver", "transfer_session", "level_verification", "person",
     "retention_plan", "pick", "project", "system"}
)  # fmt: skip
AtRisk = ItemAtRisk | Leaving


@dataclass(frozen=True, slots=True)
class _RiskRead:
    risks: LossRisks
    scales: tuple[list[PickEntry], list[PickEntry]]


class _RiskCells(QStyledItemDelegate):
    """Lines that are high enough to be hit."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), 28)


class RiskTree(QTreeWidget):
    """The people who leave and the items at risk; Enter opens a row, Ctrl+Enter does what is next."""

    def __init__(self, page: LossRiskPage) -> None:
        super().__init__(page)
        self._page = page
        self.setColumnCount(6)
        self.setUniformRowHeights(True)
        self.setItemDelegate(_RiskCells(self))
        self.setRootIsDecorated(False)
        self.setIndentation(SPACE * 3)
        self.setAllColumnsShowFocus(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        self.setAccessibleName(page.title())
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(_WHAT, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.itemDoubleClicked.connect(lambda _item, _column: page.open_row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self._page.do_next if control else self._page.open_row)()
            return
        super().keyPressEvent(event)


class LossRiskPage(Page):
    """What may be lost; ``restore`` understands ``method`` and ``row``, the key of the row to stand on."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._row = ""
        self._begun = False
        self._scales: tuple[list[PickEntry], list[PickEntry]] = ([], [])
        self.risks: LossRisks | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 4)
        column.setSpacing(SPACE * 3)
        column.addLayout(self._head())
        self.bands = QHBoxLayout()
        self.bands.setSpacing(SPACE * 2)
        column.addLayout(self.bands)
        self.tree = RiskTree(self)
        self.tree.currentItemChanged.connect(self._tell)
        column.addWidget(self.tree, 1)
        column.addLayout(self._foot())
        self.setFocusProxy(self.tree)
        make = ActionMaker(self, context.shortcuts, writable=not context.read_only)
        self._actions = [
            make.action(tr("How it is scored…"), "info", self.show_scales),
            make.action(tr("Interview guide…"), "printer", self.write_guide),
            make.action(tr("To Excel or PDF…"), "download", self.write_paper),
        ]
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("Risk of loss")

    def help_key(self) -> str:
        return "loss_risks"

    def page_actions(self) -> list[QAction]:
        return self._actions

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        return {"method": self.method, "row": self._key()}

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        self._row = str(state.get("row") or "")
        with QSignalBlocker(self.choice):
            self.choice.setCurrentIndex(max(0, self.choice.findData(state.get("method"))))
        self.refresh(frozenset())

    def refresh(self, tables: frozenset[str]) -> None:
        if tables and not tables & _TABLES:
            return
        project, method = self.context.project.id, self.method

        def look(connection: Connection) -> _RiskRead:
            return _RiskRead(loss_risks(connection, project, method), risk_scales(connection, project))

        self.read(look, self._show)

    @property
    def method(self) -> Method:
        """By which method it is scored."""
        return METHODS[max(0, self.choice.currentIndex())]

    # -- parts ------------------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        heading = QLabel(self.title(), self)
        role(heading, "title")
        row.addWidget(heading, 1)
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(tr("Method"))
        for method, name in METHOD_NAMES.items():
            self.choice.addItem(tr(name), method)
        self.choice.currentIndexChanged.connect(lambda _n: self.refresh(frozenset()))
        row.addWidget(self.choice)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setMinimumHeight(36)
        row.addWidget(self.told, 1)
        self.open = QPushButton(tr("Open the row"), self)
        self.open.clicked.connect(self.open_row)
        self.go = QPushButton(self)
        role(self.go, "primary")
        self.go.clicked.connect(self.do_next)
        for button in (self.open, self.go):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    # -- showing ----------------------------------------------------------------------------------------------------

    def _show(self, read: _RiskRead) -> None:
        kept = self._row or self._key()
        self._row = ""
        self.risks, self._scales = read.risks, read.scales
        self._show_bands(read.risks)
        self.tree.setHeaderLabels(
            [tr("What"), tr("Score"), tr("Days left"), tr("Known to"), tr("Why"), tr("What to do next")]
        )
        self.tree.clear()
        people = [_of_person(each) for each in read.risks.people]
        items = [_of_item(each) for each in read.risks.items]
        self._group(trn("{n} person leaves", "{n} people leave", len(people)), people)
        self._group(trn("{n} item, ranked", "{n} items, ranked", len(items)), items)
        if not items and not people:
            self.told.setText(tr("Nothing is at risk: no open item is graded, and no holder leaves."))
        for column in (_SCORE, _DAYS, _WHO, _WHY, _NEXT):
            self.tree.resizeColumnToContents(column)
            most = self.width() // (5 if column == _NEXT else 6 if column == _WHY else 9)
            self.tree.setColumnWidth(column, min(self.tree.columnWidth(column) + SPACE * 2, max(72, most)))
        rows = [*people, *items]
        found = next((row for row in rows if row.data(0, _ROW).id == kept), rows[0] if rows else None)
        if found is not None:
            self.tree.setCurrentItem(found)
        self._tell()
        if not self._begun and self.isVisible():
            self._begun = True
            self.tree.setFocus()

    def _show_bands(self, risks: LossRisks) -> None:
        while (old := self.bands.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        for band in risks.bands:
            n = sum(item.band == band for item in risks.items)
            said = tr("{band}, from {least}: {n}", band=band.word, least=band.least, n=n)
            self.bands.addWidget(Pill(band.tone if n else "neutral", said, self))
        self.bands.addStretch(1)

    def _group(self, name: str, rows: Sequence[QTreeWidgetItem]) -> None:
        if not rows:
            return
        head = QTreeWidgetItem(self.tree, [name])
        head.setFirstColumnSpanned(True)
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        bold = QFont(self.tree.font())
        bold.setWeight(QFont.Weight.DemiBold)
        head.setFont(0, bold)
        head.addChildren(rows)
        head.setExpanded(True)

    def current(self) -> AtRisk | None:
        """The row that is current; None on a heading."""
        item = self.tree.currentItem()
        found: AtRisk | None = item.data(0, _ROW) if item is not None else None
        return found

    def _key(self) -> str:
        row = self.current()
        return row.id if row is not None else ""

    @Slot()
    def _tell(self, *_: object) -> None:
        row = self.current()
        self.open.setEnabled(row is not None)
        self.go.setVisible(row is not None and row.act.key != "none")
        if row is None:
            return
        self.go.setText(str(row.act))
        self.go.setToolTip(" ".join((str(row.act), "Ctrl+Enter")))
        self.told.setText(_sentence(row))

    # -- what it does -----------------------------------------------------------------------------------------------

    @Slot()
    def open_row(self) -> None:
        """Go to the row itself."""
        row = self.current()
        if row is not None:
            self.context.open_row("people" if isinstance(row, Leaving) else "knowledge", row.id)

    @Slot()
    def do_next(self) -> None:
        """Do what is next for the current row, or go where it is done."""
        row = self.current()
        if row is not None and row.act.key != "none":
            do(self.context, row.act, self)

    def show_scales(self) -> None:
        """Say what grades and bands mean, with the way to change them."""
        bands = self.risks.bands if self.risks is not None else ()
        ScalesDialog(self.context, bands, *self._scales, self.window()).open()

    def write_paper(self) -> None:
        """What the page shows, as a file."""
        LossPaperDialog(self.context, self.method, self.window()).open()

    def write_guide(self) -> None:
        """The interview guide of the current person."""
        row = self.current()
        if isinstance(row, Leaving):
            ask_paper(self.context, lambda: guide_paper(self.context, row.id), self)
        else:
            self.context.tell(tr("Choose somebody who leaves."))


def do(context: Context, act: NextAct, over: QWidget) -> None:
    """Do a next act: ask for what it needs, or go to the row where it is done."""
    if act.key == "plan" and not context.read_only:
        PlanSessionForm(context, act.row, over.window(), done=lambda _row: _planned(context)).open()
    elif act.key == "verify" and not context.read_only:
        VerificationForm(context, act.row, over.window(), done=lambda _row: _verified(context)).open()
    elif act.key == "interview":
        ask_paper(context, lambda: guide_paper(context, act.row), over)
    elif act.key == "retain" and not context.read_only:
        retention_form(context, act.row, over).open()
    else:
        context.open_row(act.register, act.row)


def _planned(context: Context) -> None:
    context.tell(tr("The session is planned."), undo=True)


def _verified(context: Context) -> None:
    context.tell(tr("The verification is recorded."), undo=True)


def _sentence(row: AtRisk) -> str:
    if isinstance(row, Leaving):
        alone = trn("{n} item only {name} knows", "{n} items only {name} knows", row.alone, name=row.name)
        return tr("{name} leaves on {day}: {alone}.", name=row.name, day=moment(row.leaves), alone=alone)
    why = tr("; ").join(LOSS_REASON.label(code) for code in row.why)
    said = f"{row.ref}  {row.title}"
    return f"{said}\n{why}" if why else said


def _of_person(row: Leaving) -> QTreeWidgetItem:
    why = trn("{n} open item", "{n} open items", row.items)
    if row.alone:
        why = tr("{items}, {alone} known to nobody else", items=why, alone=row.alone)
    made = QTreeWidgetItem(
        [f"{row.name}  ·  {moment(row.leaves)}", "", _days(row.days), "", why,
         str(row.act) if row.act.key != "none" else "–"]
    )  # fmt: skip
    made.setIcon(_WHAT, icon("user", "secondary"))
    if row.days <= 28:
        made.setForeground(_DAYS, tokens.colour("danger"))
    return _finished(made, row)


def _of_item(row: ItemAtRisk) -> QTreeWidgetItem:
    score = "–" if row.score is None else f"{row.score}  {row.band.word}" if row.band is not None else str(row.score)
    why = LOSS_REASON.label(row.why[0]) if row.why else "–"
    if len(row.why) > 1:
        why += f" +{len(row.why) - 1}"
    days = _days(row.days) if row.days is not None else "–"
    title = f"{row.system}  {row.title}" if row.system else row.title
    made = QTreeWidgetItem([title, score, days, tr("; ").join(row.holders) or "–", why, str(row.act)])
    made.setIcon(_WHAT, icon("graduation-cap", "secondary"))
    if row.band is not None and row.band.tone in ("danger", "warning"):
        made.setForeground(_SCORE, tokens.colour(row.band.tone))
    if row.grave:
        made.setForeground(_WHY, tokens.colour("danger"))
    if row.days is not None and row.days <= 28:
        made.setForeground(_DAYS, tokens.colour("danger"))
    return _finished(made, row)


def _finished(made: QTreeWidgetItem, row: AtRisk) -> QTreeWidgetItem:
    made.setData(0, _ROW, row)
    for column in range(made.columnCount()):
        made.setToolTip(column, _sentence(row) if column in (_WHAT, _WHY) else made.text(column))
    return made


def _days(days: int) -> str:
    return str(days) if days >= 0 else tr("left {n} days ago", n=-days)
