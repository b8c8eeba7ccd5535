"""How each page is made. A page's module is imported when the page is first wanted: the window opens sooner."""

from __future__ import annotations

from collections.abc import Callable

from ui.shell.page import Context, Page


def make_page(key: str, context: Context) -> Page:
    """Make the page of a key that ``ui.shell.chapters`` knows: one of the pages below, or that of a register."""
    own = _PAGES.get(key)
    return own(context) if own is not None else make_register_page(key, context)


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


def _plan(context: Context) -> Page:
    from ui.plan.page import PlanPage

    return PlanPage(context)


def _settings(context: Context) -> Page:
    from ui.pages.settings import SettingsPage

    return SettingsPage(context)


_PAGES: dict[str, Callable[[Context], Page]] = {
    "overview": _overview,
    "blockers": _blockers,
    "plan": _plan,
    "settings": _settings,
}
