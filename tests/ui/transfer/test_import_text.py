"""A text file whose encoding or separator was taken for another one, put right in the wizard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handover import i18n
from tests.ui.transfer.conftest import Hands
from ui.transfer.wizard import import_wizard as steps

Importing = Callable[..., Hands]
CYRILLIC = "Задача;Начало\nПроверка насосов;2026-03-02\nПуск;2026-03-09\n".encode("cp1251")
GB = "任务名称,开始\n管道吹扫,2026-03-02\n充水试压,2026-03-09\n".encode("gb18030")


@pytest.fixture
def a_text(tmp_path: Path) -> Callable[[bytes], Path]:
    def make(data: bytes) -> Path:
        path = tmp_path / "list.csv"
        path.write_bytes(data)
        return path

    return make


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    with i18n.in_language(request.param):
        yield request.param


def test_encoding_is_chosen_by_hand_and_the_sheet_shown_anew(importing: Importing, a_text) -> None:
    hands = importing(a_text(CYRILLIC), "tasks")
    step = hands.wizard.table_step
    assert step.text.encoding.currentText().startswith("Recognised: ")
    assert step.model.index(1, 0).data() != "Проверка насосов"
    hands.pick(step.text.encoding, "cp1251")

    assert hands.wizard.at == steps.TABLE
    assert step.model.index(1, 0).data() == "Проверка насосов"
    assert hands.wizard.focusWidget() is step.text.encoding
    hands.go_on(4)
    assert hands.names() == ["Проверка насосов", "Пуск"]


def test_separator_is_chosen_by_hand_and_taken_back(importing: Importing, a_text) -> None:
    hands = importing(a_text(b"Task|Note, long\nPump|a, b\nTank|c, d\n"), "tasks")
    step = hands.wizard.table_step
    hands.pick(step.text.separator, ";")
    assert step.model.columnCount() == 1
    hands.pick_at(step.text.separator, 0)
    assert step.model.columnCount() == 2
    assert step.text.separator.currentText().startswith("Recognised: ")


def test_encoding_that_doesnt_fit_is_refused_and_the_former_stays(importing: Importing, a_text) -> None:
    hands = importing(a_text(GB), "tasks")
    step = hands.wizard.table_step
    before = step.model.index(1, 0).data()
    hands.pick(step.text.encoding, "utf-8")

    assert "isn't text in UTF-8: line 1 can't be read" in step.notice.sentence.text()
    assert step.text.encoding.currentText() == "Recognised: GB18030"
    assert step.model.index(1, 0).data() == before
    assert hands.wizard.next.isEnabled()


def test_text_that_isnt_recognised_can_be_read_all_the_same(importing: Importing, a_text) -> None:
    hands = importing(a_text("任务\0,开始\n泵调试,2026-03-05\n".encode("utf-16-be") + b"\0"), "tasks")
    assert hands.wizard.at == steps.FILE
    assert "neither a workbook nor text" in hands.wizard.file_step.notice.sentence.text()
    hands.pick(hands.wizard.file_step.text.encoding, "utf-8")
    assert "isn't text in UTF-8" in hands.wizard.file_step.notice.sentence.text()
    hands.pick(hands.wizard.file_step.text.encoding, "cp1251")
    assert hands.wizard.file_step.text.isVisible()
    assert not hands.wizard.next.isEnabled()


def test_workbook_has_no_such_boxes(importing: Importing, a_list: Callable[..., Path], a_text) -> None:
    hands = importing(a_text(GB), "tasks")
    assert hands.wizard.table_step.text.isVisible()
    hands.click(hands.wizard.back)
    hands.choose(a_list(("Task", "Start"), ("Pump", "2026-03-02")))
    assert hands.wizard.at == steps.TABLE
    assert not hands.wizard.table_step.text.isVisible()


def test_boxes_speak_both_languages(language: str, importing: Importing, a_text) -> None:
    hands = importing(a_text(GB), "tasks")
    shown = hands.wizard.table_step.text.encoding
    assert shown.currentText() == {"en": "Recognised: GB18030", "zh": "识别为：GB18030"}[language]
    assert shown.accessibleName() == {"en": "Encoding", "zh": "编码"}[language]


def test_encoding_that_is_only_guessed_is_said_until_it_is_chosen(importing: Importing, a_text) -> None:
    hands = importing(a_text("任務名稱,開始\n管道吹掃,2026-03-02\n充水試壓,2026-03-09\n".encode("big5")), "tasks")
    step = hands.wizard.table_step
    assert step.notice.sentence.text().startswith("The encoding Big5 is only guessed.")
    assert step.notice.isVisible()
    hands.pick(step.text.encoding, "cp950")
    assert not step.notice.isVisible()
