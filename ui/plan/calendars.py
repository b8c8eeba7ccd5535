"""The dialog of the working calendars: their weeks, and the days that differ; what is changed is stored in one act."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from babel import Locale
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from handover.clock import today
from handover.errors import HandoverError, NotValid
from handover.i18n import language, tr, trn
from handover.model.calendar import AS_BASE, OFFICE
from handover.plan.official import countries
from handover.registers.scheduling import calendars
from handover.registers.scheduling.calendars import KeptCalendar
from ui.plan.days_table import DaysTable
from ui.shell.dialog import Dialog
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.style import number_box, role
from ui.theme.tokens import SPACE


class CalendarDialog(Dialog):
    """All calendars of the project, the chosen one's week and days; nothing is stored before Store is pressed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Working calendars"))
        self._context = context
        with context.workspace.read() as connection:
            self.kept = calendars.read(connection, context.project.id)
        self._at = -1
        self._writable = not context.read_only
        self.list = QListWidget(self)
        self.name = QLineEdit(self)
        self.base = QComboBox(self)
        self.standard = QCheckBox(tr("Standard calendar: of all tasks without their own"), self)
        self.week = [QLineEdit(self) for _ in range(7)]
        self.days = DaysTable(self)
        self.reason = QLabel(self)
        self.unsure = QLabel(self)
        self._lay_out()
        self.list.currentRowChanged.connect(self._turn)
        self._fill_list(0)
        self.resize(940, 640)

    # -- building -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 5, SPACE * 4, SPACE * 5, SPACE * 4)
        whole.setSpacing(SPACE * 3)
        body = QHBoxLayout()
        body.setSpacing(SPACE * 5)
        body.addLayout(self._left())
        body.addLayout(self._right(), 1)
        whole.addLayout(body, 1)
        role(self.unsure, "secondary")
        self.unsure.setWordWrap(True)
        self.unsure.hide()
        whole.addWidget(self.unsure)
        role(self.reason, "reason")
        self.reason.setWordWrap(True)
        self.reason.hide()
        whole.addWidget(self.reason)
        foot = QHBoxLayout()
        foot.addStretch(1)
        cancel = QPushButton(tr("Cancel"), self)
        cancel.clicked.connect(self.reject)
        self.store = QPushButton(tr("Store the calendars"), self)
        role(self.store, "primary")
        self.store.setDefault(True)
        self.store.setEnabled(self._writable)
        self.store.clicked.connect(self._save)
        foot.addWidget(cancel)
        foot.addWidget(self.store)
        whole.addLayout(foot)

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        self.list.setFixedWidth(230)
        self.list.setAccessibleName(tr("Working calendars"))
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        self.add = QPushButton(tr("Add"), self)
        self.add.setIcon(icon("plus"))
        menu = QMenu(self.add)
        menu.addAction(tr("Week with office hours"), lambda: self._append(calendars.office(tr("Office hours"))))
        menu.addAction(tr("24 hours in shifts"), lambda: self._append(calendars.round_the_clock(tr("24 hours"))))
        menu.addAction(tr("Like the standard calendar, with changes"), self._refine)
        self.add.setMenu(menu)
        self.remove = QPushButton(tr("Delete"), self)
        self.remove.setIcon(icon("trash-2"))
        self.remove.clicked.connect(self._remove)
        row.addWidget(self.add)
        row.addWidget(self.remove)
        column.addLayout(row)
        self.add.setEnabled(self._writable)
        return column

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACE * 3)
        top = QHBoxLayout()
        top.addWidget(FieldBox(tr("Name of the calendar"), self.name, required=True, parent=self), 2)
        top.addWidget(FieldBox(tr("Based on"), self.base, parent=self), 1)
        column.addLayout(top)
        column.addWidget(self.standard)
        self.name.textEdited.connect(self._named)
        self.standard.clicked.connect(self._make_standard)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE * 2)
        grid.setVerticalSpacing(SPACE)
        names = Locale.parse("zh_CN" if language() == "zh" else "en").days["format"]["wide"]
        for day, line in enumerate(self.week):
            label = QLabel(names[day], self)
            label.setBuddy(line)
            line.setAccessibleName(tr("Hours on {day}", day=names[day]))
            line.setPlaceholderText(tr("no work"))
            line.setToolTip(
                tr("Hours such as 08:00-12:00 13:00-17:00; empty: no work; * as in the calendar it is based on")
            )
            grid.addWidget(label, day % 4, day // 4 * 2)
            grid.addWidget(line, day % 4, day // 4 * 2 + 1)
        column.addLayout(grid)
        heading = QLabel(tr("Days that differ from the week"), self)
        role(heading, "lead")
        column.addWidget(heading)
        column.addWidget(self.days, 1)
        column.addLayout(self._days_buttons())
        return column

    def _days_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        more = QPushButton(tr("Add a day"), self)
        more.clicked.connect(self.days.add_day)
        less = QPushButton(tr("Delete the days"), self)
        less.clicked.connect(self.days.remove_chosen)
        row.addWidget(more)
        row.addWidget(less)
        row.addStretch(1)
        self.country = QComboBox(self)
        self.country.setAccessibleName(tr("Country"))
        names = Locale.parse("zh_CN" if language() == "zh" else "en").territories
        known = sorted(countries(), key=lambda code: (code != "CN", str(names.get(code, code))))
        for code in known:
            self.country.addItem(str(names.get(code, code)), code)
        self.country.setMaximumWidth(200)
        self.year = number_box(self)
        self.year.setRange(1990, 2099)
        self.year.setValue(today().year)
        self.year.setAccessibleName(tr("Year"))
        self.bring = QPushButton(tr("Take over public holidays"), self)
        self.bring.setIcon(icon("calendar-days"))
        self.bring.clicked.connect(self._bring)
        for each in (self.country, self.year, self.bring):
            row.addWidget(each)
        for each in (more, less, self.bring):
            each.setEnabled(self._writable)
        return row

    # -- the chosen calendar ------------------------------------------------------------------------------------------

    def _fill_list(self, row: int) -> None:
        self._at = -1
        self.list.clear()
        for kept in self.kept:
            self.list.addItem(self._title(kept))
        self.list.setCurrentRow(row)

    def _title(self, kept: KeptCalendar) -> str:
        if kept.standard:
            return tr("{name} – standard", name=kept.name)
        return trn("{name} – {n} task", "{name} – {n} tasks", kept.tasks, name=kept.name) if kept.tasks else kept.name

    def _turn(self, row: int) -> None:
        if self._at >= 0 and row != self._at and not self._take():
            self.list.blockSignals(True)
            self.list.setCurrentRow(self._at)
            self.list.blockSignals(False)
            return
        self._at = row
        if not 0 <= row < len(self.kept):
            return
        kept = self.kept[row]
        self.name.setText(kept.name)
        self.standard.setChecked(kept.standard)
        self.standard.setEnabled(not kept.standard and self._writable)
        self.remove.setEnabled(not kept.standard and self._writable)
        self.base.clear()
        self.base.addItem(tr("no other"), "")
        for other in self.kept:
            if other.id and other.id != kept.id and other.base_id != kept.id:
                self.base.addItem(other.name, other.id)
        self.base.setCurrentIndex(max(0, self.base.findData(kept.base_id)))
        for line, hours in zip(self.week, kept.week, strict=True):
            line.setText(hours)
            line.setReadOnly(not self._writable)
        self.days.show_days(kept.days)

    def _take(self) -> bool:
        """Keep what was entered for the calendar in view; False, with the reason shown, where it can't be read."""
        if not 0 <= self._at < len(self.kept):
            return True
        try:
            days = self.days.days()
        except NotValid as error:
            self._refuse(error)
            return False
        self.kept[self._at] = replace(
            self.kept[self._at],
            name=self.name.text().strip(),
            week=tuple(" ".join(line.text().replace(",", " ").split()) for line in self.week),
            base_id=str(self.base.currentData() or ""),
            days=days,
        )
        self.reason.hide()
        return True

    def _named(self, text: str) -> None:
        if 0 <= self._at < len(self.kept):
            self.kept[self._at] = replace(self.kept[self._at], name=text)
            self.list.item(self._at).setText(self._title(self.kept[self._at]))

    def _make_standard(self) -> None:
        if self._take():
            self.kept = [replace(kept, standard=at == self._at) for at, kept in enumerate(self.kept)]
            self._fill_list(self._at)

    def _append(self, kept: KeptCalendar) -> None:
        if self._take():
            self.kept.append(kept)
            self._fill_list(len(self.kept) - 1)
            self.name.setFocus()
            self.name.selectAll()

    def _refine(self) -> None:
        base = next((kept for kept in self.kept if kept.standard), None)
        if base is not None and base.id:
            self._append(calendars.office(tr("Calendar with changes"), base.id))
        elif base is not None:
            self._append(replace(base, id="", name=tr("Calendar with changes"), standard=False))

    def _remove(self) -> None:
        if 0 <= self._at < len(self.kept) and not self.kept[self._at].standard:
            gone = self.kept.pop(self._at)
            self.kept = [_alone(kept) if gone.id and kept.base_id == gone.id else kept for kept in self.kept]
            self._fill_list(0)

    def _bring(self) -> None:
        if not self._take():
            return
        kept = self.kept[self._at]
        usual = next((h for h in kept.week if h and h != AS_BASE), OFFICE)
        try:
            more = calendars.public_holidays(self.country.currentData(), self.year.value(), language(), usual)
        except HandoverError as error:
            self._refuse(error)
            return
        self.unsure.setVisible(calendars.awaits_make_up_days(self.country.currentData(), self.year.value()))
        self.unsure.setText(
            tr(
                "The weekend days that are worked instead in {year} aren't published yet: only the holidays by law "
                "were taken over. Take them over again once they are.",
                year=self.year.value(),
            )
        )
        self.kept[self._at] = replace(kept, days=calendars.merged(kept.days, more))
        self.days.show_days(self.kept[self._at].days)
        first = dt.date(self.year.value(), 1, 1)
        row = next((at for at, day in enumerate(self.kept[self._at].days) if day.first >= first), 0)
        self.days.selectRow(row)
        self.days.scrollTo(self.days.model().index(row, 0), QAbstractItemView.ScrollHint.PositionAtTop)

    # -- storing ------------------------------------------------------------------------------------------------------

    def _save(self) -> None:
        if not self._take():
            return
        try:
            calendars.save(self._context.workspace, self._context.project.id, self.kept)
        except HandoverError as error:
            self._refuse(error)
            return
        self._context.tell(tr("The working calendars were stored."), undo=True)
        self.accept()

    def _refuse(self, error: HandoverError) -> None:
        self.reason.setText(str(error))
        self.reason.show()


def _alone(kept: KeptCalendar) -> KeptCalendar:
    """A calendar whose base goes: what it took from there becomes office hours."""
    return replace(kept, base_id="", week=tuple(OFFICE if h == AS_BASE else h for h in kept.week))
