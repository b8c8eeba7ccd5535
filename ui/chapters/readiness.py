"""What readiness has of its own in the window: how ready each area is with its open rows, charts, and the pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from sqlalchemy import Connection

from handover.i18n import tr, trc
from handover.model.readiness.areas import AREA
from handover.model.readiness.criterion import CRITERION_STATUS
from handover.pack.chapters.readiness import issue_readiness_pack
from handover.pack.issuing import Paper
from handover.registers.declare import Register
from handover.registers.figures.readiness import ReadinessCharts, ReadyCount, by_area, readiness_charts, whole
from handover.registers.query import Condition
from handover.registers.readying.gate_standing import CriterionLine, gate_keys, open_criteria
from handover.values.shown import moment
from handover.wording import Words
from ui.chapters.gates import told_of, tone_of
from ui.chapters.readying.by_gate import ByGatePage
from ui.chapters.readying.cards import ListedLine, card, lines_card, number_card, share_row, words
from ui.chapters.readying.phase_template import phase_acts
from ui.pages.charts import ChartPlace, ChartsPage
from ui.register.narrowing import filters
from ui.register.own_acts import OwnAct
from ui.shell.page import Context, Page
from ui.theme.style import role
from ui.theme.tokens import SPACE

#: So many open criteria of an area are listed.
_LISTED = 6


@dataclass(frozen=True, slots=True)
class _AreasRead:
    gates: list[tuple[str, str]]
    all: ReadyCount
    areas: list[ReadyCount]
    open: dict[str, list[CriterionLine]]


class ReadinessAreasPage(ByGatePage):
    """A card for each area: how much of it is met, and what is open, what decides alone first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("Readiness by area")

    def help_key(self) -> str:
        return "readiness_areas"

    def refresh(self, tables: frozenset[str]) -> None:
        project, gate = self.context.project.id, self.gate

        def look(connection: Connection) -> _AreasRead:
            gates = gate_keys(connection, project)
            chosen = gate if any(key == gate for key, _ in gates) else ""
            lines = open_criteria(connection, project, chosen)
            found: dict[str, list[CriterionLine]] = {}
            for line in lines:
                found.setdefault(line.area, []).append(line)
            return _AreasRead(gates, whole(connection, project, chosen), by_area(connection, project, chosen), found)

        self.read(look, self._show)

    def _show(self, read: _AreasRead) -> None:
        self.offer([("", tr("All gates")), *read.gates])
        self.put(lambda column, body: self._fill(column, read, body))

    def _fill(self, column: QVBoxLayout, read: _AreasRead, body: QWidget) -> None:
        if not read.areas:
            column.addWidget(words(tr("No criteria yet. Take those of your industry, or add some."), "secondary", body))
            return
        column.addLayout(self._numbers(read.all, body))
        column.addWidget(self._shares(read.areas, body))
        for area in read.areas:
            column.addWidget(self._area(area, read.open.get(area.key, []), body))

    def _numbers(self, count: ReadyCount, body: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 4)
        score = "–" if count.score is None else f"{count.score:.1%}"
        row.addWidget(number_card(score, trc("gate", "Score"), None, body), 1)
        row.addWidget(number_card(str(count.blockers), tr("Open blockers"), "danger" if count.blockers else "ok", body),
                      1)  # fmt: skip
        row.addWidget(number_card(f"{count.met} / {count.applicable}", tr("Criteria met"), None, body), 1)
        row.addWidget(number_card(str(count.overdue), tr("Overdue"), "danger" if count.overdue else "ok", body), 1)
        return row

    def _shares(self, areas: Sequence[ReadyCount], body: QWidget) -> QFrame:
        frame, column = card(body)
        column.addWidget(words(tr("Criteria met by area"), "lead", frame))
        for area in areas:
            line, button = share_row(
                _name(area), told_of(area), area.met / (area.applicable or 1), tone_of(area), frame
            )
            button.clicked.connect(lambda _=False, key=area.key: self._go("", key))
            self.buttons[f"area/{area.key}"] = button
            column.addWidget(line)
        return frame

    def _area(self, area: ReadyCount, lines: Sequence[CriterionLine], body: QWidget) -> QFrame:
        listed = [self._line(each) for each in lines[:_LISTED]]
        title = f"{_name(area)}  ·  {told_of(area)}"
        frame, column, buttons = lines_card(title, listed, tr("Everything that applies is met."), body)
        self.buttons.update({each.text(): each for each in buttons})
        if len(lines) > _LISTED:
            more = QPushButton(tr("All {n} open criteria", n=len(lines)), frame)
            role(more, "link")
            more.clicked.connect(lambda: self._go("open", area.key))
            column.addWidget(more)
        column.addStretch(1)
        return frame

    def _line(self, each: CriterionLine) -> ListedLine:
        option = CRITERION_STATUS[each.status]
        due = moment(each.due) if each.due is not None else tr("no day")
        small = [tr("Decides alone") if each.blocker else "", each.owner or tr("No owner"),
                 tr("overdue since {day}", day=due) if each.overdue else due]  # fmt: skip
        pill = ("danger" if each.blocker else option.tone, option.label)
        return ListedLine(each.ref, each.question, "  ·  ".join(filter(None, small)), pill,
                          lambda: self.context.open_row("criteria", each.id))  # fmt: skip

    def _go(self, view: str, area: str) -> None:
        where = [Condition("area", "is", (area,)) if area else Condition("area", "empty")]
        if self.gate:
            where.append(Condition("gate", "is", (self.gate,)))
        self.context.go("criteria", view=view, where=filters.plain(tuple(where)))


class ReadinessChartsPage(ChartsPage):
    """Readiness by area and state, by system and area, and the scores of the gates."""

    concerned = frozenset({"criterion", "gate", "system"})
    chart_height = 380
    places: ClassVar[Mapping[str, ChartPlace]] = {
        "areas": ChartPlace(0, 0, 2), "systems": ChartPlace(1, 0, 2), "gates": ChartPlace(2, 0, 2)
    }  # fmt: skip

    def title(self) -> str:
        return tr("Readiness charts")

    def help_key(self) -> str:
        return "readiness_charts"

    def look(self, connection: Connection, project: str) -> ReadinessCharts:
        return readiness_charts(connection, project)

    def told_of(self, charts: ReadinessCharts) -> Mapping[str, Sequence[Words]]:
        return charts.notes


def acts(context: Context, register: Register) -> list[OwnAct]:
    """Taking the criteria of an industry, and issuing the readiness pack."""
    if register.key != "criteria":
        return []

    def issue(_ids: Sequence[str], _over: QWidget) -> None:
        workspace = context.workspace
        project = workspace.project(context.project.code)

        def issued(paper: Paper) -> None:
            context.tell(tr("Readiness pack {number}, edition {edition}, is issued.", number=paper.number,
                            edition=paper.edition))  # fmt: skip
            context.open_row("issued", paper.id)

        context.run_job(
            tr("Issuing the readiness pack"),
            lambda progress: issue_readiness_pack(workspace, project, progress=progress),
            done=issued,
        )

    return [
        *phase_acts(context, register),
        OwnAct(tr("Issue the readiness pack"), "stamp", issue, of_rows=False),
    ]


def page(context: Context, key: str) -> Page:
    """The page of the areas, or that of the charts."""
    return ReadinessAreasPage(context) if key == "readiness_areas" else ReadinessChartsPage(context)


def _name(area: ReadyCount) -> str:
    return AREA.label(area.key) or tr("No area said")
