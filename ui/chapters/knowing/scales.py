"""What the grades and bands of loss risk mean on this site, with the way to change them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from handover.i18n import tr
from handover.registers.knowing.loss_risks import RiskBand
from handover.registers.picks import PickEntry
from handover.registers.query import Condition
from ui.register.narrowing import filters
from ui.shell.dialog import Dialog
from ui.shell.page import Context
from ui.theme.marks import Pill
from ui.theme.style import role
from ui.theme.tokens import SPACE

_LISTS = ("loss_band", "attrition_scale", "position_scale")


class ScalesDialog(Dialog):
    """Shows how the score comes about, the bands, and both scales."""

    def __init__(
        self,
        context: Context,
        bands: Sequence[RiskBand],
        attrition: Sequence[PickEntry],
        position: Sequence[PickEntry],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("How it is scored"))
        self.setMinimumWidth(600)
        self._context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 5, SPACE * 5, SPACE * 5, SPACE * 4)
        column.setSpacing(SPACE * 3)
        self._words(column, tr("How it is scored"), "lead")
        self._words(
            column,
            tr(
                "By TVA's method as adopted by the IAEA (STI/PUB/1248) the score is the grade of leaving times that of "
                "the position, 1 to 25. The grade of the position is the criticality of the item. Where nobody graded "
                "a holder, the day on which he or she leaves says it. The other method multiplies criticality and "
                "rarity."
            ),
            "secondary",
        )
        named = [(band.tone, str(band.least), band.word) for band in bands]
        self._scale(column, tr("Bands, by their least score"), named)
        self._scale(column, tr("Risk of leaving"), [(e.tone or "neutral", e.code, e.word) for e in attrition])
        self._scale(column, tr("Position"), [(e.tone or "neutral", e.code, e.word) for e in position])
        change = self.side_button("pencil", tr("Change words and bounds"), self.change)
        column.addWidget(change, 0, Qt.AlignmentFlag.AlignLeft)
        done = QPushButton(tr("Close"), self)
        role(done, "primary")
        done.clicked.connect(self.accept)
        column.addWidget(done, 0, Qt.AlignmentFlag.AlignRight)

    def change(self) -> None:
        """Go to the lists that hold them."""
        self.accept()
        where = (Condition("list", "is", _LISTS),)
        self._context.go("picks", view="", where=filters.plain(where))

    def _words(self, column: QVBoxLayout, text: str, name: str) -> None:
        label = QLabel(text, self)
        label.setWordWrap(True)
        role(label, name)
        column.addWidget(label)

    def _scale(self, column: QVBoxLayout, title: str, lines: Sequence[tuple[str, str, str]]) -> None:
        self._words(column, title, "small")
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE * 3)
        grid.setVerticalSpacing(SPACE)
        grid.setColumnStretch(1, 1)
        for at, (tone, code, word) in enumerate(lines):
            grid.addWidget(Pill(tone, code, self), at, 0)  # type: ignore[arg-type]  # the tone of an entry
            label = QLabel(word, self)
            label.setWordWrap(True)
            grid.addWidget(label, at, 1)
        column.addLayout(grid)
