"""The pages of the window by name: which there are, in what order, and what each is called and shown by."""

from __future__ import annotations

from dataclasses import dataclass

from handover.i18n import N_, tr
from handover.registers.catalogue import register, registers


@dataclass(frozen=True, slots=True)
class Chapter:
    """One entry of the navigation.

    Args:
        key: the page's key; a register page's is its register's.
        name: in English, found in the catalogue.
        icon: a name of ``ui.theme.icons``.
        group: entries of one group stand together.
        register: the key of the register whose open rows are counted beside the entry, or empty.
    """

    key: str
    name: str
    icon: str
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
        Chapter("overview", N_("Overview"), "layout-dashboard", 0),
        Chapter("blockers", N_("What blocks the handover"), "octagon-alert", 0),
        *(_of_work(key, 1) for key in (*_WORK, *unplaced) if key in known or key == "plan"),
        *(_of_work(key, 2) for key in _WHO if key in known),
        Chapter("settings", N_("Settings"), "settings", 3),
    )


def _of_work(key: str, group: int) -> Chapter:
    if key == "plan":
        return Chapter("plan", N_("Plan"), "chart-gantt", group)
    return Chapter(key, register(key).name, _ICONS.get(key, "table"), group, key)


def chapter(key: str) -> Chapter | None:
    """The entry of a page's key, None where there is none."""
    return next((c for c in chapters() if c.key == key), None)
