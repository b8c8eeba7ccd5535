"""How each page is made: the general ones, those that a chapter has of its own, those of matrices and registers.

A page's module is imported when the page is first wanted: the window opens sooner.
"""

from __future__ import annotations

from collections.abc import Callable

from handover.registers.catalogue import chapters
from handover.registers.chapter import Chapter
from handover.registers.matrix.declaration import Matrix
from ui.shell.own_code import own_code
from ui.shell.page import Context, Page


def make_page(key: str, context: Context) -> Page:
    """Make the page of a key that ``ui.shell.chapters`` knows."""
    if key in _PAGES:
        return _PAGES[key](context)
    for chapter in chapters():
        if any(each.key == key for each in chapter.pages):
            return make_own_page(chapter, key, context)
        for matrix in chapter.matrices:
            if matrix.page == key:
                return make_matrix_page(matrix, context)
    return make_register_page(key, context)


def make_own_page(chapter: Chapter, key: str, context: Context) -> Page:
    """Make a page that a chapter declares besides those of its registers."""
    module = own_code(chapter.key)
    if module is None:
        raise RuntimeError(f"the chapter {chapter.key} declares the page {key} and has no code of its own")
    page: Page = module.page(context, key)
    return page


def make_matrix_page(matrix: Matrix, context: Context) -> Page:
    """Make the page that shows a matrix."""
    from ui.matrix.page import MatrixPage

    return MatrixPage(context, matrix)


def make_register_page(key: str, context: Context) -> Page:
    """Make the page that shows a register."""
    from ui.register.view import RegisterPage

    return RegisterPage(context, key)


def _overview(context: Context) -> Page:
    from ui.pages.overview import OverviewPage

    return OverviewPage(context)


def _blockers(context: Context) -> Page:
    from ui.pages.blockers import BlockersPage

    return BlockersPage(context)


def _my_week(context: Context) -> Page:
    from ui.pages.my_week import MyWeekPage

    return MyWeekPage(context)


def _settings(context: Context) -> Page:
    from ui.pages.settings import SettingsPage

    return SettingsPage(context)


def _bin(context: Context) -> Page:
    from ui.pages.bin import BinPage

    return BinPage(context)


_PAGES: dict[str, Callable[[Context], Page]] = {
    "overview": _overview,
    "my_week": _my_week,
    "blockers": _blockers,
    "settings": _settings,
    "bin": _bin,
}
