"""What a project is set up with: who the user is in it, and how its papers are numbered."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from handover.errors import HandoverError, NotValid
from handover.i18n import tr
from handover.model.issued import Issued
from handover.model.people import Person
from handover.model.project import Project
from handover.model.series import NumberSeries
from handover.registers.me import candidates, choose, me
from handover.registers.numbering import HIGHEST, SeriesShown, all_series, set_last, set_pattern
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.theme.style import number_box, role
from ui.theme.tokens import SPACE

#: How wide the settings are, in pixels.
WIDTH = 560


class ProjectSettings(QWidget):
    """A part of the settings that belongs to the project in hand; what is chosen is an act that undo takes back.

    Attributes:
        tables: whose rows it shows.
    """

    tables: frozenset[str] = frozenset()

    def __init__(self, context: Context, title: str, lead: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, SPACE * 4, 0, 0)
        self.column.setSpacing(SPACE * 3)
        heading = QLabel(title, self)
        role(heading, "lead")
        said = QLabel(lead, self)
        role(said, "secondary")
        said.setWordWrap(True)
        self.setMaximumWidth(WIDTH)
        # A layout asks how high a text is at the width of the page, not at ours, and would squeeze all above it.
        said.ensurePolished()
        said.setMinimumHeight(said.heightForWidth(WIDTH))
        self.column.addWidget(heading)
        self.column.addWidget(said)

    def show_now(self) -> None:
        """Show what the project holds now."""
        raise NotImplementedError


class MeForm(ProjectSettings):
    """Which person of the project the user is."""

    tables = frozenset({Person.__tablename__})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            tr("Me in {code}", code=context.project.code),
            tr("Steps that you take bear your name; the history says for whom else you took one."),
            parent,
        )
        self.person = QComboBox(self)
        self.person.setMaxVisibleItems(20)
        self.person.setEnabled(not context.read_only)
        self.person.activated.connect(self._keep)
        self.box = FieldBox(tr("I am"), self.person, parent=self)
        self.column.addWidget(self.box)
        self.show_now()

    def show_now(self) -> None:
        context = self._context
        with context.workspace.read() as connection:
            names = candidates(connection, context.project.id)
        self.person.clear()
        self.person.addItem(tr("Not chosen"), None)
        for row in names:
            self.person.addItem(f"{row.name}  {row.ref}", row.id)
        self.person.setCurrentIndex(max(0, self.person.findData(me(context.workspace, context.project.id))))
        self.box.accept()

    def _keep(self) -> None:
        context, chosen = self._context, self.person.currentData()
        if chosen == me(context.workspace, context.project.id):
            return
        try:
            choose(context.workspace, context.project.id, chosen)
        except HandoverError as error:
            self.box.refuse(str(error))


class NumbersForm(ProjectSettings):
    """How the papers of the project are numbered, with the last and the next number of each series."""

    tables = frozenset({NumberSeries.__tablename__, Issued.__tablename__, Project.__tablename__})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            tr("Numbers"),
            tr(
                "A paper gets the next number of its series when it is issued. {project} stands for the code of the"
                " project, {year} for the year in which the series begins anew, {n} for the number: {digits} has four"
                " digits.",
                project="{project}",
                year="{year}",
                n="{n}",
                digits="{n:04}",
            ),
            parent,
        )
        self.lines = {each.paper.key: _SeriesLine(context, each, self) for each in self._read()}
        for line in self.lines.values():
            self.column.addWidget(line)

    def show_now(self) -> None:
        for each in self._read():
            self.lines[each.paper.key].show_series(each)

    def _read(self) -> tuple[SeriesShown, ...]:
        with self._context.workspace.read() as connection:
            return all_series(connection, self._context.project.id)


class _SeriesLine(QWidget):
    """A series: its pattern, and its last and next numbers below."""

    def __init__(self, context: Context, series: SeriesShown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._key = context, series.paper.key
        self._pattern, self._last = "", 0
        self.pattern = QLineEdit(self)
        self.pattern.setReadOnly(context.read_only)
        self.box = FieldBox(series.paper.label, self.pattern, parent=self)
        self.numbers = QLabel(self)
        role(self.numbers, "small")
        self.numbers.setWordWrap(True)
        self.last = number_box(self)
        self.last.setRange(0, HIGHEST)
        self.last.setReadOnly(context.read_only)
        self.last.setKeyboardTracking(False)
        self.last_box = FieldBox(tr("Go on behind number"), self.last, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        across = QHBoxLayout()
        across.addWidget(self.box, 1)
        across.addWidget(self.last_box)
        column.addLayout(across)
        column.addWidget(self.numbers)
        self.show_series(series)
        self.pattern.editingFinished.connect(self._keep)
        self.last.editingFinished.connect(self._keep_last)

    def show_series(self, series: SeriesShown) -> None:
        """Show the series as it is now, unless another pattern is being typed."""
        if not self.pattern.hasFocus() or self.pattern.text().strip() in (self._pattern, series.pattern):
            self.pattern.setText(series.pattern)
        self._pattern = series.pattern
        self._last = series.last
        self.last.setValue(series.last)
        following = tr("Next: {number}", number=series.next_number)
        if series.last_number:
            following = tr("Last: {number}", number=series.last_number) + "   " + following
        self.numbers.setText(following)

    def _keep_last(self) -> None:
        """Let the series go on behind the number typed."""
        wanted = self.last.value()
        if wanted == self._last or self._context.read_only:
            return
        workspace, project = self._context.workspace, self._context.project.id
        try:
            set_last(workspace, project, self._key, wanted)
        except NotValid as error:
            self.last_box.refuse(str(error))
            self.last.setValue(self._last)
            return
        except HandoverError as error:
            self._context.complain(error)
            return
        self.last_box.accept()
        with workspace.read() as connection:
            self.show_series(next(s for s in all_series(connection, project) if s.paper.key == self._key))

    def _keep(self) -> None:
        wanted = self.pattern.text().strip()
        if wanted == self._pattern:
            return
        try:
            set_pattern(self._context.workspace, self._context.project.id, self._key, wanted)
        except NotValid as error:
            self.box.refuse(str(error))
        except HandoverError as error:
            self._context.complain(error)
