"""The overview and what blocks the handover: every number leads to its rows, every thing to its row."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from handover.exchange.importing.session import Intake
from handover.registers import query
from handover.registers.acts import editing
from handover.registers.catalogue import register
from tests.ui.conftest import MakeWorkspace, PlainPage, days, open_in, rest
from ui.pages.blockers import BlockersPage
from ui.pages.items import DUE, REGISTER, WHAT, ItemTree
from ui.pages.overview import OverviewPage
from ui.pages.settings import SettingsPage
from ui.register.grid import clipboard
from ui.transfer.wizard.import_wizard import ImportWizard
from ui.window.window import MainWindow

pytestmark = pytest.mark.usefixtures("plain_registers")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def overview(opened: MainWindow, qtbot: QtBot) -> OverviewPage:
    opened.context.go("overview")
    rest(qtbot, opened)
    page = opened.host.current
    assert isinstance(page, OverviewPage)
    return page


@pytest.fixture
def blockers(opened: MainWindow, qtbot: QtBot) -> BlockersPage:
    opened.context.go("blockers")
    rest(qtbot, opened)
    page = opened.host.current
    assert isinstance(page, BlockersPage)
    return page


def tops(page: BlockersPage) -> list[QTreeWidgetItem]:
    found = [page.tree.topLevelItem(i) for i in range(page.tree.topLevelItemCount())]
    return [item for item in found if item is not None and not item.isHidden()]


def children(item: QTreeWidgetItem) -> list[str]:
    return [item.child(i).text(WHAT) for i in range(item.childCount()) if not item.child(i).isHidden()]


def click(tree: ItemTree, item: QTreeWidgetItem, qtbot: QtBot) -> None:
    tree.scrollToItem(item)
    qtbot.mouseClick(tree.viewport(), LEFT, pos=tree.visualItemRect(item).center())


def test_every_number_equals_the_rows_that_its_link_shows(overview: OverviewPage, opened: MainWindow) -> None:
    context = opened.context
    assert overview.links
    with context.workspace.read() as connection:
        for (key, view), link in overview.links.items():
            n = query.count(connection, register(key), context.project.id, query.Query(view=view))
            assert link.text().split()[-1] == str(n), (key, view)


def test_number_leads_to_its_register_and_view(overview: OverviewPage, opened: MainWindow, qtbot: QtBot) -> None:
    link = overview.links["documents", "overdue"]
    assert link.text() == "1"
    qtbot.mouseClick(link, LEFT)

    page = opened.host.current
    assert isinstance(page, PlainPage)
    assert (page.key, page.sent) == ("documents", [{"view": "overdue"}])


def test_overview_lists_what_is_late_and_opens_it(overview: OverviewPage, opened: MainWindow, qtbot: QtBot) -> None:
    late, soon = overview.findChildren(ItemTree)
    names = [late.topLevelItem(i).text(WHAT) for i in range(late.topLevelItemCount())]
    assert names == ["Pump manual D-1", "Flush the pipes"]
    assert late.topLevelItem(0).text(DUE) == "5 days overdue"
    assert soon.topLevelItem(0).text(DUE) == "in 3 days"
    late.setFocus()
    late.setCurrentItem(late.topLevelItem(1))
    qtbot.keyClick(late, Qt.Key.Key_Return)

    page = opened.host.current
    assert isinstance(page, PlainPage)
    assert page.key == "tasks"


def test_overview_is_left_and_found_at_the_same_place(overview: OverviewPage, opened: MainWindow, qtbot: QtBot) -> None:
    opened.resize(1100, 500)
    bar = overview._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 60)
    bar.setValue(60)
    opened.context.choose_language("zh")
    rest(qtbot, opened)

    again = opened.host.current
    assert isinstance(again, OverviewPage)
    assert again is not overview
    qtbot.waitUntil(lambda: again._scroll.verticalScrollBar().value() == 60)


def test_overview_follows_a_change(overview: OverviewPage, opened: MainWindow, qtbot: QtBot) -> None:
    editing.add(opened.context.workspace, register("documents"), opened.context.project.id, {"title": "New"})
    rest(qtbot, opened)

    assert overview.links["documents", ""].text() == "4"


def test_overview_tells_what_changed_since_the_last_visit(
    window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot
) -> None:
    path = a_workspace()
    open_in(window, path, qtbot)
    window.files.close()
    open_in(window, path, qtbot)
    assert "Nothing has changed." in text_of(window)

    editing.add(window.context.workspace, register("people"), window.context.project.id, {"name": "Wu"})
    rest(qtbot, window)
    assert "Add a row to People" in text_of(window)


def text_of(window: MainWindow) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in window.host.findChildren(QLabel))


def test_empty_project_offers_the_first_steps(window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot) -> None:
    open_in(window, a_workspace(empty=True), qtbot)

    assert "Nothing has been entered yet" in text_of(window)


def test_blockers_stand_under_their_system(blockers: BlockersPage) -> None:
    by_name = {item.text(WHAT): children(item) for item in tops(blockers)}

    assert by_name == {
        "10 Pump house": ["Pump manual D-1", "Pump drawing D-2"],
        "20 Tank farm": ["Tank manual D-3"],
        "The project as a whole": ["Flush the pipes"],
    }
    assert blockers.sum.text() == "4 in the way, 2 of them overdue. 2 of 2 systems are held up."


def test_click_on_a_blocker_opens_its_row(blockers: BlockersPage, opened: MainWindow, qtbot: QtBot) -> None:
    item = tops(blockers)[0].child(0)
    click(blockers.tree, item, qtbot)

    page = opened.host.current
    assert isinstance(page, PlainPage)
    assert page.key == "documents"
    assert set(page.sent[-1]) == {"row"}


def test_blockers_are_filtered_by_words(blockers: BlockersPage, opened: MainWindow, qtbot: QtBot) -> None:
    opened.activateWindow()
    qtbot.keyClick(opened, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(blockers.filter, "manual")
    assert [children(i) for i in tops(blockers)] == [["Pump manual D-1"], ["Tank manual D-3"]]

    blockers.filter.setText("manual tank")
    assert [i.text(WHAT) for i in tops(blockers)] == ["20 Tank farm"]


def test_blockers_are_grouped_by_owner(blockers: BlockersPage) -> None:
    blockers.by_owner.click()

    assert {item.text(WHAT): children(item) for item in tops(blockers)} == {
        "Li Na": ["Pump manual D-1", "Pump drawing D-2", "Tank manual D-3"],
        "Nobody": ["Flush the pipes"],
    }
    assert tops(blockers)[0].text(REGISTER) == "3 in the way, 1 overdue"
    assert blockers.sum.text() == "4 in the way, 2 of them overdue. 2 of 2 systems are held up."


def test_a_click_on_a_head_orders_blockers_and_a_third_one_ends_it(blockers: BlockersPage) -> None:
    head = blockers.tree.header()
    orders = []
    for _ in range(3):
        head.sectionClicked.emit(WHAT)
        orders.append(children(tops(blockers)[0]))

    manual, drawing = "Pump manual D-1", "Pump drawing D-2"
    assert orders == [[drawing, manual], [manual, drawing], [manual, drawing]]


def test_selected_blockers_are_copied_as_a_block(blockers: BlockersPage, qtbot: QtBot) -> None:
    blockers.tree.setCurrentItem(tops(blockers)[0].child(0))
    qtbot.keyClick(blockers.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert clipboard.take().split("\t")[:3] == ["Pump manual D-1", "DOC-0001", "Documents"]


def test_the_blocker_that_was_opened_is_marked_on_the_way_back(
    blockers: BlockersPage, opened: MainWindow, qtbot: QtBot
) -> None:
    click(blockers.tree, tops(blockers)[1].child(0), qtbot)
    opened.host.back()
    rest(qtbot, opened)

    current = blockers.tree.currentItem()
    assert current is not None and current.text(WHAT) == "Tank manual D-3"


def test_blockers_keep_their_filter_and_folds(blockers: BlockersPage, opened: MainWindow, qtbot: QtBot) -> None:
    tops(blockers)[0].setExpanded(False)
    blockers.filter.setText("pump")
    state = blockers.state()
    opened.context.choose_language("zh")
    rest(qtbot, opened)

    again = opened.host.current
    assert isinstance(again, BlockersPage)
    assert again is not blockers
    assert again.filter.text() == "pump"
    assert again.state()["open"] == state["open"]
    again.filter.clear()
    assert [i.isExpanded() for i in tops(again)] == [False, True, True]


def test_what_need_not_be_handed_over_is_open_but_not_in_the_way(
    blockers: BlockersPage, opened: MainWindow, qtbot: QtBot
) -> None:
    context = opened.context
    editing.add(context.workspace, register("documents"), context.project.id, {"title": "Leaflet", "mandatory": False})
    rest(qtbot, opened)

    assert blockers.sum.text().startswith("4 in the way, 2 of them overdue.")  # other words than the overview's "Open"
    with context.workspace.read() as connection:
        assert query.count(connection, register("documents"), context.project.id, query.Query(view="open")) == 4


def test_what_is_done_no_longer_blocks(blockers: BlockersPage, opened: MainWindow, qtbot: QtBot) -> None:
    context = opened.context
    with context.workspace.read() as connection:
        (row,) = query.every(connection, register("tasks"), context.project.id)
    editing.change(
        context.workspace, register("tasks"), context.project.id, {row.id: {"actual_finish": days(0), "percent": 1.0}}
    )
    rest(qtbot, opened)

    assert [i.text(WHAT) for i in tops(blockers)] == ["10 Pump house", "20 Tank farm"]


def test_settings_take_effect_at_once(opened: MainWindow, qtbot: QtBot) -> None:
    opened.context.go("settings")
    page = opened.host.current
    assert isinstance(page, SettingsPage)
    page.form.user.setText("Zhang Wei")
    page.form.user.editingFinished.emit()

    assert opened.context.workspace.user == "Zhang Wei"
    page.form.packs.setText("/no/such/folder")
    page.form.packs.editingFinished.emit()
    assert page.form._packs_box.reason.isVisible()
    assert opened.context.settings.get("packs") is None


def test_overview_tells_of_a_list_that_changed_since_its_import_and_opens_it(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDOVER_HOME", str(tmp_path / "home"))
    context = opened.context
    path = tmp_path / "plan.csv"
    path.write_text("Task,Start\nFlush,2026-03-02\n", encoding="utf-8")
    intake = Intake(context.workspace, context.project.code, "tasks")
    intake.read(path)
    intake.run = intake.rehearse()
    intake.store()
    path.write_text("Task,Start\nFlush,2026-03-09\n", encoding="utf-8")
    context.go("overview")
    rest(qtbot, opened)
    page = opened.host.current
    assert isinstance(page, OverviewPage)
    page.refresh(frozenset())
    rest(qtbot, opened)
    button = page.changed_lists[str(path)]
    qtbot.mouseClick(button, LEFT)
    wizard = opened.findChild(ImportWizard)
    assert wizard is not None and wizard.intake.wanted is not None
    qtbot.waitUntil(lambda: wizard.intake.path == path, timeout=20_000)
    wizard.reject()


@pytest.mark.parametrize("width", [1016, 1280])
def test_no_card_of_the_overview_reaches_out_of_sight(
    overview: OverviewPage, opened: MainWindow, qtbot: QtBot, width: int
) -> None:
    opened.resize(width, 700)
    rest(qtbot, opened)
    body, room = overview._scroll.widget(), overview._scroll.viewport()
    qtbot.waitUntil(lambda: body.width() <= room.width())
    assert all(link.mapTo(room, link.rect().topRight()).x() <= room.width() for link in overview.links.values())
