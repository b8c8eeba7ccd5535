"""Steps of a lifecycle in the window: what is possible for the rows in hand, the questions, the act, the undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from handover.errors import Cancelled, HandoverError, NotValid, Refused
from handover.i18n import tr, trn
from handover.jobs import Progress
from handover.model import account
from handover.model.lifecycle import Step
from handover.pack import paper_steps
from handover.registers import query
from handover.registers.acts import taking
from handover.registers.acts.chosen_states import WaitingStep
from handover.registers.acts.taking import StepTaken
from handover.registers.catalogue import chapter_of
from handover.registers.declare import Register
from handover.registers.linked import Linked
from handover.registers.query import Condition, Query, ShownRow
from ui.register.stepping.reasons import ToldReason, told
from ui.register.stepping.step_form import StepForm
from ui.shell.own_code import own_code
from ui.shell.page import Context

#: Of more rows than these the first ones speak for all when it is asked what is possible; the act asks all.
LOOKED_AT = 50
#: More rows than these take a step in a thread.
_IN_A_JOB = 300


@dataclass(frozen=True, slots=True)
class RowsInHand:
    """The rows that a step would be taken on.

    Attributes:
        ids, states: of the first of them.
        count: how many there are in all.
        every: the keys of all of them.
    """

    ids: tuple[str, ...]
    states: tuple[str | None, ...]
    count: int
    every: Callable[[], Sequence[str]]

    @classmethod
    def of(cls, ids: Sequence[str], states: Sequence[str | None]) -> RowsInHand:
        """Rows whose keys are all known."""
        keys = tuple(ids)
        return cls(keys[:LOOKED_AT], tuple(states), len(keys), lambda: keys)


NO_ROWS = RowsInHand((), (), 0, tuple)


class ToldOffer(NamedTuple):
    """A step with what stands against it, in words."""

    step: Step
    reasons: tuple[ToldReason, ...]


class StepJudgement(NamedTuple):
    """What was found to be possible for some rows."""

    ids: tuple[str, ...]
    offers: tuple[ToldOffer, ...]


class StepActs(QObject):
    """Steps of the rows of one register.

    Signals:
        judged: a ``StepJudgement``.
    """

    judged = Signal(object)

    def __init__(self, context: Context, register: Register, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self.register = context, register
        self._over = parent
        self.form: StepForm | None = None
        self._ids: Sequence[str] = ()
        self._queue: list[WaitingStep] = []

    # -- what is possible ---------------------------------------------------------------------------------------------

    def leading_on(self, states: Sequence[str | None]) -> list[Step]:
        """The steps that lead on from one of these states; known without a look at the workspace."""
        life = taking.lifecycle(self.register)
        return [step for step in life.steps if any(state in step.source for state in states)] if life else []

    def judge(self, ids: Sequence[str]) -> None:
        """Find out what stands against the steps of rows, off the window's thread; ``judged`` tells."""
        keys = tuple(ids)
        if not keys or taking.lifecycle(self.register) is None:
            return
        workspace, register, project = self._context.workspace, self.register, self._context.project.id

        def read(_progress: Progress) -> StepJudgement:
            offers = taking.offers(workspace, register, project, keys)
            with workspace.read() as connection:
                found = [ToldOffer(o.step, tuple(told(connection, o.reasons, register, keys))) for o in offers]
            return StepJudgement(keys, tuple(found))

        self._context.run_job(tr("Reading"), read, done=self._tell, background=True)

    @Slot(object)
    def _tell(self, judgement: StepJudgement) -> None:
        self.judged.emit(judgement)

    # -- the act ------------------------------------------------------------------------------------------------------

    def take(self, ids: Sequence[str], step: Step) -> None:
        """Take a step on rows: at once where it asks nothing, else with a small form before.

        A chapter that asks in a way of its own says so: ``take_step`` of ``ui.chapters.KEY``, true where it did.
        """
        if not ids:
            return
        own = getattr(own_code(chapter_of(self.register.key).key), "take_step", None)
        if own is not None and own(self._context, self.register, ids, step, self._over):
            return
        self._ids = list(ids)
        if taking.asked(self.register, step):
            self._ask(step)
        else:
            self._do(step, {})

    def take_each(self, waiting: Sequence[WaitingStep]) -> None:
        """Ask for several steps, one after the other."""
        self._queue = list(waiting)
        self._go_on()

    def take_at_once(self, ids: Sequence[str], step: Step) -> None:
        """Take a step without a question. Raises HandoverError, with nothing changed."""
        done = paper_steps.take(self._context.workspace, self.register, self._context.project.id, ids, step, {})
        self._say(done)

    def _ask(self, step: Step, reasons: Sequence[ToldReason] = ()) -> None:
        rows, person = self._read(step)
        self.form = StepForm(self._context, self.register, step, rows, len(self._ids), person, self._over)
        self.form.given.connect(self._answer)
        self.form.finished.connect(self._close)
        self.form.open()
        if reasons:
            self.form.refuse(reasons)

    def _read(self, step: Step) -> tuple[list[ShownRow], Linked | None]:
        """The first rows that take it, and who the user is."""
        workspace, project = self._context.workspace, self._context.project.id
        first = Query(where=(Condition("id", "is", tuple(self._ids[:7])),))
        with workspace.read() as connection:
            rows = list(query.every(connection, self.register, project, first))
            me = account.person_of(connection, project, workspace.user) if step.by in self.register else None
            target = self.register[step.by].target if me else ""
            return rows, query.linked(connection, target, [me]).get(me) if me else None

    @Slot(object)
    def _answer(self, values: Mapping[str, Any]) -> None:  # Any: what each field holds
        if self.form is not None:
            given = values if len(self._ids) == 1 else {k: v for k, v in values.items() if v is not None}
            self._do(self.form.step, given)

    def _do(self, step: Step, answers: Mapping[str, Any]) -> None:  # Any: as above
        workspace, register, project = self._context.workspace, self.register, self._context.project.id
        ids = list(self._ids)

        def work(progress: Progress) -> StepTaken:
            return paper_steps.take(workspace, register, project, ids, step, answers, progress=progress)

        if len(ids) > _IN_A_JOB or paper_steps.paper_of(register, step) is not None:
            if self.form is not None:
                self.form.busy(working=True)
            self._context.run_job(step.label, work, done=self._done, failed=lambda e: self._refused(step, e))
            return
        try:
            done = work(lambda *_: True)
        except HandoverError as error:
            self._refused(step, error)
        else:
            self._done(done)

    @Slot(object)
    def _done(self, done: StepTaken) -> None:
        self._say(done)
        if self.form is not None:
            self.form.accept()
        else:
            self._go_on()

    def _say(self, done: StepTaken) -> None:
        self._context.complaint_over.emit()
        if len(done.refs) == 1:
            said = tr("{ref} is now “{state}”.", ref=done.refs[0], state=done.state)
        else:
            said = trn("{n} row is now “{state}”.", "{n} rows are now “{state}”.", len(done.refs), state=done.state)
        self._context.tell(said, undo=True)

    def _refused(self, step: Step, error: BaseException) -> None:
        """Say in the form why it isn't done; a step that asked nothing gets one for it."""
        if not isinstance(error, HandoverError) or isinstance(error, Cancelled):
            self._context.complain(error)
            return
        if isinstance(error, Refused):
            with self._context.workspace.read() as connection:
                reasons = told(connection, error.reasons, self.register, self._ids)
        else:
            reasons = [ToldReason(str(error), (), error.field if isinstance(error, NotValid) else "")]
        if self.form is None:
            self._ask(step, reasons)
        else:
            self.form.refuse(reasons, beside=len(self._ids) == 1 or isinstance(error, NotValid))

    def _close(self, *_: int) -> None:
        self.form = None
        self._go_on()

    def _go_on(self) -> None:
        if self._queue:
            waiting = self._queue.pop(0)
            self.take(waiting.ids, waiting.step)


class StepActions(QObject):
    """The steps of rows in hand as actions, for menus and the palette; what isn't possible is off and says why.

    Args:
        named: the actions name the row, or how many there are, as where they stand among other things.
    """

    def __init__(self, acts: StepActs, hand: RowsInHand, parent: QObject, *, name: str = "") -> None:
        super().__init__(parent)
        self._hand = hand
        self._acts = acts
        self.actions: list[QAction] = []
        self._steps: list[Step] = acts.leading_on(hand.states)
        for step in self._steps:
            text = tr("{step}: {ref}", step=step.label, ref=name) if name else step.label
            action = QAction(text.replace("&", "&&"), self)
            action.triggered.connect(lambda _on=False, s=step: acts.take(hand.every(), s))
            self.actions.append(action)
        acts.judged.connect(self._judge)
        acts.judge(hand.ids)

    @Slot(object)
    def _judge(self, judgement: StepJudgement) -> None:
        if judgement.ids != self._hand.ids:
            return
        against = {offer.step: offer.reasons for offer in judgement.offers}
        for action, step in zip(self.actions, self._steps, strict=True):
            reasons = against.get(step, ())
            why = "\n".join(each.sentence for each in reasons)
            action.setEnabled(not reasons)
            action.setToolTip(why or step.label)
            action.setStatusTip(why)
