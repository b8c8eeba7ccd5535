"""The overview of a project: how long until the handover, what there is, what is late, what comes, what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import Connection

from handover.exchange.importing.watched import WatchedFile, WatchList
from handover.i18n import tr, trn
from handover.registers.catalogue import chapters
from handover.registers.figures.overview import Overview, overview
from handover.registers.figures.overview_cards import OverviewCard, overview_cards
from handover.registers.figures.overview_charts import OverviewChart
from handover.registers.figures.things import OpenItem
from handover.registers.figures.today import TodayLine, today_lines
from handover.registers.query import Condition
from handover.registers.scheduling.outlook import CHART, TASKS, PlanOutlook, finish_sentence, outlook
from handover.store.history import ActSummary, recent
from handover.values import shown
from ui.pages.changed_list import ChangedListCard
from ui.pages.count_cards import CountCards
from ui.pages.items import REF, REGISTER, ItemTree
from ui.pages.overview_charts import OverviewCharts
from ui.pages.rows_card import RowsCard
from ui.pages.today_card import TodayCard
from ui.register.flow import FlowLayout
from ui.shell.page import Context, Page, kept_place
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

_LISTED, _ALL, _ACTS = 10, 500, 12


@dataclass(frozen=True, slots=True)
class _Read:
    facts: Overview
    plan: PlanOutlook | None
    acts: tuple[ActSummary, ...]
    since: str
    lists: tuple[WatchedFile, ...] = ()
    today: tuple[TodayLine, ...] = ()
    cards: tuple[OverviewCard, ...] = ()


class OverviewPage(Page):
    """Cards of counts, two lists of things to do, and the latest acts; every number leads to its rows."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(self.title())
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(self._scroll)
        self.links: dict[tuple[str, str], QAbstractButton] = {}
        self.changed_lists: dict[str, QPushButton] = {}
        self._place: int | None = None
        self._all = False
        self._charts_known: Sequence[OverviewChart] = ()
        self.charts: OverviewCharts | None = None
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("Overview")

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        return {"scroll": self._scroll.verticalScrollBar().value() if self._place is None else self._place}

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        self._place = kept_place(state.get("scroll", 0))
        if self.links:
            self._settle()

    def refresh(self, tables: frozenset[str]) -> None:
        project, workspace = self.context.project.id, self.context.workspace
        since = self.context.settings.get(f"project/{project}/visited", "")
        limit = _ALL if self._all else _LISTED

        def look(connection: Connection) -> _Read:
            facts = overview(connection, project, limit)
            acts = recent(workspace, project, since, _ACTS)
            lists = tuple(WatchList.own().changed(project))
            on = today_lines(connection, project)
            cards = overview_cards(connection, project)
            return _Read(facts, outlook(connection, project), tuple(acts), since, lists, on, cards)

        self.read(look, self._show)

    # -- building -----------------------------------------------------------------------------------------------

    def _show(self, read: _Read) -> None:
        if self._place is None:
            self._place = self._scroll.verticalScrollBar().value()
        self.links = {}
        self.changed_lists.clear()
        body = QWidget(self._scroll)
        column = QVBoxLayout(body)
        column.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 6)
        column.setSpacing(SPACE * 4)
        column.addLayout(self._head(read.facts, read.plan, body))
        for watched in read.lists:
            card = ChangedListCard(self.context, watched, self._look_again, body)
            self.changed_lists[watched.path] = card.look
            column.addWidget(card)
        if read.today:
            column.addWidget(TodayCard(self.context, read.today, body))
        if read.facts.empty:
            column.addWidget(self._first_steps(body))
        else:
            for told in read.cards:
                column.addWidget(RowsCard(self.context, told, body))
            cards = CountCards(self.context, read.facts.counts, body)
            self.links = cards.links
            column.addWidget(cards)
            column.addLayout(self._lists(read.facts, body))
            column.addWidget(self._changes(read, body))
            self.charts = OverviewCharts(self.context, self._charts_known, body)
            self.charts.learnt.connect(self._charts_read)
            column.addWidget(self.charts)
        column.addStretch(1)
        self._scroll.setWidget(body)
        QTimer.singleShot(0, self, self._settle)

    @Slot(object)
    def _charts_read(self, charts: Sequence[OverviewChart]) -> None:
        self._charts_known = charts

    def _settle(self) -> None:
        """Scroll where the page stood, once the new content has its height."""
        if self._place is not None:
            self._scroll.verticalScrollBar().setValue(self._place)
            self._place = None

    def _head(self, facts: Overview, plan: PlanOutlook | None, body: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(SPACE)
        title = QLabel(facts.project, body)
        role(title, "title")
        title.setWordWrap(True)
        words.addWidget(title)
        words.addWidget(self._handover(facts, body))
        if plan is not None:
            words.addWidget(self._plan(plan, body))
        row.addLayout(words, 1)
        if facts.days is not None:
            count = QVBoxLayout()
            count.setSpacing(0)
            figure = QPushButton(str(abs(facts.days)), body)
            role(figure, "figure")
            figure.clicked.connect(lambda: self.context.go("blockers"))
            said = trn("day to the handover", "days to the handover", facts.days)
            if facts.days < 0:
                said = trn("day since the handover", "days since the handover", -facts.days)
            unit = QLabel(said, body)
            role(unit, "secondary")
            figure.setAccessibleName(tr("{n} {unit}", n=abs(facts.days), unit=said))
            figure.setToolTip(tr("What blocks the handover"))
            count.addWidget(figure, 0, Qt.AlignmentFlag.AlignRight)
            count.addWidget(unit, 0, Qt.AlignmentFlag.AlignRight)
            count.addStretch(1)
            row.addLayout(count)
        return row

    def _handover(self, facts: Overview, body: QWidget) -> QWidget:
        """On which day, of which kind; without one, the way to where it is given."""
        if facts.handover_on is None:
            button = QPushButton(tr("No handover date yet: give it in the project's properties."), body)
            role(button, "link")
            button.clicked.connect(self._give_date)
            button.setEnabled(not self.context.read_only)
            return button
        sentence = QLabel(_handover_sentence(facts), body)
        role(sentence, "secondary")
        sentence.setWordWrap(True)
        return sentence

    def _give_date(self) -> None:
        project = self.context.workspace.project(self.context.project.code)
        from ui.pages.project import ProjectDialog  # its fields are loaded only where they are wanted

        ProjectDialog(self.context, project, self.window()).open()

    def _plan(self, plan: PlanOutlook, body: QWidget) -> QWidget:
        """When the plan finishes, and how much of it is late; each leads to its tasks."""
        line = QWidget(body)
        row = FlowLayout(line, SPACE * 3)
        row.setContentsMargins(0, 0, 0, 0)
        finish = QPushButton(finish_sentence(plan), body)
        role(finish, "link_danger" if plan.after and plan.after > 0 else "link")
        finish.clicked.connect(lambda: self.context.go(CHART, tab="gantt"))
        row.addWidget(finish)
        critical, idle = len(plan.critical), len(plan.not_begun)
        for ids, said in (
            (plan.critical, trn("{n} late task is critical", "{n} late tasks are critical", critical)),
            (plan.not_begun, trn("{n} task should have started", "{n} tasks should have started", idle)),
        ):
            if ids:
                button = QPushButton(said, body)
                role(button, "link")
                where = (Condition("id", "is", ids),)
                button.clicked.connect(lambda _=False, where=where: self.context.go(TASKS, view="", where=where))
                row.addWidget(button)
        return line

    def _lists(self, facts: Overview, body: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 4)
        total = {c.view: 0 for c in facts.counts}
        for count in facts.counts:
            total[count.view] += count.n
        late = self._list(tr("Overdue"), facts.overdue, total.get("overdue", 0), tr("Nothing is overdue."), body)
        soon = self._list(
            tr("Due in two weeks"), facts.due_soon, total.get("due_soon", 0), tr("Nothing is due in two weeks."), body
        )
        row.addWidget(late, 1)
        row.addWidget(soon, 1)
        return row

    def _list(self, name: str, items: tuple[OpenItem, ...], of: int, nothing: str, body: QWidget) -> QFrame:
        card = QFrame(body)
        role(card, "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        head = QHBoxLayout()
        title = QLabel(name, card)
        role(title, "lead")
        head.addWidget(title, 1)
        if len(items) < of:
            more = QPushButton(tr("the first {n} of {of}: show all", n=len(items), of=of), card)
            role(more, "link")
            more.clicked.connect(self._show_all)
            head.addWidget(more)
        column.addLayout(head)
        if not items:
            empty = QLabel(nothing, card)
            role(empty, "secondary")
            column.addWidget(empty)
            column.addStretch(1)
            return card
        tree = ItemTree(card, flat=True)
        tree.setAccessibleName(name)
        role(tree, "bare")
        tree.setColumnHidden(REF, True)
        tree.setColumnHidden(REGISTER, True)
        tree.setHeaderHidden(True)
        tree.wanted.connect(self.context.open_row)
        tree.add(items, brief=True)
        tree.fit()
        tree.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setFixedHeight(30 * len(items) + 4)
        column.addWidget(tree)
        column.addStretch(1)
        return card

    def _show_all(self) -> None:
        self._all = True
        self.refresh(frozenset())

    def _changes(self, read: _Read, body: QWidget) -> QFrame:
        card = QFrame(body)
        role(card, "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        column.setSpacing(SPACE)
        title = QLabel(tr("Since your last visit") if read.since else tr("What changed"), card)
        role(title, "lead")
        column.addWidget(title)
        if not read.acts:
            empty = QLabel(tr("Nothing has changed."), card)
            role(empty, "secondary")
            column.addWidget(empty)
        for act in read.acts:
            row = QHBoxLayout()
            what = QLabel(_act_sentence(act), card)
            what.setTextFormat(Qt.TextFormat.PlainText)
            when = QLabel(tr("{who}, {when}", who=act.who, when=_local(act.at)), card)
            role(when, "small")
            row.addWidget(what, 1)
            row.addWidget(when)
            column.addLayout(row)
        return card

    @Slot()
    def _look_again(self) -> None:
        self.refresh(frozenset())

    def _first_steps(self, body: QWidget) -> QFrame:
        card = QFrame(body)
        role(card, "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE * 6, SPACE * 6, SPACE * 6, SPACE * 6)
        column.setSpacing(SPACE * 3)
        title = QLabel(tr("Nothing has been entered yet"), card)
        role(title, "lead")
        words = QLabel(
            tr("Begin with the planner's task list, or with the documents that have to be handed over."), card
        )
        role(words, "secondary")
        words.setWordWrap(True)
        column.addWidget(title)
        column.addWidget(words)
        row = QHBoxLayout()
        for chapter in chapters():
            if not chapter.first_step:
                continue
            first = chapter.registers[0]
            button = QPushButton(icon(first.icon), tr(chapter.first_step), card)
            button.clicked.connect(lambda _=False, key=first.key: self.context.go(key))
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        return card


def _handover_sentence(facts: Overview) -> str:
    """On which day the handover is, and of what kind that day is."""
    day = shown.moment(facts.handover_on) if facts.handover_on else ""
    if facts.actual_on:
        return tr("Handed over on {date}", date=day)
    if facts.forecast_on and facts.planned_on and facts.forecast_on != facts.planned_on:
        return tr(
            "Handover forecast for {date}, planned for {planned}", date=day, planned=shown.moment(facts.planned_on)
        )
    if facts.forecast_on:
        return tr("Handover forecast for {date}", date=day)
    return tr("Handover planned for {date}", date=day)


def _act_sentence(act: ActSummary) -> str:
    if act.kind == "undo":
        return tr("Undone: {act}", act=act.label)
    if act.kind == "redo":
        return tr("Done again: {act}", act=act.label)
    return act.label


def _local(moment: str) -> str:
    """A moment of the change log, which is in UTC, as the user's clock shows it."""
    return shown.told_moment(moment)
