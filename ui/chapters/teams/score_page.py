"""The contribution score: its formula, for whom it is shown, and each score down to the rows that it counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import Connection

from handover.clock import today
from handover.errors import HandoverError, NotValid, Refused
from handover.i18n import N_, tr, trn
from handover.model.teams.contribution import SCORE_ACT, SCORE_SHOWN
from handover.registers import catalogue
from handover.registers.acts import editing
from handover.registers.teams.score_facts import ScoreFact
from handover.registers.teams.scoring import (
    ActScore,
    By,
    Score,
    ScoreBoard,
    formula,
    score_board,
    show_scores,
    shown_in,
    worth_in,
    write_weights_down,
)
from handover.values.shown import moment
from ui.register.details.small_form import SmallForm
from ui.register.stepping.reasons import ToldReason, told
from ui.shell.page import Context, Page
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

_BY: tuple[tuple[By, str], ...] = (("side", N_("By side")), ("group", N_("By group")), ("person", N_("By person")))
_TABLES = frozenset({
    "project", "person", "member", "working_group", "score_rule", "score_objection", "action", "meeting", "attendance",
    "transfer_session", "session_attendance", "level_verification", "revision", "comment", "punch", "lesson_learned",
})  # fmt: skip
_FACT = Qt.ItemDataRole.UserRole
#: So many rows of one act are listed.
_MOST_FACTS = 500


@dataclass(frozen=True, slots=True)
class _ScoreRead:
    shown: str
    said: tuple[str, ...]
    board: ScoreBoard | None


class ContributionPage(Page):
    """Scores as a tree: whose, by which acts, by which rows.

    ``restore`` understands: ``by`` and ``month`` (its first day as ISO text, empty for all).
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._by: By = "side"
        self._month: dt.date | None = None
        self.form: SmallForm | None = None
        self.board: ScoreBoard | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 4)
        column.setSpacing(SPACE * 3)
        column.addLayout(self._head())
        column.addLayout(self._choices())
        self.said = self._sentence("secondary")
        column.addWidget(self.said)
        self.tree = self._tree()
        column.addWidget(self.tree, 1)
        self.note = self._sentence("small")
        column.addWidget(self.note)
        self._make_actions()
        self.setFocusProxy(self.tree)
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("Contribution score")

    def help_key(self) -> str:
        return "contribution_score"

    def page_actions(self) -> list[QAction]:
        return [self.object_action, self.weights_action]

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        return {"by": self._by, "month": self._month.isoformat() if self._month else ""}

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        self._by = next((by for by, _name in _BY if by == state.get("by")), self._by)
        try:
            self._month = dt.date.fromisoformat(str(state.get("month") or ""))
        except ValueError:
            self._month = None
        self.refresh(frozenset())

    def refresh(self, tables: frozenset[str]) -> None:
        if tables and not tables & _TABLES:
            return
        project, by, month = self.context.project.id, self._by, self._month

        def look(connection: Connection) -> _ScoreRead:
            shown = shown_in(connection, project)
            said = tuple(formula(worth_in(connection, project)))
            if shown == "off":
                return _ScoreRead(shown, said, None)
            whose: By = by if by != "person" or shown == "people" else "side"
            return _ScoreRead(shown, said, score_board(connection, project, whose, month))

        self.read(look, self._show)

    # -- parts --------------------------------------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        heading = QLabel(self.title(), self)
        role(heading, "title")
        row.addWidget(heading)
        row.addStretch(1)
        label = QLabel(tr("Shown"), self)
        role(label, "secondary")
        row.addWidget(label)
        self.shown = QComboBox(self)
        self.shown.setAccessibleName(tr("For whom the score is shown"))
        for option in SCORE_SHOWN.options:
            self.shown.addItem(SCORE_SHOWN.label(option.code), option.code)
        self.shown.activated.connect(self._choose_shown)
        self.shown.setEnabled(not self.context.read_only)
        row.addWidget(self.shown)
        return row

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        group = QButtonGroup(self)
        self.by: dict[str, QPushButton] = {}
        for by, name in _BY:
            button = QPushButton(tr(name), self)
            role(button, "view")
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, key=by: self._choose_by(key))
            group.addButton(button)
            row.addWidget(button)
            self.by[by] = button
        self.months = QComboBox(self)
        self.months.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.months.setAccessibleName(tr("Month"))
        self.months.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.months.activated.connect(self._choose_month)
        row.addWidget(self.months)
        row.addStretch(1)
        self.object_button = QPushButton(icon("message-square-check"), tr("Object…"), self)
        self.object_button.clicked.connect(self.object)
        row.addWidget(self.object_button)
        self.weights_button = QPushButton(icon("sliders-horizontal"), tr("Change the weights"), self)
        self.weights_button.clicked.connect(self.change_weights)
        row.addWidget(self.weights_button)
        return row

    def _sentence(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        role(label, name)
        return label

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setAccessibleName(self.title())
        tree.setHeaderLabels([tr("Whose, by what"), tr("Points"), tr("Ref."), tr("Day")])
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.itemActivated.connect(self._open)
        tree.currentItemChanged.connect(lambda *_: self._allow())
        return tree

    def _make_actions(self) -> None:
        self.object_action = QAction(icon("message-square-check"), tr("Object…"), self)
        self.object_action.triggered.connect(self.object)
        self.weights_action = QAction(icon("sliders-horizontal"), tr("Change the weights"), self)
        self.weights_action.triggered.connect(self.change_weights)
        for action in (self.object_action, self.weights_action):
            self.addAction(action)

    # -- showing ------------------------------------------------------------------------------------------------------

    def _show(self, read: _ScoreRead) -> None:
        self.board = read.board
        with QSignalBlocker(self.shown):
            self.shown.setCurrentIndex(self.shown.findData(read.shown))
        off = read.board is None
        if read.shown != "people" and self._by == "person":
            self._by = "side"
        for by, button in self.by.items():
            button.setEnabled(not off and (by != "person" or read.shown == "people"))
            button.setChecked(by == self._by)
        self.months.setEnabled(not off)
        self._list_months(read.board.months if read.board is not None else ())
        self.said.setText(self._what_is_said(read))
        warned = tr("It shows who works with the other side. It is no measure of pay and no judgement of anybody.")
        counted = tr("How it is counted: {formula}.", formula=tr("; ").join(read.said))
        self.note.setText(f"{counted}\n{warned}")
        self._fill(read.board.scores if read.board is not None else ())
        self._allow()

    def _what_is_said(self, read: _ScoreRead) -> str:
        if read.board is None:
            return tr("The score isn't shown in this project. Choose above for whom it is.")
        if not read.board.scores:
            return tr("Nothing counts in this time yet.")
        left = read.board.left_out
        if not left:
            return tr("Open a line to see what is counted; Enter on a row opens it.")
        return trn("{n} row isn't counted, because an objection was upheld.",
                   "{n} rows aren't counted, because objections were upheld.", left)  # fmt: skip

    def _list_months(self, months: Sequence[dt.date]) -> None:
        with QSignalBlocker(self.months):
            self.months.clear()
            self.months.addItem(tr("All months"), "")
            for month in months:
                self.months.addItem(f"{month:%Y-%m}", month.isoformat())
            at = self.months.findData(self._month.isoformat() if self._month else "")
            self.months.setCurrentIndex(max(at, 0))

    def _fill(self, scores: Sequence[Score]) -> None:
        opened = {str(item.data(0, _FACT)) for item in self._lines() if item.isExpanded() and item.parent() is None}
        self.tree.clear()
        for score in scores:
            whose = QTreeWidgetItem(self.tree, [score.name, f"{score.points:g}"])
            whose.setData(0, _FACT, score.key)
            for act in score.acts:
                self._fill_act(QTreeWidgetItem(whose, _act_cells(act)), act)
            whose.setExpanded(score.key in opened or len(scores) <= 3)
        for item in self._lines():
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)

    def _fill_act(self, line: QTreeWidgetItem, act: ActScore) -> None:
        for fact in act.facts[:_MOST_FACTS]:
            item = QTreeWidgetItem(line, [fact.text, "", fact.ref, moment(fact.day)])
            item.setData(0, _FACT, fact)
            item.setToolTip(0, fact.text)

    def _lines(self) -> list[QTreeWidgetItem]:
        root = self.tree.invisibleRootItem()
        return [line for top in _children(root) for line in (top, *_children(top))]

    def fact_in_hand(self) -> ScoreFact | None:
        """The counted row that is chosen."""
        item = self.tree.currentItem()
        fact = item.data(0, _FACT) if item is not None else None
        return fact if isinstance(fact, ScoreFact) else None

    def _allow(self) -> None:
        writable = not self.context.read_only and self.board is not None
        for widget in (self.object_button, self.object_action):
            widget.setEnabled(writable and self.fact_in_hand() is not None)
        why = "" if self.fact_in_hand() is not None else tr("Choose the row that shouldn't count.")
        self.object_button.setToolTip(why)
        for widget in (self.weights_button, self.weights_action):
            widget.setEnabled(not self.context.read_only)

    # -- what it does -------------------------------------------------------------------------------------------------

    @Slot(int)
    def _choose_shown(self, at: int) -> None:
        code = str(self.shown.itemData(at))
        self.context.act(lambda: show_scores(self.context.workspace, self.context.project.id, code))
        self.refresh(frozenset())

    def _choose_by(self, by: By) -> None:
        self._by = by
        self.refresh(frozenset())

    @Slot(int)
    def _choose_month(self, at: int) -> None:
        kept = str(self.months.itemData(at) or "")
        self._month = dt.date.fromisoformat(kept) if kept else None
        self.refresh(frozenset())

    @Slot(QTreeWidgetItem)
    def _open(self, item: QTreeWidgetItem) -> None:
        fact = item.data(0, _FACT)
        register = catalogue.of_table(fact.table) if isinstance(fact, ScoreFact) else None
        if register is not None:
            self.context.open_row(register.key, fact.key)

    @Slot()
    def change_weights(self) -> None:
        """Open what counts for how much, with a row for each act."""
        self.context.act(lambda: write_weights_down(self.context.workspace, self.context.project.id))
        self.context.go("score-rules")

    @Slot()
    def object(self) -> None:
        """Ask why the chosen row shouldn't count; the objection waits for an answer."""
        fact = self.fact_in_hand()
        if fact is None:
            return
        objections = catalogue.register("score-objections")
        self.form = SmallForm(
            self.context, tr("Object to a counted row"), [objections[each] for each in ("text", "raised_by")],
            ("text", "raised_by"), {}, tr("Object"), self.window(),
            note=tr("{ref}, {act}: somebody else than you answers. Where it is upheld, the row isn't counted.",
                    ref=fact.ref, act=SCORE_ACT.label(fact.act)),
        )  # fmt: skip
        self.form.given.connect(lambda values: self._objected(fact, values))
        self.form.open()

    def _objected(self, fact: ScoreFact, values: Mapping[str, Any]) -> None:  # Any: what each field holds
        objections, context = catalogue.register("score-objections"), self.context
        row = {**values, "person": fact.person, "about": fact.ref, "month_on": fact.day.replace(day=1),
               "raised_on": today()}  # fmt: skip
        try:
            editing.add(context.workspace, objections, context.project.id, row)
        except HandoverError as error:
            if self.form is not None:
                self.form.refuse(self._reasons(error))
            return
        if self.form is not None:
            self.form.accept()
        context.tell(tr("The objection is raised. It stands among the objections until it is answered."), undo=True)

    def _reasons(self, error: HandoverError) -> list[ToldReason]:
        if isinstance(error, Refused):
            with self.context.workspace.read() as connection:
                return told(connection, error.reasons, catalogue.register("score-objections"))
        return [ToldReason(str(error), (), error.field if isinstance(error, NotValid) else "")]


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    children = (item.child(n) for n in range(item.childCount()))
    return [child for child in children if child is not None]


def _act_cells(act: ActScore) -> list[str]:
    name = SCORE_ACT.label(act.act)
    said = trn("{act}: {n} row", "{act}: {n} rows", len(act.facts), act=name)
    if act.earned > act.points:
        said = tr("{said}, {earned} points capped to {points}", said=said, earned=f"{act.earned:g}",
                  points=f"{act.points:g}")  # fmt: skip
    return [said, f"{act.points:g}"]
