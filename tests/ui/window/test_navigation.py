"""The navigation in two levels: sections fold and remember it, sixty pages fit, digits and palette reach them all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from handover.registers import catalogue
from handover.registers.chapter import SECTIONS
from tests.ui.conftest import MakeWorkspace, end, open_in, rest
from ui.application import Application
from ui.shell import chapters
from ui.shell.chapters import PageEntry, SectionEntry, page_entries, section_of, sections
from ui.window.palette import Palette
from ui.window.section_tree import SectionTree
from ui.window.window import MainWindow

pytestmark = pytest.mark.usefixtures("plain_registers")
LEFT = Qt.MouseButton.LeftButton

#: How many pages each section has, sixty together; the eighth is still empty.
SIXTY = {"plan": 4, "people": 12, "documents": 10, "knowledge": 9, "acceptance": 16, "handover": 7}


@pytest.fixture
def sixty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program with sixty pages."""

    def many() -> tuple[SectionEntry, ...]:
        general = {each.key: each.pages for each in sections()[:2]}
        made = {
            key: tuple(PageEntry(f"{key}{n}", f"Register {n} of {key}", "table") for n in range(1, pages + 1))
            for key, pages in SIXTY.items()
        }
        return tuple(
            SectionEntry(s.key, s.name, s.icon, n, {**general, **made}.get(s.key, ()))
            for n, s in enumerate(SECTIONS, 1)
        )

    monkeypatch.setattr(chapters, "sections", many)


def in_view(tree: SectionTree, item: QTreeWidgetItem) -> bool:
    return tree.viewport().rect().contains(tree.visualItemRect(item).center())


def click(tree: SectionTree, item: QTreeWidgetItem | None, qtbot: QtBot, *, at_mark: bool = False) -> None:
    """Click an entry on its name, or at its right end, where the mark that folds it stands."""
    assert item is not None
    tree.scrollToItem(item)
    rect = tree.visualItemRect(item)
    point = QPoint(rect.right() - 20, rect.center().y()) if at_mark else QPoint(rect.left() + 80, rect.center().y())
    qtbot.mouseClick(tree.viewport(), LEFT, pos=point)


def press(qtbot: QtBot, window: MainWindow, keys: str) -> None:
    window.activateWindow()
    key = QKeySequence(keys)[0]
    qtbot.keyClick(window, key.key(), key.keyboardModifiers())
    rest(qtbot, window)


@pytest.fixture
def wide(sixty: None, window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot) -> MainWindow:
    """The window with sixty pages at 1280x800."""
    window.resize(1280, 800)
    open_in(window, a_workspace(), qtbot)
    return window


def shown(window: MainWindow) -> str:
    return window.host.current.key if window.host.current is not None else ""


# -- what stands there ----------------------------------------------------------------------------------------------


def test_every_register_and_page_of_a_chapter_stands_in_a_section() -> None:
    of_work = [each for chapter in catalogue.chapters() if chapter.of_work for each in chapter.registers]
    assert {each.key for each in of_work if each.in_navigation} <= {page.key for page in page_entries()}
    assert [page.key for page in page_entries() if section_of(page.key) is None] == ["settings", "bin"]


def test_a_section_of_one_page_has_no_second_level_and_an_empty_one_is_not_shown(opened: MainWindow) -> None:
    tree = opened.navigation.tree
    by_pages = {each.key: len(each.pages) for each in sections()}
    assert 1 in by_pages.values()
    assert max(by_pages.values()) > 1

    for key, pages in by_pages.items():
        item = tree.section_item(key)
        assert (item is not None) is (pages > 0)
        assert item is None or item.childCount() == (pages if pages > 1 else 0)


def test_open_rows_are_counted_beside_pages_and_together_on_a_folded_section(wide: MainWindow) -> None:
    tree = wide.navigation.tree
    tree.show_counts({"plan1": 3, "plan3": 4})
    said = Qt.ItemDataRole.AccessibleTextRole

    assert tree.page_item("plan3").data(0, said) == "Register 3 of plan, 4 open"
    assert tree.section_item("plan").data(0, said) == "Plan, 7 open"


# -- folding --------------------------------------------------------------------------------------------------------


def test_sixty_pages_fit_at_first_sight_and_scroll_once_unfolded(wide: MainWindow, qtbot: QtBot) -> None:
    tree = wide.navigation.tree
    bar = tree.verticalScrollBar()
    assert bar.maximum() == 0
    assert tree.shown()[-3:] == ["Settings", "Import", "Bin"]

    for key in SIXTY:
        if not tree.section_item(key).isExpanded():
            click(tree, tree.section_item(key), qtbot, at_mark=True)
    assert len(tree.shown()) > 60
    assert bar.maximum() > 0
    wide.context.go("handover7")
    assert in_view(tree, tree.page_item("handover7"))


def test_the_mark_folds_a_section_and_leads_nowhere(wide: MainWindow, qtbot: QtBot) -> None:
    tree = wide.navigation.tree
    before = shown(wide)
    assert tree.section_item("plan").isExpanded()
    click(tree, tree.section_item("plan"), qtbot, at_mark=True)

    assert not tree.section_item("plan").isExpanded()
    assert "Register 1 of plan" not in tree.shown()
    assert shown(wide) == before == tree.currentItem().data(0, Qt.ItemDataRole.UserRole)


def test_a_folded_section_is_marked_while_one_of_its_pages_is_shown(wide: MainWindow, qtbot: QtBot) -> None:
    tree = wide.navigation.tree
    wide.context.go("acceptance5")
    assert tree.currentItem() is tree.section_item("acceptance")

    click(tree, tree.section_item("acceptance"), qtbot, at_mark=True)
    assert tree.currentItem() is tree.page_item("acceptance5")


def test_what_is_folded_is_remembered_by_the_next_start(
    sixty: None, start: Callable[[], Application], a_workspace: MakeWorkspace, qtbot: QtBot
) -> None:
    first = start()
    first.window.resize(1280, 800)
    open_in(first.window, a_workspace(), qtbot)
    tree = first.window.navigation.tree
    click(tree, tree.section_item("plan"), qtbot, at_mark=True)
    click(tree, tree.section_item("people"), qtbot, at_mark=True)
    first.context.go("knowledge4")
    rest(qtbot, first.window)
    end(first, qtbot)

    again = start()
    again.window.resize(1280, 800)
    again.start(None)
    qtbot.waitUntil(lambda: again.context.has_workspace)
    rest(qtbot, again.window)
    tree = again.window.navigation.tree
    assert not tree.section_item("plan").isExpanded()
    assert tree.section_item("people").isExpanded()
    assert not tree.section_item("knowledge").isExpanded()
    again.context.go("overview")
    press(qtbot, again.window, "Ctrl+6")
    assert shown(again.window) == "knowledge4"


def test_arrows_fold_and_enter_opens(wide: MainWindow, qtbot: QtBot) -> None:
    tree = wide.navigation.tree
    tree.setFocus()
    tree.setCurrentItem(tree.section_item("plan"))
    qtbot.keyClick(tree, Qt.Key.Key_Left)
    assert not tree.section_item("plan").isExpanded()
    tree.setCurrentItem(tree.section_item("plan"))
    qtbot.keyClick(tree, Qt.Key.Key_Right)
    assert tree.section_item("plan").isExpanded()

    tree.setCurrentItem(tree.page_item("plan2"))
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    rest(qtbot, wide)
    assert shown(wide) == "plan2"


# -- ways -----------------------------------------------------------------------------------------------------------


def test_a_sections_name_leads_to_its_page_visited_last(wide: MainWindow, qtbot: QtBot) -> None:
    tree = wide.navigation.tree
    click(tree, tree.section_item("people"), qtbot)
    assert shown(wide) == "people1"
    assert tree.section_item("people").isExpanded()

    click(tree, tree.page_item("people3"), qtbot)
    click(tree, tree.section_item("overview"), qtbot)
    assert shown(wide) == "overview"
    click(tree, tree.section_item("people"), qtbot)
    assert shown(wide) == "people3"


def test_digits_lead_into_the_sections_and_an_empty_one_keeps_its_own(wide: MainWindow, qtbot: QtBot) -> None:
    wide.context.go("documents4")
    reached = []
    for number in range(1, 10):
        press(qtbot, wide, f"Ctrl+{number}")
        reached.append(shown(wide))

    assert reached == [
        "overview",
        "blockers",
        "plan1",
        "people1",
        "documents4",
        "knowledge1",
        "acceptance1",
        "acceptance1",  # readiness has no page yet
        "handover1",
    ]


def test_the_palette_finds_every_page(wide: MainWindow, qtbot: QtBot) -> None:
    wide.overlays.show_palette()
    (palette,) = wide.findChildren(Palette)
    pages = {page.label for page in page_entries()}

    assert len(pages) == 63
    assert pages <= set(palette.names)
    palette.type("Register 12 of peo")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(wide) == "people12")
    rest(qtbot, wide)


def test_the_palette_finds_pages_by_the_name_of_their_section(wide: MainWindow) -> None:
    wide.overlays.show_palette()
    (palette,) = wide.findChildren(Palette)
    palette.type("acceptance")

    assert len([name for name in palette.names if name.endswith("of acceptance")]) == 16


def test_import_stands_below_the_line_and_opens_the_wizard(
    opened: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    opened.resize(1280, 800)
    tree = opened.navigation.tree
    item = tree.topLevelItem(tree.topLevelItemCount() - 2)
    assert item.text(0) == "Import"
    opened.bars.commands["import"].setEnabled(False)
    assert item.isDisabled()
    opened.bars.commands["import"].setEnabled(True)
    before = shown(opened)
    click(tree, item, qtbot)

    assert opened.files.dialog is not None
    assert shown(opened) == before == tree.currentItem().data(0, Qt.ItemDataRole.UserRole)
    opened.files.dialog.close()


# -- narrow ---------------------------------------------------------------------------------------------------------


def test_a_narrow_window_shows_the_icons_of_sections_and_offers_their_pages(wide: MainWindow, qtbot: QtBot) -> None:
    navigation = wide.navigation
    wide.resize(990, 800)
    assert navigation.narrow
    assert navigation.tree.section_item("plan").toolTip(0) == "Plan (Ctrl+3)"
    assert not navigation.tree.section_item("plan").isExpanded()

    item = navigation.tree.section_item("people")
    assert navigation.tree.visualItemRect(item).width() <= navigation.tree.viewport().width()
    qtbot.mouseClick(navigation.tree.viewport(), LEFT, pos=navigation.tree.visualItemRect(item).center())
    menu = navigation.tree.menu
    assert menu is not None
    assert [a.text() for a in menu.actions()] == [f"Register {n} of people" for n in range(1, 13)]
    menu.actions()[4].trigger()
    menu.close()
    rest(qtbot, wide)
    assert shown(wide) == "people5"

    wide.resize(1280, 800)
    assert navigation.tree.section_item("plan").isExpanded()
    assert not navigation.tree.section_item("people").isExpanded()
