"""F1: the help of the page in view, offline, in the language of the interface."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QTextBlockFormat, QTextCursor, QTextDocument, QTextLength, QTextTable
from PySide6.QtWidgets import (
    QLineEdit,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from handover.i18n import language, tr
from handover.resource import resource
from ui.shell.chapters import page_entries
from ui.shell.commands import plain_name
from ui.shell.dialog import Dialog
from ui.shell.shortcuts import Shortcuts, keys_text, shown
from ui.theme import tokens
from ui.theme.style import role
from ui.theme.tokens import SPACE

KEYS = "keys"


def help_text(key: str) -> str:
    """The text of a page's help, as Markdown; that of the first steps where the page has none of its own."""
    try:
        return resource("help", language(), f"{key}.md").read_text(encoding="utf-8")
    except FileNotFoundError:
        return resource("help", language(), "start.md").read_text(encoding="utf-8")


class Help(Dialog):
    """Topics at the left, the text at the right; the last topic lists every key of this very build."""

    def __init__(
        self,
        keys: Sequence[str],
        actions: Iterable[QAction],
        parent: QWidget | None = None,
        shortcuts: Shortcuts | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Help"))
        self.resize(920, 620)
        self._keys = _keys_of(actions, shortcuts)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 4, SPACE * 4, SPACE * 4, SPACE * 4)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(tr("Search the help"))
        self.search.setAccessibleName(tr("Search the help"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        whole.addWidget(self.search)
        split = QSplitter(self)
        self.topics = QTreeWidget(split)
        self.topics.setHeaderHidden(True)
        self.topics.setRootIsDecorated(False)
        role(self.topics, "topics")
        self.topics.setAccessibleName(tr("Topics"))
        self.text = QTextBrowser(split)
        self.text.setOpenExternalLinks(False)
        self.text.setAccessibleName(tr("Help"))
        self.text.document().setDocumentMargin(SPACE * 4)
        split.setSizes([220, 700])
        split.setStretchFactor(1, 1)
        whole.addWidget(split, 1)
        for name, topic in self._all():
            item = QTreeWidgetItem(self.topics, [name])
            item.setData(0, Qt.ItemDataRole.UserRole, topic)
        self.topics.currentItemChanged.connect(lambda item, _before: self._show(item))
        self.show_topic(*keys)

    def show_topic(self, *keys: str) -> None:
        """Show the first of some topics that there is, the first steps where there is none of them."""
        items = [i for at in range(self.topics.topLevelItemCount()) if (i := self.topics.topLevelItem(at)) is not None]
        by_key = {item.data(0, Qt.ItemDataRole.UserRole): item for item in items}
        self.topics.setCurrentItem(next((by_key[k] for k in keys if k in by_key), items[0]))

    def _all(self) -> list[tuple[str, str]]:
        written = {p.stem for p in resource("help", language()).glob("*.md")}
        pages = [(page.label, page.key) for page in page_entries() if page.key in written]
        return [
            (tr("First steps"), "start"),
            *pages,
            (tr("Import"), "import"),
            (tr("Export and pack"), "export"),
            (tr("Keys"), KEYS),
        ]

    def _show(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.text.setMarkdown(self._text_of(item.data(0, Qt.ItemDataRole.UserRole)))
            _give_room(self.text.document())

    def _text_of(self, topic: str) -> str:
        return self._keys if topic == KEYS else help_text(topic)

    def _narrow(self, typed: str) -> None:
        wanted = typed.casefold().strip()
        first = None
        for at in range(self.topics.topLevelItemCount()):
            item = self.topics.topLevelItem(at)
            if item is None:
                continue
            text = item.text(0) + self._text_of(item.data(0, Qt.ItemDataRole.UserRole))
            item.setHidden(wanted not in text.casefold())
            if first is None and not item.isHidden():
                first = item
        current = self.topics.currentItem()
        if first is not None and (current is None or current.isHidden()):
            self.topics.setCurrentItem(first)


def _give_room(document: QTextDocument) -> None:
    """Space lines and paragraphs, and draw tables with hairlines."""
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    spaced = QTextBlockFormat()
    spaced.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    spaced.setBottomMargin(SPACE * 2)
    cursor.mergeBlockFormat(spaced)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            shape = frame.format()
            shape.setBorder(1)
            shape.setBorderCollapse(True)
            shape.setBorderBrush(tokens.colour("line"))
            shape.setCellPadding(SPACE)
            shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            frame.setFormat(shape)
    cursor.movePosition(QTextCursor.MoveOperation.Start)


def _keys_of(actions: Iterable[QAction], shortcuts: Shortcuts | None) -> str:
    """The keys of what can be done now, then those of commands that lie elsewhere."""
    lines = [tr("# Keys"), "", tr("| Key | What it does |"), "|---|---|"]
    for action in actions:
        keys = ", ".join(keys_text(k) for k in action.shortcuts())
        if keys and plain_name(action):
            lines.append(f"| **{keys}** | {plain_name(action)} |")
    if shortcuts is not None:
        for command in shortcuts.all:
            line = f"| **{', '.join(map(shown, shortcuts.keys(command)))}** | {command.label} |"
            if shortcuts.keys(command) and line not in lines:
                lines.append(line)
    return "\n".join(lines)
