"""Fault cases that are like another one: a list with cause and remedy, each of which can be reused."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from handover.i18n import tr, trn
from handover.jobs import Progress
from handover.model.learning.fault_case import FAULT_CASE_STATUS
from handover.registers.knowing.similar_cases import SimilarCase, reuse_case, similar_cases, text_of_case
from ui.register.details.tab import RowTab
from ui.shell.page import Context
from ui.theme.marks import Pill
from ui.theme.style import role
from ui.theme.tokens import SPACE

_WAIT_MS = 250
_Answer = tuple[int, list[SimilarCase]]


class SimilarCases(QWidget):
    """Looks for cases like a text off the window's thread, and shows them.

    Signals:
        counted: how many are shown.
    """

    counted = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._number = 0
        self._asked = ("", "")
        self.cases: list[SimilarCase] = []
        self.buttons: dict[str, QPushButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        role(self.said, "secondary")
        column.addWidget(self.said)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAccessibleName(tr("Similar cases"))
        column.addWidget(self._scroll, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        self._show([])

    def ask(self, text: str, but: str = "", *, at_once: bool = False) -> None:
        """Look for cases like a text; what is typed meanwhile is waited for."""
        if (text, but) == self._asked and not at_once:
            return
        self._asked = (text, but)
        self._timer.start(0 if at_once else _WAIT_MS)

    def _look(self) -> None:
        self._number += 1
        number, (text, but) = self._number, self._asked
        workspace, project = self._context.workspace, self._context.project.id

        def work(_progress: Progress) -> _Answer:
            return number, similar_cases(workspace, project, text, but=but)

        self._context.run_job(tr("Searching"), work, background=True).done.connect(self._answered)

    def _answered(self, answer: _Answer) -> None:
        number, cases = answer
        if number == self._number:
            self._show(cases)

    def _show(self, cases: Sequence[SimilarCase]) -> None:
        self.cases = list(cases)
        self.buttons = {}
        body = QWidget(self._scroll)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, SPACE * 2, 0)
        column.setSpacing(SPACE * 3)
        for case in cases:
            column.addWidget(self._card(case, body))
        column.addStretch(1)
        self._scroll.setWidget(body)
        self._scroll.setVisible(bool(cases))
        if cases:
            self.said.setText(trn("{n} case is similar", "{n} cases are similar", len(cases)))
        else:
            asked = self._asked[0].strip()
            self.said.setText(tr("No similar case is known.") if asked else tr("Similar cases show as you write."))
        self.counted.emit(len(cases))

    def _card(self, case: SimilarCase, parent: QWidget) -> QFrame:
        card = QFrame(parent)
        role(card, "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
        column.setSpacing(SPACE)
        head = QHBoxLayout()
        link = QPushButton(case.ref, card)
        role(link, "link")
        link.setAccessibleName(f"{case.ref} {case.symptom}")
        link.clicked.connect(lambda: self._context.open_row("fault-cases", case.id))
        head.addWidget(link)
        place = "  ·  ".join(filter(None, (case.system, case.tag)))
        head.addWidget(_words(place, "secondary", card), 1)
        option = FAULT_CASE_STATUS[case.status]
        head.addWidget(Pill(option.tone, option.label, card))
        column.addLayout(head)
        column.addWidget(_words(case.symptom, "", card))
        for name, text in ((tr("Cause"), case.cause), (tr("Remedy"), case.remedy)):
            if text:
                column.addWidget(_words(tr("{name}: {text}", name=name, text=text), "secondary", card))
        foot = QHBoxLayout()
        told = [trn("reused {n} time", "reused {n} times", case.reused)] if case.reused else []
        if case.hours is not None:
            told.append(tr("{n} h to restore", n=f"{case.hours:g}"))
        foot.addWidget(_words("  ·  ".join(told), "small", card), 1)
        if case.usable and not self._context.read_only:
            reuse = QPushButton(tr("It helped"), card)
            reuse.setToolTip(tr("Counts that this case was of use again"))
            reuse.clicked.connect(lambda: self._reuse(case))
            self.buttons[case.id] = reuse
            foot.addWidget(reuse)
        column.addLayout(foot)
        return card

    def _reuse(self, case: SimilarCase) -> None:
        context = self._context
        times = context.act(lambda: reuse_case(context.workspace, context.project.id, case.id))
        if times is not None:
            context.tell(trn("{ref} was reused {n} time.", "{ref} was reused {n} times.", times, ref=case.ref),
                         undo=True)  # fmt: skip
            self.ask(*self._asked, at_once=True)


class SimilarCasesTab(RowTab):
    """The cases that are like one, beside its fields."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 4, SPACE * 4, SPACE * 4, SPACE * 4)
        self.similar = SimilarCases(context, self)
        self.similar.counted.connect(self.counted)
        column.addWidget(self.similar)

    def show_row(self, row_id: str) -> None:
        text = text_of_case(self._context.workspace, row_id) if row_id else ""
        self.similar.ask(text, row_id, at_once=True)


def _words(text: str, name: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setWordWrap(True)
    if name:
        role(label, name)
    return label
