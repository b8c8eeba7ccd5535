"""The field in which rich text is typed: with tools and keys for its looks, and what is pasted brought to its marks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QImage,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QTextEdit, QWidget

from handover.errors import HandoverError
from handover.i18n import tr
from handover.values.rich_text import DEEPEST, Span, read_rich, write_rich
from ui.rich_text.document import (
    as_heading,
    blocks_of,
    fill,
    is_numbered,
    list_at,
    list_format,
    write,
    write_picture,
    write_span,
)
from ui.rich_text.pictures import PicturePlace, fitted, read_file
from ui.rich_text.tools import TOOL_LINE, TOOLS, ToolLine
from ui.shell.keyboard import passes_on

_PICTURES = ("png", "jpg", "jpeg", "bmp", "gif", "webp", "tif", "tiff")
#: What is typed at the beginning of a paragraph, before a space, and the tool that it stands for.
_TYPED = {"-": "bullets", "*": "bullets", "1.": "numbers", "#": "heading1", "##": "heading2"}


class RichField(QTextEdit):
    """Rich text in a form or on a page. What isn't changed comes back as it was, to the letter.

    Args:
        roomy: takes all the room that there is, as the text of a page; not as high as its words.

    Signals:
        finished: the focus left.
        told: a sentence about what was done or couldn't be, such as a picture that was scaled.
    """

    finished = Signal()
    told = Signal(str)

    def __init__(self, parent: QWidget, *, roomy: bool = False) -> None:
        super().__init__(parent)
        self._roomy = roomy
        self._source = ""
        self.pictures: PicturePlace | None = None
        self.setTabChangesFocus(True)
        self.setAcceptRichText(True)
        self.tools = ToolLine(self.use, self)
        self.setViewportMargins(0, TOOL_LINE, 0, 0)
        self.setMinimumHeight(TOOL_LINE + 64)
        if not roomy:
            self.setMaximumHeight(TOOL_LINE + 320)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())
        self.cursorPositionChanged.connect(self._show_state)
        self.currentCharFormatChanged.connect(lambda _format: self._show_state())

    # -- what stands in it --------------------------------------------------------------------------------------------

    def fill(self, text: str) -> None:
        """Show a text in marks; what stands there already stays, with the cursor and what can be undone."""
        same = text == self.typed()
        self._source = text
        if same:
            self.document().setModified(False)
            return
        fill(self.document(), read_rich(text), self._picture)
        self._show_state()

    def typed(self) -> str:
        """The text in marks: what was shown at first, as long as nothing was changed."""
        return write_rich(blocks_of(self.document())) if self.document().isModified() else self._source

    def setPlainText(self, text: str) -> None:  # Qt's own name
        self.fill(text)

    def line_in_hand(self) -> str:
        """The words that are selected, or those of the paragraph in which the cursor stands."""
        cursor = self.textCursor()
        words = cursor.selectedText() if cursor.hasSelection() else cursor.block().text()
        return " ".join(words.replace("\ufffc", "").split())

    def replace_line(self, spans: Sequence[Span]) -> None:
        """Put words in the place of those in hand; the cursor stands in a new paragraph after them."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        if not cursor.hasSelection():
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        for span in spans:
            write_span(cursor, span, self._picture)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        if not cursor.block().next().isValid():
            looks = QTextCharFormat(cursor.blockCharFormat())
            cursor.insertBlock(cursor.blockFormat(), looks)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def go_to_heading(self, words: str) -> None:
        """Put the cursor under a heading with these words; one is begun at the end where there is none."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text().strip() == words.strip():
                cursor = QTextCursor(block)
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
                self.setTextCursor(cursor)
                self.ensureCursorVisible()
                return
            block = block.next()
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        if cursor.block().text():
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        self.setTextCursor(cursor)
        self._leave_list(cursor)
        as_heading(cursor, 2)
        cursor.insertText(words, cursor.blockCharFormat())
        cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        as_heading(cursor, 0)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def insert_words(self, words: str) -> None:
        """Write words at the cursor, in a paragraph of their own where one is begun already."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        write(cursor, read_rich(words), self._picture)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def _picture(self, address: str) -> QImage | None:
        data = self.pictures.read(address) if self.pictures is not None else None
        image = QImage.fromData(data) if data else QImage()
        return None if image.isNull() else image

    # -- looks --------------------------------------------------------------------------------------------------------

    def use(self, tool: str) -> None:
        """Use a tool by its key."""
        if self.isReadOnly():
            return
        cursor = self.textCursor()
        cursor.beginEditBlock()
        if tool in ("bold", "italic"):
            self._look(tool)
        elif tool in ("heading1", "heading2", "text"):
            self._head({"heading1": 1, "heading2": 2}.get(tool, 0))
        elif tool in ("bullets", "numbers"):
            self._list(numbered=tool == "numbers")
        elif tool in ("deeper", "higher"):
            self._shift(1 if tool == "deeper" else -1)
        cursor.endEditBlock()
        if tool == "picture":
            self._choose_picture()
        self._show_state()

    def _look(self, tool: str) -> None:
        now = self.currentCharFormat()
        looks = QTextCharFormat()
        if tool == "bold":
            bold = now.fontWeight() >= QFont.Weight.DemiBold
            looks.setFontWeight(QFont.Weight.Normal if bold else QFont.Weight.Bold)
        else:
            looks.setFontItalic(not now.fontItalic())
        self.mergeCurrentCharFormat(looks)

    def _head(self, level: int) -> None:
        cursor = self.textCursor()
        now = cursor.blockFormat().headingLevel()
        self._leave_list(cursor)
        as_heading(cursor, 0 if level == now else level)
        self.setCurrentCharFormat(cursor.blockCharFormat())

    def _list(self, *, numbered: bool) -> None:
        cursor = self.textCursor()
        here = list_at(cursor)
        if here is not None and is_numbered(here.format()) == numbered:
            self._leave_list(cursor)
        else:
            as_heading(cursor, 0)
            depth = here.format().indent() if here is not None else 1
            cursor.createList(list_format(depth, numbered=numbered))

    def _leave_list(self, cursor: QTextCursor) -> None:
        here = list_at(cursor)
        if here is not None:
            here.remove(cursor.block())
            form = cursor.blockFormat()
            form.setIndent(0)
            form.setObjectIndex(-1)
            cursor.setBlockFormat(form)

    def _shift(self, levels: int) -> None:
        """Move an item of a list a level deeper or higher; the list around it takes it in again."""
        cursor = self.textCursor()
        here = list_at(cursor)
        if here is None:
            return
        depth = here.format().indent() + levels
        if depth < 1:
            self._leave_list(cursor)
            return
        numbered = is_numbered(here.format())
        depth = min(depth, DEEPEST)
        block = cursor.block().previous()
        while block.isValid() and (listed := list_at(block)) is not None:
            if listed.format().indent() < depth:
                break
            if listed.format().indent() == depth and is_numbered(listed.format()) == numbered:
                listed.add(cursor.block())
                return
            block = block.previous()
        cursor.createList(list_format(depth, numbered=numbered))

    def _show_state(self) -> None:
        cursor = self.textCursor()
        looks, level, here = self.currentCharFormat(), cursor.blockFormat().headingLevel(), list_at(cursor)
        self.tools.show_state(
            {
                "bold": looks.fontWeight() >= QFont.Weight.DemiBold and not level,
                "italic": looks.fontItalic(),
                "heading1": level == 1,
                "heading2": level == 2,
                "bullets": here is not None and not is_numbered(here.format()),
                "numbers": here is not None and is_numbered(here.format()),
            }
        )

    # -- keys ---------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if passes_on(self, event):
            return False
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._tool_of(event):
            event.accept()  # such keys mean something else outside of a text
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        tool = self._tool_of(event)
        if tool:
            self.use(tool)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.isReadOnly():
            self._enter(event)
        elif event.key() == Qt.Key.Key_Space and self._begins_block():
            return
        else:
            super().keyPressEvent(event)

    def _tool_of(self, event: QKeyEvent) -> str:
        if self.isReadOnly():
            return ""
        pressed = QKeySequence(event.keyCombination())
        return next((tool.key for tool in TOOLS if QKeySequence(tool.keys) == pressed), "")

    def _enter(self, event: QKeyEvent) -> None:
        """A new paragraph: in a list the next item, after a heading plain words, in an empty item the list's end."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        cursor = self.textCursor()
        if list_at(cursor) is not None and not cursor.block().text() and not event.modifiers():
            self._shift(-1)
            return
        heading = cursor.blockFormat().headingLevel() and not event.modifiers()
        super().keyPressEvent(event)
        if heading and not self.textCursor().block().text():
            self._head(0)

    def _begins_block(self) -> bool:
        """Let what was typed at the beginning of a paragraph make it an item of a list or a heading."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        tool = _TYPED.get(before, "")
        plain = list_at(cursor) is None and not cursor.blockFormat().headingLevel()
        if not tool or not plain or self.isReadOnly() or cursor.hasSelection():
            return False
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.use(tool)
        return True

    # -- what comes in ------------------------------------------------------------------------------------------------

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # Qt's own name
        return source.hasText() or source.hasHtml() or source.hasImage() or bool(_picture_files(source))

    def insertFromMimeData(self, source: QMimeData) -> None:  # Qt's own name
        files = _picture_files(source)
        if source.hasImage() and not source.hasText():
            self.insert_picture(QImage(source.imageData()), tr("picture"))
        elif files:
            for path in files:
                self._insert_file(path)
        elif source.hasHtml():
            page = QTextDocument()
            page.setHtml(source.html())
            cursor = self.textCursor()
            cursor.beginEditBlock()
            cursor.removeSelectedText()
            write(cursor, blocks_of(page, with_pictures=False), self._picture)
            cursor.endEditBlock()
            self.setTextCursor(cursor)
        elif source.hasText():
            self.insertPlainText(source.text())

    def insert_picture(self, image: QImage, name: str) -> None:
        """Keep a picture and show it at the cursor, or say why it isn't taken."""
        if self.pictures is None or self.isReadOnly():
            self.told.emit(tr("Pictures can't be put into this text."))
            return
        try:
            picture = fitted(image, name)
            address = self.pictures.keep(picture.name, picture.data)
        except HandoverError as error:
            self.told.emit(str(error))
            return
        write_picture(self.textCursor(), address, name, QImage.fromData(picture.data))
        if picture.note:
            self.told.emit(picture.note)

    def _insert_file(self, path: str) -> None:
        try:
            image = read_file(path)
        except HandoverError as error:
            self.told.emit(str(error))
            return
        self.insert_picture(image, path.replace("\\", "/").rsplit("/", 1)[-1])

    def _choose_picture(self) -> None:
        dialog = QFileDialog(self, tr("Choose the picture"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        endings = " ".join(f"*.{ending}" for ending in _PICTURES)
        dialog.setNameFilter(tr("Pictures ({endings})", endings=endings))
        dialog.fileSelected.connect(self._insert_file)
        dialog.open()

    # -- place --------------------------------------------------------------------------------------------------------

    def setReadOnly(self, closed: bool) -> None:  # Qt's own name
        super().setReadOnly(closed)
        self.tools.setVisible(not closed)
        self.setViewportMargins(0, 0 if closed else TOOL_LINE, 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        frame = self.frameWidth()
        self.tools.setGeometry(frame, frame, self.width() - 2 * frame, TOOL_LINE)

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        if not self._roomy:
            tools = 0 if self.isReadOnly() else TOOL_LINE
            words = int(self.document().size().height())
            size.setHeight(tools + max(72, min(words + 20, 280)))
        return size

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.finished.emit()


def _picture_files(source: QMimeData) -> list[str]:
    """The paths of the pictures among files that are dropped or pasted."""
    urls: list[QUrl] = source.urls() if source.hasUrls() else []
    paths = [url.toLocalFile() for url in urls if url.isLocalFile()]
    return [path for path in paths if path.rsplit(".", 1)[-1].lower() in _PICTURES]
