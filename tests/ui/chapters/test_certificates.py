"""A system walked through the window to its signed certificate, as two people do it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from handover.i18n import use
from handover.model import Person, Project, System
from handover.model.attachment import Attachment
from handover.model.custody.certificate import Certificate
from handover.model.custody.parts import CertificateException
from handover.model.custody.signature import Signature
from handover.model.issued import Issued
from handover.model.picks.pick import Pick
from handover.model.punch import Punch
from handover.registers.acts import taking
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.ui.conftest import days, open_in, rest
from ui.chapters.custody.drawing import DrawUpDialog
from ui.chapters.custody.pad import SignaturePad
from ui.chapters.custody.page import CustodyPage
from ui.chapters.custody.signing import SigningForm
from ui.register.view import RegisterPage
from ui.window.window import MainWindow


@pytest.fixture
def desk(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window on a system that the commissioning team has, with an A item and a C item open."""
    path = tmp_path / "Plant.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant")).id
        with workspace.read() as connection:
            listed = select(Pick.code, Pick.id).where(Pick.list == "punch_category")
            codes = {row.code: row.id for row in connection.execute(listed)}
        with workspace.edit("Rows", project=project) as work:
            chen = work.add(Person(name="Chen Jie", side="project"))
            yang = work.add(Person(name="Yang Lei", side="operations"))
            leads = {"engineering_lead_id": chen.id, "operations_lead_id": yang.id}
            system = work.add(System(code="10", name="Pumps", custody="commissioning", **leads))
            work.add(System(code="20", name="Tanks", **leads))
            for code in "AC":
                work.add(Punch(description=f"Item {code}", system_id=system.id, category_id=codes[code],
                               action_by_id=chen.id, due_on=days(20)))  # fmt: skip
    open_in(window, path, qtbot)
    return window


def page(window: MainWindow, key: str, qtbot: QtBot) -> RegisterPage:
    window.context.go(key)
    shown = window.host.current
    assert isinstance(shown, RegisterPage)
    qtbot.waitUntil(lambda: shown.model.rowCount() > 0)
    rest(qtbot, window)
    return shown


def one(window: MainWindow, *columns: object) -> tuple[object, ...]:
    with window.context.workspace.read() as connection:
        return tuple(connection.execute(select(*columns)).one())  # type: ignore[call-overload]  # columns


def custody(window: MainWindow) -> str | None:
    with window.context.workspace.read() as connection:
        return connection.execute(select(System.custody).where(System.code == "10")).scalar()


def press(shown: RegisterPage, name: str) -> None:
    next(action for action in shown.page_actions() if action.text() == name).trigger()


def draw_up(window: MainWindow, qtbot: QtBot, kind: str) -> DrawUpDialog:
    """Draw up for the first system of the register."""
    shown = page(window, "systems", qtbot)
    shown.table.go_to(0, 0)
    press(shown, "Draw up certificates…")
    dialog = window.findChildren(DrawUpDialog)[-1]
    dialog.kind.setCurrentText(kind)
    qtbot.waitUntil(lambda: bool(dialog._looks) and not window.context.jobs)
    return dialog


def sign(window: MainWindow, qtbot: QtBot, name: str, *, drawn: bool) -> SigningForm:
    """Sign the one certificate as somebody does: type the name, draw, press the button."""
    shown = page(window, "certificates", qtbot)
    shown.table.go_to(0, 0)
    press(shown, "Sign…")
    form = window.findChildren(SigningForm)[-1]
    qtbot.keyClicks(form.boxes["signed_name"].editor, name)
    if drawn:
        draw(qtbot, form.pad)
    qtbot.mouseClick(form.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.context.jobs)
    rest(qtbot, window)
    return form


def draw(qtbot: QtBot, pad: SignaturePad) -> None:
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    for x in (80, 120, 160):
        qtbot.mouseMove(pad, QPoint(x, 40 if x % 80 else 70))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(160, 70))


def clear_the_a_item(window: MainWindow) -> None:
    context, punches = window.context, register("punches")
    with context.workspace.read() as connection:
        key = connection.execute(select(Punch.id).where(Punch.description == "Item A")).scalar_one()
    step = taking.step_of(punches, "void")
    taking.take(context.workspace, punches, context.project.id, [key], step, {"void_because": "Mended"})


def test_system_is_walked_to_its_signed_certificate(desk: MainWindow, qtbot: QtBot) -> None:
    dialog = draw_up(desk, qtbot, "Handover to operations")
    ((look, reasons, exceptions),) = dialog._looks
    assert "PNL-0001" in reasons[0].sentence and reasons[0].rows[0].ref == "PNL-0001"
    assert [row.ref for each in exceptions for row in each.rows] == ["PNL-0002"]
    assert (look.signers, dialog.issue.isEnabled()) == (("Chen Jie", "Yang Lei"), False)
    dialog.reject()

    clear_the_a_item(desk)
    dialog = draw_up(desk, qtbot, "Handover to operations")
    qtbot.keyClicks(dialog.place, "Pump house")
    qtbot.waitUntil(dialog.issue.isEnabled)
    qtbot.mouseClick(dialog.issue, Qt.MouseButton.LeftButton)
    assert desk.host.current.key == "certificates"
    assert one(desk, Certificate.status, Certificate.place) == ("issued", "Pump house")
    assert one(desk, CertificateException.about_ref) == ("PNL-0002",)

    wrong = sign(desk, qtbot, "Yang Lei", drawn=False)
    assert "Chen Jie signs here" in wrong.boxes["signed_name"].reason.text()
    wrong.reject()
    sign(desk, qtbot, "Chen Jie", drawn=True)
    assert custody(desk) == "commissioning"
    sign(desk, qtbot, "Yang Lei", drawn=True)

    assert one(desk, Certificate.status, Certificate.number) == ("in_force", "P-1-CC-0001")
    with desk.context.workspace.read() as connection:
        drawn = connection.execute(select(Signature.drawn)).scalars().all()
        pictures = connection.execute(
            select(Attachment.name, Attachment.media_type).where(Attachment.owner_table == "signature")
        ).all()
    assert custody(desk) == "operations"
    assert all(drawn)
    assert sorted(map(tuple, pictures)) == [("Chen Jie.png", "image/png"), ("Yang Lei.png", "image/png")]
    assert one(desk, Issued.kind, Issued.number) == ("certificate", "P-1-CC-0001")


def test_wiped_pad_signs_by_the_typed_name_alone(desk: MainWindow, qtbot: QtBot) -> None:
    pad = SignaturePad()
    qtbot.addWidget(pad)
    draw(qtbot, pad)
    assert len(pad.strokes) == 1
    assert all(0 <= x <= 1 and 0 <= y <= 0.25 for x, y in pad.strokes[0])

    qtbot.keyClick(pad, Qt.Key.Key_Delete)

    assert pad.strokes == ()


def test_return_asks_for_its_reason_and_looks_again(desk: MainWindow, qtbot: QtBot) -> None:
    dialog = draw_up(desk, qtbot, "Return certificate")
    assert dialog._reason_box.isVisible()
    assert not dialog.issue.isEnabled()

    qtbot.keyClicks(dialog.reason, "Leaks")

    qtbot.waitUntil(dialog.issue.isEnabled)


def test_page_shows_who_has_what_and_opens_the_rows(desk: MainWindow, qtbot: QtBot) -> None:
    clear_the_a_item(desk)
    dialog = draw_up(desk, qtbot, "Handover to operations")
    qtbot.waitUntil(dialog.issue.isEnabled)
    qtbot.mouseClick(dialog.issue, Qt.MouseButton.LeftButton)
    sign(desk, qtbot, "Chen Jie", drawn=False)
    sign(desk, qtbot, "Yang Lei", drawn=False)

    desk.context.go("custody")
    shown = desk.host.current
    assert isinstance(shown, CustodyPage)
    qtbot.waitUntil(lambda: shown.tree.topLevelItemCount() == 2)

    pumps, tanks = shown.tree.topLevelItem(0), shown.tree.topLevelItem(1)
    assert texts(pumps)[:3] == ["10 Pumps", "Operations (accepted)", "P-1-CC-0001"]
    assert texts(pumps)[4] == "1"
    assert texts(pumps.child(0))[0] == "P-1-CC-0001  Handover to operations"
    assert texts(tanks)[1:3] == ["Constructor", ""]
    assert shown.sum.text() == "1 of 2 systems are with operations."
    shown.tree.itemActivated.emit(pumps.child(0), 0)
    assert desk.host.current.key == "certificates"


def test_page_speaks_chinese(desk: MainWindow, qtbot: QtBot) -> None:
    use("zh")
    shown = CustodyPage(desk.context, desk)
    qtbot.waitUntil(lambda: shown.tree.topLevelItemCount() == 2)

    assert shown.title() == "管理权"
    assert texts(shown.tree.topLevelItem(0))[1:3] == ["调试方", "启用证书前已记录"]


def texts(line: QTreeWidgetItem) -> list[str]:
    return [line.text(column) for column in range(line.columnCount())]
