"""A holder leaves in three weeks: what is at risk, two sessions, a pass and a fail, the gate, the plan.

Walked in the window as a knowledge engineer does, with the keyboard where there is a key.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from handover.model import KnowledgeItem, Person, Project, System
from handover.model.issued import Issued
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.knowledge.session import SessionAttendance, TransferSession
from handover.model.knowledge.verification import LevelVerification
from handover.model.learning.fault_case import FaultCase
from handover.pack.knowing.verification_sheet import write_sheets
from handover.registers.acts import editing, taking
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.registers.figures.blockers import standing
from handover.store import Workspace
from tests.ui.conftest import days, open_in, rest
from ui.chapters.knowing.acts import knowledge_acts
from ui.chapters.knowing.answers import AnswersDialog
from ui.chapters.knowing.calendar_page import SessionCalendarPage
from ui.chapters.knowing.fault_writing import FaultWritingPage
from ui.chapters.knowing.forms import AddForm, PlanSessionForm, VerificationForm, type_sheets_back
from ui.chapters.knowing.invite import SessionInviteDialog
from ui.chapters.knowing.loss_dialog import LossPaperDialog
from ui.chapters.knowing.loss_page import LossRiskPage
from ui.chapters.knowing.papers import KnowledgePaperDialog, ask_paper, plan_paper, sheet_paper
from ui.pages.overview import OverviewPage
from ui.pages.rows_card import RowsCard
from ui.shell.message import Message
from ui.window.window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def keys() -> dict[str, str]:
    return {}


@pytest.fixture
def site(window: MainWindow, tmp_path: Path, qtbot: QtBot, keys: dict[str, str]) -> MainWindow:
    """A vital item that Tang and Cao are to learn from Chen alone."""
    path = tmp_path / "Plant.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant", planned_handover=days(60)))
        with workspace.edit("Rows", project=project.id) as work:
            for name in ("Chen", "Tang", "Cao", "Deng"):
                side = "project" if name == "Chen" else "operations"
                keys[name] = work.add(Person(name=name, side=side, shift=None if name == "Chen" else "A")).id
            system = work.add(System(code="10", name="Welding"))
            item = work.add(KnowledgeItem(title="Zero position", system_id=system.id, criticality="5", about="operate",
                                          holder_id=keys["Chen"], receiver_id=keys["Tang"]))  # fmt: skip
            keys |= {"item": item.id, "system": system.id}
        with workspace.edit("Another receiver", project=project.id) as work:
            work.add(KnowledgeReceiver(item_id=keys["item"], person_id=keys["Cao"]))
    open_in(window, path, qtbot)
    return window


def rows(window: MainWindow, *columns: object) -> list[tuple[object, ...]]:
    with window.context.workspace.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]  # type: ignore[call-overload]  # columns


def leave(window: MainWindow, keys: dict[str, str]) -> None:
    """Chen announces that he leaves in three weeks."""
    context = window.context
    editing.change(context.workspace, register("people"), context.project.id, {keys["Chen"]: {"leaves_on": days(21)}})


def risks(window: MainWindow, qtbot: QtBot) -> LossRiskPage:
    window.context.go("loss_risks")
    page = window.host.current
    assert isinstance(page, LossRiskPage)
    qtbot.waitUntil(lambda: page.risks is not None and page.tree.topLevelItemCount() > 0)
    rest(qtbot, window)
    return page


def calendar(window: MainWindow, qtbot: QtBot, **state: object) -> SessionCalendarPage:
    window.context.go("session_calendar", **state)
    page = window.host.current
    assert isinstance(page, SessionCalendarPage)
    rest(qtbot, window)
    return page


def fill(form: AddForm, qtbot: QtBot, **texts: str) -> None:
    for key, text in texts.items():
        editor = form.boxes[key].editor
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
        else:
            editor.clear()
            qtbot.keyClicks(editor, text)


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_leaving_holder_is_walked_to_a_pass_and_a_fail_while_the_gate_stays_shut(
    site: MainWindow, keys: dict[str, str], qtbot: QtBot, tmp_path: Path
) -> None:
    context = site.context
    leave(site, keys)

    page = risks(site, qtbot)  # what is at risk
    assert page.risks is not None
    (who,), (item,) = page.risks.people, page.risks.items
    assert (who.name, who.days, item.score, item.why[0]) == ("Chen", 21, 25, "outlived")

    qtbot.keyClick(page.tree, Qt.Key.Key_Return, CONTROL)  # plan the first session from there
    (form,) = site.findChildren(PlanSessionForm)
    assert len(form.people()) == 2
    fill(form, qtbot, planned_on="+2", hours="4")
    form.take()
    rest(qtbot, site)
    days_page = calendar(site, qtbot, day=days(5).isoformat())  # and the second one in the calendar
    days_page.plan()
    second = next(each for each in site.findChildren(AddForm) if not isinstance(each, PlanSessionForm))
    fill(second, qtbot, title="Zero position again", item="Zero position", giver="Chen")
    second.take()
    rest(qtbot, site)
    assert sorted(rows(site, TransferSession.title)) == [("Zero position",), ("Zero position again",)]
    assert len(rows(site, SessionAttendance.id)) == 4

    record(site)  # they were held
    for (receiver,) in rows(site, KnowledgeReceiver.id):
        step(site, "receivers", str(receiver), "demonstrate")

    receivers = {str(p): str(r) for r, p in rows(site, KnowledgeReceiver.id, KnowledgeReceiver.person_id)}
    type_sheets_back(context, [receivers[keys["Tang"]], receivers[keys["Cao"]]], site.host.current)
    (sheet,) = site.findChildren(VerificationForm)
    fill(sheet, qtbot, verifier="Tang", level="3")
    sheet.take()  # nobody verifies himself
    assert rows(site, LevelVerification.id) == []
    fill(sheet, qtbot, verifier="Deng")
    sheet.take()
    qtbot.waitUntil(lambda: any(each is not sheet for each in site.findChildren(VerificationForm)))
    other = next(each for each in site.findChildren(VerificationForm) if each is not sheet)
    fill(other, qtbot, verifier="Deng", result="Failed", next_step="One more watch")
    other.take()
    rest(qtbot, site)
    states = dict(rows(site, KnowledgeReceiver.person_id, KnowledgeReceiver.status))
    assert (states[keys["Tang"]], states[keys["Cao"]]) == ("verified", "in_transfer")

    with context.workspace.read() as connection:  # the gate is still shut, and why
        in_the_way = standing(connection, context.project.id, keys["system"])
    assert [each.row.ref for each in in_the_way] == ["KNW-0001"]

    for code, said in (("en", "What passes to whom"), ("zh", "转移")):  # the plan in both languages
        pdf = tmp_path / f"plan-{code}.pdf"
        ask_paper(context, lambda: plan_paper(context, "person", keys["Chen"]), site.host.current)
        dialog = site.findChildren(KnowledgePaperDialog)[-1]
        dialog.open_after.setChecked(False)
        dialog.language.setCurrentIndex(dialog.language.findData(code))
        dialog.file.edit.setText(str(pdf))
        dialog.start()
        qtbot.waitUntil(lambda pdf=pdf: pdf.exists())  # type: ignore[misc]  # bound
        rest(qtbot, site)
        dialog.reject()
        text = text_of(pdf)
        assert said in text and "Chen" in text and "Zero position" in text


def record(window: MainWindow) -> None:
    """Say that all were there, and that the sessions were held today."""
    context = window.context
    attendances = register("attendances")
    there = {str(key): {"attended": True, "level": "2"} for (key,) in rows(window, SessionAttendance.id)}
    editing.change(context.workspace, attendances, context.project.id, there)
    for (session,) in rows(window, TransferSession.id):
        step(window, "sessions", str(session), "hold")


def step(window: MainWindow, key: str, row: str, name: str) -> None:
    context, listed = window.context, register(key)
    answers = {"held_on": days(0)} if name == "hold" else {}
    taking.take(context.workspace, listed, context.project.id, [row], taking.step_of(listed, name), answers)


def test_page_of_what_may_be_lost_is_written_without_who_leaves_unless_asked_for(
    site: MainWindow, keys: dict[str, str], qtbot: QtBot, tmp_path: Path
) -> None:
    leave(site, keys)
    page = risks(site, qtbot)

    for leaving in (False, True):
        pdf = tmp_path / f"risks-{leaving}.pdf"
        next(each for each in page.page_actions() if each.text() == "To Excel or PDF…").trigger()
        dialog = site.findChildren(LossPaperDialog)[-1]
        assert dialog.go.text() == "Write"
        dialog.open_after.setChecked(False)
        dialog.leaving.setChecked(leaving)
        dialog.language.setCurrentIndex(dialog.language.findData("en"))
        dialog.file.edit.setText(str(pdf))
        dialog.start()
        qtbot.waitUntil(lambda pdf=pdf: pdf.exists())  # type: ignore[misc]  # bound
        rest(qtbot, site)
        dialog.reject()
        text = text_of(pdf)
        assert "Zero position" in text
        assert ("Who leaves" in text) is leaving


def test_overview_tells_who_leaves_with_the_next_act(site: MainWindow, keys: dict[str, str], qtbot: QtBot) -> None:
    leave(site, keys)

    site.context.go("overview")
    page = site.host.current
    assert isinstance(page, OverviewPage)
    qtbot.waitUntil(lambda: bool(page.findChildren(RowsCard)))
    (card,) = page.findChildren(RowsCard)
    card.links[1].click()

    assert site.host.current.key == "knowledge"


def test_calendar_is_walked_by_keys_and_tells_clashes(site: MainWindow, keys: dict[str, str], qtbot: QtBot) -> None:
    monday = dt.date(2026, 6, 1)
    add = {"giver": keys["Chen"], "item": keys["item"], "hours": 2}
    starts = [{"title": n, "planned_on": dt.datetime.combine(monday, dt.time(9))} for n in ("First", "Second")]
    context = site.context
    editing.add_many(context.workspace, register("sessions"), context.project.id, [add | each for each in starts])

    page = calendar(site, qtbot, day=monday.isoformat(), mode="week")
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert page.list.count() == 2 and "at the same time" in page.list.item(0).text()
    for number in (1, 2):
        page.modes.button(number).click()
        rest(qtbot, site)
        assert page.list.count() == 2
    qtbot.keyClick(page.grid, Qt.Key.Key_PageDown)
    rest(qtbot, site)
    assert page.day == monday + dt.timedelta(days=7)
    qtbot.keyClick(page.grid, Qt.Key.Key_PageUp)
    rest(qtbot, site)
    assert page.list.count() == 2


def test_sessions_of_a_day_are_invited_to(site: MainWindow, keys: dict[str, str], qtbot: QtBot, tmp_path: Path) -> None:
    context = site.context
    session = {"title": "First", "planned_on": dt.datetime(2026, 6, 1, 9), "giver": keys["Chen"]}
    editing.add(context.workspace, register("sessions"), context.project.id, session)
    page = calendar(site, qtbot, day="2026-06-01")

    page.invite()
    (dialog,) = site.findChildren(SessionInviteDialog)
    dialog.open_after.setChecked(False)
    dialog.folder.edit.setText(str(tmp_path))
    dialog.start()

    qtbot.waitUntil(lambda: bool(list(tmp_path.glob("*.ics"))))
    rest(qtbot, site)
    assert rows(site, TransferSession.invitation) == [(1,)]


def test_sheets_are_issued_from_the_window(site: MainWindow, qtbot: QtBot) -> None:
    context = site.context
    receivers = [str(key) for (key,) in rows(site, KnowledgeReceiver.id)]

    ask_paper(context, lambda: sheet_paper(receivers), site.host.current)
    (dialog,) = site.findChildren(KnowledgePaperDialog)
    dialog.purpose.setCurrentIndex(1)
    dialog.start()

    qtbot.waitUntil(lambda: bool(rows(site, Issued.id)))
    rest(qtbot, site)
    assert rows(site, Issued.kind, Issued.number) == [("verification_sheet", "P-1-KVS-001")]


def test_sheets_that_were_filled_in_as_a_workbook_come_home(
    site: MainWindow, keys: dict[str, str], qtbot: QtBot, tmp_path: Path
) -> None:
    context, book = site.context, tmp_path / "sheets.xlsx"
    receivers = [str(key) for (key,) in rows(site, KnowledgeReceiver.id)]
    write_sheets(context.workspace, context.workspace.only_project(), receivers, book, "en")
    filled = load_workbook(book)
    heads = {str(cell.value): cell.column for cell in filled["Results"][1]}
    for row, by in ((2, "Deng"), (3, "Cao")):
        for name, value in {"Result": "Passed", "Level shown": "3", "Verified by": by}.items():
            filled["Results"].cell(row, heads[name], value)
    filled.save(book)
    (act,) = [each for each in knowledge_acts(context, register("receivers")) if "workbook" in each.name]

    act.run([], site.host.current)
    (chooser,) = site.findChildren(QFileDialog)
    chooser.fileSelected.emit(str(book))
    chooser.reject()

    qtbot.waitUntil(lambda: bool(site.findChildren(Message)))
    (message,) = site.findChildren(Message)
    assert "RCV-0001" in message.sentence.text()
    assert "RCV-0002: The receiver can't verify his or her own level." in message.sentence.text()
    message.reject()
    assert sorted(str(status) for (status,) in rows(site, KnowledgeReceiver.status)) == ["identified", "verified"]


def test_answers_are_typed_back_into_the_item(site: MainWindow, keys: dict[str, str], qtbot: QtBot) -> None:
    dialog = AnswersDialog(site.context, keys["item"], site)
    dialog.open()
    qtbot.keyClicks(dialog.fields["limits"], "Never past 40 degrees")
    qtbot.keyClick(dialog.fields["limits"], Qt.Key.Key_Return, CONTROL)

    ((description,),) = rows(site, KnowledgeItem.description)
    assert str(description).endswith("Never past 40 degrees")


def test_similar_cases_show_while_one_is_written_and_their_reuse_is_counted(site: MainWindow, qtbot: QtBot) -> None:
    context = site.context
    known = {"symptom": "机器人换电极帽后碰撞报警停机", "cause": "补偿未更新", "remedy": "重新校准"}
    editing.add(context.workspace, register("fault-cases"), context.project.id, known)
    context.go("fault_writing")
    page = site.host.current
    assert isinstance(page, FaultWritingPage)
    rest(qtbot, site)

    editor = page.boxes["symptom"].editor
    assert isinstance(editor, QPlainTextEdit)
    editor.insertPlainText("机器人碰撞报警")
    qtbot.waitUntil(lambda: [case.symptom for case in page.similar.cases] == [known["symptom"]])
    next(iter(page.similar.buttons.values())).click()
    rest(qtbot, site)
    assert rows(site, FaultCase.reused) == [(1,)]
    qtbot.keyClick(editor, Qt.Key.Key_Return, CONTROL)

    assert len(rows(site, FaultCase.id)) == 2
    assert page.boxes["symptom"].text() == ""
