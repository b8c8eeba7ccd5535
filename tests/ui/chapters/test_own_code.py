"""What a chapter has of its own in the window: found by its key, named nowhere else."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot

from handover.registers.catalogue import chapter_of, chapters, register, registers
from handover.registers.declare import Register
from tests.sources import modules, syntax
from tests.ui.register.conftest import Using
from ui.pages.factories import make_own_page
from ui.register.details.tab import RowTab
from ui.shell import own_code as finding
from ui.shell.context import Context
from ui.shell.own_code import own_code
from ui.shell.page import Page

#: Code that belongs to one chapter, although it stands in a room of its own.
_OWN_ROOMS = {Path("ui/chapters"), Path("ui/plan")}


class Tag(RowTab):
    """A tab that shows the key of its row."""

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel(self)
        QVBoxLayout(self).addWidget(self.words)

    def show_row(self, row_id: str) -> None:
        self.words.setText(row_id)


@pytest.fixture
def tags(monkeypatch: pytest.MonkeyPatch) -> None:
    """The chapter of documents has a tab of its own."""
    name = f"ui.chapters.{chapter_of('documents').key}"
    module = ModuleType(name)
    module.tabs = lambda context, register: [("Tags", Tag())]  # type: ignore[attr-defined]  # a module made here
    monkeypatch.setitem(sys.modules, name, module)


@pytest.mark.usefixtures("tags")
def test_a_chapters_own_tab_stands_behind_the_fields_and_follows_the_row(using: Callable[..., Using]) -> None:
    at = using(details=True)
    at.go(0, "title")
    tabs = at.page.detail.tabs
    tab = next(tabs.widget(n) for n in range(tabs.count()) if tabs.tabText(n) == "Tags")
    assert isinstance(tab, Tag)

    tabs.setCurrentWidget(tab)
    first = tab.words.text()
    at.go(1, "title")

    assert first
    assert tab.words.text() not in ("", first)


def test_a_chapter_makes_the_page_that_it_declares(
    monkeypatch: pytest.MonkeyPatch, context: Context, qtbot: QtBot
) -> None:
    chapter = chapter_of("documents")
    module = ModuleType(f"ui.chapters.{chapter.key}")

    def page(context: Context, key: str) -> Page:
        made = Page(context)
        made.setAccessibleName(key)
        return made

    module.page = page  # type: ignore[attr-defined]  # a module made here
    monkeypatch.setitem(sys.modules, module.__name__, module)

    made = make_own_page(chapter, "matrix", context)
    qtbot.addWidget(made)
    assert made.accessibleName() == "matrix"


def test_a_chapter_without_code_of_its_own_has_none() -> None:
    assert own_code("no_such_chapter") is None


def test_a_fault_within_a_chapters_code_is_not_taken_for_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> ModuleType:
        raise ModuleNotFoundError("No module named 'gone'", name="gone")

    monkeypatch.setattr(finding.importlib, "import_module", broken)
    with pytest.raises(ModuleNotFoundError, match="gone"):
        own_code("plan")


def test_every_page_that_a_chapter_declares_has_its_code() -> None:
    declared = {chapter.key for chapter in chapters() if chapter.pages}

    assert declared
    assert [key for key in declared if not hasattr(own_code(key), "page")] == []


def _beside_icons(tree: ast.AST) -> Iterator[ast.AST]:
    """Everything but the names of pictures, of which one is called as a chapter is."""
    yield tree
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "icon"):
            yield from _beside_icons(node)


def test_general_code_of_the_window_names_no_chapter() -> None:
    keys = {each.key for each in registers()} | {chapter.key for chapter in chapters()}
    named = [
        f"{path.as_posix()}:{node.lineno} {node.value}"
        for path in modules("ui")
        if not any(room in path.parents for room in _OWN_ROOMS)
        for node in _beside_icons(syntax(path))
        if isinstance(node, ast.Constant) and node.value in keys
    ]

    assert named == []


def test_an_outline_and_links_follow_from_the_model() -> None:
    def of(wanted: Register) -> tuple[bool, str]:
        return wanted.outline, wanted.links

    assert of(register("tasks")) == (True, "task_link")
    assert [each.key for each in registers() if of(each) != (False, "")] == ["tasks"]
