"""The menu of a row or a bar: what can be done with the tasks that are chosen, and with the link under the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from handover.i18n import tr
from handover.plan.values import Link
from handover.registers.scheduling.chart import Chart
from ui.plan.acts import PlanActs
from ui.plan.commands import PlanCommands
from ui.theme.icons import icon

_MENU = (
    ("open", "rename", "add", "delete"),
    ("indent", "outdent", "up", "down"),
    ("link", "unlink", "later", "earlier", "longer", "shorter"),
    ("copy", "fold", "unfold", "fit", "today", "pdf", "picture"),
)


def row_menu(page: QWidget, commands: PlanCommands, acts: PlanActs, ids: Sequence[str], link: Link | None) -> QMenu:
    """The menu for some tasks, and for a link if there is one under the pointer."""
    menu = commands.menu(page, _MENU)
    if acts.chart is not None and acts.writable:
        if link is not None:
            _offer_link(menu, acts, acts.chart, link)
        if ids:
            _offer_calendars(menu, acts, acts.chart, ids)
            menu.addAction(commands["calendars"])
    return menu


def _offer_link(menu: QMenu, acts: PlanActs, chart: Chart, link: Link) -> None:
    one, other = (chart.rows[chart.node[id]].name for id in (link.predecessor, link.successor))
    action = QAction(icon("unlink"), tr("Delete the link {one} → {other}", one=one, other=other), menu)
    action.triggered.connect(partial(acts.delete_link, link))
    menu.insertAction(menu.actions()[0], action)


def _offer_calendars(menu: QMenu, acts: PlanActs, chart: Chart, ids: Sequence[str]) -> None:
    sub = menu.addMenu(icon("calendar"), tr("Working calendar"))
    own = chart.rows[chart.node[ids[0]]].calendar_id
    plan = chart.schedule.plan
    named = [("", tr("The project's")), *((c.id, c.name) for c in plan.calendars if c.id != plan.calendar)]
    for key, name in named:
        action = sub.addAction(name.replace("&", "&&"))
        action.triggered.connect(partial(acts.set_calendar, ids, key))
        action.setCheckable(True)
        action.setChecked(key == own)
