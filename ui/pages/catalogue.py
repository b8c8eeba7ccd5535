"""The pages of the window: which there are, in what order, and how each is made.

A page's module is imported when the page is first wanted: the window opens sooner.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handover.i18n import N_, tr
from handover.registers.catalogue import registers
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


#: Which icon a register has, and in which group of the navigation it stands.
_REGISTERS: dict[str, tuple[str, int]] = {
    "groups": ("users", 1),
    "members": ("id-card", 1),
    "tasks": ("list-checks", 1),
    "documents": ("file-text", 1),
    "knowledge": ("graduation-cap", 1),
    "systems": ("boxes", 1),
    "people": ("user", 2),
    "organisations": ("building-2", 2),
}


def chapters() -> tuple[Chapter, ...]:
    """All pages, in the order of the navigation; a register that nobody placed stands after those of its kind."""
    known = {r.key: r for r in registers()}
    placed = [key for key in _REGISTERS if key in known]
    return (
        Chapter("overview", N_("Overview"), "layout-dashboard", _overview, 0),
        Chapter("blockers", N_("What blocks the handover"), "octagon-alert", _blockers, 0),
        Chapter("plan", N_("Plan"), "chart-gantt", _plan, 1),
        *(_of_register(key, known[key].name) for key in placed if _REGISTERS[key][1] == 1),
        *(_of_register(key, r.name) for key, r in known.items() if key not in _REGISTERS),
        *(_of_register(key, known[key].name) for key in placed if _REGISTERS[key][1] == 2),
        Chapter("settings", N_("Settings"), "settings", _settings, 3),
    )


def chapter(key: str) -> Chapter | None:
    """The entry of a page's key, None where there is none."""
    return next((c for c in chapters() if c.key == key), None)


def _of_register(key: str, name: str) -> Chapter:
    icon, group = _REGISTERS.get(key, ("table", 1))
    # The register of tasks is called "Plan"; in the window the plan is the chart, the register its list.
    return Chapter(key, N_("Tasks") if key == "tasks" else name, icon, _RegisterFactory(key), group, key)


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
