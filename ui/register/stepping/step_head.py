"""The state of a row and the steps that lead on from it, above the fields of the row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from handover.i18n import tr
from handover.model.lifecycle import Step
from handover.registers.acts import taking
from ui.register.flow import FlowLayout
from ui.register.stepping.reasons import ReasonsArea
from ui.register.stepping.steps import NO_ROWS, RowsInHand, StepActs, StepJudgement, ToldOffer
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.marks import Pill
from ui.theme.style import role
from ui.theme.tokens import SPACE

#: So many steps stand side by side; of more, all but the first are in a menu.
_SIDE_BY_SIDE = 3
_TALLEST = 120
#: What the reference and the buttons of the details take of the line in which the state stands.
_TAKEN = 210


class StepHead(QWidget):
    """A pill for the state, a button for each step; below it what stands against those that aren't possible.

    Signals:
        row_wanted: a row that stands against a step: the key of its register and its own.
    """

    row_wanted = Signal(str, str)

    def __init__(self, context: Context, acts: StepActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._acts = context, acts
        self._hand = NO_ROWS
        self._steps: list[Step] = []
        self.buttons: dict[str, QPushButton] = {}
        self.entries: dict[str, QAction] = {}
        self.more: QPushButton | None = None
        self._line = QWidget(self)
        self._flow = FlowLayout(self._line, SPACE * 2)
        self._flow.setContentsMargins(0, 0, 0, 0)
        #: The state that the rows share; it stands beside their reference, a long one below it.
        self.pill, self.pill_below = Pill("neutral", ""), Pill("neutral", "", self)
        self._said = False
        self.reasons = ReasonsArea(_TALLEST, self)
        self.reasons.row_wanted.connect(self.row_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 4, 0, SPACE * 4, SPACE * 2)
        column.setSpacing(SPACE * 2)
        column.addWidget(self.pill_below)
        column.addWidget(self._line)
        column.addWidget(self.reasons)
        acts.judged.connect(self._judge)
        self.hide()

    def show_rows(self, hand: RowsInHand) -> None:
        """Show the steps of rows; none where they have no lifecycle."""
        life = taking.lifecycle(self._acts.register)
        if life is None or not hand.ids:
            self._hand, self._steps, self._said = NO_ROWS, [], False
            self._place_pill()
            self.hide()
            return
        steps = self._acts.leading_on(hand.states)
        if hand.ids != self._hand.ids or hand.states != self._hand.states or steps != self._steps:
            self._make(hand, steps)
        self.show()
        if self._context.read_only:
            self._say_read_only()
        else:
            self._acts.judge(hand.ids)

    def begin(self, key: str) -> bool:
        """Press the button of a step; whether there was one."""
        found = self.buttons.get(key) or self.entries.get(key)
        if found is None:
            return False
        (found.click if isinstance(found, QPushButton) else found.trigger)()
        return True

    # -- making -------------------------------------------------------------------------------------------------------

    def _make(self, hand: RowsInHand, steps: list[Step]) -> None:
        self._hand, self._steps = hand, steps
        self._clear()
        life = taking.lifecycle(self._acts.register)
        states = {state for state in hand.states if state is not None and life is not None and state in life}
        self._said = len(states) == 1
        if life is not None and self._said:
            state = states.pop()
            for pill in (self.pill, self.pill_below):
                pill.show_status(life[state].tone, life.label(state))
        self._place_pill()
        beside = steps if len(steps) <= _SIDE_BY_SIDE else steps[:1]
        for step in beside:
            self.buttons[step.key] = self._button(step, primary=step is steps[0])
        if len(beside) < len(steps):
            self._make_more(steps[len(beside) :])
        for each in [*self.buttons.values(), *([self.more] if self.more else [])]:
            self._flow.addWidget(each)
            each.show()
        self.reasons.show_reasons(())
        self._line.setVisible(bool(steps))
        self._line.updateGeometry()

    def _place_pill(self) -> None:
        beside = self.pill.sizeHint().width() <= self.width() - _TAKEN
        self.pill.setVisible(self._said and beside)
        self.pill_below.setVisible(self._said and not beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_pill()

    def _clear(self) -> None:
        for each in [*self.buttons.values(), self.more]:
            if each is not None:
                self._flow.removeWidget(each)
                each.hide()
                each.deleteLater()
        self.more = None
        self.buttons, self.entries = {}, {}

    def _button(self, step: Step, *, primary: bool) -> QPushButton:
        button = QPushButton(self._verb(step), self._line)
        button.setToolTip(button.text())
        if primary:
            role(button, "primary")
        button.clicked.connect(lambda _on=False: self._acts.take(self._hand.every(), step))
        return button

    def _make_more(self, steps: Sequence[Step]) -> None:
        self.more = QPushButton(tr("More steps"), self._line)
        self.more.setIcon(icon("ellipsis"))
        menu = QMenu(self.more)
        menu.setToolTipsVisible(True)
        for step in steps:
            entry = menu.addAction(self._verb(step))
            entry.triggered.connect(lambda _on=False, s=step: self._acts.take(self._hand.every(), s))
            self.entries[step.key] = entry
        self.more.setMenu(menu)

    def _verb(self, step: Step) -> str:
        n = self._hand.count
        return step.label if n == 1 else tr("{step} ({n})", step=step.label, n=n)

    # -- what stands against them -------------------------------------------------------------------------------------

    @Slot(object)
    def _judge(self, judgement: StepJudgement) -> None:
        if judgement.ids != self._hand.ids or self._context.read_only:
            return
        refused = [offer for offer in judgement.offers if offer.reasons]
        against = {offer.step.key: offer for offer in refused}
        for step in self._steps:
            why = "\n".join(r.sentence for r in against[step.key].reasons) if step.key in against else ""
            self._allow(step.key, self._verb(step), why)
        self._explain(refused)

    def _allow(self, key: str, name: str, why: str) -> None:
        widget = self.buttons.get(key) or self.entries[key]
        widget.setEnabled(not why)
        widget.setToolTip(why or name)
        if isinstance(widget, QPushButton):
            widget.setAccessibleDescription(why)
        else:
            widget.setStatusTip(why)

    def _explain(self, refused: Sequence[ToldOffer]) -> None:
        """The reasons against the first step that isn't possible; of several, each reason names its step."""
        if len(refused) == 1:
            lead = tr("“{step}” isn't possible yet:", step=refused[0].step.label)
            self.reasons.show_reasons(refused[0].reasons, lead)
            return
        lines = [
            reason._replace(sentence=tr("{step}: {reason}", step=offer.step.label, reason=reason.sentence))
            for offer in refused
            for reason in offer.reasons
        ]
        self.reasons.show_reasons(lines, tr("Not possible yet:") if lines else "")

    def _say_read_only(self) -> None:
        why = tr("This workspace is open for reading only.")
        for step in self._steps:
            self._allow(step.key, self._verb(step), why)
        self.reasons.show_reasons(())
