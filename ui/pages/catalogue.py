"""The pages of the window: which there are, in what order, and how each is made.

A page's module is imported when the page is first wanted: the window opens sooner.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handover.i18n import N_, tr
from handover.registers.catalogue import register, registers
from ui.frame.page import Context, Page


@dataclass(frozen=True, slots=True)
class Chapter:
    """One entry of the navigation.

    Args:
        key: the page's key; a register page's is its register's.
        name: in English, found in the catalogue.
        icon: a name of ``ui.theme.icons``.
        make: makes the page.
        group: entries of one group stand together.
        register: the key of the register whose open rows are counted beside the entry, or empty.
    """

    key: str
    name: str
    icon: str
    make: Callable[[Context], Page]
    group: int
    register: str = ""

    @property
    def label(self) -> str:
        """The name in the language in force."""
        return tr(self.name)


_ICONS = {
    "groups": "users",
    "members": "id-card",
    "tasks": "list-checks",
    "documents": "file-text",
    "knowledge": "graduation-cap",
    "systems": "boxes",
    "people": "user",
    "organisations": "building-2",
}
#: The chapters of the work and of who does it, in order; ``plan`` is the chart, the others are registers.
_WORK = ("groups", "members", "plan", "tasks", "documents", "knowledge", "systems")
_WHO = ("people", "organisations")


def chapters() -> tuple[Chapter, ...]:
    """All pages, in the order of the navigation; a register that nobody placed stands after those of the work."""
    known = [r.key for r in registers()]
    unplaced = [key for key in known if key not in (*_WORK, *_WHO)]
    return (
        Chapter("overview", N_("Overview"), "layout-dashboard", _overview, 0),
        Chapter("blockers", N_("What blocks the handover"), "octagon-alert", _blockers, 0),
        *(_of_work(key, 1) for key in (*_WORK, *unplaced) if key in known or key == "plan"),
        *(_of_work(key, 2) for key in _WHO if key in known),
        Chapter("settings", N_("Settings"), "settings", _settings, 3),
    )


def _of_work(key: str, group: int) -> Chapter:
    if key == "plan":
        return Chapter("plan", N_("Plan"), "chart-gantt", _plan, group)
    return Chapter(key, register(key).name, _ICONS.get(key, "table"), _RegisterFactory(key), group, key)


def chapter(key: str) -> Chapter | None:
    """The entry of a page's key, None where there is none."""
    return next((c for c in chapters() if c.key == key), None)


@dataclass(frozen=True, slots=True)
class _RegisterFactory:
    key: str

    def __call__(self, context: Context) -> Page:
        from ui.register.view import RegisterPage

        return RegisterPage(context, self.key)


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
