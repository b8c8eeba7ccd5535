"""The page that stands in the window while no workspace is open: the four ways to begin, and what was open lately."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from handover.i18n import N_, language, tr
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

_WAYS = (
    ("sample", "factory", N_("Open the sample"), N_("A vehicle plant in commissioning: look around, change anything.")),
    ("import", "file-spreadsheet", N_("Import a task list"), N_("Begin with the planner's Excel file.")),
    ("new", "file-plus", N_("Start empty"), N_("A new workspace with your first project.")),
    ("open", "folder-open", N_("Open a file"), N_("A workspace that you or a colleague has made.")),
)


class Way(QFrame):
    """A card that is a button: icon, name, one sentence."""

    pressed = Signal()

    def __init__(self, icon_name: str, name: str, sentence: str, parent: QWidget) -> None:
        super().__init__(parent)
        role(self, "card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 4, SPACE * 4, SPACE * 4, SPACE * 4)
        column.setSpacing(SPACE * 2)
        self.button = QPushButton(icon(icon_name, "accent"), name, self)
        role(self.button, "link")
        self.button.setIconSize(QSize(24, 24))
        self.button.setStyleSheet("font-size: 15px; font-weight: 600;")
        self.button.setAccessibleDescription(sentence)
        self.button.clicked.connect(self.pressed)
        words = QLabel(sentence, self)
        role(words, "secondary")
        words.setWordWrap(True)
        column.addWidget(self.button)
        column.addWidget(words, 1, Qt.AlignmentFlag.AlignTop)

    def mouseReleaseEvent(self, event: object) -> None:
        self.button.click()


class Welcome(QScrollArea):
    """The four ways and the recent files.

    Signals:
        way: ``sample``, ``import``, ``new`` or ``open``.
        recent: a path that was chosen.
        forgotten: a path to be taken from the list.
        language_wanted: the other language.
    """

    way = Signal(str)
    recent = Signal(str)
    forgotten = Signal(str)
    language_wanted = Signal(str)

    def __init__(self, recent: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAccessibleName(tr("From project to operation"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.ways: dict[str, Way] = {}
        body = QWidget(self)
        centre = QHBoxLayout(body)
        centre.addStretch(1)
        column = QVBoxLayout()
        column.setContentsMargins(SPACE * 6, SPACE * 14, SPACE * 6, SPACE * 6)
        column.setSpacing(SPACE * 3)
        centre.addLayout(column, 4)
        centre.addStretch(1)
        title = QLabel(tr("From project to operation"), body)
        role(title, "figure")
        lead = QLabel(tr("Handover keeps the plan, the documents and the knowledge of a handover in one file."), body)
        role(lead, "secondary")
        lead.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        column.addLayout(head)
        column.addWidget(lead)
        column.addSpacing(SPACE * 4)
        grid = QGridLayout()
        grid.setSpacing(SPACE * 4)
        for at, (key, icon_name, name, sentence) in enumerate(_WAYS):
            card = Way(icon_name, tr(name), tr(sentence), body)
            card.pressed.connect(lambda k=key: self.way.emit(k))
            card.setMinimumSize(280, 96)
            self.ways[key] = card
            grid.addWidget(card, at // 2, at % 2)
        column.addLayout(grid)
        if recent:
            column.addSpacing(SPACE * 4)
            heading = QLabel(tr("Opened lately"), body)
            role(heading, "lead")
            column.addWidget(heading)
            for path in recent:
                column.addLayout(self._recent(path, body))
        column.addStretch(1)
        # Made last, so that Tab reaches the ways first.
        head.addWidget(self._other_language(body), 0, Qt.AlignmentFlag.AlignTop)
        self.setWidget(body)

    def _other_language(self, body: QWidget) -> QPushButton:
        """The way to the other language, named in it: who can't read this page reads that."""
        other = "en" if language() == "zh" else "zh"
        self.language = QPushButton(icon("languages", "accent"), "English" if other == "en" else "中文", body)
        role(self.language, "link")
        self.language.clicked.connect(lambda: self.language_wanted.emit(other))
        return self.language

    def _recent(self, path: str, body: QWidget) -> QHBoxLayout:
        file = Path(path)
        row = QHBoxLayout()
        button = QPushButton(icon("file-text", "accent"), file.stem.replace("&", "&&"), body)
        role(button, "link")
        button.clicked.connect(lambda: self.recent.emit(path))
        folder = QLabel(str(file.parent), body)
        role(folder, "small")
        away = QToolButton(body)
        away.setIcon(icon("x", "secondary"))
        away.setToolTip(tr("Take {file} from this list", file=file.name))
        away.setAccessibleName(away.toolTip())
        away.clicked.connect(lambda: self.forgotten.emit(path))
        row.addWidget(button)
        row.addWidget(folder, 1)
        row.addWidget(away)
        return row


class NoProject(QWidget):
    """What stands in a workspace without a project: what belongs there and the first step.

    Signals:
        new_wanted: a new project.
    """

    new_wanted = Signal()

    def __init__(self, may_write: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.addStretch(2)
        title = QLabel(tr("This workspace has no project yet"), self)
        role(title, "title")
        words = QLabel(tr("A project holds the plan, the documents and the people of one handover."), self)
        role(words, "secondary")
        self.button = QPushButton(tr("New project…"), self)
        role(self.button, "primary")
        self.button.setEnabled(may_write)
        self.button.clicked.connect(self.new_wanted)
        for each in (title, words, self.button):
            column.addWidget(each, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
