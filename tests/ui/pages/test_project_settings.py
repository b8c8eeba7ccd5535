"""Who the user is in a project and how its papers are numbered, on the settings page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from handover.pack.issuing import issue
from handover.registers.catalogue import paper
from handover.registers.me import me
from handover.store import undo
from tests.pack.sample import a_pack
from tests.ui.conftest import rest
from ui.pages.project_settings import MeForm, NumbersForm
from ui.pages.settings import SettingsPage
from ui.window.window import MainWindow


def settings_of(window: MainWindow, qtbot: QtBot) -> SettingsPage:
    window.context.go("settings")
    rest(qtbot, window)
    page = window.findChild(SettingsPage)
    assert page is not None
    return page


def me_of(page: SettingsPage) -> MeForm:
    return next(each for each in page.of_project if isinstance(each, MeForm))


def numbers_of(page: SettingsPage) -> NumbersForm:
    return next(each for each in page.of_project if isinstance(each, NumbersForm))


def test_the_user_names_himself_among_the_people(opened: MainWindow, qtbot: QtBot) -> None:
    context = opened.context
    form = me_of(settings_of(opened, qtbot))
    assert form.person.currentText() == "Not chosen"

    at = form.person.findText("Li Na", Qt.MatchFlag.MatchStartsWith)
    form.person.setCurrentIndex(at)
    form.person.activated.emit(at)

    assert me(context.workspace, context.project.id) == form.person.itemData(at)
    undo(context.workspace)
    rest(qtbot, opened)
    assert form.person.currentText() == "Not chosen"


def test_another_name_in_the_change_log_stays_the_same_person(opened: MainWindow, qtbot: QtBot) -> None:
    context = opened.context
    page = settings_of(opened, qtbot)
    form = me_of(page)
    form.person.activated.emit(form.person.setCurrentIndex(1) or 1)

    page.form.user.setText("Li Na")
    page.form.user.editingFinished.emit()
    rest(qtbot, opened)

    assert context.workspace.user == "Li Na"
    assert form.person.currentIndex() == 1


def test_a_pattern_is_kept_and_a_bad_one_gets_its_sentence(opened: MainWindow, qtbot: QtBot) -> None:
    form = numbers_of(settings_of(opened, qtbot))
    line = form.lines["pack"]
    assert line.pattern.text() == "{project}-HP-{n:03}"
    assert line.numbers.text() == "Next: P-1-HP-001"

    for typed, refused in (("HP", True), ("NEV-{n:02}", False)):
        line.pattern.setFocus()
        line.pattern.selectAll()
        qtbot.keyClicks(line.pattern, typed)
        qtbot.keyClick(line.pattern, Qt.Key.Key_Return)
        rest(qtbot, opened)
        assert line.box.reason.isHidden() is not refused

    assert line.numbers.text() == "Next: NEV-01"


def test_a_number_that_was_given_out_shows_at_once(opened: MainWindow, qtbot: QtBot) -> None:
    context = opened.context
    form = numbers_of(settings_of(opened, qtbot))

    issue(context.workspace, context.project.id, a_pack(1, 1), paper("pack"))
    rest(qtbot, opened)

    assert form.lines["pack"].numbers.text() == "Last: P-1-HP-001   Next: P-1-HP-002"


def test_the_window_writes_down_the_numbers_of_the_day(opened: MainWindow, qtbot: QtBot) -> None:
    def kept() -> int | None:
        with opened.context.workspace.read() as connection:
            query = "SELECT n FROM measure WHERE register='documents' AND view=''"
            return connection.exec_driver_sql(query).scalar()

    qtbot.waitUntil(lambda: kept() == 3)
