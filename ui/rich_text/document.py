"""Blocks of rich text as a document of Qt, and a document back as blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextLength,
    QTextList,
    QTextListFormat,
)

from handover.values.rich_text import DEEPEST, RichBlock, Span, merged
from ui.theme import tokens

#: How much larger the words of the two headings are, in the steps of Qt.
_LARGER = {1: 2, 2: 1}
_BULLETS = (
    QTextListFormat.Style.ListDisc,
    QTextListFormat.Style.ListCircle,
    QTextListFormat.Style.ListSquare,
    QTextListFormat.Style.ListDisc,
)
#: Where the character stands that stands for a picture.
_PICTURE = "\ufffc"


def fill(document: QTextDocument, blocks: Sequence[RichBlock], picture: Callable[[str], QImage | None]) -> None:
    """Show blocks in place of what a document shows; nothing of it can be undone.

    Args:
        picture: gives a picture by its address.
    """
    undo = document.isUndoRedoEnabled()
    document.setUndoRedoEnabled(False)
    document.clear()
    write(QTextCursor(document), blocks, picture)
    document.setUndoRedoEnabled(undo)
    document.setModified(False)


def write(cursor: QTextCursor, blocks: Sequence[RichBlock], picture: Callable[[str], QImage | None]) -> None:
    """Write blocks at a cursor; the first goes on in the block in which it stands, if there are words in it."""
    lists: list[QTextList] = []
    for number, block in enumerate(blocks):
        fresh = number > 0
        if fresh:
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        if fresh or not cursor.block().text():
            _shape(cursor, block, lists)
        for span in block.spans:
            write_span(cursor, span, picture)


def _shape(cursor: QTextCursor, block: RichBlock, lists: list[QTextList]) -> None:
    if block.kind != "item":
        lists.clear()
        as_heading(cursor, block.level if block.kind == "heading" else 0)
        return
    depth = min(max(block.level, 1), len(lists) + 1, DEEPEST)
    del lists[depth:]
    numbered = block.number is not None
    if len(lists) == depth and is_numbered(lists[-1].format()) == numbered:
        lists[-1].add(cursor.block())
        return
    del lists[depth - 1 :]
    lists.append(cursor.createList(list_format(depth, numbered=numbered, start=block.number or 1)))


def list_format(depth: int, *, numbered: bool, start: int = 1) -> QTextListFormat:
    """How a list of a depth looks."""
    form = QTextListFormat()
    form.setIndent(depth)
    form.setStyle(QTextListFormat.Style.ListDecimal if numbered else _BULLETS[min(depth, len(_BULLETS)) - 1])
    if numbered:
        form.setStart(start)
    return form


def list_at(place: QTextCursor | QTextBlock) -> QTextList | None:
    """The list in which a cursor or a block stands; None where it is no item."""
    return place.currentList() if isinstance(place, QTextCursor) else place.textList()


def is_numbered(form: QTextListFormat) -> bool:
    """Whether a list has numbers."""
    return form.style() == QTextListFormat.Style.ListDecimal


def as_heading(cursor: QTextCursor, level: int) -> None:
    """Make the blocks of a cursor headings of a level, 0 for none."""
    form = cursor.blockFormat()
    form.setHeadingLevel(level)
    form.setTopMargin(8 if level else 0)
    form.setBottomMargin(4)
    cursor.setBlockFormat(form)
    looks = QTextCharFormat()
    looks.setFontWeight(QFont.Weight.DemiBold if level else QFont.Weight.Normal)
    looks.setProperty(QTextCharFormat.Property.FontSizeAdjustment, _LARGER.get(level, 0))
    cursor.setBlockCharFormat(looks)
    over = QTextCursor(cursor)
    over.movePosition(QTextCursor.MoveOperation.StartOfBlock)
    over.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    over.mergeCharFormat(looks)


def write_span(cursor: QTextCursor, span: Span, picture: Callable[[str], QImage | None]) -> None:
    """Write words of one look, or a picture, at a cursor."""
    if span.picture:
        write_picture(cursor, span.picture, span.text, picture(span.picture))
        return
    looks = cursor.blockCharFormat()
    if not cursor.blockFormat().headingLevel():
        looks.setFontWeight(QFont.Weight.Bold if span.bold else QFont.Weight.Normal)
    looks.setFontItalic(span.italic)
    cursor.insertText(span.text.replace("\n", "\u2028"), looks)


def write_picture(cursor: QTextCursor, address: str, caption: str, image: QImage | None) -> None:
    """Put a picture at a cursor; one that isn't here stands as its caption."""
    form = QTextImageFormat()
    form.setName(address)
    form.setProperty(QTextCharFormat.Property.ImageAltText, caption)
    form.setToolTip(caption)
    shown = image if image is not None and not image.isNull() else _missing()
    # Every address has its picture before Qt asks for one: it would read any file that an address names.
    cursor.document().addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(address), shown)
    form.setMaximumWidth(QTextLength(QTextLength.Type.PercentageLength, 100))  # its shape is kept
    cursor.insertImage(form)


def _missing() -> QImage:
    """What stands in the place of a picture that isn't here."""
    image = QImage(48, 32, QImage.Format.Format_RGB32)
    image.fill(tokens.colour("neutral_soft"))
    return image


def blocks_of(document: QTextDocument, *, with_pictures: bool = True) -> tuple[RichBlock, ...]:
    """The blocks of a document, without empty ones."""
    found = []
    block = document.begin()
    while block.isValid():
        spans = merged(tuple(_spans(block, with_pictures=with_pictures)))
        if any(span.text.strip() or span.picture for span in spans):
            found.append(_block(block, spans))
        block = block.next()
    return tuple(found)


def _block(block: QTextBlock, spans: tuple[Span, ...]) -> RichBlock:
    listed = list_at(block)
    if listed is not None:
        form = listed.format()
        number = max(form.start(), 0) + listed.itemNumber(block) if is_numbered(form) else None
        return RichBlock("item", spans, min(max(form.indent(), 1), DEEPEST), number)
    level = block.blockFormat().headingLevel()
    if level:
        return RichBlock("heading", spans, min(level, 2))
    return RichBlock("paragraph", spans)


def _spans(block: QTextBlock, *, with_pictures: bool) -> Iterator[Span]:
    heading = block.blockFormat().headingLevel() > 0
    pieces = block.begin()
    while not pieces.atEnd():
        fragment = pieces.fragment()
        looks = fragment.charFormat()
        if looks.isImageFormat():
            image = looks.toImageFormat()
            caption = str(looks.property(QTextCharFormat.Property.ImageAltText) or "")
            if with_pictures:
                for _ in fragment.text():
                    yield Span(caption, picture=image.name())
        else:
            text = fragment.text().replace("\u2028", "\n").replace(_PICTURE, "").replace("\u00a0", " ")
            bold = looks.fontWeight() >= QFont.Weight.DemiBold and not heading
            yield Span(text, bold, looks.fontItalic())
        pieces += 1
