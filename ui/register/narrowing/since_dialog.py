"""Asks since when, and by whom, changes are to be shown."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from handover import clock
from handover.errors import HandoverError
from handover.i18n import tr, trn
from handover.registers.declare import Register
from handover.registers.figures.handed_over import HandedOver, papers_handed_over
from handover.registers.query import SINCE, Condition
from handover.store.copies.since import accounts
from handover.values import shown
from handover.values.typed_dates import typed_day
from ui.shell.dialog import Dialog
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.theme.tokens import SPACE

_DAYS = (1, 7, 14, 30, 90)
_A_DAY = "day"


def midnight(day: dt.date) -> str:
    """The moment at which a day of the user begins, as the change log writes it."""
    begins = dt.datetime.combine(day, dt.time()).astimezone()
    return begins.astimezone(dt.UTC).isoformat(timespec="milliseconds")


def _issue(paper: HandedOver) -> str:
    """A paper as a moment to choose."""
    when = shown.told_moment(paper.since.moment)
    return tr("{number}, edition {edition}: {title}, {when}", number=paper.number, edition=paper.edition,
              title=paper.title, when=when)  # fmt: skip


class SinceDialog(Dialog):
    """One moment and, if wished, one account.

    Signals:
        chosen: the condition on the rows.
    """

    chosen = Signal(object)

    def __init__(self, context: Context, register: Register, now: Condition | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Changes in {register}", register=register.label))
        self.setMinimumWidth(420)
        self.since = QComboBox(self)
        with context.workspace.read() as connection:
            papers, names = papers_handed_over(connection, context.project.id), accounts(connection)
        for paper in papers:
            self.since.addItem(_issue(paper), paper.since.moment)
        visited = str(context.settings.get(f"project/{context.project.id}/visited", ""))
        if visited:
            self.since.addItem(tr("Your last visit, {when}", when=shown.told_moment(visited)), visited)
        self.since.addItem(tr("The beginning of today"), midnight(clock.today()))
        for n in _DAYS:
            day = clock.today() - dt.timedelta(n)
            ago = trn("{n} day ago, {day}", "{n} days ago, {day}", n, day=shown.moment(day))
            self.since.addItem(ago, midnight(day))
        self.since.addItem(tr("A day that you name"), _A_DAY)
        self.day = QLineEdit(self)
        self.day.setPlaceholderText(tr("Such as 2026-03-05, -10 or monday"))
        self.day_box = FieldBox(tr("Day"), self.day, parent=self)
        self.who = QComboBox(self)
        self.who.addItem(tr("Anyone"), "")
        for name in names:
            self.who.addItem(name, name)
        self.go = QPushButton(tr("Show the changes"), self)
        self.go.clicked.connect(self._agree)
        self._lay_out()
        self.since.currentIndexChanged.connect(self._suit)
        self._begin_with(now)
        self._suit()
        self.since.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        column.setSpacing(SPACE * 4)
        column.addWidget(FieldBox(tr("Since"), self.since, parent=self))
        column.addWidget(self.day_box)
        column.addWidget(FieldBox(tr("Changed by"), self.who, parent=self))
        column.addLayout(self.cancel_or(self.go))

    def _begin_with(self, now: Condition | None) -> None:
        if now is None:
            return
        moment, who = (*now.values, "", "")[:2]
        self.since.setCurrentIndex(max(0, self.since.findData(moment)))
        self.who.setCurrentIndex(max(0, self.who.findData(who)))

    def _suit(self, *_: object) -> None:
        named = self.since.currentData() == _A_DAY
        self.day_box.setVisible(named)
        if named:
            self.day.setFocus()
        self.adjustSize()

    def _agree(self) -> None:
        moment = self.since.currentData()
        if moment == _A_DAY:
            try:
                moment = midnight(typed_day(self.day.text()))
            except (HandoverError, ValueError, OverflowError, OSError) as error:
                self.day_box.refuse(
                    str(error) if isinstance(error, HandoverError) else tr("That is not a day of the calendar.")
                )
                self.day.setFocus()
                return
        who = self.who.currentData()
        self.chosen.emit(Condition(SINCE, "after", (moment, who) if who else (moment,)))
        self.accept()
