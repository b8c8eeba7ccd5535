"""Why something can't be done, in sentences in which every row that is named is a link to that row."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QWidget
from sqlalchemy import Connection

from handover.errors import Reason
from handover.i18n import tr
from handover.registers import query
from handover.registers.catalogue import of_table
from handover.registers.declare import Register
from handover.registers.linked import Linked

#: Of more rows than these only the sentence tells.
_LINKED = 500


class NamedRow(NamedTuple):
    """A row that a reason is about: the key of its register, its key and its reference."""

    register: str
    id: str
    ref: str


class ToldReason(NamedTuple):
    """A reason as it is read, with the rows that it names."""

    sentence: str
    rows: tuple[NamedRow, ...] = ()
    field: str = ""


def told(
    connection: Connection, reasons: Iterable[Reason], register: Register, ids: Sequence[str] = ()
) -> list[ToldReason]:
    """Reasons in words, with the rows that they are about and those of the rows in hand that they name.

    Args:
        register, ids: the rows in hand.
    """
    known: dict[str, dict[str, Linked]] = {}
    reasons = list(reasons)
    wanted: dict[str, list[str]] = {register.table.name: list(ids[:_LINKED])}
    for reason in reasons:
        for table, key in reason.rows[:_LINKED]:
            wanted.setdefault(table, []).append(key)
    for table, keys in wanted.items():
        known[table] = query.linked(connection, table, keys)
    found = []
    for reason in reasons:
        sentence = str(reason)
        rows = [_named(table, known[table].get(key)) for table, key in reason.rows[:_LINKED]]
        own = [_named(register.table.name, row) for row in known[register.table.name].values() if row.ref in sentence]
        found.append(ToldReason(sentence, tuple(row for row in (*rows, *own) if row is not None), reason.field))
    return found


def _named(table: str, row: Linked | None) -> NamedRow | None:
    register = of_table(table)
    return NamedRow(register.key, row.id, row.ref) if row is not None and register is not None else None


def linked_text(reason: ToldReason) -> str:
    """The sentence as markup in which the references are links; rows that it doesn't name stand behind it."""
    text = html.escape(reason.sentence).replace("\n", "<br>")
    behind = []
    for row in dict.fromkeys(reason.rows):
        link = f'<a href="{row.register}/{row.id}">{html.escape(row.ref)}</a>'
        text, times = re.subn(rf"(?<![\w/-]){re.escape(html.escape(row.ref))}(?![\w/-])", link, text)
        if not times:
            behind.append(link)
    return " ".join([text, *behind])


class ReasonsLabel(QLabel):
    """Several reasons, one below the other.

    Signals:
        row_wanted: a row that one of them names: the key of its register and its own.
    """

    row_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.linkActivated.connect(self._open)
        self.reasons: list[ToldReason] = []

    def show_reasons(self, reasons: Iterable[ToldReason], lead: str = "") -> None:
        """Say these, below a sentence that says what they stand against."""
        self.reasons = list(reasons)
        lines = [f"• {linked_text(each)}" for each in self.reasons]
        head = [f"<b>{html.escape(lead)}</b>"] if lead else []
        self.setText("<br>".join([*head, *lines]))
        self.setAccessibleName("\n".join([*([lead] if lead else []), *(each.sentence for each in self.reasons)]))

    def _open(self, link: str) -> None:
        register, _, key = link.partition("/")
        self.row_wanted.emit(register, key)


class ReasonsArea(QScrollArea):
    """Room for reasons: as much as they need, and where they are many a part of it, in which one scrolls.

    Signals:
        row_wanted: as of ``ReasonsLabel``.
    """

    row_wanted = Signal(str, str)

    def __init__(self, tallest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tallest = tallest
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("What stands against it"))
        self.label = ReasonsLabel(self)
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.label.row_wanted.connect(self.row_wanted)
        self.setWidget(self.label)
        self.hide()

    def show_reasons(self, reasons: Iterable[ToldReason], lead: str = "") -> None:
        """Say these; nothing is shown where there are none."""
        self.label.show_reasons(reasons, lead)
        self.setVisible(bool(self.label.reasons))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = max(self.viewport().width(), 200)
        self.setFixedHeight(min(self._tallest, max(self.label.heightForWidth(wide), 18)))
