"""Dates that leave doubt in the wizard: asked before anything is imported, named where Excel may have turned them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from handover import i18n
from tests.ui.transfer.conftest import Hands
from ui.transfer.wizard import import_wizard as steps
from ui.transfer.wizard.mapping_step import HEADING

Importing = Callable[..., Hands]
AList = Callable[..., Path]

HEAD = ("Task name", "Start", "Finish")
EITHER_WAY = (("Flush", "3/5/2026", "4/5/2026"), ("Fill", "4/6/2026", "5/6/2026"))
TURNED = (
    *((f"Task {n}", dt.date(2026, n, 5)) for n in (1, 2, 3)),
    *((f"Task {n}", f"{n}/05/2026") for n in (13, 14, 15)),
)


def test_question_is_answered_with_the_keyboard_and_kept(importing: Importing, a_list: AList, qtbot: QtBot) -> None:
    hands = importing(a_list(HEAD, *EITHER_WAY), "tasks")
    hands.go_on()
    question = hands.wizard.mapping_step.question
    assert question.sentence.text() == "The dates in Start, Finish can be read in two ways. What does “3/5/2026” mean?"
    qtbot.keyClick(question.readings["MDY"], Qt.Key.Key_Space)
    hands.go_on()
    assert hands.cell(2, "finish") == "5 Apr 2026"

    hands.click(hands.wizard.back)
    assert question.readings["MDY"].isChecked()
    assert hands.wizard.next.isEnabled()


def test_column_that_is_no_date_any_more_asks_nothing(importing: Importing, a_list: AList) -> None:
    hands = importing(a_list(("Task name", "Start"), ("Flush", "3/5/2026"), ("Fill", "4/6/2026")), "tasks")
    hands.go_on()
    hands.pick(hands.field_of("Start"), "notes")
    assert not hands.wizard.mapping_step.question.isVisible()
    assert hands.wizard.next.isEnabled()


def test_correction_of_the_cell_that_told_the_order_leads_back_to_the_question(
    importing: Importing, a_list: AList
) -> None:
    hands = importing(a_list(HEAD[:2], ("Flush", "3/5/2026"), ("Fill", "4/25/2026")), "tasks")
    hands.go_on(2)
    assert hands.cell(2, "start") == "5 Mar 2026"
    hands.correct(3, "start", "2026-04-25")

    assert hands.wizard.at == steps.MAPPING
    hands.wizard.mapping_step.question.readings["MDY"].click()
    hands.go_on()
    assert (hands.cell(2, "start"), hands.cell(3, "start")) == ("5 Mar 2026", "2026-04-25")


def test_column_of_which_excel_may_have_turned_some_is_marked(importing: Importing, a_list: AList) -> None:
    hands = importing(a_list(HEAD[:2], *TURNED), "tasks")
    hands.go_on()
    step = hands.wizard.mapping_step
    assert step.turned.sentence.text().endswith(
        "Compare cell B2 with the original: is 5 Jan 2026 right, or 1 May 2026?"
    )
    assert step.table.item(1, HEADING).toolTip() == "May have day and month exchanged: B2, B3, B4"
    assert step.table.item(0, HEADING).icon().isNull()
    hands.go_on()
    assert "Compare cell B2" in hands.wizard.preview_step.notes.item(0).text()


def test_question_in_chinese(importing: Importing, a_list: AList) -> None:
    with i18n.in_language("zh"):
        hands = importing(a_list(HEAD, *EITHER_WAY), "tasks")
        hands.go_on()
        question = hands.wizard.mapping_step.question
        assert question.sentence.text() == "“Start、Finish”中的日期有两种读法。“3/5/2026”是哪一天？"
        assert question.readings["DMY"].text().startswith("2026-05-03")


def test_year_of_dates_without_one_is_asked_for_and_kept(importing: Importing, a_list: AList) -> None:
    hands = importing(a_list(HEAD, ("Flush", "3月5日", "3月9日"), ("Fill", "12月20日", "1月5日")), "tasks")
    hands.go_on()
    asked = hands.wizard.mapping_step.year
    assert asked.sentence.text() == "The dates in Start, Finish have no year. Of which year is “3月5日”?"
    assert asked.isVisible() and not hands.wizard.next.isEnabled()
    asked.year.setValue(2026)
    hands.click(asked.take)
    assert "“Finish” have no year. They are read as 9 Mar 2026 to 5 Jan 2027." in asked.sentence.text()
    hands.go_on()
    assert (hands.cell(2, "start"), hands.cell(3, "finish")) == ("5 Mar 2026", "5 Jan 2027")

    hands.click(hands.wizard.back)
    assert asked.isVisible() and asked.year.value() == 2026


def test_year_of_the_title_is_taken_and_can_be_changed(importing: Importing, a_list: AList) -> None:
    hands = importing(a_list(("某项目2026年移交计划",), HEAD, ("Flush", "3月5日", "3月9日")), "tasks")
    hands.go_on()
    asked = hands.wizard.mapping_step.year
    assert asked.year.value() == 2026 and hands.wizard.next.isEnabled()
    asked.year.setValue(2025)
    hands.click(asked.take)
    hands.go_on()
    assert hands.cell(3, "start") == "5 Mar 2025"
