"""A form in the wizard: its table and what its head says go in as one, into the registers that they are of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLabel

from tests.ui.transfer.conftest import Hands
from ui.transfer.wizard import import_wizard as steps

RECORD = (
    ("检验记录",),
    ("系统：", "10", None, "检验日期", "2026-05-04"),
    ("检验员：张三", None, None, "见证人", "李四"),
    ("班次：", "白班"),
    ("序号", "参数编号", "检验项目", "标准要求", "单位", "实测值"),
    (1, "Q-01", "间隙", "9.9~10.1", "mm", 10.1),
    (2, "Q-02", "面差", "≤0.5", "mm", 0.7),
)


def test_an_inspection_record_is_taken_with_its_head(
    importing: Callable[..., Hands], a_list: Callable[..., Path]
) -> None:
    hands = importing(a_list(*RECORD, name="record.xlsx"))
    wizard = hands.wizard
    assert wizard.at == steps.TABLE
    assert any("with each row what its head says of it" in label.text() for label in wizard.findChildren(QLabel))

    hands.go_on(2)
    assert wizard.at == steps.PREVIEW
    assert hands.verdicts() == ["new"] * 4
    hands.go_on()
    assert wizard.agree_step.sentences[:2] == [
        "2 rows are added to Acceptance parameters.",
        "2 rows are added to Readings.",
    ]
    hands.go_on()
    assert (hands.names("parameters"), hands.names("readings")) == (["Q-01", "Q-02"], ["10.1", "0.7"])
    assert hands.names("people") == ["张三", "李四"]
    hands.click(wizard.done_step.undo)
    assert [hands.names(key) for key in ("parameters", "readings", "people")] == [[], [], []]
