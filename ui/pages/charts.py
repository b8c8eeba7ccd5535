"""What every page of charts is: charts on cards that can be scrolled, each with a note; a value leads to its rows."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from sqlalchemy import Connection

from handover.i18n import language
from handover.registers.figures.rows_behind import RowsBehind
from handover.wording import Language, Words, shown
from ui.charts.view import ChartView
from ui.register.narrowing import filters
from ui.shell.page import Context, Page
from ui.theme.style import role
from ui.theme.tokens import SPACE

_NARROWEST = 360


class ChartPlace(NamedTuple):
    """Where a chart stands: its row, its column, and how many columns it takes."""

    row: int
    column: int
    columns: int = 1


class ChartsPage(Page):
    """A page of charts, read again when one of their tables changes.

    A page says by class attributes of which tables its charts are, how high they are and where each stands, by the
    name of the attribute that holds it in what ``look`` gives.
    """

    concerned: ClassVar[frozenset[str]]
    chart_height: ClassVar[int]
    places: ClassVar[Mapping[str, ChartPlace]]

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(self.title())
        outer.addWidget(scroll)
        body = QWidget(scroll)
        scroll.setWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 6)
        column.setSpacing(SPACE * 4)
        heading = QLabel(self.title(), body)
        role(heading, "title")
        column.addWidget(heading)
        grid = QGridLayout()
        grid.setSpacing(SPACE * 4)
        column.addLayout(grid)
        column.addStretch(1)
        self.notes: dict[str, QLabel] = {}
        self.views = {key: self._card(body, grid, key) for key in self.places}
        self.setFocusProxy(next(iter(self.views.values())))
        self.refresh(frozenset())

    @abstractmethod
    def look(self, connection: Connection, project: str) -> Any:  # Any: the charts of the page
        """Read the charts."""

    def open_rows(self, key: Any) -> None:  # Any: the key of a value
        """Go to the rows behind a value."""
        if isinstance(key, RowsBehind):
            self.context.go(key.register, view=key.query.view, where=filters.plain(key.query.where))

    def told_of(self, charts: Any) -> Mapping[str, Sequence[Words]]:  # Any: as above
        """What is told below charts, by chart."""
        return {}

    def refresh(self, tables: frozenset[str]) -> None:
        if not tables or tables & self.concerned:
            project = self.context.project.id
            self.read(lambda connection: self.look(connection, project), self._show)

    def _card(self, body: QWidget, grid: QGridLayout, key: str) -> ChartView:
        card = QFrame(body)
        role(card, "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        view = ChartView(None, card)
        view.setMinimumSize(QSize(_NARROWEST, self.chart_height))
        view.picked.connect(self._open)
        inner.addWidget(view, 1)
        note = QLabel(card)
        note.setWordWrap(True)
        role(note, "secondary")
        note.hide()
        inner.addWidget(note)
        self.notes[key] = note
        place = self.places[key]
        grid.addWidget(card, place.row, place.column, 1, place.columns)
        return view

    def _show(self, charts: Any) -> None:  # Any: as above
        spoken: Language = "zh" if language() == "zh" else "en"
        notes = self.told_of(charts)
        for key, view in self.views.items():
            view.show_chart(getattr(charts, key))
            told = "\n".join(shown(words, spoken) for words in notes.get(key, ()))
            self.notes[key].setText(told)
            self.notes[key].setVisible(bool(told))

    @Slot(object)
    def _open(self, key: Any) -> None:  # Any: as above
        self.open_rows(key)
