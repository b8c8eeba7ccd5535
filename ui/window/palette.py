"""Ctrl+K: finds any page, action and row by what is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import (
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from handover.i18n import in_language, tr
from handover.jobs import Progress
from handover.registers.search.finding import Hit, search
from handover.registers.search.pinyin import initials, spelled
from handover.values.cells import folded
from ui.shell.chapters import page_entries, section_of
from ui.shell.commands import ENGLISH, plain_name
from ui.shell.page import Context
from ui.shell.shortcuts import keys_text
from ui.theme import tokens
from ui.theme.icons import icon
from ui.theme.tokens import SPACE
from ui.window.finder import Finder
from ui.window.search_lines import why

_LINES = 12
#: How many rows of each register are offered.
_OF_EACH = 5
_BY_ANOTHER_WORD = 6


@dataclass(frozen=True, slots=True)
class PaletteLine:
    """One line: what it is called, what stands quietly at its right, and what happens on Enter.

    Attributes:
        also: another word by which it is found, after all that are called so.
    """

    name: str
    side: str
    icon: str
    run: Callable[[], object]
    enabled: bool = True
    also: str = ""


def rank(wanted: str, name: str) -> int | None:
    """How well a name fits what was typed, 0 the best; None when it doesn't. Knows pinyin and its initials."""
    if not wanted:
        return 5
    plain = folded(name)
    if plain.startswith(wanted):
        return 0
    if any(folded(word).startswith(wanted) for word in name.split()):
        return 1
    if wanted in plain:
        return 2
    if wanted.isascii():
        if initials(name).startswith(wanted):
            return 3
        if not name.isascii() and (wanted in spelled(name) or wanted in initials(name)):
            return 3
        letters = iter(plain)
        if len(wanted) > 1 and all(letter in letters for letter in wanted):
            return 4
    return None


def _rank_of(wanted: str, line: PaletteLine) -> int | None:
    found = rank(wanted, line.name)
    if found is None and line.also and rank(wanted, line.also) is not None:
        return _BY_ANOTHER_WORD
    return found


class _Lines(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, 34)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: PaletteLine = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect.adjusted(4, 1, -4, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.colour("selection"))
            painter.drawRoundedRect(rect, tokens.RADIUS, tokens.RADIUS)
        icon(entry.icon, "secondary").paint(painter, QRect(rect.left() + 10, rect.center().y() - 9, 18, 18))
        words = rect.adjusted(40, 0, -12, 0)
        metrics = painter.fontMetrics()
        painter.setPen(tokens.colour("on_selection" if chosen else "secondary"))
        side = metrics.elidedText(entry.side, Qt.TextElideMode.ElideMiddle, words.width() // 2)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, side)
        words.setRight(words.right() - metrics.horizontalAdvance(side) - 16)
        ink = "border" if not entry.enabled else "on_selection" if chosen else "text"
        painter.setPen(tokens.colour(ink))
        text = metrics.elidedText(entry.name, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()


class Palette(Finder):
    """A field with a list below; Enter does what the marked line says, Escape goes back to where one was.

    Args:
        actions: what is offered beside pages and rows.
    """

    wide, deep, page = 620, 8, _LINES

    def __init__(self, context: Context, actions: Iterable[QAction], parent: QWidget) -> None:
        super().__init__(parent, tr("Go to"), tr("Type the name of a page, an action or a row"), _Lines)
        self._context = context
        self._actions = list(actions)
        self._fixed = [*self._of_pages(), *self._of_actions(self._actions)]
        self._hits: Sequence[Hit] = ()
        self._asked = 0
        self.list.setMouseTracking(True)
        self.list.itemEntered.connect(self.list.setCurrentItem)
        self.list.itemClicked.connect(lambda _item: self.take())
        self.said.setContentsMargins(SPACE * 2, SPACE * 2, SPACE * 2, SPACE * 2)
        for each in (self.field, self.list, self.said):
            self.whole.addWidget(each)
        self._pause.timeout.connect(self._ask)
        self.field.textEdited.connect(self._typed)
        self._fill([])
        for action in self._actions:
            action.changed.connect(self._renew)

    def type(self, text: str) -> None:
        """Put a text into the field as if it had been typed."""
        self.field.setText(text)
        self._typed(text)

    @property
    def names(self) -> list[str]:
        """The lines that are offered."""
        return [self._entry(i).name for i in range(self.list.count())]

    def take(self) -> None:
        """Do what the marked line says."""
        if self.list.currentRow() < 0:
            return
        entry = self._entry(self.list.currentRow())
        if not entry.enabled:
            return
        self.accept()
        # After the palette has gone, so that what runs finds the focus where it was.
        QTimer.singleShot(0, self._context, entry.run)

    def _move(self, step: int) -> bool:
        if not self.list.count():
            return False
        self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
        return True

    def _entry(self, at: int) -> PaletteLine:
        entry: PaletteLine = self.list.item(at).data(Qt.ItemDataRole.UserRole)
        return entry

    def _of_pages(self) -> list[PaletteLine]:
        if not self._context.has_project:
            return []
        go = self._context.go
        lines = []
        for page in page_entries():
            section = section_of(page.key)
            also = section.label if section is not None else ""
            side = also if section is not None and len(section.pages) > 1 else tr("Page")
            with in_language("en"):  # known by its English name in every language
                also = f"{also} {page.label}".strip()
            lines.append(PaletteLine(page.label, side, page.icon, partial(go, page.key), also=also))
        return lines

    def _of_actions(self, actions: Iterable[QAction]) -> list[PaletteLine]:
        entries = []
        for action in actions:
            if not action.isVisible() or not plain_name(action):
                continue
            keys = keys_text(action.shortcut())
            also = str(action.property(ENGLISH) or "")
            enabled = action.isEnabled()
            entries.append(PaletteLine(plain_name(action), keys, "command", action.trigger, enabled, also=also))
        return entries

    def _renew(self) -> None:
        """An action was switched on or off, as when it was found out what is possible."""
        here = self.list.currentRow()
        self._fixed = [*self._of_pages(), *self._of_actions(self._actions)]
        self._fill(self._hits)
        self.list.setCurrentRow(min(here, self.list.count() - 1))

    def _typed(self, text: str) -> None:
        self._fill([])
        if text.strip() and self._context.has_project:
            self._pause.start()

    def _ask(self) -> None:
        self._asked += 1
        mine, text = self._asked, self.field.text()
        workspace, project = self._context.workspace, self._context.project.id

        def find(progress: Progress) -> list[Hit]:
            return [hit for group in search(workspace, text, project, _OF_EACH, progress) for hit in group.hits]

        def show(hits: list[Hit]) -> None:
            if mine == self._asked and text == self.field.text():
                self._fill(hits)

        job = self._context.run_job(tr("Searching"), find, background=True)
        job.done.connect(self._while_open(show))

    def _fill(self, hits: Sequence[Hit]) -> None:
        self._hits = hits
        wanted = folded(self.field.text())
        ranked = [(_rank_of(wanted, e), at, e) for at, e in enumerate(self._fixed)]
        fitting = (r for r in ranked if r[0] is not None)
        ranked = sorted(fitting, key=lambda r: (r[0] or 0, 0 if r[0] else len(r[2].name), r[1]))
        entries = [e for _, _, e in ranked] + [self._of_row(hit) for hit in hits]
        self.list.clear()
        for entry in entries:
            item = QListWidgetItem(entry.name, self.list)
            item.setData(Qt.ItemDataRole.UserRole, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.name}, {entry.side}")
        self.list.setCurrentRow(0 if entries else -1)
        self.list.setVisible(bool(entries))
        self.list.setFixedHeight(34 * min(len(entries), _LINES) + 4)
        typed = self.field.text().strip()
        self.said.setText(tr("Nothing found for “{text}”.", text=typed) if typed else "")
        self.said.setVisible(not entries and bool(typed))
        self.adjustSize()

    def _of_row(self, hit: Hit) -> PaletteLine:
        name = f"{hit.row.ref}  {hit.row.name}"
        key, row = hit.register.key, hit.row.id
        side = hit.register.label
        if reason := why(hit):
            side = f"{reason} · {side}"
        return PaletteLine(name, side, hit.register.icon, lambda: self._context.open_row(key, row))
