"""The field of rich text: keys, tools, what is pasted, pictures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor, QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from handover.errors import NotLawful
from handover.i18n import N_
from handover.values.rich_text import RichBlock, Span, read_rich, write_rich
from ui.rich_text.document import blocks_of, fill
from ui.rich_text.field import RichField


class Kept:
    """Pictures that a test holds in its hand."""

    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {}

    def keep(self, name: str, data: bytes) -> str:
        address = f"attachment:{len(self.pictures)}"
        self.pictures[address] = data
        return address

    def read(self, address: str) -> bytes | None:
        return self.pictures.get(address)


class KeptNowhere(Kept):
    def keep(self, name: str, data: bytes) -> str:
        raise NotLawful(N_("Add the row first. Then pictures can stand in its text."))


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[RichField]:
    over = QWidget()
    over.resize(600, 500)
    qtbot.addWidget(over)
    rich = RichField(over, roomy=True)
    rich.resize(600, 500)
    over.show()
    rich.setFocus()
    yield rich


def _picture(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    return image


def _pasted(text: str = "", html: str = "", image: QImage | None = None) -> QMimeData:
    mime = QMimeData()
    if text:
        mime.setText(text)
    if html:
        mime.setHtml(html)
    if image is not None:
        mime.setImageData(image)
    return mime


def test_minutes_are_typed_with_keys_alone(field: RichField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "# Pumps")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, "Agreed")
    qtbot.keyClick(field, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, " by all")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "- first")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(field, "below")
    for _ in range(3):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "End")

    assert field.typed() == "# Pumps\n\n**Agreed** by all\n\n- first\n  - below\n\nEnd"


def test_numbered_list_follows_from_the_first_number(field: RichField, qtbot: QtBot) -> None:
    qtbot.keyClicks(field, "1. one")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "two")

    assert field.typed() == "1. one\n2. two"


def test_text_that_nobody_changed_comes_back_to_the_letter(field: RichField) -> None:
    as_stored = "* starred\n\n\n__strange__   marks\n"
    field.fill(as_stored)

    assert field.typed() == as_stored


def test_tools_show_what_holds_at_the_cursor(field: RichField) -> None:
    field.fill("## Head\n\n- *item*")
    field.moveCursor(QTextCursor.MoveOperation.Start)
    assert field.tools.buttons["heading2"].isChecked()
    field.moveCursor(QTextCursor.MoveOperation.End)
    assert field.tools.buttons["bullets"].isChecked() and field.tools.buttons["italic"].isChecked()


def test_what_comes_from_other_programs_keeps_only_the_looks_that_are_stored(field: RichField) -> None:
    html = "<h3>Title</h3><p style='color:red'>One <b>two</b></p><ul><li>three</li></ul><img src='file:///etc/x.png'>"
    field.insertFromMimeData(_pasted("x", html))

    assert field.typed() == "## Title\n\nOne **two**\n\n- three"


def test_markup_typed_or_pasted_as_text_stays_text(field: RichField) -> None:
    field.insertFromMimeData(_pasted("<script>alert(1)</script> & **no**"))

    assert [b.text for b in read_rich(field.typed())] == ["<script>alert(1)</script> & **no**"]


def test_pasted_picture_becomes_a_file_that_the_text_names(field: RichField) -> None:
    kept = Kept()
    field.pictures = kept
    field.insertFromMimeData(_pasted(image=_picture(40, 30)))

    assert field.typed() == "![picture](attachment:0)"
    assert list(kept.pictures) == ["attachment:0"]


def test_picture_of_twenty_megapixels_is_scaled_and_says_so(field: RichField, qtbot: QtBot) -> None:
    kept = Kept()
    field.pictures = kept
    with qtbot.waitSignal(field.told) as told:
        field.insertFromMimeData(_pasted(image=_picture(5000, 4000)))

    assert "5,000 x 4,000" in told.args[0] and "1,600 x 1,280" in told.args[0]
    assert QImage.fromData(kept.pictures["attachment:0"]).width() == 1600


def test_picture_beyond_measure_is_refused_with_its_size(field: RichField, qtbot: QtBot) -> None:
    field.pictures = Kept()
    with qtbot.waitSignal(field.told) as told:
        field.insertFromMimeData(_pasted(image=_picture(10_000, 7_000)))

    assert "10,000 x 7,000" in told.args[0]
    assert field.typed() == ""


def test_picture_that_cannot_be_kept_says_why(field: RichField, qtbot: QtBot) -> None:
    field.pictures = KeptNowhere()
    with qtbot.waitSignal(field.told) as told:
        field.insertFromMimeData(_pasted(image=_picture(40, 30)))

    assert told.args[0].startswith("Add the row first")


def test_address_that_is_no_file_of_the_row_is_never_fetched(field: RichField, tmp_path) -> None:
    _picture(10, 10).save(str(tmp_path / "secret.png"))
    address = (tmp_path / "secret.png").as_uri()
    field.pictures = Kept()
    fill(field.document(), [RichBlock("paragraph", (Span("x", picture=address),))], field.pictures.read)
    field.grab()

    shown = field.document().resource(QTextDocument.ResourceType.ImageResource.value, address)
    assert shown.width() != 10
    assert blocks_of(field.document())[0].spans[0].picture == address


def test_field_that_is_closed_takes_nothing_and_has_no_tools(field: RichField, qtbot: QtBot) -> None:
    field.fill("stands")
    field.setReadOnly(True)
    qtbot.keyClick(field, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, "no")

    assert field.typed() == "stands"
    assert not field.tools.isVisible()


_words = st.text(st.sampled_from("ab中。,.*_\\#-+1 [](){}<>&!`："), min_size=1, max_size=8)
_spans = st.lists(st.builds(Span, _words, st.booleans(), st.booleans()), min_size=1, max_size=4).map(tuple)
_blocks = st.lists(
    st.one_of(
        st.builds(RichBlock, st.just("paragraph"), _spans),
        st.builds(RichBlock, st.just("heading"), _spans, st.integers(1, 2)),
        st.builds(RichBlock, st.just("item"), _spans, st.integers(1, 3), st.one_of(st.none(), st.integers(1, 9))),
    ),
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(_blocks)
def test_document_says_the_same_as_the_marks_that_it_shows(qapp: QApplication, blocks: list[RichBlock]) -> None:
    stored = write_rich(blocks)
    document = QTextDocument()
    fill(document, read_rich(stored), lambda _address: None)

    assert write_rich(blocks_of(document)) == stored
