"""The page with the chain of one parameter: readings, rectification, retest, procedure, closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import Connection

from handover.errors import NotFound
from handover.i18n import N_, language, tr, trc
from handover.model.project import Project
from handover.pack.chapters.acceptance import chain_paper, issue_chain
from handover.pack.outline import PackOutline
from handover.registers.acceptance.chain import ChainLink, ParameterChain, chain_of
from handover.registers.acceptance.measuring import ToMeasure, to_measure
from handover.store.workspace import Workspace
from handover.values.shown import moment
from handover.wording import Language, shown
from ui.chapters.measuring.paper import AcceptancePaperDialog, issue_paper
from ui.shell.form import FieldBox
from ui.shell.page import Context, Page
from ui.theme.icons import icon
from ui.theme.marks import Pill
from ui.theme.style import role
from ui.theme.tokens import SPACE

_TABLES = frozenset(
    {"acceptance_parameter", "parameter_reading", "rectification", "waiver", "operating_procedure", "person",
     "instrument", "test_campaign"}
)  # fmt: skip
_ICONS = {"readings": "pencil", "rectifications": "refresh-cw", "sops": "list-checks", "waivers": "stamp"}
#: Which parameter is shown first: one that failed, before others.
_FIRST = ("fail", "waived", "pending", "pass", "na")
_EMPTY = N_("No parameters yet. Import the list of the contract: limits are read as people write them.")


class ParameterChainPage(Page):
    """Chooses a parameter and shows, from top to bottom, what happened to it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.chosen = ""
        self.cards: list[QFrame] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        outer.setSpacing(SPACE * 3)
        heading = QLabel(self.title(), self)
        role(heading, "title")
        outer.addWidget(heading)
        self.box = QComboBox(self)
        self.box.setAccessibleName(tr("Parameter"))
        self.box.setMaxVisibleItems(24)
        self.box.setMinimumContentsLength(48)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.activated.connect(self._choose)
        outer.addWidget(FieldBox(tr("Parameter"), self.box))
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(self.title())
        self._body = QWidget(scroll)
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, SPACE * 2, 0)
        self._column.setSpacing(SPACE * 3)
        scroll.setWidget(self._body)
        outer.addWidget(scroll, 1)
        self.setFocusProxy(self.box)
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("Chain of a parameter")

    def help_key(self) -> str:
        return "parameter_chain"

    def state(self) -> dict[str, Any]:  # Any: as in Page
        return {"parameter": self.chosen}

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as in Page
        if isinstance(state.get("parameter"), str) and state["parameter"]:
            self.chosen = state["parameter"]
            self.refresh(frozenset())

    def page_actions(self) -> list[QAction]:
        paper = QAction(icon("printer"), tr("Write the chain…"), self)
        paper.setEnabled(bool(self.chosen))
        paper.triggered.connect(self.write_chain)
        numbered = QAction(icon("stamp"), tr("Issue the chain"), self)
        numbered.setEnabled(bool(self.chosen) and not self.context.read_only)
        numbered.triggered.connect(self.issue_chain)
        return [paper, numbered]

    def refresh(self, tables: frozenset[str]) -> None:
        if not tables or tables & _TABLES:
            project, chosen = self.context.project.id, self.chosen
            self.read(lambda connection: _looked_up(connection, project, chosen), self._show)

    @Slot()
    def write_chain(self) -> None:
        """Ask where the chain goes."""
        parameter = self.chosen

        def outline(workspace: Workspace, project: Project, language: Language, _blank: bool) -> PackOutline:
            return chain_paper(workspace, project, parameter, language)

        AcceptancePaperDialog(
            self.context, tr("Write the chain of a parameter"),
            tr("From the first reading to the closed rectification, with places to sign."),
            self.box.currentText().partition(" ")[0], outline, blank=False, parent=self.window(),
        ).open()  # fmt: skip

    @Slot()
    def issue_chain(self) -> None:
        """Issue the chain that is shown, in place of the one in force."""
        parameter = self.chosen
        issue_paper(self.context, tr("Issuing the chain"), lambda opened, owner: issue_chain(opened, owner, parameter))

    def _choose(self, place: int) -> None:
        self.chosen = str(self.box.itemData(place) or "")
        self.refresh(frozenset())

    def _show(self, found: tuple[list[ToMeasure], ParameterChain | None]) -> None:
        rows, chain = found
        self.box.clear()
        for row in rows:
            self.box.addItem(f"{row.no or row.ref}  {row.name}", row.id)
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self.cards = []
        if chain is None:
            empty = QLabel(
                tr("No parameters yet. Import the list of the contract: limits are read as people write them.")
            )
            empty.setWordWrap(True)
            role(empty, "secondary")
            self._column.addWidget(empty)
        else:
            self.chosen = chain.parameter.id
            self.box.setCurrentIndex(self.box.findData(self.chosen))
            self._column.addWidget(self._head(chain))
            for link in chain.links:
                card = self._card(link)
                self.cards.append(card)
                self._column.addWidget(card)
        self._column.addStretch(1)
        self.actions_changed.emit()

    def _head(self, chain: ParameterChain) -> QWidget:
        of = chain.parameter
        card = QFrame(self._body)
        role(card, "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        top = QHBoxLayout()
        name = QLabel(of.name, card)
        name.setWordWrap(True)
        role(name, "lead")
        top.addWidget(name, 1)
        top.addWidget(Pill(chain.result.tone, chain.result.label, card))
        column.addLayout(top)
        told = [
            (tr("System"), of.system),
            (trc("parameter", "Limits"), f"{of.limits}  ({of.in_words()})" if of.accepted else of.limits),
            (tr("Signature"), f"{chain.signed_by} {moment(chain.signed_on) if chain.signed_on else ''}".strip()
             or chain.signature.label),
            (tr("What follows where it fails"), chain.remedy),
        ]  # fmt: skip
        column.addLayout(_facts([(label, value) for label, value in told if value], card))
        column.addWidget(self._opener("parameters", of.id, of.ref, card), 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _card(self, link: ChainLink) -> QFrame:
        spoken: Language = "zh" if language() == "zh" else "en"
        card = QFrame(self._body)
        role(card, "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        row.setSpacing(SPACE * 3)
        picture = QLabel(card)
        picture.setPixmap(icon(_ICONS[link.register]).pixmap(18, 18))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        top = QHBoxLayout()
        what = QLabel(f"{shown(link.what, spoken)}  {link.title}", card)
        what.setWordWrap(True)
        role(what, "lead")
        top.addWidget(what, 1)
        top.addWidget(Pill(link.state.tone, link.state.label, card))
        column.addLayout(top)
        facts = [(tr("Date"), _when(link))] if link.on is not None else []
        column.addLayout(_facts([*facts, *((shown(label, spoken), value) for label, value in link.facts)], card))
        row.addLayout(column, 1)
        row.addWidget(self._opener(link.register, link.id, link.ref, card), 0, Qt.AlignmentFlag.AlignTop)
        return card

    def _opener(self, key: str, row_id: str, ref: str, parent: QWidget) -> QPushButton:
        button = QPushButton(ref, parent)
        role(button, "link")
        button.setAccessibleName(tr("Open {ref}", ref=ref))
        button.clicked.connect(lambda: self.context.open_row(key, row_id))
        return button


def _when(link: ChainLink) -> str:
    """The moment of a reading, the day of everything else."""
    if link.on is None:
        return ""
    return moment(link.on if link.register == "readings" else link.on.date())


def _facts(facts: list[tuple[str, str]], parent: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE * 4)
    grid.setVerticalSpacing(SPACE)
    grid.setColumnStretch(1, 1)
    for place, (label, value) in enumerate(facts):
        name = QLabel(label, parent)
        role(name, "secondary")
        told = QLabel(value, parent)
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setWordWrap(True)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(told, place, 1)
    return grid


def _looked_up(connection: Connection, project: str, chosen: str) -> tuple[list[ToMeasure], ParameterChain | None]:
    """All parameters, and the chain of the one that is chosen, else of the first that somebody will want to see."""
    rows = to_measure(connection, project)
    if not any(row.id == chosen for row in rows):
        chosen = min(rows, key=lambda row: _FIRST.index(row.result)).id if rows else ""
    try:
        return rows, chain_of(connection, project, chosen) if chosen else None
    except NotFound:
        return rows, None
