"""One system through the window, from a parameter that fails to its signed certificate, in either language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from handover.i18n import in_language, tr, use
from handover.model import Person, Project, System
from handover.model.acceptance.reading import ParameterReading
from handover.model.acceptance.rectification import Rectification
from handover.model.custody.certificate import Certificate
from handover.model.picks.pick import Pick
from handover.pack.certificates.writing import write_certificate
from handover.registers.acts import editing
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.ui.conftest import open_in, rest
from ui.application import Application
from ui.chapters.custody.drawing import DrawUpDialog
from ui.chapters.custody.signing import SigningForm
from ui.chapters.measuring.chain_page import ParameterChainPage
from ui.chapters.measuring.entry_page import ReadingsEntryPage
from ui.register.stepping.step_form import StepForm
from ui.register.view import RegisterPage
from ui.settings import Settings
from ui.window.window import MainWindow


class Walk:
    """What somebody does at the window: types readings, takes steps, draws up, signs."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    def measure(self, text: str) -> None:
        """Type a reading of the only parameter, and press Enter."""
        self.window.context.go("readings_entry")
        page = self.window.host.current
        assert isinstance(page, ReadingsEntryPage)
        self.qtbot.waitUntil(lambda: page.model.rowCount() == 1)
        self.rest()
        page.table.setFocus()
        known = self.count(ParameterReading.id)
        self.qtbot.keyClicks(page.table, text[0])
        editor = page.table.indexWidget(page.table.currentIndex()) or page.table.findChildren(QLineEdit)[-1]
        self.qtbot.keyClicks(editor, text[1:])
        self.qtbot.keyClick(editor, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.count(ParameterReading.id) > known)
        self.rest()

    def step(self, key: str, row: str, step: str, **typed: str) -> None:
        """Press the button of a step above the fields of a row, and answer what it asks."""
        page = self.at(key, row)
        self.qtbot.waitUntil(lambda: step in page.detail.head.buttons and page.detail.head.buttons[step].isEnabled())
        self.qtbot.mouseClick(page.detail.head.buttons[step], Qt.MouseButton.LeftButton)
        self.rest()
        form = page.steps.form
        if isinstance(form, StepForm):
            for field, text in typed.items():
                self.qtbot.keyClicks(form.boxes[field].editor, text)
            self.qtbot.mouseClick(form.go, Qt.MouseButton.LeftButton)
        self.rest()

    def draw_up(self, kind: str) -> DrawUpDialog:
        """Draw a certificate up for the only system."""
        page = self.at("systems", self.one(System.id))
        self.press(page, tr("Draw up certificates…"))
        dialog = self.window.findChildren(DrawUpDialog)[-1]
        dialog.kind.setCurrentText(kind)
        self.qtbot.waitUntil(lambda: bool(dialog._looks) and not self.window.context.jobs)
        return dialog

    def sign(self, name: str) -> None:
        """Type the name, draw the signature, press the button."""
        page = self.at("certificates", self.one(Certificate.id))
        self.press(page, tr("Sign…"))
        form = self.window.findChildren(SigningForm)[-1]
        self.qtbot.keyClicks(form.boxes["signed_name"].editor, name)
        self.qtbot.mousePress(form.pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
        for x in (80, 120, 160):
            self.qtbot.mouseMove(form.pad, QPoint(x, 40 if x % 80 else 70))
        self.qtbot.mouseRelease(form.pad, Qt.MouseButton.LeftButton, pos=QPoint(160, 70))
        self.qtbot.mouseClick(form.go, Qt.MouseButton.LeftButton)
        self.rest()

    def at(self, key: str, row: str) -> RegisterPage:
        self.window.context.open_row(key, row)
        page = self.window.host.current
        assert isinstance(page, RegisterPage)
        self.qtbot.waitUntil(lambda: page.model.rowCount() > 0)
        self.rest()
        return page

    def press(self, page: RegisterPage, name: str) -> None:
        next(action for action in page.page_actions() if action.text() == name).trigger()
        self.rest()

    def one(self, column: Any) -> Any:  # Any: a mapped column, and what it holds
        with self.window.context.workspace.read() as connection:
            return connection.execute(select(column)).scalar_one()

    def count(self, column: Any) -> int:  # Any: as above
        with self.window.context.workspace.read() as connection:
            return len(connection.execute(select(column)).all())

    def rest(self) -> None:
        rest(self.qtbot, self.window)


@pytest.fixture(params=["en", "zh"])
def walk(
    request: pytest.FixtureRequest, start: Callable[[], Application], settings: Settings, tmp_path: Path, qtbot: QtBot
) -> Iterator[Walk]:
    """The window in a language on a system with one parameter, 9.9 to 10.1 mm, that two leads hand over."""
    spoken = str(request.param)
    path = tmp_path / "Plant.handover"
    with in_language(spoken), Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant")).id
        with workspace.edit("Rows", project=project) as work:
            leads = {
                "engineering_lead_id": work.add(Person(name="Chen Jie", side="project")).id,
                "operations_lead_id": work.add(Person(name="Yang Lei", side="operations")).id,
            }
            system = work.add(System(code="10", name="Pumps", custody="commissioning", **leads)).id
        told = {"no": "P-1", "name": "Gap", "limits": "10±0.1", "unit": "mm", "system": system}
        editing.add_many(workspace, register("parameters"), project, [told])
    settings.put("language", spoken)
    window = start().window
    open_in(window, path, qtbot)
    yield Walk(window, qtbot)
    use("en")


def test_system_comes_from_a_failing_parameter_to_its_signed_certificate(walk: Walk, tmp_path: Path) -> None:
    kind = {"en": "Handover to operations", "zh": "移交生产交接书"}
    handover = next(word for word in kind.values() if word in _kinds(walk))
    walk.measure("10.3")
    mending = walk.one(Rectification.id)

    dialog = walk.draw_up(handover)
    ((_, reasons, _),) = dialog._looks
    assert {row.ref for each in reasons for row in each.rows} >= {"PAR-0001", "RCT-0001"}
    assert not dialog.issue.isEnabled()
    dialog.reject()

    walk.step("rectifications", mending, "start")
    walk.step("rectifications", mending, "mend", measure="Shimmed", mended_by="Chen Jie")
    walk.measure("10.05")
    assert walk.one(Rectification.status) == "retest_passed"
    walk.step("rectifications", mending, "close")
    assert walk.one(Rectification.status) == "closed"

    walk.window.context.go("parameter_chain")
    chain = walk.window.host.current
    assert isinstance(chain, ParameterChainPage)
    walk.qtbot.waitUntil(lambda: len(chain.cards) == 3)  # both readings and the rectification

    dialog = walk.draw_up(handover)
    walk.qtbot.waitUntil(dialog.issue.isEnabled)
    walk.qtbot.mouseClick(dialog.issue, Qt.MouseButton.LeftButton)
    walk.rest()
    walk.sign("Chen Jie")
    assert walk.one(System.custody) == "commissioning"
    walk.sign("Yang Lei")

    assert walk.one(System.custody) == "operations"
    assert (walk.one(Certificate.status), walk.one(Certificate.number)) == ("in_force", "P-1-CC-0001")
    context = walk.window.context
    paper = write_certificate(context.workspace, context.project.id, walk.one(Certificate.id), tmp_path / "out")
    text = " ".join(page.extract_text() for page in PdfReader(paper).pages)
    assert handover in text and "P-1-CC-0001" in text and "Chen Jie" in text


def _kinds(walk: Walk) -> list[str]:
    with walk.window.context.workspace.read() as connection:
        entries = connection.execute(select(Pick.word).where(Pick.list == "certificate_kind"))
        return list(entries.scalars())
