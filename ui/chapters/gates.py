"""What gates have of their own in the window: a page that can be shown to a steering committee, and their report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import Connection

from handover.i18n import tr, trc, trn
from handover.model.gate import GATE_DECISION
from handover.model.readiness.areas import AREA
from handover.model.readiness.condition import CONDITION_STATUS
from handover.model.readiness.criterion import CRITERION_KIND, CRITERION_STATUS
from handover.model.readiness.gate_signature import SIGNATURE_STATUS, VOTE
from handover.model.readiness.review import REVIEW_STATUS
from handover.model.vocabulary import Tone
from handover.registers.declare import Register
from handover.registers.figures.readiness import ReadyCount
from handover.registers.query import Condition
from handover.registers.readying.gate_standing import GateStanding, gate_ahead, gate_keys, gate_standing
from handover.values.shown import moment
from ui.chapters.readying.by_gate import ByGatePage
from ui.chapters.readying.cards import ListedLine, card, lines_card, number_card, share_row, words
from ui.chapters.readying.gate_report import save_gate_report
from ui.chapters.readying.phase_template import phase_acts
from ui.register.narrowing import filters
from ui.register.own_acts import OwnAct
from ui.shell.page import Context, Page
from ui.theme.marks import Pill
from ui.theme.style import role
from ui.theme.tokens import SPACE

_CONCERNED = frozenset(
    {"gate", "criterion", "gate_review", "gate_condition", "gate_signature", "signatory", "person", "document"}
)
#: So many open criteria are listed; the rest are a click away.
_LISTED = 12


class GatePage(ByGatePage):
    """One gate at a time: its decision, score and blockers, what is open, its conditions and who signs."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.report = QPushButton(tr("Save the report…"), self)
        self.report.clicked.connect(self._save)
        self.head.addWidget(self.report)
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("Where the gates stand")

    def help_key(self) -> str:
        return "gate_page"

    def refresh(self, tables: frozenset[str]) -> None:
        if tables and not tables & _CONCERNED:
            return
        project, wanted = self.context.project.id, self.gate

        def look(connection: Connection) -> tuple[list[tuple[str, str]], GateStanding | None]:
            gates = gate_keys(connection, project)
            key = wanted if any(key == wanted for key, _ in gates) else gate_ahead(connection, project)
            return gates, gate_standing(connection, project, key) if key else None

        self.read(look, self._show)

    # -- building -----------------------------------------------------------------------------------------------------

    def _show(self, read: tuple[list[tuple[str, str]], GateStanding | None]) -> None:
        gates, standing = read
        if standing is not None:
            self.gate = standing.id
        self.offer(gates)
        self.report.setEnabled(standing is not None)
        self.put(lambda column, body: self._fill(column, standing, body))

    def _fill(self, column: QVBoxLayout, standing: GateStanding | None, body: QWidget) -> None:
        if standing is None:
            nothing = tr("No gates yet. Take those of your industry on the page of the gates.")
            column.addWidget(words(nothing, "secondary", body))
            return
        column.addWidget(self._verdict(standing, body))
        column.addLayout(self._numbers(standing, body))
        across = QHBoxLayout()
        across.setSpacing(SPACE * 4)
        across.addWidget(self._areas(standing, body), 1)
        column.addLayout(across)
        column.addWidget(self._criteria(standing, body))
        below = QHBoxLayout()
        below.setSpacing(SPACE * 4)
        below.addWidget(self._conditions(standing, body), 1)
        below.addWidget(self._signatures(standing, body), 1)
        column.addLayout(below)
        if len(standing.reviews) > 1:
            column.addWidget(self._reviews(standing, body))

    def _verdict(self, standing: GateStanding, body: QWidget) -> QFrame:
        frame, column = card(body)
        option = GATE_DECISION[standing.decision]
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        row.addWidget(words(standing.called, "title", frame), 1)
        row.addWidget(Pill(option.tone, option.label, frame))
        column.addLayout(row)
        told = [standing.phase]
        if standing.review_on is not None:
            told.append(tr("Review on {day}", day=moment(standing.review_on)))
        if standing.decided_on is not None:
            told.append(tr("Decided on {day}", day=moment(standing.decided_on)))
        if standing.chair:
            told.append(tr("Chaired by {name}", name=standing.chair))
        if opens := standing.opened():
            told.append(tr("Opens: {what}", what=opens))
        column.addWidget(words("  ·  ".join(filter(None, told)), "secondary", frame))
        if standing.decision == "lapsed":
            column.addWidget(words(standing.lapse(), "error", frame))
        if standing.blockers:
            said = trn("{n} criterion that decides alone is open: no go, whatever the score.",
                       "{n} criteria that decide alone are open: no go, whatever the score.",
                       len(standing.blockers))  # fmt: skip
            column.addWidget(words(said, "error", frame))
        if standing.review is not None:
            button = QPushButton(tr("Open the review {ref}", ref=standing.review.ref), frame)
            role(button, "link")
            key = standing.review.id
            button.clicked.connect(lambda: self.context.open_row("gate-reviews", key))
            self.buttons["review"] = button
            column.addWidget(button)
        return frame

    def _numbers(self, standing: GateStanding, body: QWidget) -> QHBoxLayout:
        stands, blockers = standing.stands, len(standing.blockers)
        score = "–" if stands.score is None else f"{stands.score:.1%}"
        waiting = sum(each.status == "open" for each in standing.conditions)
        row = QHBoxLayout()
        row.setSpacing(SPACE * 4)
        for figure, said, tone in (
            (score, trc("gate", "Score"), None),
            (str(blockers), tr("Open blockers"), "danger" if blockers else "ok"),
            (f"{stands.met} / {stands.applicable}", tr("Criteria met"), None),
            (str(waiting), tr("Open conditions"), "warning" if waiting else "ok"),
        ):
            row.addWidget(number_card(figure, said, tone, body), 1)  # type: ignore[arg-type]  # words of tones
        return row

    def _areas(self, standing: GateStanding, body: QWidget) -> QFrame:
        frame, column = card(body)
        column.addWidget(words(tr("Criteria met by area"), "lead", frame))
        for area in standing.areas:
            name = AREA.label(area.key) or tr("No area said")
            line, button = share_row(name, told_of(area), area.met / (area.applicable or 1), tone_of(area), frame)
            where = (Condition("gate", "is", (standing.id,)), _is("area", area.key))
            button.clicked.connect(lambda _=False, where=where: self._go("", where))
            self.buttons[f"area/{area.key}"] = button
            column.addWidget(line)
        if not standing.areas:
            column.addWidget(
                words(tr("No criteria yet. Take those of your industry, or add some."), "secondary", frame)
            )
        return frame

    def _criteria(self, standing: GateStanding, body: QWidget) -> QFrame:
        lines = []
        for each in standing.open[:_LISTED]:
            option = CRITERION_STATUS[each.status]
            small = [AREA.label(each.area)]
            if each.blocker:
                small.insert(0, tr("Decides alone"))
            if each.kind == "entrance":
                small.append(CRITERION_KIND.label("entrance"))
            small += [each.owner or tr("No owner"), _due(each.due, each.overdue)]
            if each.still_open:
                small.append(trn("{n} thing still open", "{n} things still open", each.still_open))
            tone: Tone = "danger" if each.blocker else option.tone
            lines.append(self._line("criteria", each.id, each.ref, each.question, small, (tone, option.label)))
        frame, column, buttons = lines_card(tr("Criteria that are open"), lines, tr("No criterion is open."), body)
        self.buttons.update({each.text(): each for each in buttons})
        if len(standing.open) > _LISTED:
            more = QPushButton(tr("All {n} open criteria", n=len(standing.open)), frame)
            role(more, "link")
            where = (Condition("gate", "is", (standing.id,)),)
            more.clicked.connect(lambda: self._go("open", where))
            column.addWidget(more)
        column.addStretch(1)
        return frame

    def _conditions(self, standing: GateStanding, body: QWidget) -> QFrame:
        lines = []
        for each in standing.conditions:
            option = CONDITION_STATUS[each.status]
            pill: tuple[Tone, str] = ("danger", tr("Ran out")) if each.ran_out else (option.tone, option.label)
            small = [each.owner, _due(each.due, each.ran_out)]
            lines.append(self._line("conditions", each.id, each.ref, each.title, small, pill))
        frame, column, buttons = lines_card(tr("Conditions of the pass"), lines, tr("No conditions."), body)
        self.buttons.update({each.text(): each for each in buttons})
        column.addStretch(1)
        return frame

    def _signatures(self, standing: GateStanding, body: QWidget) -> QFrame:
        lines = []
        for place, each in enumerate(standing.signatures, 1):
            option = VOTE[each.vote] if each.vote else SIGNATURE_STATUS[each.status]
            said = each.person or each.role
            small = [each.role if each.person else "", moment(each.signed_on) if each.signed_on is not None else ""]
            lines.append(self._line("gate-signatures", each.id, str(place), said, small, (option.tone, option.label)))
        nothing = tr("Nobody has been asked to sign yet.")
        frame, column, _ = lines_card(tr("Signatures"), lines, nothing, body)
        column.addStretch(1)
        return frame

    def _reviews(self, standing: GateStanding, body: QWidget) -> QFrame:
        lines = []
        for each in reversed(standing.reviews):
            option = REVIEW_STATUS[each.status]
            on = each.decided_on or each.held_on
            small = [moment(on) if on is not None else "", each.because]
            if each.score is not None:
                small.append(tr("Score {score}: {met} of {of} criteria met.", score=f"{each.score:.1%}", met=each.met,
                                of=each.applicable))  # fmt: skip
            said = tr("Review {n}", n=each.number)
            lines.append(self._line("gate-reviews", each.id, each.ref, said, small, (option.tone, option.label)))
        frame, column, _ = lines_card(tr("All reviews of the gate"), lines, "", body)
        column.addStretch(1)
        return frame

    def _line(
        self, register: str, key: str, ref: str, said: str, small: Sequence[str], pill: tuple[Tone, str]
    ) -> ListedLine:
        return ListedLine(ref, said, "  ·  ".join(filter(None, small)), pill,
                          lambda: self.context.open_row(register, key))  # fmt: skip

    def _go(self, view: str, where: tuple[Condition, ...]) -> None:
        self.context.go("criteria", view=view, where=filters.plain(where))

    @Slot()
    def _save(self) -> None:
        save_gate_report(self.context, self.gate, self.choice.currentText(), self)


def told_of(count: ReadyCount) -> str:
    """The numbers of an area in words."""
    told = tr("{met} of {of} met", met=count.met, of=count.applicable)
    if count.score is not None:
        told = f"{count.score:.0%}  ·  {told}"
    if count.blockers:
        told += "  ·  " + trn("{n} decides alone", "{n} decide alone", count.blockers)
    return told


def tone_of(count: ReadyCount) -> Tone:
    """How an area is coloured: blockers first, then whether all of it is met."""
    if count.blockers:
        return "danger"
    return "ok" if count.met >= count.applicable else "warning"


def _is(field: str, value: str) -> Condition:
    return Condition(field, "is", (value,)) if value else Condition(field, "empty")


def _due(day: Any, late: bool) -> str:  # Any: a day or nothing
    if day is None:
        return tr("no day")
    return tr("overdue since {day}", day=moment(day)) if late else moment(day)


def acts(context: Context, register: Register) -> list[OwnAct]:
    """The report of a gate, and taking the gates of an industry."""
    if register.key != "gates":
        return []

    def report(ids: Sequence[str], over: QWidget) -> None:
        if len(ids) != 1:
            context.tell(tr("Choose one gate."))
            return
        save_gate_report(context, ids[0], "", over)

    def show(ids: Sequence[str], _over: QWidget) -> None:
        if len(ids) != 1:
            context.tell(tr("Choose one gate."))
            return
        context.go("gate_page", gate=ids[0])

    return [
        OwnAct(tr("Where it stands"), "shield-check", show, writes=False),
        OwnAct(tr("Save the report…"), "file-output", report, writes=False),
        *phase_acts(context, register),
    ]


def page(context: Context, key: str) -> Page:
    """The page of the gates, the only one of the chapter's own."""
    return GatePage(context)
