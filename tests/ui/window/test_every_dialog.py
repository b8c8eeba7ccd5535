"""Every dialog that there is: it fits 1024x700, keys alone walk it, and the keyboard comes back after it.

The dialogs are opened as the gallery opens them, on the sample. A class of dialogs that has no scene is found here.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

import ui
from tests.gallery.opening import Opener
from tests.gallery.scenes import every_scene
from tests.measuring import FRAME, SCREEN, too_large
from tests.sample.once import a_sample
from tests.ui.conftest import open_in, rest
from ui.plan.page import PlanPage
from ui.shell.keyboard import is_within
from ui.window.window import MainWindow

#: A scene of the gallery that shows a dialog of a class.
SCENES = {
    "AddForm": "retention-measure",
    "AnswersDialog": "interview-answers",
    "KnowledgePaperDialog": "verification-sheets",
    "LossPaperDialog": "loss-paper",
    "MinutesInDialog": "minutes-in",
    "NewSessionForm": "new-session",
    "PlanSessionForm": "plan-session",
    "RemindActionsDialog": "actions-remind",
    "ReviseForm": "revise-procedure",
    "ScalesDialog": "loss-scales",
    "SessionInviteDialog": "session-invite",
    "SignDialog": "paper-sign",
    "VerificationForm": "verification-back",
    "About": "dialog-about",
    "AcceptancePaperDialog": "acceptance-sheet",
    "CalendarDialog": "plan-dialog-calendars",
    "ColourDialog": "register-colour-rules",
    "CommentSheetDialog": "comment-sheet",
    "DrawUpDialog": "certificate-draw-up-return",
    "ErrorForm": "transmittal-error",
    "ExportDialog": "dialog-export",
    "FileName": "dialog-file-name",
    "FileScan": "dialog-find-files",
    "FormDialog": "dialog-form",
    "Help": "dialog-help",
    "ImportWizard": "wizard-import",
    "KeysDialog": "keys-settings",
    "LabelDialog": "dialog-labels",
    "LendingForm": "dialog-lend",
    "ListExpectedDialog": "requirements-list",
    "MatrixBackDialog": "matrix-back",
    "MeetingMailDialog": "meeting-invite",
    "Message": "dialog-not-opened",
    "NewWorkspace": "dialog-new-workspace",
    "NoteForm": "meeting-note-action",
    "PackDialog": "dialog-pack",
    "Palette": "palette",
    "PasteDialog": "register-paste",
    "Preview": "dialog-preview",
    "ProgressPanel": "dialog-progress",
    "ProjectDialog": "dialog-project-properties",
    "ReadBackDialog": "dialog-read-back",
    "RemindDialog": "transmittal-remind",
    "ReplaceDialog": "dialog-replace",
    "ReportsDialog": "dialog-import-reports",
    "RestoreDialog": "dialog-copies",
    "RevisionForm": "schemes-revise",
    "ScheduleOptions": "plan-dialog-options",
    "SearchDialog": "search-everything-empty",
    "SendForm": "transmittal-send",
    "SettingsDialog": "dialog-settings",
    "SigningForm": "certificate-signing",
    "SinceDialog": "register-since",
    "SmallForm": "register-new-part",
    "StepForm": "register-step-form-refused",
    "TakeBaseline": "plan-dialog-baseline",
    "TakePhasesDialog": "readiness-template",
    "TakeTemplateDialog": "requirements-template",
    "TemplateDialog": "dialog-template",
    "TransmittalInDialog": "transmittal-in",
    "VerifyDialog": "dialog-check-pack",
    "ViewName": "register-view-name",
    "WriteFilesDialog": "transmittal-files",
}
#: What dialogs derive from; nobody sees one.
BASES = {"Dialog", "FileDialog", "Finder", "FolderDialog", "PaperDialog", "WorkingDialog", "WritingDialog", "_Asking"}
TABS = 12


def classes() -> Iterator[str]:
    """The names of the classes of dialogs."""
    for found in pkgutil.walk_packages(ui.__path__, "ui."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    waiting: list[type[QDialog]] = [QDialog]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if each.__module__.startswith("ui."):
                yield each.__name__


def test_every_class_of_dialogs_has_a_scene() -> None:
    assert set(classes()) - BASES == set(SCENES)


@pytest.fixture
def on_sample(window: MainWindow, tmp_path_factory: pytest.TempPathFactory, qtbot: QtBot) -> MainWindow:
    """The window on the sample, as large as a small screen leaves."""
    window.resize(SCREEN - FRAME)
    open_in(window, a_sample(tmp_path_factory, "en"), qtbot)
    return window


def focus() -> QWidget | None:
    for _ in range(5):  # what gives it back does so once the act is over
        QApplication.processEvents()
    return QApplication.focusWidget()


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until nothing is being read and everything is laid out; laying out may have asked for more."""
    for _ in range(3):
        rest(qtbot, window)
        focus()


def press(key: Qt.Key) -> None:
    if (at := focus()) is not None:
        QTest.keyClick(at, key)


def faults(window: MainWindow, show: Opener, qtbot: QtBot) -> Iterator[str]:
    """What is wrong with a scene."""
    window.activateWindow()
    above = show(window)
    if isinstance(above, QDialog) and not above.isVisible():
        if above.parentWidget() is None:
            above.setParent(window, above.windowFlags())
        above.open()
    settle(qtbot, window)
    yield from too_large(window)
    if isinstance(above, QDialog) and type(above) is not QDialog:  # the gallery's own frame of charts
        yield from too_large(above)
        yield from _walked(above)
        above.close()
    if above is not None:
        above.close()
        above.deleteLater()
    shown = window.host.current
    if isinstance(shown, PlanPage):
        shown.acts.drop_tried()
    settle(qtbot, window)
    window.activateWindow()
    if window.error_banner.isVisible():
        yield window.error_banner.sentence.text()
        window.error_banner.hide()
    at = focus()
    if at is None or not at.isVisible():
        yield "nobody has the keyboard afterwards"


def _walked(dialog: QDialog) -> Iterator[str]:
    dialog.activateWindow()
    for n in range(TABS):
        at = focus()
        if at is None or not at.isVisible() or not is_within(at, dialog):
            yield f"{type(dialog).__name__} has not the keyboard after {n} Tabs but {at}"
            return
        press(Qt.Key.Key_Tab)
    if type(dialog).__name__ == "ProgressPanel":  # its work goes on until it can stop
        return
    for _ in range(3):  # a list or a text that is being typed goes first
        if dialog.isVisible():
            press(Qt.Key.Key_Escape)
    if dialog.isVisible():
        yield f"{type(dialog).__name__} stays on Escape"


def test_every_dialog_fits_and_is_walked_by_keys_and_gives_the_keyboard_back(
    on_sample: MainWindow, qtbot: QtBot
) -> None:
    scenes = dict(every_scene())
    found = {name: [*faults(on_sample, scenes[name], qtbot)] for name in SCENES.values()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_scene_fits_and_somebody_has_the_keyboard(
    clipboard: None, window: MainWindow, tmp_path_factory: pytest.TempPathFactory, qtbot: QtBot, language: str
) -> None:
    window.context.choose_language(language)
    window.resize(SCREEN - FRAME)
    path: Path = a_sample(tmp_path_factory, language)
    open_in(window, path, qtbot)
    found = {name: [*faults(window, show, qtbot)] for name, show in every_scene()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
