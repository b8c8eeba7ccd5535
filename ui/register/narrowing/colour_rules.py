"""The rules by which rows take colours: kept for a register in a project, and the dialog in which they are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from handover.i18n import tr, trc
from handover.model.vocabulary import Tone
from handover.registers.colouring import MOST_RULES, ColourRule
from handover.registers.declare import Register
from handover.registers.query import Condition, Query
from ui.register.grid.model import RegisterModel
from ui.register.narrowing import filters
from ui.register.narrowing.filter_popup import FilterPopup
from ui.shell.dialog import Dialog
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.marks import paint_mark
from ui.theme.style import role
from ui.theme.tokens import SPACE

_MARK = 16


class ColourRules(QObject):
    """The rules of one register in one project; they colour the rows of its table.

    Signals:
        changed: there are others.
    """

    changed = Signal()

    def __init__(self, context: Context, model: RegisterModel, parent: QObject) -> None:
        super().__init__(parent)
        self._settings, self._model = context.settings, model
        self._key = f"project/{context.project.id}/colours/{model.register.key}"
        self._take(filters.rules_kept(model.register, self._settings.get(self._key, [])))

    @property
    def all(self) -> tuple[ColourRule, ...]:
        """In the order in which they are tried."""
        return self._model.marks.rules

    def put(self, rules: Sequence[ColourRule]) -> None:
        """Colour by these rules from now on."""
        if tuple(rules) == self.all:
            return
        self._take(rules)
        self._settings.put(self._key, filters.rules_plain(self.all))
        self.changed.emit()

    def _take(self, rules: Sequence[ColourRule]) -> None:
        self._model.marks.rules = tuple(rules[:MOST_RULES])
        self._model.reread()


class ColourDialog(Dialog):
    """The rules with their marks, which is their legend, too; they can be added, moved and taken away.

    What is done takes effect at once.

    Args:
        query: the rows that are shown, among which values are counted.
    """

    def __init__(self, context: Context, rules: ColourRules, register: Register, query: Query, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Colours in {register}", register=register.label))
        self._context, self._rules, self._register, self._query = context, rules, register, query
        self.popup: FilterPopup | None = None
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        role(self.said, "secondary")
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Rules of colour"))
        self.list.setIconSize(QSize(_MARK, _MARK))
        self.list.currentRowChanged.connect(self._offer)
        self.up = self.side_button("arrow-up", tr("Try earlier"), lambda: self._move(-1))
        self.down = self.side_button("arrow-down", tr("Try later"), lambda: self._move(1))
        self.away = self.side_button("trash-2", tr("Delete the rule"), self._delete)
        self.when = QComboBox(self)
        self._fields = [field for field in register.fields if field.kind.stored]
        self.when.addItems([tr("View: {view}", view=view.label) for view in register.views])
        self.when.addItems([field.label for field in self._fields])
        self.look = QComboBox(self)
        for tone, name in filters.LOOKS.items():
            self.look.addItem(look_icon(tone), tr(name), tone)
        self.add = QPushButton(icon("plus"), tr("Add a rule"), self)
        self.add.clicked.connect(self._add)
        self._lay_out()
        self.resize(560, 460)
        self._show()
        self.when.setFocus()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 5, SPACE * 5, SPACE * 5, SPACE * 4)
        whole.setSpacing(SPACE * 3)
        whole.addWidget(self.said)
        whole.addWidget(self.list, 1)
        below = QHBoxLayout()
        for each in (self.up, self.down, self.away):
            below.addWidget(each)
        below.addStretch(1)
        whole.addLayout(below)
        new = QHBoxLayout()
        new.setSpacing(SPACE * 2)
        new.addWidget(FieldBox(trc("of a rule", "When"), self.when, parent=self), 3)
        new.addWidget(FieldBox(tr("Looks like"), self.look, parent=self), 2)
        new.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)
        whole.addLayout(new)
        last = QHBoxLayout()
        last.addStretch(1)
        leave = QPushButton(tr("Close"), self)
        leave.setAutoDefault(False)
        leave.clicked.connect(self.accept)
        last.addWidget(leave)
        whole.addLayout(last)

    def _show(self, at: int = 0) -> None:
        rules = self._rules.all
        self.list.clear()
        for rule in rules:
            words = filters.rule_in_words(self._context, self._register, rule)
            QListWidgetItem(look_icon(rule.tone), words, self.list)
        self.list.setCurrentRow(min(at, len(rules) - 1))
        self.said.setText(
            tr("A row takes the colour and the mark of the first rule that fits it.")
            if rules
            else tr("No rule yet. Say when rows are to stand out, and how.")
        )
        self.add.setEnabled(len(rules) < MOST_RULES)
        self.add.setToolTip("" if self.add.isEnabled() else tr("A register has {n} rules at most.", n=MOST_RULES))
        self._offer()

    def _offer(self, *_: object) -> None:
        at, n = self.list.currentRow(), self.list.count()
        self.up.setEnabled(at > 0)
        self.down.setEnabled(0 <= at < n - 1)
        self.away.setEnabled(at >= 0)

    def _add(self) -> None:
        at, views = self.when.currentIndex(), self._register.views
        if at < len(views):
            self._take(ColourRule(self.look.currentData(), view=views[at].key))
            return
        popup = FilterPopup(self._context, self._register, self._query, self._fields[at - len(views)], self)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.go.setText(tr("Colour these rows"))
        popup.made.connect(self._take_condition)
        popup.open_at(self.when.mapToGlobal(QPoint(0, 0)))
        self.popup = popup

    def _take_condition(self, condition: Condition) -> None:
        self._take(ColourRule(self.look.currentData(), condition=condition))

    def _take(self, rule: ColourRule) -> None:
        same = [place for place, each in enumerate(self._rules.all) if replace(each, tone=rule.tone) == rule]
        if same:  # the same rows in another colour
            self._put([rule if n == same[0] else each for n, each in enumerate(self._rules.all)], same[0])
        else:
            self._put([*self._rules.all, rule], len(self._rules.all))
        self.look.setCurrentIndex((self.look.currentIndex() + 1) % self.look.count())

    def _move(self, way: int) -> None:
        rules, at = list(self._rules.all), self.list.currentRow()
        rules[at], rules[at + way] = rules[at + way], rules[at]
        self._put(rules, at + way)

    def _delete(self) -> None:
        at = self.list.currentRow()
        self._put([each for n, each in enumerate(self._rules.all) if n != at], at)

    def _put(self, rules: Sequence[ColourRule], at: int) -> None:
        self._rules.put(rules)
        self._show(at)


def look_icon(tone: Tone) -> QIcon:
    """The mark of a look as a picture."""
    picture = QPixmap(_MARK * 2, _MARK * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_mark(painter, QRectF(0, 0, _MARK, _MARK).center(), tone, 10)
    painter.end()
    return QIcon(picture)
